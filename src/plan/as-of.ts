// The day as of which a map is looked at: read from the address, moved by months. Pure.
import { dayAfter } from '#day.ts'
import { dayWord } from '#record/capability/words.ts'

/** A day (Asia/Shanghai), and why it is not the one that was asked for; null if it is. */
export type AsOf = { on: string; refused: string | null }

/**
 * The day that an address asks for: `asOf=2026-05-31`, or the last day of a month by its number (`monthOf`), as the
 * form without a script sends it; today where it asks for none, or for one that cannot be shown.
 */
export function readAsOf(query: URLSearchParams, today: string): AsOf {
  const day = query.get('asOf') || null
  const month = query.get('month') || null
  if (day === null && month === null) return { on: today, refused: null }
  const on = day ?? (/^\d{5}$/.test(month ?? '') ? lastDayOf(Number(month)) : '')
  if (!isDay(on))
    return {
      on: today,
      refused: `没有“${(day ?? month ?? '').slice(0, 20)}”这一天，下面是今天的样子。日期写成${today}这样。`,
    }
  if (on > today && (day !== null || monthOf(on) > monthOf(today)))
    return { on: today, refused: `${dayWord(on)}还没有到，下面是今天的样子。` }
  return { on: on > today ? today : on, refused: null }
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const instant = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text)
}

/** Months since the year 0, so that the next month is one more. */
export const monthOf = (on: string): number => Number(on.slice(0, 4)) * 12 + Number(on.slice(5, 7)) - 1

/** The last day of a month by its number. */
export function lastDayOf(month: number): string {
  const next = month + 1
  const first = `${String(Math.floor(next / 12)).padStart(4, '0')}-${String((next % 12) + 1).padStart(2, '0')}-01`
  return dayAfter(first, -1)
}

/** A month as people write it: 2026年5月. */
export const monthWord = (month: number): string => `${Math.floor(month / 12)}年${(month % 12) + 1}月`

/** What the slider may choose, and the days that its two buttons lead to; null where there is nothing beyond. */
export type Months = {
  least: number
  most: number
  value: number
  before: string | null
  after: string | null
}

/** The months from the first evidence to today; null where there is no earlier month to look at. */
export function monthsFor(on: string, firstOn: string | null, today: string): Months | null {
  const most = monthOf(today)
  const least = Math.min(monthOf(firstOn ?? today), most)
  const month = monthOf(on)
  if (least === most && month === most) return null
  const later = lastDayOf(Math.max(month + 1, least))
  return {
    ...{ least, most, value: Math.max(month, least) },
    before: month > least ? lastDayOf(month - 1) : null,
    after: on === today ? null : later < today ? later : today,
  }
}

/** An address with what it must keep: the indicator, and the day unless it is today. */
export function addressAt(
  path: string,
  { on, indicator, today }: { on: string; indicator?: string | null; today: string },
): string {
  const query = new URLSearchParams()
  if (on !== today) query.set('asOf', on)
  if (indicator) query.set('indicator', indicator)
  return query.size > 0 ? `${path}?${query.toString()}` : path
}
