// The year that the demo shows: 51 weeks up to the last Saturday before it was first started, so that the maps are of
// this year whenever somebody looks. It is the same every time but for its dates.
import { dayAfter } from '#day.ts'

/** First and last day of the demo's year, Asia/Shanghai. */
export type Year = { firstOn: string; lastOn: string }

const dayLength = 86_400_000
const daysInYear = 356

/** 0 for Monday, 6 for Sunday. */
export const weekdayOf = (on: string) => (new Date(`${on}T00:00:00Z`).getUTCDay() + 6) % 7

/** The year to show on a day: from a Monday to the last Saturday before it. */
export function demoYear(today: string): Year {
  const lastOn = dayAfter(today, -(((weekdayOf(today) + 1) % 7) + 1))
  return { firstOn: dayAfter(lastOn, 1 - daysInYear), lastOn }
}

/** The instant (ms since 1970) so many minutes after midnight in Shanghai. */
export function momentOf(on: string, minutes: number): number {
  return Date.parse(`${on}T00:00:00+08:00`) + Math.round(minutes * 60_000)
}

/** Every day from the first to the last. */
export function daysOf({ firstOn, lastOn }: Year): string[] {
  const count = (Date.parse(lastOn) - Date.parse(firstOn)) / dayLength + 1
  return Array.from({ length: count }, (_, i) => dayAfter(firstOn, i))
}

/** Every month that the year touches, `YYYY-MM`. */
export const monthsOf = (year: Year) => [...new Set(daysOf(year).map((on) => on.slice(0, 7)))]

/** `2026-03` or a day in it as people write it: 2026年3月. */
export const sayMonth = (on: string) => `${Number(on.slice(0, 4))}年${Number(on.slice(5, 7))}月`
