// A system administrator closes an account (its record stays) or opens it again.
import { and, eq, gt, isNull, or } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { write, type Database } from '#db/database.server.ts'
import { assignment, grant, person } from '#db/schema/people.ts'
import { noteAct } from '#people/audit.server.ts'
import { endLogin } from '#people/login.server.ts'
import { findPerson, requireHome, today, type FoundPerson } from '#people/roster/find.server.ts'
import { scopeOf } from '#people/roster/scope.ts'
import { forgetPerson } from '#people/session.server.ts'
import { isAdministrator, type Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'

/**
 * Closes an account: sessions, password, PIN and slips are gone at once, roles are taken back, assignments end today.
 * @throws Refusal if the person is an administrator: the security administrator takes the role back first.
 */
export async function closeAccount(session: Session, personId: string): Promise<void> {
  await write(async (tx) => {
    const found = requireHome(await findPerson(tx, scopeOf(session, 'system-admin'), personId))
    requireNoAdministrator(found, '停用账号')
    if (found.closedAt) throw new Refusal('already-done', '这个账号已经停用。')
    await tx.update(person).set({ closedAt: now().toISOString() }).where(eq(person.id, personId))
    await endLogin(tx, personId)
    await tx.delete(grant).where(eq(grant.personId, personId))
    await endAssignments(tx, personId)
    const roles = found.grants.map(({ role, unitId }) => ({ role, unitId }))
    await noteAct(tx, session.person.id, 'account-closed', personId, { roles })
  })
  forgetPerson(personId)
}

/** What has begun ends today; what has not begun never will. */
async function endAssignments(tx: Database, personId: string) {
  const on = today()
  const his = eq(assignment.personId, personId)
  await tx.delete(assignment).where(and(his, gt(assignment.fromOn, on)))
  const lasting = or(isNull(assignment.toOn), gt(assignment.toOn, on))
  await tx.update(assignment).set({ toOn: on }).where(and(his, lasting))
}

/** Opens a closed account; assignments, roles and a slip for a password are given anew. */
export async function reopenAccount(session: Session, personId: string): Promise<void> {
  await write(async (tx) => {
    const found = requireHome(await findPerson(tx, scopeOf(session, 'system-admin'), personId))
    if (!found.closedAt) throw new Refusal('already-done', '这个账号正在使用，不用恢复。')
    await tx.update(person).set({ closedAt: null }).where(eq(person.id, personId))
    await noteAct(tx, session.person.id, 'account-reopened', personId)
  })
  forgetPerson(personId)
}

/** Nobody takes another administrator's place by closing his account or by setting his password. */
export function requireNoAdministrator(found: FoundPerson, what: string) {
  if (!found.grants.some((one) => isAdministrator(one.role))) return
  throw new Refusal(
    'invalid',
    `${found.name}是管理员，不能在这里${what}。`,
    '先由安全管理员收回他的管理员角色。',
  )
}
