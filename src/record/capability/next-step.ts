// What to do next: of each sort the lesson, practice or test that tells most about what is furthest from the target,
// and why. Pure.
import { believe, expected, type Belief } from '#record/capability/belief.ts'
import { isMeasured, levelStart, shareNeeded } from '#record/capability/level.ts'
import type { CapabilityMap, MapIndicator } from '#record/capability/map.ts'
import { countOf, levelWord } from '#record/capability/words.ts'
import type { answerKinds } from '#record/evidence/evidence.ts'
import { information, type ItemParameters } from '#record/evidence/likelihood.ts'

/** Ways of going on: at most one of each is suggested. */
export type Sort = 'lesson' | 'practice' | 'test'

/** An item that would count as evidence if it were answered now. */
export type CandidateItem = ItemParameters & {
  indicator: string
  kind: (typeof answerKinds)[number]
  /** Weight of the answer as evidence. */
  weight: number
  /** How likely it is asked; 1 unless it is drawn. */
  chance: number
}

/** Something that a person could do now. */
export type Candidate = {
  id: string
  sort: Sort
  title: string
  href: string
  /** How much it is, in words: 3道检查题，约8分钟. */
  size: string
  /** Null without a limit. */
  minutes: number | null
  items: CandidateItem[]
}

/** What a candidate would tell of one indicator. */
export type Gain = {
  indicator: Pick<MapIndicator, 'id' | 'name'>
  /** How far below the target the person is expected to be. */
  gap: number
  /** Deviation of the belief now, and as it is expected to be afterwards. */
  sd: number
  sdAfter: number
  /** Gap × expected reduction of the variance. */
  gain: number
}

export type NextStep = {
  candidate: Candidate
  /** The indicator that it tells most about. */
  indicator: Pick<MapIndicator, 'id' | 'name'>
  /** The sum of `gains`; only for comparing candidates. */
  value: number
  /** By indicator, what is told most first. */
  gains: Gain[]
  /** Candidates of its sort that would tell something. */
  choices: number
  /** Why, in sentences for the person. */
  reasons: string[]
}

/** An indicator that is still open: the post asks for it and it is not 达标. */
type Open = {
  indicator: MapIndicator
  belief: Belief
  gap: number
  told: (item: ItemParameters) => number
}

/**
 * The best candidate of each sort, the most telling first; none when every target is reached or no candidate touches an
 * open indicator. Equal values: the shorter one, then the smaller id.
 */
export function nextSteps(
  map: CapabilityMap,
  beliefs: ReadonlyMap<string, Belief>,
  candidates: readonly Candidate[],
): NextStep[] {
  const open = openIndicators(map, beliefs)
  const steps = candidates.flatMap((candidate): Worth[] => {
    const gains = open
      .flatMap((one) => gainOf(candidate, one))
      .filter(({ gain }) => gain > 0)
      .sort((a, b) => b.gain - a.gain)
    const [main] = gains
    return main ? [{ candidate, gains, main, value: gains.reduce((sum, { gain }) => sum + gain, 0) }] : []
  })
  return [...Map.groupBy(steps, ({ candidate }) => candidate.sort).values()]
    .flatMap((all): NextStep[] => {
      const [best] = all.sort(better)
      if (!best) return []
      const { candidate, gains, main, value } = best
      const { indicator } = main
      const about = open.find((one) => one.indicator.id === indicator.id)
      const reasons = about ? reasonsFor(candidate, about, main, gains.length, all.length) : []
      return [{ candidate, gains, value, indicator, choices: all.length, reasons }]
    })
    .sort(better)
}

type Worth = Pick<NextStep, 'candidate' | 'gains' | 'value'> & { main: Gain }

const better = (one: Pick<Worth, 'candidate' | 'value'>, other: Pick<Worth, 'candidate' | 'value'>) =>
  other.value - one.value || shorter(one.candidate, other.candidate)

/**
 * How much the variance of a belief is expected to shrink: Fisher information averaged over the belief (posterior-
 * weighted information: van der Linden 1998, Psychometrika 63, 201–216; van der Linden & Pashley 2010, in Elements
 * of Adaptive Testing, ch. 1), weighted as the evidence will be, added to the precision that there is.
 */
export function expectedReduction(
  belief: Pick<Belief, 'grid' | 'sd'>,
  items: readonly (ItemParameters & { weight: number; chance: number })[],
  told = toldBy(belief),
): number {
  const variance = belief.sd ** 2
  const added = items.reduce((sum, item) => sum + item.chance * item.weight * told(item), 0)
  return (variance ** 2 * added) / (1 + variance * added)
}

/** E[I(θ)] of an item under a belief; items with the same parameters are reckoned once. */
function toldBy({ grid }: Pick<Belief, 'grid'>): (item: ItemParameters) => number {
  const known = new Map<string, number>()
  return (item) => {
    const key = `${item.a} ${item.b} ${item.c}`
    const there = known.get(key) ?? expected(grid, (theta) => information(item, theta))
    known.set(key, there)
    return there
  }
}

/** How far below the target a person is expected to be: E[max(0, cut − θ)]. What is unknown has a gap too. */
export function gapOf(belief: Pick<Belief, 'grid'>, target: number, cuts: readonly number[]): number {
  const start = levelStart(target, cuts)
  return expected(belief.grid, (theta) => Math.max(0, start - theta))
}

/** True while the post asks for it and it is not 达标. */
export const isOpen = ({ target, status }: Pick<MapIndicator, 'target' | 'status'>) =>
  target !== null && status !== 'reached'

function openIndicators(map: CapabilityMap, beliefs: ReadonlyMap<string, Belief>): Open[] {
  const unknown = believe([], map.asOfOn, map.cuts)
  return map.dimensions
    .flatMap((dimension) => dimension.indicators)
    .filter(isOpen)
    .map((indicator) => {
      const belief = beliefs.get(indicator.id) ?? unknown
      const gap = gapOf(belief, indicator.target ?? 0, map.cuts)
      return { indicator, belief, gap, told: toldBy(belief) }
    })
}

/** Nothing where the candidate does not ask of the indicator. */
function gainOf({ items }: Candidate, { indicator, belief, gap, told }: Open): Gain[] {
  const own = items.filter((item) => item.indicator === indicator.id)
  if (own.length === 0) return []
  const reduction = expectedReduction(belief, own, told)
  const sdAfter = Math.sqrt(belief.sd ** 2 - reduction)
  const { id, name } = indicator
  return [{ indicator: { id, name }, gap, sd: belief.sd, sdAfter, gain: gap * reduction }]
}

function shorter(one: Candidate, other: Candidate): number {
  return (one.minutes ?? Infinity) - (other.minutes ?? Infinity) || (one.id < other.id ? -1 : 1)
}

const choiceWords: Record<Sort, [most: string, only: string]> = {
  lesson: ['可选的课里，这一课最能说明问题。', '现在能补证据的课只有这一课。'],
  practice: ['可练的指标里，练这一项最能说明问题。', '现在能补证据的练习只有这一项。'],
  test: ['现在能做的测评里，这一份最能说明问题。', '现在能做的测评只有这一份。'],
}

function reasonsFor(
  { sort, items }: Candidate,
  { indicator, belief }: Open,
  { sdAfter }: Gain,
  touched: number,
  choices: number,
): string[] {
  const own = items.filter((item) => item.indicator === indicator.id)
  return [
    standing(indicator),
    evidenceSoFar(belief, own, 1 - sdAfter ** 2 >= shareNeeded),
    ...(touched > 1 ? [`还问到另外${countOf(touched - 1, '项')}还不能说达标的指标。`] : []),
    choiceWords[sort][choices > 1 ? 0 : 1],
  ]
}

function standing({ target, estimate, status }: MapIndicator): string {
  const aim = `目标${levelWord(target ?? 0)}`
  if (!estimate) return `${aim}，这一项未测。`
  const missing = (target ?? 0) - estimate.level
  const now = `${aim}，现在估计${levelWord(estimate.level)}`
  if (missing <= 0) return `${now}，把握还不到八成。`
  // What is only uncertain is not said to be missing.
  return status === 'uncertain'
    ? `${now}，证据不足，还不能说到了没有。`
    : `${now}，还差${countOf(missing, '级')}。`
}

/** What there is and what would come. @param enough whether it would then be enough for an estimate, as is expected. */
function evidenceSoFar(belief: Belief, items: readonly CandidateItem[], enough: boolean): string {
  const { kinds, kindList } = belief
  if (kinds === 0) return '还没有证据，这是第一批。'
  if (isMeasured(belief)) return `证据已有${countOf(kinds, '种')}，再有一组就能看得更准。`
  if (kinds > 1) return `证据有${countOf(kinds, '种')}，但太少或者太旧，这一组是新的。`
  const isNew = ({ kind }: CandidateItem) => !kindList.includes(kind)
  if (items.every(isNew))
    return enough ? '证据只有一种，做完就有两种，应能看到估计。' : '证据只有一种，做完就有两种。'
  return items.some(isNew)
    ? '证据只有一种，这一组里可能有另一种。'
    : '证据只有一种，这一组会更准，但还要有另一种才给出估计。'
}
