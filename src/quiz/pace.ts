// How fast questions can be answered: nobody answers before the question could be read. Said before anything is graded
// or recorded, so that an answer sent by mistake costs nothing.
import type { PublicQuestion } from '#quiz/question.ts'

/** Characters a second: twice as fast as practised readers of Chinese (300–500 a minute) read. */
const charactersPerSecond = 15
const least = 2
const most = 12
/** Who read a question a moment ago needs less for the second try. */
export const againSeconds = 2

/** Seconds in which a question can be read at the very fastest. */
export function readingSeconds(question: PublicQuestion): number {
  const characters = lengthOfTexts({ ...question, id: '', kind: '', indicator: '' })
  return Math.min(most, Math.max(least, characters / charactersPerSecond))
}

function lengthOfTexts(value: unknown): number {
  if (typeof value === 'string') return [...value].length
  if (value === null || typeof value !== 'object') return 0
  return Object.values(value).reduce((sum: number, each) => sum + lengthOfTexts(each), 0)
}

/**
 * Seconds to wait before the next answer, 0 if it may be taken. All questions answered since the lesson was opened,
 * this one included, must have fitted into the time since then; who read them together and answers them one after the
 * other is not held up.
 * @param openedAt ms since 1970 of the visit; null without one: then the first answer begins the time.
 * @param earlier what was answered before, `at` in ms since 1970.
 */
export function secondsToWait(
  reading: number,
  openedAt: number | null,
  earlier: readonly { at: number; reading: number }[],
  at: number,
): number {
  const first = earlier.reduce((least, one) => Math.min(least, one.at - one.reading * 1000), at)
  const since = openedAt ?? (earlier.length > 0 ? first : at - reading * 1000)
  const before = earlier.filter((one) => one.at > since).reduce((sum, one) => sum + one.reading, 0)
  // To the millisecond of the clocks: sums of fractions are never exact.
  return Math.max(0, Math.ceil(before + reading - (at - since) / 1000 - 0.001))
}
