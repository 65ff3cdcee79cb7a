// What a person still owes and has done: two meters that never make up for each other. A change of post counts by days,
// and what was left at a promotion is a meter of its own.
import { daysIn } from '#day.ts'
import {
  daysOfAll,
  hoursOwed,
  promotionsOf,
  stretchesOf,
  type Asked,
  type HeldSpan,
  type Stretch,
} from '#plan/held.ts'
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
 * The meters of somebody on a day. Of several requirements for one meter and period the highest of each day holds, of
 * those with a rank that of the highest rank whatever its period, and each is owed by the days on which its category was
 * held; `all` is held on every day. Posts that begin later than the day are not known yet. A meter for which nothing is
 * owed is left out.
 */
export function owed(
  requirements: readonly Requirement[],
  held: readonly HeldSpan[],
  credits: readonly Credited[],
  on: string,
): Meter[] {
  const asked: Asked = {
    requirements: requirements.filter(({ from }) => from <= on),
    held: held.filter(({ from }) => from <= on),
  }
  const settled = settlePromotions(asked.requirements, asked.held, credits)
  const promoted = promotionsOf(asked).map((promotion) => promotion.on)
  return [
    ...settled.debts.filter(({ to }) => on <= to).map(makeUp),
    ...groupsOf(asked.requirements).flatMap((group) => {
      const period = periodOf(group, on)
      const apart = promoted.some((day) => day >= period.from && day <= period.to)
      const meters = (apart ? byRank(group) : [group]).flatMap((part) =>
        meterOf(part, { asked, credits, ...settled, period, on }),
      )
      return mostLeft(meters)
    }),
  ].sort((a, b) => (a.meter === b.meter ? 0 : a.meter > b.meter ? -1 : 1))
}

/** What is owed by rank and what is not: in a year with a promotion they stand side by side, not one after the other. */
const byRank = (group: readonly Requirement[]) => [
  group.filter(({ rank }) => rank !== undefined),
  group.filter(({ rank }) => rank === undefined),
]

/** Hours count for both that stand side by side, so the one of which more is left holds the other. */
function mostLeft(meters: readonly Meter[]): Meter[] {
  const [most] = meters.toSorted((a, b) => b.left - a.left || b.owed - a.owed)
  return most ? [most] : []
}

type Reckoning = {
  asked: Asked
  credits: readonly Credited[]
  /** Debts of promotions, and what of the credits they left. */
  debts: readonly Debt[]
  free: readonly Credited[]
  period: { from: string; to: string }
  on: string
}

function meterOf(group: readonly Requirement[], reckoning: Reckoning): Meter[] {
  const { asked, debts, period, on } = reckoning
  const days = daysIn(period.from, period.to)
  const since = settledFrom(debts, group, period.from, period.to)
  const stretches = stretchesOf(group, asked, since, period.to)
  const last = stretches.findLast(({ from }) => from <= on) ?? stretches[0]
  if (!last) return []
  const { requirement } = last
  const hours = halvesUp(hoursOwed(stretches, days))
  const ranked = stretches.some((stretch) => stretch.requirement.rank !== undefined)
  const counting = ranked ? reckoning.free : reckoning.credits
  const done = hoursIn(counting, requirement.meter, since, period.to)
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
    why: `${sayDay(from)}提任时，原来的要求还差${owed}学时，提任后一年内补齐。提任后的学时先补这里，补过的不再抵新职务的学时。`,
  }
}

function sayDays(stretches: readonly Stretch[], periodDays: number, promoted: string | null): string {
  const parts = stretches.map(
    ({ from, to, requirement }) =>
      `${sayDay(from)}至${sayDay(to)}（${daysIn(from, to)}天）按${requirement.period === 'year' ? '每年' : '每5年'}${requirement.hours}学时`,
  )
  const others = promoted === null && daysOfAll(stretches) < periodDays ? '，其余天数没有这项要求' : ''
  const before = promoted === null ? '' : `${sayDay(promoted)}提任以前的另计。`
  const changed = stretches.some(({ requirement }) => requirement.until !== undefined)
  return `${changed ? '要求有调整，按天数折算' : '按任职天数折算'}：${parts.join('，')}${others}。合计向上取到0.5学时。${before}`
}

const sayDay = (on: string) =>
  `${Number(on.slice(0, 4))}年${Number(on.slice(5, 7))}月${Number(on.slice(8))}日`
