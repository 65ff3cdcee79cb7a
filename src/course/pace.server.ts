// Keeps in memory who answered what of late, so that answers which come faster than they could be read are held up,
// however many arrive at once. A restart forgets it; then the next ones are taken.
import { openIn } from '#record/hours/segment.server.ts'
import { publicHalf } from '#quiz/public-half.ts'
import type { Item } from '#quiz/question.ts'
import { againSeconds, readingSeconds, secondsToWait } from '#quiz/pace.ts'

type Answered = { event: string; item: string; at: number; reading: number }

/** By person: who has five lessons open reads one question at a time all the same. */
const answered = new Map<string, Answered[]>()
const mostKept = 20_000
const mostOfOne = 200

/**
 * Seconds that this person should still read before answering, 0 if the answer may be graded now.
 * @param event id of the try; the same one sent again is never held up.
 */
export async function heldUp(person: string, item: Item, event: string, at: number) {
  const visits = await openIn(person)
  const openedAt = visits.length > 0 ? Math.min(...visits.map((visit) => Date.parse(visit.openedAt))) : null
  // Nothing is awaited from here on, so that two at once see each other.
  const earlier = answered.get(person) ?? []
  if (earlier.some((one) => one.event === event)) return 0
  const again = earlier.some((one) => one.item === item.id)
  const reading = again ? againSeconds : readingSeconds(publicHalf(item))
  const wait = secondsToWait(reading, openedAt, earlier, at)
  if (wait > 0) return wait
  answered.delete(person)
  answered.set(person, [...earlier, { event, item: item.id, at, reading }].slice(-mostOfOne))
  if (answered.size > mostKept) answered.delete(answered.keys().next().value ?? '')
  return 0
}
