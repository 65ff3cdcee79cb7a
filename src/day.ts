// Days of Asia/Shanghai, which is eight hours ahead of UTC and has no summer time.

const eightHours = 8 * 3_600_000

/** The day `YYYY-MM-DD` in Shanghai of an instant (ISO UTC). */
export function dayOf(at: string): string {
  return new Date(Date.parse(at) + eightHours).toISOString().slice(0, 10)
}

/** The year in Shanghai of an instant. */
export function yearOf(at: string): number {
  return Number(dayOf(at).slice(0, 4))
}

/** Noon in Shanghai of a day, as an instant: stands for a whole day among instants. */
export function noonOf(on: string): string {
  return `${on}T04:00:00.000Z`
}
