// Compares how groups of people answered each item, those of equal level with one another. The level is the total of the
// paper, the item within (without it the weaker group would seem at a disadvantage everywhere; Holland & Thayer 1988).
import { difClassOf, mantelHaenszel, type Stratum } from '#assessment/calibration/dif.ts'
import type { GivenAnswer } from '#assessment/calibration/given-answer.ts'
import type { Differences } from '#assessment/calibration/statistics.ts'

/**
 * Fewer answers of a group than this are not compared, and nothing of the group is told. With 50 on either side the
 * error is about one delta: only what is surely large is named then, and a share says nothing of one person.
 */
export const fewestInGroup = 50
/** The total of a shorter paper says too little of who is of equal level. */
const fewestInPaper = 5

/** What of an answer is compared. */
export type GroupedAnswer = Pick<GivenAnswer, 'paper' | 'adaptive' | 'group' | 'item' | 'share'>

type Compared = { paper: string; group: string; item: string; share: number; above: number }

/**
 * By item, where at least two groups are large enough. Right means all points. Papers of unequal difficulty are brought
 * together by how far an answer lies above what people usually get; where all papers are alike the strata are those of
 * the plain number of points. Items that differ much are left out of the totals of the others, in a second round.
 */
export function compareGroups(answers: readonly GroupedAnswer[]): Map<string, Differences> {
  const compared = comparable(answers)
  const first = compareWith(compared, new Set())
  const apart = [...first].filter(([, { others }]) => others.some((one) => one.class === 'C'))
  return apart.length === 0 ? first : compareWith(compared, new Set(apart.map(([item]) => item)))
}

function comparable(answers: readonly GroupedAnswer[]): Compared[] {
  const graded = answers.flatMap(({ paper, adaptive, item, share, group }) =>
    adaptive || share === null || group === null ? [] : [{ paper, group, item, share }],
  )
  const usual = new Map(
    [...Map.groupBy(graded, ({ item }) => item)].map(([item, own]) => [
      item,
      own.reduce((sum, { share }) => sum + share, 0) / own.length,
    ]),
  )
  return [...Map.groupBy(graded, ({ paper }) => paper).values()]
    .filter((own) => own.length >= fewestInPaper)
    .flatMap((own) => own.map((one) => ({ ...one, above: one.share - (usual.get(one.item) ?? 0) })))
}

function compareWith(compared: readonly Compared[], leftOut: ReadonlySet<string>): Map<string, Differences> {
  const totals = new Map<string, { sum: number; count: number }>()
  for (const { paper, item, above } of compared) {
    if (leftOut.has(item)) continue
    const { sum, count } = totals.get(paper) ?? { sum: 0, count: 0 }
    totals.set(paper, { sum: sum + above, count: count + 1 })
  }
  return new Map(
    [...Map.groupBy(compared, ({ item }) => item)].flatMap(([item, own]) => {
      const placed = own.map((one) => {
        const { sum, count } = totals.get(one.paper) ?? { sum: 0, count: 0 }
        const own = leftOut.has(item) ? { sum: sum + one.above, count: count + 1 } : { sum, count }
        return { ...one, ...own }
      })
      const groups = groupsOf(placed)
      return groups ? [[item, groups]] : []
    }),
  )
}

type Placed = Compared & { sum: number; count: number }

function groupsOf(placed: readonly Placed[]): Differences | null {
  const [largest, ...others] = [...Map.groupBy(placed, ({ group }) => group)]
    .filter(([, own]) => own.length >= fewestInGroup)
    .sort(([one, own], [other, its]) => its.length - own.length || (one < other ? -1 : 1))
  if (!largest || others.length === 0) return null
  const found = others.flatMap(([group, own]) => {
    const dif = mantelHaenszel(strataOf(largest[1], own))
    if (!dif) return []
    const { delta, error } = dif
    return [{ ...answersOf(group, own), delta, error, class: difClassOf(dif) }]
  })
  return found.length > 0 ? { reference: answersOf(...largest), others: found } : null
}

const isRight = ({ share }: Placed) => share === 1
const answersOf = (group: string, own: readonly Placed[]): Differences['reference'] => ({
  ...{ group, answers: own.length, right: own.filter(isRight).length / own.length },
})

/** Strata one point of the usual paper wide. */
function strataOf(reference: readonly Placed[], focal: readonly Placed[]): Stratum[] {
  const lengths = [...reference, ...focal].map(({ count }) => count).sort((one, other) => one - other)
  const length = lengths[Math.floor(lengths.length / 2)] ?? 1
  const strata = new Map<number, Stratum>()
  const count = (own: readonly Placed[], side: keyof Stratum) => {
    for (const one of own) {
      // A total that lies just between two strata belongs to one of them whatever the order of its summands.
      const at = Math.round((one.sum / one.count) * length + 1e-9)
      const stratum = strata.get(at) ?? { reference: { right: 0, wrong: 0 }, focal: { right: 0, wrong: 0 } }
      stratum[side][isRight(one) ? 'right' : 'wrong']++
      strata.set(at, stratum)
    }
  }
  count(reference, 'reference')
  count(focal, 'focal')
  return [...strata.values()]
}
