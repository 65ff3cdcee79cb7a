// The hour in the hall, which is that of Shanghai whatever the machine believes of its place.
import { dayOf, minuteOf } from '#day.ts'

/** Day `YYYY-MM-DD`, minute `HH:MM`, and day of the week from 1 (Monday) to 7. */
export type HallTime = { on: string; minute: string; weekday: number }

const weekdays = '一二三四五六日'

/** @param at milliseconds since 1970. */
export function hallTime(at: number): HallTime {
  const on = dayOf(new Date(at).toISOString())
  return { on, minute: minuteOf(at), weekday: new Date(`${on}T00:00:00Z`).getUTCDay() || 7 }
}

/** `11月20日 星期五 19:12`. */
export function sayTime({ on, minute, weekday }: HallTime): string {
  return `${sayDay(on)}　星期${weekdays[weekday - 1]}　${minute}`
}

/** `11月20日`. */
export function sayDay(on: string): string {
  return `${Number(on.slice(5, 7))}月${Number(on.slice(8, 10))}日`
}

/** Whether a minute lies in a span of the day; one that ends before it begins runs over midnight. */
export function within(minute: string, from: string, to: string): boolean {
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to
}
