// For whom a training officer answers: the people of his units, by their posts of today, to come, or held last.
import { sql } from 'drizzle-orm'
import { inSlices } from '#archive/in-slices.server.ts'
import { read } from '#db/database.server.ts'
import { tidyNumber } from '#people/number.ts'
import { today } from '#people/roster/find.server.ts'
import { answersFor, isWhole, placesOf, scopeOf } from '#people/roster/scope.ts'
import { underAny } from '#people/roster/under.ts'
import type { Session } from '#people/session.ts'

/** Somebody on the roster. */
export type Listed = { id: string; number: string; name: string }

/** Persons whose posts are looked up together. */
const slice = 300

/** Paths of the units over which a session is training officer. */
export const officerScope = (session: Session) => scopeOf(session, 'officer')

type Post = { personId: string; path: string; toOn: string | null; main: number }
type Right = { personId: string; path: string }

/** Those of some persons for whom this scope answers. */
async function inScopeOf(scope: string[], ids: readonly string[]): Promise<Set<string>> {
  if (isWhole(scope)) return new Set(ids)
  const list = JSON.stringify(ids)
  const posts = await read.all<Post>(sql`
    select a.person_id as personId, u.path, a.to_on as toOn, a.main
    from assignment a join unit u on u.id = a.unit_id where a.person_id in (select value from json_each(${list}))`)
  const rights = await read.all<Right>(sql`
    select g.person_id as personId, u.path
    from "grant" g join unit u on u.id = g.unit_id where g.person_id in (select value from json_each(${list}))`)
  const held = Map.groupBy(posts, (one) => one.personId)
  const granted = Map.groupBy(rights, (one) => one.personId)
  const answers = (id: string) => {
    const places = (held.get(id) ?? []).map(({ path, toOn, main }) => ({ path, toOn, main: main === 1 }))
    const paths = (granted.get(id) ?? []).map(({ path }) => path)
    return answersFor(scope, placesOf(places, paths, today()))
  }
  return new Set(ids.filter(answers))
}

/** True if this scope answers for everybody named. */
export async function coversAll(scope: string[], ids: readonly string[]): Promise<boolean> {
  if (isWhole(scope)) return true
  for await (const some of inSlices(ids, slice)) {
    if ((await inScopeOf(scope, some)).size < some.length) return false
  }
  return scope.length > 0
}

async function keepCovered(scope: string[], people: readonly Listed[]): Promise<Listed[]> {
  const kept: Listed[] = []
  for await (const some of inSlices(people, slice)) {
    const mine = await inScopeOf(
      scope,
      some.map(({ id }) => id),
    )
    kept.push(...some.filter(({ id }) => mine.has(id)))
  }
  return kept
}

/** People by their tidy staff numbers, as far as this scope answers for them. */
export async function findByNumber(
  scope: string[],
  numbers: readonly string[],
): Promise<Map<string, Listed>> {
  const list = JSON.stringify([...new Set(numbers.map(tidyNumber))])
  const found = await read.all<Listed>(sql`
    select id, number, name from person where lower(number) in (select value from json_each(${list}))`)
  const mine = await keepCovered(scope, found)
  return new Map(mine.map((one) => [tidyNumber(one.number), one]))
}

/** Everybody for whom a scope answers, in the order of staff numbers; `unitPath` leaves out who is not there. */
export async function peopleIn(scope: string[], unitPath: string | null): Promise<Listed[]> {
  const paths = unitPath === null ? scope : [unitPath]
  if (paths.length === 0) return []
  const placed = sql`id in (
    select a.person_id from assignment a join unit u on u.id = a.unit_id where ${underAny(sql.raw('u.path'), paths)})`
  const found = await read.all<Listed>(sql`
    select id, number, name from person where ${isWhole(paths) ? sql`true` : placed}`)
  const mine = await keepCovered(paths, found)
  return mine.sort((a, b) => (a.number < b.number ? -1 : 1))
}
