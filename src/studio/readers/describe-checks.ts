// How the checks of a lesson were answered at the first try: which options were chosen, and which of them mislead.
import { sayOption } from '#assessment/calibration/statistics.ts'
import { hideSmall, leastShown } from '#studio/readers/hide-small.ts'

/** So many people with the same first answer. */
export type FirstAnswer = { chosen: readonly string[] | null; right: boolean; people: number }

/** An item as it is asked. */
export type Check = {
  id: string
  stem: string
  /** Share of points of blind answers, 0 to 1. */
  guessing: number
  /** Whether exactly one option is chosen; false for kinds without options. */
  one: boolean
  /** In the order of the item; without a text where the id says it (对 and 错). */
  options: { id: string; text: string; right: boolean }[] | null
}

/** Share of people who were right at once, in whole percent; near all or nobody only roughly, null where hidden. */
export type RightShare = { type: 'percent'; percent: number } | { type: 'high' } | { type: 'low' } | null

export type CheckFigures = Pick<Check, 'id' | 'stem'> & {
  /** People who answered it. */
  answers: number
  right: RightShare
  /** Null for kinds without options; a count is null where it is hidden. */
  options: { id: string; text: string; right: boolean; count: number | null }[] | null
  /** What whoever wrote it should look at, in words; empty if nothing. */
  remarks: string[]
  /** How badly it misleads, 0 to 1. */
  trouble: number
}

/** Less than this share right at once is little; so is hardly more than by guessing. */
const littleRight = 0.3
const overGuessing = 0.05

/** Null with fewer than five people. */
export function describeCheck(check: Check, answers: readonly FirstAnswer[]): CheckFigures | null {
  const people = sum(answers)
  if (people < leastShown) return null
  const counts = check.options?.map(({ id }) => sum(answers.filter(({ chosen }) => chosen?.includes(id))))
  const shown = counts && shownCounts(counts, people, check.one)
  const options = check.options?.map((option, at) => ({ ...option, count: shown?.[at] ?? null })) ?? null
  const right = rightShare(sum(answers.filter((answer) => answer.right)), people, check.one ? options : null)
  const marked = remarksOn(check, people, right, options)
  return { id: check.id, stem: check.stem, answers: people, right, options, ...marked }
}

const sum = (answers: readonly FirstAnswer[]) => answers.reduce((total, { people }) => total + people, 0)

/** Where one option is chosen the counts sum to all people; where several may be, each stands against those who did not. */
function shownCounts(counts: readonly number[], people: number, one: boolean): (number | null)[] {
  if (one) return hideSmall(counts)
  return counts.map((count) => hideSmall([count, people - count])[0] ?? null)
}

function rightShare(right: number, people: number, options: CheckFigures['options']): RightShare {
  const isHidden = options
    ? options.some((option) => option.right && option.count === null)
    : hideSmall([right, people - right])[0] === null
  if (!isHidden) return { type: 'percent', percent: Math.round((100 * right) / people) }
  if (right * 5 >= people * 4) return { type: 'high' }
  return right * 5 <= people ? { type: 'low' } : null
}

/** Only from what is shown. */
function remarksOn(
  { guessing, one }: Check,
  people: number,
  right: RightShare,
  options: CheckFigures['options'],
): Pick<CheckFigures, 'remarks' | 'trouble'> {
  const remarks: string[] = []
  const share = right?.type === 'percent' ? right.percent / 100 : null
  const key = one ? (options?.find((option) => option.right)?.count ?? null) : null
  const taken = (options ?? [])
    .filter((option) => !option.right && option.count !== null)
    .toSorted((a, b) => (b.count ?? 0) - (a.count ?? 0))[0]
  const most = taken?.count ?? 0
  if (taken && (one ? key !== null && most > key : most * 2 > people)) {
    const letter = sayOption(taken.id)
    const what = one ? `选${letter}的人比选对的多` : `一半以上的人选了${letter}`
    remarks.push(`${what}，看看题干或${letter}是不是也说得通。`)
  }
  if (right?.type === 'low' || (share !== null && share < Math.max(littleRight, guessing + overGuessing)))
    remarks.push('第一次就答对的人很少，看看课文里说清楚了没有，答案对不对。')
  return { remarks, trouble: remarks.length === 0 ? 0 : 1 - (share ?? 0.2) }
}

/** 答对的占62% */
export function sayRight(right: RightShare): string {
  if (right === null) return '答对的或答错的不足5人，不列出'
  if (right.type === 'percent') return `第一次就答对的占${right.percent}%`
  return right.type === 'high' ? '第一次就答对的在八成以上' : '第一次就答对的不到两成'
}
