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
function turnsIn(
  spans: readonly { from: string; to?: string | null; until?: string | undefined }[],
  from: string,
  to: string,
): string[] {
  const turns = spans.flatMap((span) => {
    const last = span.to ?? span.until
    return [span.from, ...(last === undefined ? [] : [dayAfter(last, 1)])]
  })
  return [...new Set([from, ...turns.filter((on) => on > from && on <= to)])].sort()
}

/** What is asked of somebody: all requirements, and the posts held. */
export type Asked = { requirements: readonly Requirement[]; held: readonly HeldSpan[] }

/** The highest of a group of requirements on each day from `from` to `to`; days without one are left out. */
export function stretchesOf(
  group: readonly Requirement[],
  asked: Asked,
  from: string,
  to: string,
): Stretch[] {
  const turns = turnsIn([...asked.held, ...asked.requirements], from, to)
  const stretches: Stretch[] = []
  turns.forEach((turn, i) => {
    const requirement = highestOn(group, asked, turn)
    const next = turns[i + 1]
    const last = next === undefined ? to : dayAfter(next, -1)
    const before = stretches.at(-1)
    if (!requirement) return
    if (before?.requirement === requirement && dayAfter(before.to, 1) === turn) before.to = last
    else stretches.push({ from: turn, to: last, requirement })
  })
  return stretches
}

/** The one of a group that asks for most hours of somebody on a day, or null. */
export function highestOn(group: readonly Requirement[], asked: Asked, on: string): Requirement | null {
  const known = owedOn(asked, on).filter((one) => group.includes(one))
  return known.reduce<Requirement | null>((high, one) => (one.hours > (high?.hours ?? 0) ? one : high), null)
}

/** What somebody owes on a day: of those with a rank only the highest of a meter, whatever its period. */
function owedOn({ requirements, held }: Asked, on: string): Requirement[] {
  const mine = categoriesOn(held, on)
  const known = requirements.filter(
    (one) =>
      mine.has(one.category) &&
      (one.until === undefined || on <= one.until) &&
      !requirements.some((old) => on < one.from && endsFor(old, one) && on <= old.until),
  )
  return known.filter(
    ({ meter, rank }) =>
      rank === undefined || known.every((other) => other.meter !== meter || (other.rank ?? 0) <= rank),
  )
}

/** Whether a requirement ended for another, which then begins on its own day; else it holds for all of its first period. */
function endsFor(old: Requirement, one: Requirement): old is Requirement & { until: string } {
  const same = old.category === one.category && old.meter === one.meter && old.period === one.period
  return same && old.until !== undefined && old.until < one.from
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

/** A promotion: its day, and the last day of the post before it. */
export type Promotion = { on: string; eve: string }

/** So many days may lie between two posts that follow each other. */
const mostBetween = 31

/** The promotions of somebody, earliest first: from one ranked category to a higher one, at most a month between them. */
export function promotionsOf({ requirements, held }: Asked): Promotion[] {
  const ranks = new Map<string, number>()
  for (const { category, rank = 0 } of requirements)
    ranks.set(category, Math.max(rank, ranks.get(category) ?? 0))
  const rankOn = (on: string) => Math.max(...[...categoriesOn(held, on)].map((one) => ranks.get(one) ?? 0))
  const lastDays = held.flatMap(({ to }) => to ?? [])
  return [...new Set(held.map(({ from }) => from))].sort().flatMap((on) => {
    const earliest = dayAfter(on, -1 - mostBetween)
    const days = [dayAfter(on, -1), ...lastDays.filter((day) => day >= earliest && day < on)]
    const eve = days.sort().findLast((day) => rankOn(day) > 0)
    return eve !== undefined && rankOn(on) > rankOn(eve) ? [{ on, eve }] : []
  })
}
