// What happened, in a Chinese sentence for the person it happened to.

import { dayWord, levelWord } from '#record/capability/words.ts'
import { readAbout, sayOutcome, type Outcome } from '#record/dispute.ts'
import type { EventOf } from '#record/events/event.ts'
import { passes, sayPoints } from '#record/hours/credit-test.ts'

type Facts = Record<string, unknown>
type Tested = Pick<EventOf<'course-tested'>, 'title' | 'earned' | 'possible' | 'passShare'>

const kinds: Record<string, string> = {
  'lesson-opened': '打开课程',
  'segment-studied': '学习一段',
  'question-answered': '答题',
  'lesson-completed': '学完一课',
  'practice-observed': '实务观察',
  'hours-imported': '转入学时',
  'attendance-recorded': '参加培训',
  'event-corrected': '更正',
  'course-tested': '课程测试',
  'attempt-handed-in': '测评交卷',
  'dispute-settled': '异议答复',
}

/** Name of a kind of event. */
export function kindName(kind: string): string {
  return kinds[kind] ?? kind
}

/**
 * One event in words. `titleOf` gives the title of a lesson, the stem of an item, the name of an indicator or of who
 * observed, what was corrected as `sayWhich()` says it, or null if it is gone.
 * Facts are empty once the person was erased.
 */
export function sayEvent(kind: string, facts: Facts, titleOf: (id: string) => string | null): string {
  if (Object.keys(facts).length === 0) return `${kindName(kind)}（内容已删除）`
  const lesson = typeof facts['lesson'] === 'string' ? titleOf(facts['lesson']) : null
  switch (kind) {
    case 'lesson-opened':
      return `打开《${lesson ?? '已撤展的课'}》`
    case 'segment-studied':
      return `学习《${lesson ?? '已撤展的课'}》，${screenIn(facts)}有效${minutesIn(facts)}分钟${silentIn(facts)}`
    case 'question-answered':
      return sayAnswer(facts, titleOf)
    case 'lesson-completed':
      return `学完《${String(facts['title'] ?? '')}》，${String(facts['minutes'] ?? 0)}分钟`
    case 'course-tested':
      return sayTested(facts)
    case 'attempt-handed-in':
      return sayHandedIn(facts)
    case 'practice-observed':
      return sayObserved(facts, titleOf)
    case 'hours-imported':
      return `${classIn(facts)}，转入${String(facts['hours'])}学时`
    case 'attendance-recorded':
      return `${classIn(facts)}，到场已确认，${String(facts['hours'])}学时`
    case 'event-corrected':
      return `更正了${titleOf(String(facts['corrects'])) ?? '一条记录'}：${String(facts['reason'] ?? '')}`
    case 'dispute-settled':
      return saySettled(facts)
    default:
      return kindName(kind)
  }
}

/** What came of a course's test; of its single answers nothing is told, or it could be learnt by trying. */
function sayTested(facts: Facts): string {
  const { title, earned, possible, passShare } = facts as Tested
  const outcome = passes({ earned, possible, passShare }) ? '通过' : '没有通过'
  const level = `${sayPoints(passShare * possible)}分通过`
  return `《${title}》课程测试，无人监考，得${sayPoints(earned)}分，满分${sayPoints(possible)}分，${level}，${outcome}`
}

function sayObserved(facts: Facts, titleOf: (id: string) => string | null): string {
  const { indicator, level, rater, note } = facts as EventOf<'practice-observed'>
  const [who, what] = [titleOf(rater), titleOf(indicator)]
  return `${who ?? ''}现场看到的做法，${what ? `“${what}”` : ''}对照五条行为记为${levelWord(level)}${note ? `：${note}` : ''}`
}

/** Which observation it is, where another sentence speaks of it. */
export function sayWhich(
  {
    indicator,
    level,
    rater,
    observedOn,
  }: Omit<EventOf<'practice-observed'>, 'id' | 'kind' | 'person' | 'at'>,
  titleOf: (id: string) => string | null,
): string {
  const what = titleOf(indicator)
  return `${dayWord(observedOn)}${titleOf(rater) ?? '观察人'}记的${what ? `“${what}”` : ''}${levelWord(level)}`
}

/** A test as a whole; its answers stand beside it one by one. */
function sayHandedIn(facts: Facts): string {
  const { title, supervised, handedBy, shown, answered, late, withdrawn, earned, possible, waiting } =
    facts as EventOf<'attempt-handed-in'>
  const words = [
    `《${title}》测评，${supervised ? '有人监考' : '无人监考'}，${handedBy === 'time' ? '到时间自动交卷' : '交卷'}`,
    `${shown}道题答了${answered}道，得${points(earned)}分，满分${points(possible)}分`,
    waiting > 0 ? `另有${points(waiting)}分等两位老师评` : '',
    late > 0 ? `${late}道题到时间以后才收到，已存下，没有计分` : '',
    withdrawn > 0 ? `${withdrawn}道题中途撤下，不计分` : '',
  ]
  return words.filter(Boolean).join('；')
}

function sayAnswer(facts: Facts, titleOf: (id: string) => string | null): string {
  if (facts['attempt'] !== undefined) return '测评里的一题，对错见那一次测评的结果'
  if (facts['mode'] === 'test') return '课程测试里的一题，对错不逐题公布，总分见那一次测试'
  const stem = titleOf(String(facts['item'] ?? '')) ?? '一道题'
  const signs = [...stem]
  const short = inner(signs.length > 36 ? `${signs.slice(0, 36).join('')}……` : stem)
  const mode = facts['mode'] === 'supervised' ? '监考测评' : '检查题'
  const anew = facts['regrades'] ? '（异议成立后改判）' : ''
  return `${mode}“${short}”${anew}，${screenIn(facts)}得${points(facts['earned'])}分，满分${points(facts['possible'])}分`
}

/** Where it was, if that was not one's own phone or computer. */
const screenIn = (facts: Facts) => (facts['screen'] === undefined ? '' : '在村里大屏上，')

/** Quotation marks inside quotation marks. */
const inner = (text: string) => text.replaceAll('“', '‘').replaceAll('”', '’')

/** Title and organiser of a class, as far as they are known. */
const classIn = (facts: Facts) => [facts['title'], facts['organiser']].filter(Boolean).join('，')

const points = (value: unknown) => String(Math.round(Number(value) * 100) / 100)

function minutesIn(facts: Facts): string {
  const spans = (facts['spans'] ?? []) as [number, number][]
  const minutes = spans.reduce((sum, [from, to]) => sum + (to - from), 0) / 60_000
  return String(Math.round(minutes * 10) / 10)
}

/** What of the time was told only after the line was back; nothing below half a minute. */
function silentIn(facts: Facts): string {
  const minutes = Math.round(Number(facts['silentSeconds'] ?? 0) / 60)
  return minutes > 0 ? `，其中约${minutes}分钟断网时学、恢复后补报` : ''
}

function saySettled(facts: Facts): string {
  const granted = facts['granted'] as { seconds: number } | undefined
  const about = String(facts['about'])
  // What was taken out of a cell stands in the record as lines of its own.
  const ofCell = readAbout(about)?.kind === 'cell' && facts['outcome'] === 'upheld'
  const outcome = ofCell ? '成立。' : sayOutcome(about, facts['outcome'] as Outcome, granted?.seconds ?? 0)
  return `异议${outcome}答复：${String(facts['answer'] ?? '')}`
}
