// Puts a request before the permission table: finds what it is about and who asks.
import { eq, isNull } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import { read } from '#db/database.server.ts'
import { assignment, grant, unit } from '#db/schema/people.ts'
import { settings } from '#env.ts'
import { noticeInForce } from '#people/notice.ts'
import { judge, type House, type Place, type Target, type Verdict } from '#people/permission.ts'
import { placesOf } from '#people/roster/scope.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'

/** What holds in this house now. */
export const house = (): House => ({ demo: settings.demo, noticeVersion: noticeInForce() })

/** Today's units for who looks at a person's record; for administrators also those of coming and former posts. */
async function placesOfPerson(personId: string, need: Place['need']): Promise<string[]> {
  const today = dayOf(now().toISOString())
  const posts = await read
    .select({ path: unit.path, fromOn: assignment.fromOn, toOn: assignment.toOn, main: assignment.main })
    .from(assignment)
    .innerJoin(unit, eq(unit.id, assignment.unitId))
    .where(eq(assignment.personId, personId))
  if (need === 'sees-person' || need === 'observes-person') {
    return posts
      .filter((post) => post.fromOn <= today && (post.toOn ?? today) >= today)
      .map((post) => post.path)
  }
  const grants = await read
    .select({ path: unit.path })
    .from(grant)
    .innerJoin(unit, eq(unit.id, grant.unitId))
    .where(eq(grant.personId, personId))
  const places = placesOf(
    posts,
    grants.map((one) => one.path),
    today,
  )
  return places.length > 0 ? places : rootPaths()
}

/** Whoever has neither post nor right is the business of those over the whole. */
async function rootPaths(): Promise<string[]> {
  const roots = await read.select({ path: unit.path }).from(unit).where(isNull(unit.parentId))
  return roots.map((root) => root.path)
}

async function targetOf({ need, person, unit: unitId }: Place): Promise<Target | null> {
  if (person !== undefined) return { personId: person, unitPaths: await placesOfPerson(person, need) }
  if (unitId === undefined) return null
  const found = await read.select({ path: unit.path }).from(unit).where(eq(unit.id, unitId))
  return { unitPaths: found.map((one) => one.path) }
}

/** What the table says to this session of this place. */
export async function verdictOf(session: Session | null, place: Place): Promise<Verdict> {
  const target = session ? await targetOf(place) : null
  return judge(session, place.need, target, house())
}

const asksNothing = ({ need }: Place) => need === 'anyone' || need === 'visitor'

/** Where visitors are let in, a person who has not read the notice is one of them: nothing is kept of them yet. */
export function knownAt(places: Place[], session: Session | null): Session | null {
  return places.every(asksNothing) && session?.noticeVersion !== noticeInForce() ? null : session
}

/** The same as a refusal for those who did not ask for a page; null if it is open. */
export function refusalOf(verdict: Verdict): Refusal | null {
  if (verdict === 'open') return null
  if (verdict === 'signed-out')
    return new Refusal('signed-out', '还没有登录，或登录已经过期。', '请重新登录，再做一次。')
  if (verdict === 'notice-unread')
    return new Refusal('closed', '还没有看过个人信息说明。', '请先打开“我的”，看一看说明。')
  if (verdict === 'second-factor-missing')
    return new Refusal('closed', '管理员要先设好第二道验证。', '请到“账号”里设置，再重新登录。')
  return new Refusal('not-found', '没有这个页面。', '请检查网址，或从首页进入。')
}
