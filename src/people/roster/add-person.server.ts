// A system administrator adds a person with a first assignment, or corrects a name.
import { eq, sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { now } from '#clock.server.ts'
import { write, type Database } from '#db/database.server.ts'
import { assignment, person } from '#db/schema/people.ts'
import { tidyNumber } from '#people/number.ts'
import type { Post } from '#people/roster/assignment.ts'
import { noteAct } from '#people/audit.server.ts'
import { findPerson, findUnit, requireHome } from '#people/roster/find.server.ts'
import type { Newcomer } from '#people/roster/newcomer.ts'
import { requirePost } from '#people/roster/require-post.ts'
import { scopeOf } from '#people/roster/scope.ts'
import { WrongField } from '#people/roster/wrong-field.ts'
import { forgetPerson } from '#people/session.server.ts'
import type { Session } from '#people/session.ts'

/**
 * @param posts the posts that may be held.
 * @throws WrongField if the number is in use.
 */
export async function addPerson(
  session: Session,
  newcomer: Newcomer,
  posts: Post[],
): Promise<{ id: string }> {
  requirePost(newcomer.post, posts)
  const { number, name, ...wanted } = newcomer
  const id = v7()
  return write(async (tx) => {
    await findUnit(tx, scopeOf(session, 'system-admin'), wanted.unitId)
    await requireFreeNumber(tx, number)
    await tx.insert(person).values({ id, number, name, createdAt: now().toISOString() })
    await tx.insert(assignment).values({ ...wanted, id: v7(), personId: id })
    await noteAct(tx, session.person.id, 'person-added', id, { ...wanted })
    return { id }
  })
}

async function requireFreeNumber(tx: Database, number: string) {
  const same = sql`lower(${person.number}) = ${tidyNumber(number)}`
  if ((await tx.select({ id: person.id }).from(person).where(same)).length === 0) return
  throw new WrongField(
    'number',
    'already-done',
    `工号${number}已有人使用。`,
    '核对工号，或先在名单里搜索他。',
  )
}

/** Puts a wrongly written name right (PIPL Art. 46). */
export async function correctName(session: Session, personId: string, name: string): Promise<void> {
  await write(async (tx) => {
    requireHome(await findPerson(tx, scopeOf(session, 'system-admin'), personId))
    await tx.update(person).set({ name }).where(eq(person.id, personId))
    await noteAct(tx, session.person.id, 'name-corrected', personId)
  })
  forgetPerson(personId)
}
