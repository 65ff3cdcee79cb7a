// The login of a person: made when their first slip is used, gone when their account is closed.
import { eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { now } from '#clock.server.ts'
import type { Database } from '#db/database.server.ts'
import { account, login, pin, session, slip, twoFactor } from '#db/schema/people.ts'
import { tidyNumber } from '#people/number.ts'

/** An address to which nothing can ever be delivered (RFC 2606): better-auth wants one for each login. */
const addressOf = (personId: string) => `${personId}@account.invalid`

/**
 * Sets a person's password, as a slow hash, making their login if need be. All sessions and the second factor end:
 * whoever had the old password has nothing left. Call `forgetPerson` after the commit.
 */
export async function setLogin(
  tx: Database,
  personId: string,
  number: string,
  passwordHash: string,
): Promise<void> {
  const at = now()
  const named = { username: tidyNumber(number), twoFactorEnabled: false, updatedAt: at }
  await tx
    .insert(login)
    .values({
      id: personId,
      name: '',
      email: addressOf(personId),
      emailVerified: false,
      createdAt: at,
      ...named,
    })
    .onConflictDoUpdate({ target: login.id, set: named })
  await tx.delete(session).where(eq(session.userId, personId))
  await tx.delete(twoFactor).where(eq(twoFactor.userId, personId))
  await tx.delete(account).where(eq(account.userId, personId))
  await tx.insert(account).values({
    id: v7(),
    accountId: personId,
    providerId: 'credential',
    userId: personId,
    password: passwordHash,
    createdAt: at,
    updatedAt: at,
  })
}

/**
 * Takes away every way to sign in: login with sessions, password and second factor, PIN, slips not yet used.
 * For closing an account and for erasing a person. Call `forgetPerson` after the commit.
 */
export async function endLogin(tx: Database, personId: string): Promise<void> {
  await tx.delete(login).where(eq(login.id, personId))
  await tx.delete(pin).where(eq(pin.personId, personId))
  await tx.delete(slip).where(eq(slip.personId, personId))
}
