// Days of Asia/Shanghai, which is eight hours ahead of UTC and has no summer time.

const eightHours = 8 * 3_600_000

/** The day `YYYY-MM-DD` in Shanghai of an instant (ISO UTC). */
export function dayOf(at: string): string {
  return new Date(Date.parse(at) + eightHours).toISOString().slice(0, 10)
}

/** The minute `HH:MM` in Shanghai of an instant (ISO UTC, or ms since 1970). */
export function minuteOf(at: string | number): string {
  return new Date(new Date(at).getTime() + eightHours).toISOString().slice(11, 16)
}

/** The year in Shanghai of an instant. */
export function yearOf(at: string): number {
  return Number(dayOf(at).slice(0, 4))
}

/** Noon in Shanghai of a day, as an instant: stands for a whole day among instants. */
export function noonOf(on: string): string {
  return `${on}T04:00:00.000Z`
}

const dayLength = 86_400_000

/** The day so many days after another. */
export function dayAfter(on: string, days: number): string {
  return new Date(Date.parse(`${on}T00:00:00Z`) + days * dayLength).toISOString().slice(0, 10)
}

/** How many days there are from one to another, both counted. */
export function daysIn(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayLength) + 1
}
