// A person of the demo as he is when signed in, as far as the features ask that the demo calls.
import { heldOn, type DemoPerson } from '#demo/people.ts'
import type { DemoUnit } from '#demo/county.ts'
import type { Role, Session } from '#people/session.ts'

/** Signed in on a day, with one role over a unit or none. */
export function sessionOf(person: DemoPerson, on: string, grant?: { role: Role; unit: DemoUnit }): Session {
  const { id, number, name } = person
  return {
    id: 'demo',
    person: { id, number, name },
    grants: grant ? [{ role: grant.role, unitId: grant.unit.id, path: grant.unit.path }] : [],
    unitPaths: heldOn(person, on).map(({ unit }) => unit.path),
    secondFactor: false,
    noticeVersion: null,
  }
}
