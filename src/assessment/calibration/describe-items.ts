// Classical statistics of items: how many points, how well an item separates the strong from the weak, what was chosen.
// (Lord & Novick 1968, Statistical Theories of Mental Test Scores, ch. 15.)
import { abilityGroups } from '#assessment/calibration/ability-groups.ts'
import { compareGroups } from '#assessment/calibration/compare-groups.ts'
import type { AskedItem, GivenAnswer } from '#assessment/calibration/given-answer.ts'
import type { Differences, Flag, ItemStatistics } from '#assessment/calibration/statistics.ts'

/** Fewer answers than this say nothing. */
export const fewestAnswers = 30
/** A wrong word that fewer people wrote could tell who wrote it. */
const fewestSame = 3
const mostWords = 10
const tooEasy = 0.95
const tooHard = 0.15
/** A choice that is right hardly more often than by guessing is too hard. */
const overGuessing = 0.05
/**
 * An item that may still separate as well as this is not called flat. Good choices of four reach no more than 0.15 to
 * 0.2 in papers of eight items, because so short a rest is itself uncertain.
 */
const separates = 0.15
/** With so many wrong answers for each wrong option, nobody chooses one of equals by chance once in 20,000 times. */
const wrongForEach = 10

/** An answer with what is known of the rest of its paper: nothing where the paper was chosen to fit the person. */
type Seen = GivenAnswer & { share: number; rest: number | null }

/**
 * Statistics of each item from one answer a person and item. The rest of a paper is how far its other answers lie above
 * what people usually get for the same items, a mean: papers drawn by chance are of unequal difficulty, and where all
 * papers are alike this is the classical corrected point-biserial, item against rest.
 */
export function describeItems(
  items: readonly AskedItem[],
  answers: readonly GivenAnswer[],
): Map<string, ItemStatistics> {
  const byItem = Map.groupBy(withRests(answers), ({ item }) => item)
  const blanks = Map.groupBy(
    answers.filter(({ share }) => share === null),
    ({ item }) => item,
  )
  const compared = compareGroups(answers)
  return new Map(
    items.map((item) => {
      const blank = blanks.get(item.id)?.length ?? 0
      const described = describe(item, byItem.get(item.id) ?? [], blank)
      const differences = compared.get(item.id) ?? null
      return [
        item.id,
        { ...described, differences, flags: [...described.flags, ...groupFlags(differences)] },
      ] as const
    }),
  )
}

/** Only large differences are remarked on: among so many comparisons chance makes some of the middle size. */
function groupFlags(differences: Differences | null): Flag[] {
  if (!differences) return []
  const { reference, others } = differences
  return others.flatMap(({ group, delta, class: size }) => {
    if (size !== 'C') return []
    const [harder, easier] = delta < 0 ? [group, reference.group] : [reference.group, group]
    return [{ type: 'harder-for', group: harder, than: easier }]
  })
}

function withRests(answers: readonly GivenAnswer[]): Seen[] {
  const graded = answers.flatMap((one) => (one.share === null ? [] : [{ ...one, share: one.share }]))
  const drawn = graded.filter(({ adaptive }) => !adaptive)
  const usual = new Map(
    [...Map.groupBy(drawn, ({ item }) => item)].map(([item, own]) => [
      item,
      mean(own.map((one) => one.share)),
    ]),
  )
  const above = (one: { item: string; share: number }) => one.share - (usual.get(one.item) ?? 0)
  const papers = new Map<string, { sum: number; count: number }>()
  for (const one of drawn) {
    const paper = papers.get(one.paper) ?? { sum: 0, count: 0 }
    papers.set(one.paper, { sum: paper.sum + above(one), count: paper.count + 1 })
  }
  return graded.map((one) => {
    const { sum, count } = papers.get(one.paper) ?? { sum: 0, count: 0 }
    return { ...one, rest: !one.adaptive && count > 1 ? (sum - above(one)) / (count - 1) : null }
  })
}

function describe(
  item: AskedItem,
  seen: readonly Seen[],
  blank: number,
): Omit<ItemStatistics, 'differences'> {
  const facility = seen.length > 0 ? mean(seen.map(({ share }) => share)) : null
  const inPaper = seen.filter(hasRest)
  const discrimination = correlation(
    inPaper.map(({ share }) => share),
    inPaper.map(({ rest }) => rest),
  )
  const statistics = {
    revision: item.revision,
    answers: seen.length,
    blank,
    facility,
    discrimination,
    options: item.options && optionTable(item.options, seen),
    wrongWords: item.isWritten ? wordTable(seen) : null,
    groups: abilityGroups(inPaper, item.options),
  }
  return { ...statistics, flags: flagsOf(item, statistics, seen) }
}

type Placed = Seen & { rest: number }
const hasRest = (one: Seen): one is Placed => one.rest !== null

function optionTable(
  options: NonNullable<AskedItem['options']>,
  seen: readonly Seen[],
): NonNullable<ItemStatistics['options']> {
  return options.map(({ id, right }) => {
    const own = seen.filter(({ chosen }) => chosen?.includes(id))
    const rests = own.filter(hasRest).map(({ rest }) => rest)
    return {
      id,
      right,
      count: own.length,
      share: seen.length > 0 ? own.length / seen.length : 0,
      rest: rests.length > 0 ? mean(rests) : null,
    }
  })
}

function wordTable(seen: readonly Seen[]): NonNullable<ItemStatistics['wrongWords']> {
  const wrong = seen.filter(({ share, written }) => share < 1 && written)
  return [...Map.groupBy(wrong, ({ written }) => written ?? '')]
    .map(([text, own]) => ({ text, count: own.length }))
    .filter(({ count }) => count >= fewestSame)
    .sort((one, other) => other.count - one.count || (one.text < other.text ? -1 : 1))
    .slice(0, mostWords)
}

function flagsOf(
  { guessing }: AskedItem,
  { answers, facility, discrimination, options }: Omit<ItemStatistics, 'differences' | 'flags'>,
  seen: readonly Seen[],
): Flag[] {
  if (answers < fewestAnswers || facility === null) return [{ type: 'few', answers, needed: fewestAnswers }]
  const flags: Flag[] = []
  const inPaper = seen.filter(hasRest)
  const isHard = facility <= Math.max(tooHard, guessing > 0 ? guessing + overGuessing : 0)
  if (facility >= tooEasy) flags.push({ type: 'too-easy', facility })
  if (isHard) flags.push({ type: 'too-hard', facility })
  // One over the root of n is the error of a correlation near zero; two of them is more than chance.
  const doubt = 2 / Math.sqrt(Math.max(inPaper.length - 1, 1))
  if (discrimination !== null && inPaper.length >= fewestAnswers) {
    if (discrimination < -doubt) flags.push({ type: 'reversed' })
    else if (facility < tooEasy && discrimination + doubt < separates) flags.push({ type: 'flat' })
  }
  const wrong = seen.filter(({ share }) => share < 1).length
  const wrongOptions = options?.filter(({ right }) => !right).length ?? 0
  for (const { id, right, count } of options ?? []) {
    if (!right && count === 0 && wrong >= wrongForEach * wrongOptions)
      flags.push({ type: 'never-chosen', option: id })
    if (!right && beatsKey(id, inPaper)) flags.push({ type: 'stronger-than-key', option: id })
  }
  return flags
}

/** Fewer choosers of an option than this are not compared. */
const fewestChoosers = 5

/** Whether those who chose an option did better in the rest of the paper than those with all points: not by chance. */
function beatsKey(option: string, seen: readonly Placed[]): boolean {
  const choosers = seen.filter(({ chosen }) => chosen?.includes(option)).map(({ rest }) => rest)
  const right = seen.filter(({ share }) => share === 1).map(({ rest }) => rest)
  if (choosers.length < fewestChoosers || right.length < fewestChoosers) return false
  const error = Math.sqrt(variance(choosers) / choosers.length + variance(right) / right.length)
  return mean(choosers) - mean(right) > 2 * error
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function variance(values: readonly number[]): number {
  const middle = mean(values)
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / Math.max(values.length - 1, 1)
}

/** Pearson's correlation; null when there are fewer than three pairs, or one side is all alike. */
function correlation(xs: readonly number[], ys: readonly number[]): number | null {
  if (xs.length < 3) return null
  const [mx, my] = [mean(xs), mean(ys)]
  let [xx, xy, yy] = [0, 0, 0]
  xs.forEach((x, i) => {
    const y = ys[i]!
    xx += (x - mx) ** 2
    xy += (x - mx) * (y - my)
    yy += (y - my) ** 2
  })
  return xx > 1e-12 && yy > 1e-12 ? xy / Math.sqrt(xx * yy) : null
}
