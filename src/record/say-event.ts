// What happened, in a Chinese sentence for the person it happened to.

type Facts = Record<string, unknown>

const kinds: Record<string, string> = {
  'lesson-opened': '打开课程',
  'segment-studied': '学习一段',
  'question-answered': '答题',
  'lesson-completed': '学完一课',
  'practice-observed': '实务观察',
  'hours-imported': '转入学时',
  'attendance-recorded': '参加培训',
  'event-corrected': '更正',
}

/** Name of a kind of event. */
export function kindName(kind: string): string {
  return kinds[kind] ?? kind
}

/**
 * One event in words. `titleOf` gives the title of a lesson and the stem of an item, or null if it is gone.
 * Facts are empty once the person was erased.
 */
export function sayEvent(kind: string, facts: Facts, titleOf: (id: string) => string | null): string {
  if (Object.keys(facts).length === 0) return `${kindName(kind)}（内容已删除）`
  const lesson = typeof facts['lesson'] === 'string' ? titleOf(facts['lesson']) : null
  switch (kind) {
    case 'lesson-opened':
      return `打开《${lesson ?? '已撤展的课'}》`
    case 'segment-studied':
      return `学习《${lesson ?? '已撤展的课'}》，有效${minutesIn(facts)}分钟`
    case 'question-answered':
      return sayAnswer(facts, titleOf)
    case 'lesson-completed':
      return `学完《${String(facts['title'] ?? '')}》，${String(facts['minutes'] ?? 0)}分钟`
    case 'practice-observed':
      return `现场看到的做法，对照行为描述为${String(facts['level'])}级${facts['note'] ? `：${String(facts['note'])}` : ''}`
    case 'hours-imported':
      return `${classIn(facts)}，转入${String(facts['hours'])}学时`
    case 'attendance-recorded':
      return `${classIn(facts)}，到场已确认，${String(facts['hours'])}学时`
    case 'event-corrected':
      return `更正了一条记录：${String(facts['reason'] ?? '')}`
    default:
      return kindName(kind)
  }
}

function sayAnswer(facts: Facts, titleOf: (id: string) => string | null): string {
  const stem = titleOf(String(facts['item'] ?? '')) ?? '一道题'
  const signs = [...stem]
  const short = inner(signs.length > 36 ? `${signs.slice(0, 36).join('')}……` : stem)
  const mode = facts['mode'] === 'supervised' ? '监考测评' : '检查题'
  return `${mode}“${short}”，得${points(facts['earned'])}分，满分${points(facts['possible'])}分`
}

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
