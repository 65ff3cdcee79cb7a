// Finishes the lessons of which nothing is missing any more, once for all entries that were settled together.
import { settleIfPublished } from '#course/study.server.ts'
import type { Settled } from '#kiosk/intake/settled.ts'

/** Call before the entries count as settled: after a crash they are settled again, and finished again. */
export async function finishStudied(all: Settled[]): Promise<void> {
  const studied = all.flatMap((one) => (one.state === 'settled' ? (one.studied ?? []) : []))
  const once = new Map(studied.map((one) => [`${one.person} ${one.lesson}`, one]))
  for (const { person, lesson } of once.values()) await settleIfPublished(person, lesson)
}
