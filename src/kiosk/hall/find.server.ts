// Which session it is, who may run it, and where somebody may hold one.
import { and, eq, isNull } from 'drizzle-orm'
import { read, type Database } from '#db/database.server.ts'
import { hallSession } from '#db/schema/hall.ts'
import { kiosk } from '#db/schema/kiosk.ts'
import { unit } from '#db/schema/people.ts'
import { inScope, scopeOf } from '#people/roster/scope.ts'
import { listUnits } from '#people/roster/units.server.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'

export type HallSession = typeof hallSession.$inferSelect
/** A session with the unit that holds it. */
export type Located = { held: HallSession; unit: string; path: string }

/** A session, or null. */
export async function locate(db: Database, id: string): Promise<Located | null> {
  const [found] = await db
    .select({ held: hallSession, unit: unit.name, path: unit.path })
    .from(hallSession)
    .innerJoin(unit, eq(unit.id, hallSession.unitId))
    .where(eq(hallSession.id, id))
  return found ?? null
}

/** What nobody may know of is not there. */
export const noSession = () => new Refusal('not-yours', '没有找到这一场集体学习。', '请从“集体学习”里选。')

/** True for who holds a post in the unit, or is officer or trainer over it. */
export const mayHost = ({ unitPaths, grants }: Pick<Session, 'unitPaths' | 'grants'>, path: string) =>
  unitPaths.includes(path) ||
  grants.some(({ role, path: over }) => (role === 'officer' || role === 'trainer') && path.startsWith(over))

/** True for an officer over the unit of a session. */
export const isOfficerOver = (session: Session, path: string) => inScope(scopeOf(session, 'officer'), path)

/** The session for its host, or for an officer over its unit. @throws Refusal `not-yours` */
export async function requireRun(db: Database, session: Session, id: string): Promise<Located> {
  const found = await locate(db, id)
  if (!found) throw noSession()
  if (found.held.hostId !== session.person.id && !isOfficerOver(session, found.path)) throw noSession()
  return found
}

/** A place where a session can be held; `kioskId` is null where no screen is used. */
export type Place = { unitId: string; unit: string; kioskId: string | null; kiosk: string | null }

/** Where somebody may hold a session: each unit with each of its screens, and without one. */
export async function placesOf(session: Session): Promise<Place[]> {
  const scope = [...session.unitPaths, ...scopeOf(session, 'officer', 'trainer')]
  const units = (await listUnits(read, scope)).filter(({ path }) => mayHost(session, path))
  const kiosks = await read
    .select({ id: kiosk.id, name: kiosk.name, unitId: kiosk.unitId })
    .from(kiosk)
    .where(isNull(kiosk.revokedAt))
  return units.flatMap(({ id, name }) => [
    ...kiosks
      .filter(({ unitId }) => unitId === id)
      .map((one) => ({ unitId: id, unit: name, kioskId: one.id, kiosk: one.name })),
    { unitId: id, unit: name, kioskId: null, kiosk: null },
  ])
}

/** True if this is a screen of this unit that is in use. */
export async function isScreenOf(db: Database, kioskId: string, unitId: string): Promise<boolean> {
  const own = and(eq(kiosk.id, kioskId), eq(kiosk.unitId, unitId), isNull(kiosk.revokedAt))
  return (await db.select({ id: kiosk.id }).from(kiosk).where(own)).length > 0
}
