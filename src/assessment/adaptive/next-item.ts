// Which item an adaptive test of one dimension asks next, or why it ends: the most informative at the present estimate,
// of the content area that is furthest behind, among those that not too many have seen. Pure: the same state gives the
// same item, so whoever calls keeps what was chosen and counts it in the same transaction.
import { exposureLimit, scarcity } from '#assessment/adaptive/exposure.ts'
import type { Answered, BankedItem } from '#assessment/irt/response.ts'
import { expectedAPosteriori, type Spread } from '#assessment/irt/score.ts'
import { weightedLikelihood } from '#assessment/irt/weighted-likelihood.ts'
import { hash } from '#quiz/shuffled.ts'
import { population } from '#record/capability/belief.ts'
import { information } from '#record/evidence/likelihood.ts'

/** From so many items on the bank of a dimension is large enough for a test of any length … */
export const fullBank = 80

/** … and until then a test asks at most so many, or everybody would soon have seen everything. */
export const mostOfSmallBank = 8

/**
 * One of so many good items is asked, so that nobody can foretell it (randomesque choice).
 * Kingsbury, G. G. & Zara, A. R. (1989). Procedures for selecting items for computerized adaptive tests. Applied
 * Measurement in Education 2, 359–375.
 */
const choices = 5

/** No belief counts as surer than this for choosing items, so that a few answers can overrule an old one. */
const surestPrior = 0.5

export type AdaptiveRules = {
  /** Fewest items before precision may end the test. */
  least: number
  /** Most items. */
  most: number
  /** Standard error of the reported score (WLE) at which the test ends, on the scale of θ. */
  stopError: number
  /** Largest share of takers who may see one item. */
  exposureCap: number
  /** What share of the test each area is to have, summing to 1; all the same unless told. An area left out comes last. */
  shares?: ReadonlyMap<string, number>
}

export type AdaptiveState = {
  /** Every item of the dimension that may be asked. */
  bank: readonly BankedItem[]
  /** Ids of items that this person met before this test: asked only where no other may be. */
  met?: ReadonlySet<string>
  answered: readonly Answered[]
  /** By item id, to how many takers it was shown. */
  exposure: ReadonlyMap<string, number>
  /** How many people this test has shown an item to, this one included. */
  takers: number
  /** What is believed of the person: it helps to choose and is not in the score. Null: as of anybody. */
  prior: Spread | null
  rules: AdaptiveRules
  /** Kept with the attempt. */
  seed: string
}

/** The next item; or why the test ends, in a word and in a sentence for the person. */
export type Step = { item: BankedItem } | { stop: 'precise' | 'length' | 'no-item'; why: string }

/** Chooses the next item of a test, or ends it. */
export function nextItem(state: AdaptiveState): Step {
  const { bank, answered, rules } = state
  const most = bank.length < fullBank ? Math.min(rules.most, mostOfSmallBank) : rules.most
  if (answered.length >= most) return { stop: 'length', why: `这次测试最多${most}题，已经做完。` }
  if (isPrecise(answered, rules)) return { stop: 'precise', why: '已经测得够准，不用再做更多的题。' }

  const asked = new Set(answered.map(({ item }) => item.id))
  const left = bank.filter(({ id }) => !asked.has(id))
  if (left.length === 0) return { stop: 'no-item', why: '这一方面的题都做完了，按已做的题计分。' }
  const limit = exposureLimit(state.takers, rules.exposureCap)
  const open = left.filter(({ id }) => (state.exposure.get(id) ?? 0) < limit)
  if (open.length === 0) {
    return { stop: 'no-item', why: '剩下的题看过的人已经够多，为了保密不再出，按已做的题计分。' }
  }

  const unmet = open.filter(({ id }) => !state.met?.has(id))
  return { item: choose(furthestBehind(unmet.length > 0 ? unmet : open, state), state, limit) }
}

/** One of those that tell most at the present estimate; there is at least one candidate. */
function choose(candidates: readonly BankedItem[], state: AdaptiveState, limit: number): BankedItem {
  const { answered, exposure, seed } = state
  const { mean } = expectedAPosteriori(answered, priorOf(state))
  const placeOf = ({ id }: BankedItem) => hash(`${seed}/${id}`)
  const best = candidates
    .map((item) => ({
      item,
      worth: information(item, mean) * scarcity(exposure.get(item.id) ?? 0, limit),
    }))
    // Items with an author's label only are as good as each other: for everyone another of them comes first.
    .sort((one, other) => other.worth - one.worth || placeOf(one.item) - placeOf(other.item))
    .slice(0, choices)
  const chosen = best[hash(`${seed}/${answered.length}`) % best.length]
  if (!chosen) throw new Error('There is nothing to choose from.')
  return chosen.item
}

function isPrecise(answered: readonly Answered[], { least, stopError }: AdaptiveRules): boolean {
  if (answered.length < least) return false
  const estimate = weightedLikelihood(answered)
  return estimate !== null && estimate.se <= stopError
}

function priorOf({ prior }: AdaptiveState): Spread {
  return prior ? { mean: prior.mean, sd: Math.max(surestPrior, prior.sd) } : population
}

/** The open items of the areas that lack most of their share once one more is asked (Kingsbury & Zara 1989). */
function furthestBehind(
  open: readonly BankedItem[],
  { bank, answered, rules }: AdaptiveState,
): readonly BankedItem[] {
  const areas = new Set(bank.map(({ area }) => area))
  const lacks = [...new Set(open.map(({ area }) => area))].map((area) => {
    const share = rules.shares ? (rules.shares.get(area) ?? 0) : 1 / areas.size
    const had = answered.filter(({ item }) => item.area === area).length
    return { area, lack: share * (answered.length + 1) - had }
  })
  const most = Math.max(...lacks.map(({ lack }) => lack))
  const due = new Set(lacks.filter(({ lack }) => lack > most - 1e-9).map(({ area }) => area))
  return open.filter(({ area }) => due.has(area))
}
