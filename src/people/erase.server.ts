// Erases a person (personal information protection law, article 47). What the inventory says is deleted or emptied;
// the hashes of the learning record stay, so that every receipt's chain still holds.
import { eq, sql, type SQL } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { read, write, type Database } from '#db/database.server.ts'
import type { Commands } from '#db/lock.server.ts'
import { leaveUnits } from '#db/unit-totals.server.ts'
import { person } from '#db/schema/people.ts'
import { noteAct, theProcess } from '#people/audit.server.ts'
import type { Holding } from '#people/holding.ts'
import { holdings } from '#people/inventory.ts'
import { forgetPerson } from '#people/session.server.ts'
import { Refusal } from '#refusal.ts'

/** A person of whom only the id is left, for queries. */
export const isErased = eq(person.number, sql`'erased-' || ${person.id}`)

/** Columns that may not be null hold this instead. */
function emptied(table: string, column: string, personId: string): SQL {
  if (table === 'person' && column === 'number') return sql`${`erased-${personId}`}`
  if (table === 'person' && column === 'name') return sql`${'已删除'}`
  return sql`null`
}

async function eraseHolding(tx: Database, { table, columns, person, erasure }: Holding, personId: string) {
  if (person === null || erasure.how === 'keep') return
  const whose = sql`${sql.identifier(person)} = ${personId}`
  if (erasure.how === 'delete') {
    await tx.run(sql`delete from ${sql.identifier(table)} where ${whose}`)
    return
  }
  const set = columns.map((column) => sql`${sql.identifier(column)} = ${emptied(table, column, personId)}`)
  await tx.run(sql`update ${sql.identifier(table)} set ${sql.join(set, sql`, `)} where ${whose}`)
}

/**
 * Erases everything about a person that need not stay, and closes the account. It cannot be undone.
 * @param by person id of who decided it, or `theProcess`.
 * @throws Refusal `not-found`.
 */
export async function erasePerson(personId: string, by: string): Promise<void> {
  await write(async (tx) => {
    if (!(await eraseIn(tx, personId, by))) throw new Refusal('not-found', '没有这个人。')
  })
  forgetPerson(personId)
}

/** `erasePerson()` in a database that is not open yet, as a restore prepares it; false if nobody is known by that id. */
export async function eraseIn(tx: Database, personId: string, by: string): Promise<boolean> {
  const at = now().toISOString()
  const closed = await tx.run(
    sql`update person set closed_at = coalesce(closed_at, ${at}) where id = ${personId}`,
  )
  if (closed.rowsAffected === 0) return false
  await leaveUnits(tx, personId)
  for (const holding of holdings) await eraseHolding(tx, holding, personId)
  await noteAct(tx, by, 'person-erased', personId)
  return true
}

/** The command behind `npm run erase`, for the running process and for a process of its own. */
export const eraseCommands: Commands = {
  erase: async (args) => {
    const { number } = args as { number: string }
    const [found] = await read.select({ id: person.id }).from(person).where(eq(person.number, number))
    if (!found) throw new Refusal('not-found', `没有工号是“${number}”的人。`, '核对工号，大小写要一致。')
    await erasePerson(found.id, theProcess)
    return `已删除工号${number}的个人信息，账号同时停用。学习记录只留下校验码，接得上，看不到内容。`
  },
}
