// Cadres who sign in by PIN at the screen of a hall that has no line.
import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { v4 } from 'uuid'
import { write } from '#db/database.server.ts'
import { person } from '#db/schema/people.ts'
import { settleVisitBegan } from '#kiosk/visit/settle-visit.server.ts'
import type { Session } from '#people/session.ts'
import { keyOf, placed, rightPin, someone } from '../hall/world.ts'

export const morning = Date.parse('2026-03-10T01:00:00.000Z')
/** So many seconds after the morning began. */
export const iso = (seconds: number) => new Date(morning + seconds * 1000).toISOString()

/** Somebody who has read an older notice. */
export async function cadre(): Promise<Session> {
  const session = await someone()
  await write((tx) => tx.update(person).set({ noticeVersion: 'old' }).where(eq(person.id, session.person.id)))
  return session
}

export const began = (who: Session, visit: string, seconds = 0, pin = rightPin) =>
  settleVisitBegan(placed({ kind: 'visit-began', visit, key: keyOf(who), pin }, iso(seconds)))

export async function begun(who: Session, seconds = 0): Promise<string> {
  const visit = v4()
  expect(await began(who, visit, seconds)).toEqual({ state: 'settled', about: visit })
  return visit
}
