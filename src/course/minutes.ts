// How many minutes a lesson is worth, and whether its author's number is near enough.

/** Chinese characters a minute at which a careful reader reads on a screen; our own figure, on the slow side. */
export const hanPerMinute = 250

/** How far the declared minutes may lie from the calculated ones. */
export const tolerance = 0.5

/**
 * Minutes of reading at 250 characters a minute, plus one minute for each check, plus the length of recordings;
 * rounded up, at least 1.
 * @param han Chinese characters that are read
 * @param mediaSeconds length of all recordings, in seconds
 * @param items number of checks
 */
export function nominalMinutes(han: number, mediaSeconds: number, items: number): number {
  return Math.max(1, Math.ceil(han / hanPerMinute + items + mediaSeconds / 60))
}

/** The whole minutes that an author may declare when this number was calculated. */
export function allowedMinutes(calculated: number): { least: number; most: number } {
  return {
    least: Math.max(1, Math.ceil(calculated * (1 - tolerance))),
    most: Math.floor(calculated * (1 + tolerance)),
  }
}
