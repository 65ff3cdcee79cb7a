// What is deleted every night because its time is over.
import { lt } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { write } from '#db/database.server.ts'
import { session, verification } from '#db/schema/people.ts'
import { forgetOldTries } from '#people/limit.server.ts'
import { forgetOldSlips } from '#people/slip.server.ts'

/** Deletes sessions and half-done sign-ins that expired, counts of tries a day old, slips a month old. */
export async function sweepSignIn(): Promise<void> {
  const at = now()
  await write(async (tx) => {
    await tx.delete(session).where(lt(session.expiresAt, at))
    await tx.delete(verification).where(lt(verification.expiresAt, at))
    await forgetOldTries(tx, at)
    await forgetOldSlips(tx, at)
  })
}
