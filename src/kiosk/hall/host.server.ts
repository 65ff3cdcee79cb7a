// Who stands before the screen as host: known by the visit that he began there, and entitled by a post in its unit, or by
// an office over it.
import { and, eq, inArray } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { kiosk, kioskVisit } from '#db/schema/kiosk.ts'
import { grant, unit } from '#db/schema/people.ts'
import { mayHost, type Located } from '#kiosk/hall/find.server.ts'
import { postsOn } from '#people/posts.server.ts'
import type { Grant } from '#people/session.ts'

/**
 * The host; or the visit has not arrived; or why he is none (Chinese). Whoever mistyped his PIN without a line is not proved:
 * the hall's session stands, so that nobody's check-in is lost, but his word counts only once he gives it on his phone.
 */
export type Host =
  | { is: 'host'; personId: string; unitId: string; proved: boolean }
  | { is: 'unknown' }
  | { is: 'refused'; why: string }

/** @param on day (Asia/Shanghai) on which he must hold the post. */
export async function hostOf(kioskId: string, visit: string, on: string): Promise<Host> {
  const [there] = await read.select().from(kioskVisit).where(eq(kioskVisit.id, visit))
  if (!there) return { is: 'unknown' }
  if (there.kioskId !== kioskId) return { is: 'refused', why: '主持人不是在这台大屏上登录的，这一场不记。' }
  const [place] = await read
    .select({ unitId: unit.id, path: unit.path })
    .from(kiosk)
    .innerJoin(unit, eq(unit.id, kiosk.unitId))
    .where(eq(kiosk.id, kioskId))
  const { personId } = there
  const unitPaths = (await postsOn(personId, on)).map(({ path }) => path)
  if (!place || !mayHost({ unitPaths, grants: await officesOf(personId) }, place.path))
    return { is: 'refused', why: '主持人在本单位没有任职，也不是上级的学时管理人或教员，这一场不记。' }
  return { is: 'host', personId, unitId: place.unitId, proved: there.state === 'checked' }
}

/** True for the host himself, and for an officer over the unit. */
export async function mayClose(personId: string, { held, path }: Located): Promise<boolean> {
  if (personId === held.hostId) return true
  return (await officesOf(personId)).some((one) => one.role === 'officer' && path.startsWith(one.path))
}

async function officesOf(personId: string): Promise<Grant[]> {
  const rows = await read
    .select({ role: grant.role, unitId: unit.id, path: unit.path })
    .from(grant)
    .innerJoin(unit, eq(unit.id, grant.unitId))
    .where(and(eq(grant.personId, personId), inArray(grant.role, ['officer', 'trainer'])))
  return rows as Grant[]
}
