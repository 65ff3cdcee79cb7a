// Writes what an import planned, a statement per table: five thousand rows hold the process for a moment only.
import { sql, type SQL } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import type { Database } from '#db/database.server.ts'
import { kindOf } from '#people/roster/unit.ts'
import type { Changes } from '#people/roster/plan-import.ts'

/** For a job that writes; rows of each table in one statement. */
export async function applyChanges(tx: Database, changes: Changes): Promise<void> {
  const at = now().toISOString()
  const units = changes.units.map((unit) => ({ ...unit, kind: kindOf(unit.name) }))
  await each(
    tx,
    units,
    (rows) => sql`
    insert into unit (id, parent_id, path, name, kind, created_at)
    select value ->> 'id', value ->> 'parentId', value ->> 'path', value ->> 'name', value ->> 'kind', ${at} from ${rows}`,
  )
  await each(
    tx,
    changes.people,
    (rows) => sql`
    insert into person (id, number, name, created_at)
    select value ->> 'id', value ->> 'number', value ->> 'name', ${at} from ${rows}`,
  )
  await each(
    tx,
    changes.assignments,
    (rows) => sql`
    insert into assignment (id, person_id, unit_id, post, from_on, to_on, main)
    select value ->> 'id', value ->> 'personId', value ->> 'unitId', value ->> 'post', value ->> 'fromOn',
      value ->> 'toOn', value ->> 'main' from ${rows}`,
  )
  await each(
    tx,
    changes.ends,
    (rows) => sql`
    update assignment set to_on = (select value ->> 'toOn' from ${rows} where value ->> 'id' = assignment.id)
    where id in (select value ->> 'id' from ${rows})`,
  )
}

async function each(tx: Database, rows: object[], statement: (rows: SQL) => SQL) {
  if (rows.length > 0) await tx.run(statement(sql`json_each(${JSON.stringify(rows)})`))
}
