// What was left of an earlier requirement when somebody was promoted: due within a year after it, and filled first.
import { dayAfter, daysIn } from '#day.ts'
import { highestOn, hoursOwed, promotionsOf, stretchesOf, type HeldSpan } from '#plan/held.ts'
import { periodOf, type Requirement } from '#plan/requirement.ts'

/** Hours credited on a day, as far as meters need them. */
export type Credited = { meter: 'online' | 'concentrated'; on: string; hours: number }

/** What has to be made up for. */
export type Debt = {
  requirement: Requirement
  /** The day of the promotion, and the last day to make up for it. */
  from: string
  to: string
  /** 学时, rounded up to halves. */
  owed: number
  done: number
}

/** Halves, rounded up; what a sum of days leaves behind the tenth digit is dust. */
export const halvesUp = (hours: number) => Math.ceil(hours * 2 - 1e-9) / 2

/** The same day a year later; the last of February for a leap day. */
export function yearAfter(on: string): string {
  const next = `${Number(on.slice(0, 4)) + 1}${on.slice(4)}`
  return next.endsWith('02-29') ? `${next.slice(0, 8)}28` : next
}

/** Requirements that stand for one meter and one length of period: of them the highest of the day holds. */
export const groupsOf = (requirements: readonly Requirement[]) => [
  ...Map.groupBy(requirements, ({ meter, period }) => `${meter} ${period}`).values(),
]

/** The latest promotion up to which a group was settled by a debt, within a period; else its first day. */
export function settledFrom(
  debts: readonly Debt[],
  group: readonly Requirement[],
  first: string,
  last: string,
) {
  const days = debts.flatMap(({ requirement, from }) => (group.includes(requirement) ? [from] : []))
  return days.filter((on) => on >= first && on <= last).at(-1) ?? first
}

/**
 * The debts of all promotions, earliest first, and the credits that are left after hours within a year after each
 * promotion have filled them: such an hour counts once. Hours before a promotion count for their year, and for the five
 * years they are in, as all hours do.
 */
export function settlePromotions(
  requirements: readonly Requirement[],
  held: readonly HeldSpan[],
  credits: readonly Credited[],
): { debts: Debt[]; free: Credited[] } {
  const debts: Debt[] = []
  let free = [...credits].sort((a, b) => (a.on < b.on ? -1 : 1))
  for (const on of promotionsOf(requirements, held)) {
    for (const group of groupsOf(requirements.filter(({ from }) => from < on))) {
      const owed = leftBefore(on, group, held, free, debts)
      if (!owed) continue
      const filled = fill(free, owed.requirement.meter, owed.hours, on, yearAfter(on))
      free = filled.rest
      const { requirement, hours } = owed
      debts.push({ requirement, from: on, to: yearAfter(on), owed: hours, done: filled.taken })
    }
  }
  return { debts, free }
}

/** What of a group was left on the day before a promotion, or null: nothing, or nothing that has a rank. */
function leftBefore(
  promoted: string,
  group: readonly Requirement[],
  held: readonly HeldSpan[],
  credits: readonly Credited[],
  debts: readonly Debt[],
) {
  const eve = dayAfter(promoted, -1)
  const requirement = highestOn(group, held, eve)
  if (requirement?.rank === undefined) return null
  const period = periodOf(group, eve)
  const since = settledFrom(debts, group, period.from, eve)
  const owed = hoursOwed(stretchesOf(group, held, since, eve), daysIn(period.from, period.to))
  const hours = halvesUp(owed - hoursIn(credits, requirement.meter, since, eve))
  return hours > 0 ? { requirement, hours } : null
}

/** 学时 on a meter between two days. */
export function hoursIn(
  credits: readonly Credited[],
  meter: Credited['meter'],
  from: string,
  to: string,
): number {
  const inside = credits.filter((credit) => credit.meter === meter && credit.on >= from && credit.on <= to)
  return inside.reduce((sum, credit) => sum + credit.hours, 0)
}

/** Takes up to so many hours from the credits between two days, the earliest first. */
function fill(
  credits: readonly Credited[],
  meter: Credited['meter'],
  hours: number,
  from: string,
  to: string,
) {
  let taken = 0
  const rest = credits.map((credit) => {
    if (credit.meter !== meter || credit.on < from || credit.on > to) return credit
    const part = Math.min(credit.hours, hours - taken)
    taken += part
    return { ...credit, hours: credit.hours - part }
  })
  return { taken, rest }
}
