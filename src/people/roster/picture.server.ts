// The part of the roster that a file speaks of, as rules can hold it.
import { sql } from 'drizzle-orm'
import type { Database } from '#db/database.server.ts'
import { tidyNumber } from '#people/number.ts'
import type { Held, Post } from '#people/roster/assignment.ts'
import { today } from '#people/roster/find.server.ts'
import { plainNumber } from '#people/roster/newcomer.ts'
import type { KnownPerson, Picture } from '#people/roster/plan-import.ts'
import type { RosterRow } from '#people/roster/read-roster.ts'
import { answersFor, inScope, placesOf } from '#people/roster/scope.ts'
import { listUnits } from '#people/roster/units.server.ts'

type PersonRow = { id: string; number: string; name: string; closed: number }
type HeldRow = Omit<Held, 'main' | 'mine'> & { personId: string; main: number; path: string }

export async function loadPicture(
  db: Database,
  scope: string[],
  rows: RosterRow[],
  posts: Post[],
): Promise<Picture> {
  const numbers = JSON.stringify([...new Set(rows.map((row) => tidyNumber(plainNumber(row.cells.工号))))])
  const units = await listUnits(db, scope)
  const people = await db.all<PersonRow>(sql`
    select id, number, name, closed_at is not null as closed from person
    where lower(number) in (select value from json_each(${numbers}))`)
  const ids = JSON.stringify(people.map((one) => one.id))
  const held = await db.all<HeldRow>(sql`
    select a.id, a.person_id as personId, a.unit_id as unitId, a.post, a.from_on as fromOn, a.to_on as toOn, a.main, u.path
    from assignment a join unit u on u.id = a.unit_id
    where a.person_id in (select value from json_each(${ids})) order by a.from_on`)
  const grants = await db.all<{ personId: string; path: string }>(sql`
    select g.person_id as personId, u.path from "grant" g join unit u on u.id = g.unit_id
    where g.person_id in (select value from json_each(${ids}))`)
  const heldBy = Map.groupBy(held, (one) => one.personId)
  const grantsBy = Map.groupBy(grants, (one) => one.personId)
  const known = people.map((one): [string, KnownPerson] => {
    const all = heldBy.get(one.id) ?? []
    const places = placesOf(
      all.map(toPlace),
      (grantsBy.get(one.id) ?? []).map((grant) => grant.path),
      today(),
    )
    const person = { id: one.id, number: one.number, name: one.name, closed: one.closed === 1 }
    return [
      tidyNumber(one.number),
      { ...person, inScope: answersFor(scope, places), held: all.map((row) => toHeld(row, scope)) },
    ]
  })
  return {
    people: new Map(known),
    units: new Map(units.map((unit) => [unit.names, { id: unit.id, path: unit.path, inScope: unit.mine }])),
    posts,
  }
}

const toPlace = ({ path, toOn, main }: HeldRow) => ({ path, toOn, main: main === 1 })

function toHeld({ id, unitId, post, fromOn, toOn, main, path }: HeldRow, scope: string[]): Held {
  return { id, unitId, post, fromOn, toOn, main: main === 1, mine: inScope(scope, path) }
}
