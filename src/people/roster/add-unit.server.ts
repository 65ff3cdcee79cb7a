// A system administrator adds a unit under one of his.
import { and, eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { now } from '#clock.server.ts'
import { write } from '#db/database.server.ts'
import { unit } from '#db/schema/people.ts'
import { noteAct } from '#people/audit.server.ts'
import { findUnit } from '#people/roster/find.server.ts'
import { scopeOf } from '#people/roster/scope.ts'
import type { NewUnit } from '#people/roster/unit.ts'
import { WrongField } from '#people/roster/wrong-field.ts'
import type { Session } from '#people/session.ts'

/** @throws WrongField if a sibling has this name. */
export function addUnit(session: Session, wanted: NewUnit): Promise<{ id: string; name: string }> {
  const id = v7()
  return write(async (tx) => {
    const parent = await findUnit(tx, scopeOf(session, 'system-admin'), wanted.parentId)
    const sibling = and(eq(unit.parentId, parent.id), eq(unit.name, wanted.name))
    if ((await tx.select({ id: unit.id }).from(unit).where(sibling)).length > 0) {
      throw new WrongField(
        'name',
        'already-done',
        `${parent.name}下面已有“${wanted.name}”。`,
        '请换一个名称。',
      )
    }
    const path = `${parent.path}${id}/`
    await tx.insert(unit).values({ ...wanted, id, path, createdAt: now().toISOString() })
    await noteAct(tx, session.person.id, 'unit-added', id, { parentId: parent.id, kind: wanted.kind })
    return { id, name: wanted.name }
  })
}
