// What to do next: the lesson or test that tells most about what is furthest from the target, and why.
import { believe, expected, type Belief } from '#record/capability/belief.ts'
import { levelStart } from '#record/capability/level.ts'
import type { CapabilityMap, MapIndicator } from '#record/capability/map.ts'
import { countOf, levelWord } from '#record/capability/words.ts'
import type { answerKinds } from '#record/evidence/evidence.ts'
import { information, type ItemParameters } from '#record/evidence/likelihood.ts'
import { kindWeight } from '#record/evidence/weight.ts'

/** Something that a person could do now; only items that would count as evidence (not answered within 180 days). */
export type Candidate = {
  id: string
  title: string
  href: string
  /** The kind of evidence that it gives. */
  kind: (typeof answerKinds)[number]
  minutes: number
  items: ({ indicator: string } & ItemParameters)[]
}

export type NextStep = {
  candidate: Candidate
  /** The indicator that it tells most about. */
  indicator: Pick<MapIndicator, 'id' | 'name'>
  /** Gap × expected information, summed over indicators; only for comparing candidates. */
  value: number
  /** Why, in sentences for the person. */
  reasons: string[]
}

/** An indicator that is still open: the post asks for it and it is not 达标. */
type Open = { indicator: MapIndicator; belief: Belief; gap: number }

/**
 * The best candidate, or null when every target is reached or none of the candidates touches an open indicator.
 * Equal values: the shorter one, then the smaller id.
 */
export function nextStep(
  map: CapabilityMap,
  beliefs: ReadonlyMap<string, Belief>,
  candidates: readonly Candidate[],
): NextStep | null {
  const open = openIndicators(map, beliefs)
  const worth = candidates
    .map((candidate) => ({ candidate, gains: open.map((one) => ({ ...one, gain: gainOf(candidate, one) })) }))
    .map(({ candidate, gains }) => ({
      candidate,
      gains,
      value: gains.reduce((sum, { gain }) => sum + gain, 0),
    }))
    .filter(({ value }) => value > 0)
    .sort((one, other) => other.value - one.value || shorter(one.candidate, other.candidate))
  const [best] = worth
  if (!best) return null
  const main = best.gains.reduce((most, one) => (one.gain > most.gain ? one : most))
  return {
    candidate: best.candidate,
    indicator: { id: main.indicator.id, name: main.indicator.name },
    value: best.value,
    reasons: reasonsFor(best.candidate, main, worth.length),
  }
}

/**
 * How much the variance of a belief is expected to shrink: Fisher information averaged over the belief (posterior-
 * weighted information: van der Linden 1998, Psychometrika 63, 201–216; van der Linden & Pashley 2010, in Elements
 * of Adaptive Testing, ch. 1), weighted as the evidence will be, added to the precision that there is.
 */
export function expectedReduction(
  belief: Pick<Belief, 'grid' | 'sd'>,
  items: readonly ItemParameters[],
  weight: number,
): number {
  const variance = belief.sd ** 2
  const told = items.reduce(
    (sum, item) => sum + expected(belief.grid, (theta) => information(item, theta)),
    0,
  )
  return (variance ** 2 * weight * told) / (1 + variance * weight * told)
}

/** How far below the target a person is expected to be: E[max(0, cut − θ)]. What is unknown has a gap too. */
export function gapOf(belief: Pick<Belief, 'grid'>, target: number, cuts: readonly number[]): number {
  const start = levelStart(target, cuts)
  return expected(belief.grid, (theta) => Math.max(0, start - theta))
}

function openIndicators(map: CapabilityMap, beliefs: ReadonlyMap<string, Belief>): Open[] {
  const unknown = believe([], map.asOfOn, map.cuts)
  return map.dimensions
    .flatMap((dimension) => dimension.indicators)
    .flatMap((indicator) => {
      if (indicator.target === null || indicator.status === 'reached') return []
      const belief = beliefs.get(indicator.id) ?? unknown
      return [{ indicator, belief, gap: gapOf(belief, indicator.target, map.cuts) }]
    })
}

function gainOf(candidate: Candidate, { indicator, belief, gap }: Open): number {
  const items = candidate.items.filter((item) => item.indicator === indicator.id)
  return items.length === 0 ? 0 : gap * expectedReduction(belief, items, kindWeight[candidate.kind])
}

function shorter(one: Candidate, other: Candidate): number {
  return one.minutes - other.minutes || (one.id < other.id ? -1 : 1)
}

function reasonsFor(candidate: Candidate, { indicator, belief }: Open, choices: number): string[] {
  return [
    standing(indicator),
    evidenceSoFar(belief, candidate),
    choices > 1 ? '在可选的内容里，这一组最能说明问题。' : '现在可选的只有这一组。',
  ]
}

function standing({ target, estimate }: MapIndicator): string {
  const aim = `目标${levelWord(target ?? 0)}`
  if (!estimate) return `${aim}，这一项未测。`
  const missing = (target ?? 0) - estimate.level
  const now = `${aim}，现在估计${levelWord(estimate.level)}`
  return missing > 0 ? `${now}，还差${countOf(missing, '级')}。` : `${now}，把握还不到八成。`
}

function evidenceSoFar({ kinds, kindList }: Belief, { kind }: Candidate): string {
  if (kinds === 0) return '还没有证据，这一组是第一种。'
  if (kinds > 1) return `证据已有${countOf(kinds, '种')}，再有一组就能看得更准。`
  if (kindList.includes(kind)) return '证据只有一种，这一组会更准，但还要有另一种才给出估计。'
  return '证据只有一种，做完这一组就有两种，能看到估计。'
}
