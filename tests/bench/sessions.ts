// People of a measured site who are signed in already.
import { createHmac, randomBytes } from 'node:crypto'
import { v7 } from 'uuid'
import type { Database } from '#db/database.server.ts'
import { session } from '#db/schema/people.ts'
import { settings } from '#env.ts'

/** Opens a session for somebody who has a login; returns its cookie. */
export async function openSession(tx: Database, userId: string): Promise<string> {
  const token = randomBytes(24).toString('base64url')
  const times = {
    createdAt: new Date(),
    updatedAt: new Date(),
    expiresAt: new Date(Date.now() + 30 * 86_400_000),
  }
  await tx.insert(session).values({ id: v7(), token, userId, ...times })
  const signed = `${token}.${createHmac('sha256', settings.secret).update(token).digest('base64')}`
  return `lianxue.session_token=${encodeURIComponent(signed)}`
}
