// What a person still owes and has done: two meters that never make up for each other. A change of post counts by days,
// and what was left at a promotion is a meter of its own.
import { daysIn } from '#day.ts'
import { daysOfAll, hoursOwed, stretchesOf, type HeldSpan, type Stretch } from '#plan/held.ts'
import {
  groupsOf,
  halvesUp,
  hoursIn,
  settledFrom,
  settlePromotions,
  type Credited,
  type Debt,
} from '#plan/promotion.ts'
import { periodOf, type Requirement } from '#plan/requirement.ts'

export type Meter = {
  meter: 'online' | 'concentrated'
  /** The requirement of the day, or the last one that held in the period. */
  requirement: Requirement
  /** First and last day of the period; for what is made up, the promotion and a year later. */
  from: string
  to: string
  /** 学时. */
  owed: number
  done: number
  left: number
  /** What was left of an earlier post at a promotion, due within a year after it. */
  makeUp: boolean
  /** Days of the period on which something was owed; all of them unless the post changed. */
  heldDays: number
  /** Why it is not the whole number of the requirement, in a Chinese sentence; null where it is. */
  why: string | null
}

/**
 * The meters of somebody on a day. Of several requirements for one meter and period the highest of each day holds, and
 * each is owed by the days on which its category was held; `all` is held on every day. Posts that begin later than the
 * day are not known yet. A meter for which nothing is owed is left out.
 */
export function owed(
  requirements: readonly Requirement[],
  held: readonly HeldSpan[],
  credits: readonly Credited[],
  on: string,
): Meter[] {
  const inForce = requirements.filter(({ from }) => from <= on)
  const begun = held.filter(({ from }) => from <= on)
  const { debts, free } = settlePromotions(inForce, begun, credits)
  return [
    ...debts.filter(({ to }) => on <= to).map(makeUp),
    ...groupsOf(inForce).flatMap((group) => meterOf(group, begun, free, debts, on)),
  ].sort((a, b) => (a.meter === b.meter ? 0 : a.meter > b.meter ? -1 : 1))
}

function meterOf(
  group: readonly Requirement[],
  held: readonly HeldSpan[],
  free: readonly Credited[],
  debts: readonly Debt[],
  on: string,
): Meter[] {
  const period = periodOf(group, on)
  const days = daysIn(period.from, period.to)
  const since = settledFrom(debts, group, period.from, period.to)
  const stretches = stretchesOf(group, held, since, period.to)
  const last = stretches.findLast(({ from }) => from <= on) ?? stretches[0]
  if (!last) return []
  const { requirement } = last
  const hours = halvesUp(hoursOwed(stretches, days))
  const done = hoursIn(free, requirement.meter, since, period.to)
  const whole = stretches.length === 1 && daysOfAll(stretches) === days
  return [
    {
      ...{ meter: requirement.meter, requirement, ...period },
      ...{ owed: hours, done, left: Math.max(0, hours - done) },
      ...{ makeUp: false, heldDays: daysOfAll(stretches) },
      why: whole ? null : sayDays(stretches, days, since > period.from ? since : null),
    },
  ]
}

function makeUp({ requirement, from, to, owed, done }: Debt): Meter {
  return {
    ...{ meter: requirement.meter, requirement, from, to, owed, done },
    ...{ left: Math.max(0, owed - done), makeUp: true, heldDays: daysIn(from, to) },
    why: `${sayDay(from)}提任时，原来的要求还差${owed}学时，提任后一年内补齐。提任后的学时先补这里，同一学时只算一次。`,
  }
}

function sayDays(stretches: readonly Stretch[], periodDays: number, promoted: string | null): string {
  const parts = stretches.map(
    ({ from, to, requirement }) =>
      `${sayDay(from)}至${sayDay(to)}（${daysIn(from, to)}天）按${requirement.period === 'year' ? '每年' : '每5年'}${requirement.hours}学时`,
  )
  const others = promoted === null && daysOfAll(stretches) < periodDays ? '，其余天数没有这项要求' : ''
  const before = promoted === null ? '' : `${sayDay(promoted)}提任以前的另计。`
  return `按任职天数折算：${parts.join('，')}${others}。合计向上取到0.5学时。${before}`
}

const sayDay = (on: string) =>
  `${Number(on.slice(0, 4))}年${Number(on.slice(5, 7))}月${Number(on.slice(8))}日`
