// What was left of an earlier requirement when somebody was promoted: due within a year after it, and filled first.
import { dayAfter, daysIn } from '#day.ts'
import {
  highestOn,
  hoursOwed,
  promotionsOf,
  stretchesOf,
  type Asked,
  type HeldSpan,
  type Promotion,
} from '#plan/held.ts'
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
  /** Everything for which nothing is owed any more up to that day: several may have stood for the meter side by side. */
  settled: readonly Requirement[]
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
  const days = debts.flatMap(({ settled, from }) =>
    settled.some((one) => group.includes(one)) ? [from] : [],
  )
  return days.filter((on) => on >= first && on <= last).at(-1) ?? first
}

/**
 * The debts of all promotions, earliest first, one for a meter, and the credits that are left after hours within a year
 * after each promotion have filled them: such an hour counts no more for what has a rank. Hours before one count for all
 * that was asked then side by side, so the debt is the most that was left of one of them, never their sum. Hours before a promotion count for their year, and for the five
 * years they are in, as all hours do.
 */
export function settlePromotions(
  requirements: readonly Requirement[],
  held: readonly HeldSpan[],
  credits: readonly Credited[],
): { debts: Debt[]; free: Credited[] } {
  const debts: Debt[] = []
  let free = [...credits].sort((a, b) => (a.on < b.on ? -1 : 1))
  for (const promotion of promotionsOf({ requirements, held })) {
    const { on } = promotion
    const asked = { requirements: requirements.filter(({ from }) => from < on), held }
    const left = groupsOf(asked.requirements).flatMap(
      (group) => leftBefore(promotion, group, asked, free, debts) ?? [],
    )
    for (const [meter, side] of Map.groupBy(left, ({ requirement }) => requirement.meter)) {
      const { requirement, hours } = side.reduce((high, one) => (one.hours > high.hours ? one : high))
      const filled = fill(free, meter, hours, on, yearAfter(on))
      free = filled.rest
      const settled = side.map((one) => one.requirement)
      debts.push({ requirement, from: on, to: yearAfter(on), owed: hours, done: filled.taken, settled })
    }
  }
  return { debts, free }
}

/** What was left of those of a group that have a rank on the day before a promotion, or null for nothing. */
function leftBefore(
  { on, eve }: Promotion,
  group: readonly Requirement[],
  asked: Asked,
  credits: readonly Credited[],
  debts: readonly Debt[],
) {
  const ranked = group.filter(({ rank }) => rank !== undefined)
  const requirement = highestOn(ranked, asked, eve)
  if (!requirement) return null
  const period = periodOf(group, eve)
  const since = settledFrom(debts, ranked, period.from, eve)
  const owed = hoursOwed(stretchesOf(ranked, asked, since, eve), daysIn(period.from, period.to))
  const hours = halvesUp(owed - hoursIn(credits, requirement.meter, since, dayAfter(on, -1)))
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
