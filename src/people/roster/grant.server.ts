// A security administrator gives a role for a unit, or takes it back.
import { and, eq, isNull } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { write, type Database } from '#db/database.server.ts'
import { grant, person, slip, unit } from '#db/schema/people.ts'
import { noteAct } from '#people/audit.server.ts'
import { refuseGrant, refuseRevoke, roleNames, type Holder } from '#people/roster/check-grant.ts'
import { findPerson, findUnit } from '#people/roster/find.server.ts'
import { scopeOf } from '#people/roster/scope.ts'
import { WrongField } from '#people/roster/wrong-field.ts'
import { forgetPerson } from '#people/session.server.ts'
import { isAdministrator, type Role, type Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'

/** `over` is the id of the unit for which the role holds, with all below it. */
export type AskedGrant = { personId: string; role: Role; over: string }

/** @throws WrongField if the rules of check-grant.ts refuse it, or it is given already. */
export async function grantRole(session: Session, asked: AskedGrant): Promise<void> {
  const { personId, role, over: unitId } = asked
  const scope = scopeOf(session, 'security-admin')
  await write(async (tx) => {
    const found = await findPerson(tx, scope, personId)
    const { path, name } = await findUnit(tx, scope, unitId)
    if (found.closedAt) throw new Refusal('closed', '这个账号已停用，不能授予角色。', '先恢复账号。')
    const held = found.grants.map((one) => ({ personId, role: one.role, path: one.path }))
    const refused = refuseGrant({ actorId: session.person.id, personId, role, path }, held)
    if (refused) throw new WrongField('role', 'invalid', refused)
    const row = { personId, role, unitId, grantedBy: session.person.id, grantedAt: now().toISOString() }
    const stored = await tx.insert(grant).values(row).onConflictDoNothing().returning({ role: grant.role })
    if (stored.length === 0) {
      throw new WrongField(
        'role',
        'already-done',
        `他在${name}已有角色“${roleNames[role]}”。`,
        '不用再授予。',
      )
    }
    // A slip that was printed before would let its bearer in as an administrator.
    if (isAdministrator(role))
      await tx.delete(slip).where(and(eq(slip.personId, personId), isNull(slip.usedAt)))
    await noteAct(tx, session.person.id, 'role-granted', personId, { role, unitId })
  })
  forgetPerson(personId)
}

/** @throws Refusal if nobody of this kind would be left. */
export async function revokeRole(session: Session, asked: AskedGrant): Promise<void> {
  const { personId, role, over: unitId } = asked
  const scope = scopeOf(session, 'security-admin')
  await write(async (tx) => {
    await findPerson(tx, scope, personId)
    const { path } = await findUnit(tx, scope, unitId)
    const refused = refuseRevoke(
      { actorId: session.person.id, personId, role, path },
      await holdersOf(tx, role),
    )
    if (refused) throw new Refusal('invalid', refused)
    const one = and(eq(grant.personId, personId), eq(grant.role, role), eq(grant.unitId, unitId))
    const gone = await tx.delete(grant).where(one).returning({ role: grant.role })
    if (gone.length === 0) throw new Refusal('already-done', '这个角色已经收回。')
    await noteAct(tx, session.person.id, 'role-revoked', personId, { role, unitId })
  })
  forgetPerson(personId)
}

/** Everybody with an open account who holds a role. */
async function holdersOf(tx: Database, role: Role): Promise<Holder[]> {
  const rows = await tx
    .select({ personId: grant.personId, path: unit.path })
    .from(grant)
    .innerJoin(unit, eq(unit.id, grant.unitId))
    .innerJoin(person, eq(person.id, grant.personId))
    .where(and(eq(grant.role, role), isNull(person.closedAt)))
  return rows.map((row) => ({ ...row, role }))
}
