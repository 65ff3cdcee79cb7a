// The list of people that an administrator answers for: search, unit, state, a page at a time.
import { and, asc, desc, eq, inArray, isNull, sql, type SQL } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { read } from '#db/database.server.ts'
import { assignment, person, slip, unit } from '#db/schema/people.ts'
import { today } from '#people/roster/find.server.ts'
import { isWhole, scopeOf } from '#people/roster/scope.ts'
import { placedUnder } from '#people/roster/under.ts'
import type { Session } from '#people/session.ts'

export const personStates = ['open', 'unused', 'closed'] as const
/** `unused`: the account is open, but no password was ever set. */
export type PersonState = (typeof personStates)[number]

export type PeopleFilter = {
  /** Part of a staff number or of a name. */
  search?: string
  /** Path of a unit: it and all below. */
  unitPath?: string
  state?: PersonState
  /** From 1. */
  page: number
}

export type SlipState = { at: string; state: 'waiting' | 'used' | 'expired' }

export type ListedPerson = {
  id: string
  number: string
  name: string
  state: PersonState
  posts: { unit: string; post: string; main: boolean }[]
  slip: SlipState | null
}

export const peoplePageRows = 50

/** People by number; `more` says whether another page follows. */
export async function listPeople(
  session: Session,
  filter: PeopleFilter,
): Promise<{ people: ListedPerson[]; more: boolean }> {
  const found = await read
    .select({
      id: person.id,
      number: person.number,
      name: person.name,
      closedAt: person.closedAt,
      opened: hasPassword,
    })
    .from(person)
    .where(and(ofScope(session), ofUnit(filter.unitPath), ofSearch(filter.search), ofState(filter.state)))
    .orderBy(asc(person.number))
    .limit(peoplePageRows + 1)
    .offset((filter.page - 1) * peoplePageRows)
  const rows = found.slice(0, peoplePageRows)
  const ids = rows.map((row) => row.id)
  const [posts, slips] = await Promise.all([postsOf(ids), slipsOf(ids)])
  const people = rows.map(({ id, number, name, closedAt, opened }) => ({
    ...{ id, number, name },
    state: stateOf(closedAt, opened),
    posts: (posts.get(id) ?? []).map(({ unit, post, main }) => ({ unit, post, main })),
    slip: slips.get(id) ?? null,
  }))
  return { people, more: found.length > peoplePageRows }
}

/** How many people the administrator answers for. */
export async function countPeople(session: Session): Promise<number> {
  const [row] = await read
    .select({ count: sql<number>`count(*)` })
    .from(person)
    .where(ofScope(session))
  return row?.count ?? 0
}

/** Names are written out: in a list of columns drizzle would leave the table's name away, and `id` be another's. */
const hasPassword = sql<number>`exists (select 1 from account x where x.user_id = person.id and x.password is not null)`

/** Whether an account is open, and whether a password was ever set. */
function stateOf(closedAt: string | null, opened: number): PersonState {
  if (closedAt) return 'closed'
  return opened ? 'open' : 'unused'
}

function ofScope(session: Session): SQL | undefined {
  const scope = scopeOf(session, 'system-admin', 'security-admin')
  return isWhole(scope) ? undefined : placedUnder(scope, today())
}

const ofUnit = (path: string | undefined) => (path ? placedUnder([path], today()) : undefined)

function ofSearch(search: string | undefined): SQL | undefined {
  if (!search) return undefined
  const like = `%${search.replace(/[\\%_]/g, '\\$&')}%`
  return sql`(${person.number} like ${like} escape '\\' or ${person.name} like ${like} escape '\\')`
}

function ofState(state: PersonState | undefined): SQL | undefined {
  if (!state) return undefined
  if (state === 'closed') return sql`${person.closedAt} is not null`
  return and(isNull(person.closedAt), state === 'open' ? hasPassword : sql`not ${hasPassword}`)
}

/** Posts of today and to come, the main one first. */
async function postsOf(ids: string[]) {
  const rows = await read
    .select({ personId: assignment.personId, unit: unit.name, post: assignment.post, main: assignment.main })
    .from(assignment)
    .innerJoin(unit, eq(unit.id, assignment.unitId))
    .where(and(inArray(assignment.personId, ids), sql`coalesce(${assignment.toOn}, '9999') >= ${today()}`))
    .orderBy(desc(assignment.main), asc(assignment.fromOn))
  return Map.groupBy(rows, (row) => row.personId)
}

/** The account of one person, and the last slip. */
export async function personState(id: string): Promise<{ state: PersonState; slip: SlipState | null }> {
  const [row] = await read
    .select({ closedAt: person.closedAt, opened: hasPassword })
    .from(person)
    .where(eq(person.id, id))
  return {
    state: stateOf(row?.closedAt ?? null, row?.opened ?? 0),
    slip: (await slipsOf([id])).get(id) ?? null,
  }
}

/** The last slip of each person. */
async function slipsOf(ids: string[]): Promise<Map<string, SlipState>> {
  const rows = await read.select().from(slip).where(inArray(slip.personId, ids)).orderBy(asc(slip.createdAt))
  const at = now().toISOString()
  return new Map(
    rows.map((row) => {
      const state = row.usedAt ? 'used' : row.expiresAt <= at ? 'expired' : 'waiting'
      return [row.personId, { at: row.createdAt, state }]
    }),
  )
}
