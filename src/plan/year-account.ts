// The account of a year under a rule set with yearly targets: what is compulsory and elective, and what is carried over.
import { exact } from '#record/hours/activity.ts'
import type { HourRule, Nature } from '#record/hours/rule.ts'

/** Hours as far as the account needs them. */
export type Counted = {
  /** The year they belong to. */
  period: number
  meter: 'online' | 'concentrated'
  nature: Nature | null
  hours: number
}

/** All in 学时. */
export type YearAccount = {
  year: number
  compulsory: number
  /** What is not said to be compulsory counts as elective. */
  elective: number
  onlineCompulsory: number
  /** Surplus of the year before, elective this year. */
  carriedIn: number
  /** Compulsory, elective and what was carried in. */
  total: number
  /** What is still missing of each target; 0 where it is reached or there is none. */
  missing: { compulsory: number; total: number; onlineCompulsory: number }
  met: boolean
  /** What goes on to the next year as elective; nothing unless every target is met. */
  carriedOut: number
}

/** The account of one year. What was carried in is used first and goes no further than this year. */
export function accountOf(
  { yearly, carryOver }: Pick<HourRule, 'yearly' | 'carryOver'>,
  credits: readonly Counted[],
  year: number,
  carriedIn = 0,
): YearAccount {
  const own = credits.filter(({ period }) => period === year)
  const compulsoryRows = own.filter(({ nature }) => nature === 'compulsory')
  const compulsory = sum(compulsoryRows)
  const elective = exact(sum(own) - compulsory)
  const onlineCompulsory = sum(compulsoryRows.filter(({ meter }) => meter === 'online'))
  const total = exact(compulsory + elective + carriedIn)
  const short = (asked: number | undefined, done: number) => exact(Math.max(0, (asked ?? 0) - done))
  const missing = {
    compulsory: short(yearly?.compulsory, compulsory),
    total: short(yearly?.total, total),
    onlineCompulsory: short(yearly?.onlineCompulsory, onlineCompulsory),
  }
  const met = Object.values(missing).every((hours) => hours === 0)
  const surplus = met ? Math.min(total - (yearly?.total ?? total), compulsory + elective) : 0
  const most = carryOver === undefined || carryOver === 'none' ? 0 : (carryOver.max ?? Infinity)
  return {
    ...{ year, compulsory, elective, onlineCompulsory, carriedIn, total, missing, met },
    carriedOut: exact(Math.min(surplus, most)),
  }
}

/**
 * The account of a year with what earlier years carried into it, from the first year with credit on.
 * `ruleIn` gives the rule set by which a year is settled.
 */
export function accountWithCarry(
  ruleIn: (year: number) => Pick<HourRule, 'yearly' | 'carryOver'>,
  credits: readonly Counted[],
  year: number,
): YearAccount {
  const first = Math.min(year, ...credits.map(({ period }) => period))
  let carried = 0
  for (let earlier = first; earlier < year; earlier++)
    carried = accountOf(ruleIn(earlier), credits, earlier, carried).carriedOut
  return accountOf(ruleIn(year), credits, year, carried)
}

const sum = (rows: readonly Counted[]) => exact(rows.reduce((total, { hours }) => total + hours, 0))
