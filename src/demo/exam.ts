// Three supervised papers. Their questions are made from the capability model itself: which way of working belongs to
// which level. They exist in the demo only.
import { answered, wrongAnswer } from '#demo/answer.ts'
import { dayAfter } from '#day.ts'
import { momentOf, type Year } from '#demo/calendar.ts'
import { pick, randomFor, shuffled, type Random } from '#demo/random.ts'
import type { MakeId } from '#demo/id.ts'
import type { Item } from '#quiz/question.ts'
import { rightAnswer } from '#quiz/say-answer.ts'
import type { CapabilityModel, Indicator } from '#record/capability/model.ts'
import type { Event } from '#record/events/event.ts'

/** A paper: the dimensions that it asks, and on which day of the year. */
type Paper = { dimensions: string[]; days: number }

/** Saturdays in spring, summer and autumn. */
export const papers: Record<'spring' | 'summer' | 'autumn', Paper> = {
  spring: { dimensions: ['law', 'mass-work', 'integrity'], days: 138 },
  summer: { dimensions: ['political'], days: 208 },
  autumn: { dimensions: ['research', 'emergency'], days: 320 },
}
export type PaperName = keyof typeof papers

/** Levels asked about, and how hard it is to tell each from its neighbours. */
const asked = [
  { level: 1, difficulty: 'easy' },
  { level: 3, difficulty: 'medium' },
  { level: 4, difficulty: 'hard' },
  { level: 2, difficulty: 'medium' },
] as const

const letters = ['a', 'b', 'c', 'd', 'e']

/** The questions of one indicator, each valid as any item of the bank. */
export function examItems(indicator: Indicator, model: CapabilityModel): Item[] {
  return asked.map(({ level, difficulty }, i) => {
    const random = randomFor('exam', indicator.id, level)
    const right = indicator.anchors[level - 1] ?? ''
    const others = shuffled(
      random,
      indicator.anchors.filter((anchor) => anchor !== right),
    ).slice(0, 3)
    const options = shuffled(random, [right, ...others]).map((text, j) => ({ id: letters[j] ?? '', text }))
    const levelName = model.levels[level - 1]?.name ?? ''
    return {
      id: `itm-demo-${indicator.id}-${i + 1}`,
      revision: 1,
      kind: 'single',
      indicator: indicator.id,
      difficulty,
      passage: right,
      stem: `“${indicator.name}”做到“${levelName}”，最接近下面哪一种做法？`,
      options,
      key: options.find(({ text }) => text === right)?.id ?? '',
      rationale: `“${right}”是这一项“${levelName}”一级的行为描述。`,
    }
  })
}

/** Whether a question is answered rightly; the answers of a paper are drawn by whoever sits it. */
export type Judge = (item: Item) => boolean

/** When somebody hands a paper in (ms since 1970): mostly at its end at half past eleven. */
export const handInAt = (year: Year, name: PaperName, random: Random) =>
  momentOf(dayAfter(year.firstOn, papers[name].days), 11 * 60 + pick(random, [30, 30, 30, 30, 30, 22, 12, 0]))

/** One person's answers to a paper, all handed in at one instant (ms since 1970). */
export function sitPaper(
  paper: PaperName,
  model: CapabilityModel,
  {
    person,
    at,
    id,
    random,
    isRight,
  }: { person: string; at: number; id: MakeId; random: Random; isRight: Judge },
): Event[] {
  const indicators = model.dimensions
    .filter((dimension) => papers[paper].dimensions.includes(dimension.id))
    .flatMap((dimension) => dimension.indicators)
  return indicators
    .flatMap((indicator) => examItems(indicator, model))
    .map((item) => ({
      kind: 'question-answered',
      id: id(at),
      person,
      at: new Date(at).toISOString(),
      lesson: null,
      edition: null,
      mode: 'supervised',
      ...answered(item, isRight(item) ? rightAnswer(item) : wrongAnswer(random, item)),
    }))
}
