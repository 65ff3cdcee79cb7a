// A village with a screen, people with PINs, and what a screen would have journalled.
import { eq, and } from 'drizzle-orm'
import { beforeAll } from 'vitest'
import { v4, v7 } from 'uuid'
import { read, write } from '#db/database.server.ts'
import { hallAttendance, hallSession } from '#db/schema/hall.ts'
import { kiosk, kioskVisit } from '#db/schema/kiosk.ts'
import { pin } from '#db/schema/people.ts'
import { credit } from '#db/schema/record.ts'
import type { EntryBody } from '#kiosk/entry-body.ts'
import type { Placed } from '#kiosk/intake/settled.ts'
import { keyAt } from '#kiosk/visit/roster.server.ts'
import { hashPin } from '#people/hash.server.ts'
import type { Role, Session } from '#people/session.ts'
import { addPerson, addUnits, cheapHashes } from '../../people/house.ts'

const at = '2026-01-01T00:00:00.000Z'
const publicKey = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } as const
export const paths: Record<string, string> = {
  county: '/county/',
  town: '/county/town/',
  village: '/county/town/village/',
  other: '/county/other/',
}
export const screenId = 'kiosk-village'
export const rightPin = '246801'

/** A village with a screen, in the fresh database of a file. */
export function village() {
  cheapHashes()
  beforeAll(async () => {
    await addUnits(paths)
    await addScreen(screenId, 'village')
  })
}

export async function addScreen(id: string, unitId: string) {
  const row = {
    id,
    unitId,
    name: `${unitId}的大屏`,
    publicKey,
    playlist: 'hall',
    enrolledAt: at,
    enrolledBy: 'x',
  }
  await write((tx) => tx.insert(kiosk).values(row))
}

let count = 0
/** Somebody of a unit with a PIN. */
export async function someone(unit = 'village', roles: [Role, string][] = []): Promise<Session> {
  const number = `H${(count += 1)}`
  const id = await addPerson({ number, name: `张${number}`, unit, roles })
  const hash = await hashPin(rightPin)
  await write((tx) => tx.insert(pin).values({ personId: id, hash, setAt: at }))
  return {
    id: 'session',
    person: { id, number, name: `张${number}` },
    grants: roles.map(([role, unitId]) => ({ role, unitId, path: paths[unitId] ?? '' })),
    unitPaths: [paths[unit] ?? ''],
    secondFactor: false,
    noticeVersion: null,
  }
}

export const keyOf = (session: Session, kioskId = screenId) => keyAt(kioskId, session.person.id)

/** A visit of somebody at the screen. */
export async function visitBy(
  session: Session,
  state: 'checked' | 'refused' = 'checked',
  id = v4(),
): Promise<string> {
  const row = { id, kioskId: screenId, personId: session.person.id, how: 'pin', state, beganAt: at } as const
  await write((tx) => tx.insert(kioskVisit).values(row))
  return id
}

/** An entry as intake/ gives it to its settler. */
export const placed = <Body extends EntryBody>(
  body: Body,
  iso: string,
  kioskId = screenId,
): Placed<Body> => ({
  id: v7(),
  kiosk: kioskId,
  at: Date.parse(iso),
  from: null,
  offline: true,
  carried: false,
  body,
})

/** 学时 of somebody by title. */
export async function hoursOf(session: Session): Promise<Record<string, number>> {
  const rows = await read.select().from(credit).where(eq(credit.personId, session.person.id))
  return Object.fromEntries(rows.map(({ title, hours }) => [title, hours]))
}

export async function creditsOf(session: Session) {
  return read.select().from(credit).where(eq(credit.personId, session.person.id))
}

export async function attendanceOf(id: string, session: Session) {
  const own = and(eq(hallAttendance.sessionId, id), eq(hallAttendance.personId, session.person.id))
  return (await read.select().from(hallAttendance).where(own))[0]
}

export async function sessionRow(id: string) {
  const [row] = await read.select().from(hallSession).where(eq(hallSession.id, id))
  if (!row) throw new Error(`There is no session ${id}.`)
  return row
}
