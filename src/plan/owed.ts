// What a person owes and has done: two meters that never make up for each other.
import type { Requirement } from '#plan/requirement.ts'

/** Hours credited on a day, as far as meters need them. */
export type Credited = { meter: 'online' | 'concentrated'; on: string; hours: number }

export type Meter = {
  meter: 'online' | 'concentrated'
  requirement: Requirement
  /** First and last day of the period. */
  from: string
  to: string
  /** 学时. */
  owed: number
  done: number
  left: number
}

/** The period of a requirement in which a day lies: the calendar year, or five of them from the rule's first year. */
export function periodOf(
  requirement: Pick<Requirement, 'period' | 'from'>,
  on: string,
): { from: string; to: string } {
  const year = Number(on.slice(0, 4))
  if (requirement.period === 'year') return { from: `${year}-01-01`, to: `${year}-12-31` }
  const first = Number(requirement.from.slice(0, 4))
  const start = first + Math.floor((year - first) / 5) * 5
  return { from: `${start}-01-01`, to: `${start + 4}-12-31` }
}

/**
 * The meters of somebody whose posts fall in `categories`, on a day. Of several requirements for one meter and
 * period the highest holds. A meter for which nothing is owed is left out.
 */
export function owed(
  requirements: readonly Requirement[],
  categories: readonly string[],
  credits: readonly Credited[],
  on: string,
): Meter[] {
  const mine = requirements.filter(
    ({ category, from }) => from <= on && (category === 'all' || categories.includes(category)),
  )
  const highest = new Map<string, Requirement>()
  for (const requirement of mine) {
    const key = `${requirement.meter} ${requirement.period}`
    if (requirement.hours > (highest.get(key)?.hours ?? 0)) highest.set(key, requirement)
  }
  return [...highest.values()]
    .map((requirement) => meterOf(requirement, credits, on))
    .sort((a, b) => (a.meter > b.meter ? -1 : 1))
}

function meterOf(requirement: Requirement, credits: readonly Credited[], on: string): Meter {
  const { from, to } = periodOf(requirement, on)
  const inside = credits.filter(
    (credit) => credit.meter === requirement.meter && credit.on >= from && credit.on <= to,
  )
  const done = inside.reduce((sum, credit) => sum + credit.hours, 0)
  const { meter, hours } = requirement
  return { meter, requirement, from, to, owed: hours, done, left: Math.max(0, hours - done) }
}
