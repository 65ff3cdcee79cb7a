// Which requirement holds on which day, from the posts that somebody held.
import { dayAfter, daysIn } from '#day.ts'
import type { Requirement } from '#plan/requirement.ts'

/** A post's category (see Requirement) from its first to its last day; null while it lasts. */
export type HeldSpan = { category: string; from: string; to: string | null }

/** Days on end on which one requirement is the highest. */
export type Stretch = { from: string; to: string; requirement: Requirement }

const holdsOn = (span: HeldSpan, on: string) => span.from <= on && (span.to === null || on <= span.to)

/** The categories held on a day. */
function categoriesOn(held: readonly HeldSpan[], on: string): Set<string> {
  return new Set(['all', ...held.filter((span) => holdsOn(span, on)).map(({ category }) => category)])
}

/** First days, within a span of days, on which something may be other than on the day before. */
function turnsIn(held: readonly HeldSpan[], from: string, to: string): string[] {
  const turns = held.flatMap((span) => [span.from, ...(span.to === null ? [] : [dayAfter(span.to, 1)])])
  return [...new Set([from, ...turns.filter((on) => on > from && on <= to)])].sort()
}

/** The highest of these requirements on each day from `from` to `to`; days without one are left out. */
export function stretchesOf(
  requirements: readonly Requirement[],
  held: readonly HeldSpan[],
  from: string,
  to: string,
): Stretch[] {
  const turns = turnsIn(held, from, to)
  const stretches: Stretch[] = []
  turns.forEach((turn, i) => {
    const requirement = highestOn(requirements, held, turn)
    const next = turns[i + 1]
    const last = next === undefined ? to : dayAfter(next, -1)
    const before = stretches.at(-1)
    if (!requirement) return
    if (before?.requirement === requirement && dayAfter(before.to, 1) === turn) before.to = last
    else stretches.push({ from: turn, to: last, requirement })
  })
  return stretches
}

/** The one that asks for most hours of somebody on a day, or null. */
export function highestOn(
  requirements: readonly Requirement[],
  held: readonly HeldSpan[],
  on: string,
): Requirement | null {
  const mine = categoriesOn(held, on)
  const known = requirements.filter(({ category }) => mine.has(category))
  return known.reduce<Requirement | null>((high, one) => (one.hours > (high?.hours ?? 0) ? one : high), null)
}

/** Days of these stretches. */
export const daysOfAll = (stretches: readonly Stretch[]) =>
  stretches.reduce((sum, { from, to }) => sum + daysIn(from, to), 0)

/** 学时 owed for these stretches of a period of so many days; `all` is owed whole, whatever was held. */
export function hoursOwed(stretches: readonly Stretch[], periodDays: number): number {
  return stretches.reduce(
    (sum, { from, to, requirement }) => sum + (requirement.hours * daysIn(from, to)) / periodDays,
    0,
  )
}

/** Days on which somebody was promoted: from one ranked category to a higher one, without a day between. */
export function promotionsOf(requirements: readonly Requirement[], held: readonly HeldSpan[]): string[] {
  const ranks = new Map<string, number>()
  for (const { category, rank = 0 } of requirements)
    ranks.set(category, Math.max(rank, ranks.get(category) ?? 0))
  const rankOn = (on: string) => Math.max(...[...categoriesOn(held, on)].map((one) => ranks.get(one) ?? 0))
  const days = [...new Set(held.map(({ from }) => from))].sort()
  return days.filter((on) => {
    const before = rankOn(dayAfter(on, -1))
    return before > 0 && rankOn(on) > before
  })
}
