// What is deleted every night of visits: requests a day old, visits that were begun more than a year and a month ago.
import { and, isNotNull, lt, notExists, eq, or } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { read, write } from '#db/database.server.ts'
import { kioskAsk, kioskEntry, kioskVisit } from '#db/schema/kiosk.ts'

const day = 86_400_000
const yearAndMonth = 396 * day

/** Deletes what is over; a visit for whose entries something still waits stays, and a cookie that is over is forgotten. */
export async function sweepVisits(): Promise<void> {
  const at = now().getTime()
  const before = (milliseconds: number) => new Date(at - milliseconds).toISOString()
  const waits = read
    .select({ id: kioskEntry.id })
    .from(kioskEntry)
    .where(and(eq(kioskEntry.about, kioskVisit.id), eq(kioskEntry.state, 'waiting')))
  await write(async (tx) => {
    await tx.delete(kioskAsk).where(lt(kioskAsk.expiresAt, before(day)))
    const over = or(lt(kioskVisit.expiresAt, before(0)), isNotNull(kioskVisit.endedAt))
    await tx
      .update(kioskVisit)
      .set({ tokenHash: null })
      .where(and(isNotNull(kioskVisit.tokenHash), over))
    await tx.delete(kioskVisit).where(and(lt(kioskVisit.beganAt, before(yearAndMonth)), notExists(waits)))
  })
}
