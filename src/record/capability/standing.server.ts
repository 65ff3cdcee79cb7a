// Stores beliefs with their standing, and moves what the units of the person count, in one transaction.
import { and, eq, inArray, sql } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import type { Database } from '#db/database.server.ts'
import { replaceAll } from '#db/many-rows.server.ts'
import { belief as beliefTable, evidence as evidenceTable } from '#db/schema/record.ts'
import { placement } from '#db/schema/units.ts'
import { countedOf, moveMember, moveTotals, placementOf, type Counted } from '#db/unit-totals.server.ts'
import { believe, type Belief } from '#record/capability/belief.ts'
import { targetsOf } from '#record/capability/model.ts'
import { cutsInUse, postsInUse } from '#record/capability/model.server.ts'
import { standingOf, type Standing } from '#record/capability/standing.ts'
import type { Evidence } from '#record/evidence/evidence.ts'

type Row = typeof beliefTable.$inferSelect

/** A belief as of the day of its newest evidence, and its row without the standing. */
export type NewBelief = { belief: Pick<Belief, 'told' | 'kinds'>; row: Omit<Row, keyof Standing> }

/** Where a person is counted, and what of his beliefs; a path is null for nowhere. */
export type WasCounted = { placed: Place | null; counted: readonly Counted[] }

/** Where a person is counted on a day, and the posts that set the targets (as `placement.posts`). */
export type Place = { unitId: string | null; path: string | null; posts: string }

const todayIs = () => dayOf(now().toISOString())

/** What is counted of a person now. */
export async function wasCounted(tx: Database, personId: string): Promise<WasCounted> {
  return { placed: await placementOf(tx, personId), counted: await countedOf(tx, personId) }
}

/**
 * Stores beliefs that have moved, standing as of today.
 * @param replaced what was counted, if these are all that the person has; else the others stay.
 */
export async function storeBeliefs(
  tx: Database,
  personId: string,
  beliefs: readonly NewBelief[],
  replaced?: WasCounted,
): Promise<void> {
  // Who has no belief is placed at night; nobody erased is placed again.
  if (beliefs.length === 0 && !replaced?.placed) return
  const on = todayIs()
  const { placed: was, place } = await placingOf(tx, personId, on)
  const placed = replaced ? replaced.placed : was
  const fresh = beliefs.map(({ belief, row }) => ({ ...row, ...standAt(belief, row, on, place) }))
  const moved = fresh.map(({ indicator }) => indicator)
  // Somebody who came to other posts or another unit since is counted anew with all that he has.
  const whole = replaced !== undefined || !isSame(placed, place)
  const counted = replaced?.counted ?? (await countedOf(tx, personId, whole ? undefined : moved))
  await replaceAll(tx, beliefTable, [beliefTable.personId, beliefTable.indicator], fresh)
  const others = whole && !replaced ? await standAgain(tx, personId, place, on, moved) : []
  await count(tx, personId, { placed, counted }, place, [...fresh, ...others])
}

/** Places a person as of today, and looks at some of his beliefs anew, or at all if the place is another one. */
export async function standPerson(tx: Database, personId: string, due: readonly string[]): Promise<void> {
  const on = todayIs()
  const { placed, place } = await placingOf(tx, personId, on)
  const same = isSame(placed, place)
  if (same && due.length === 0) return
  const counted = await countedOf(tx, personId, same ? due : undefined)
  const fresh = await standAgain(tx, personId, place, on, [], same ? due : undefined)
  await count(tx, personId, { placed, counted }, place, fresh)
}

/** Moves totals, members and placement from what was counted to what is. */
async function count(
  tx: Database,
  personId: string,
  { placed, counted }: WasCounted,
  place: Place,
  fresh: readonly Counted[],
) {
  // Before he is placed for the first time nothing is counted, whatever the rows say.
  const from = { path: placed?.path ?? null, counted: placed ? counted : [] }
  await moveTotals(tx, { from, to: { path: place.path, counted: fresh } })
  if (isSame(placed, place)) return
  await moveMember(tx, placed?.path ?? null, place.path)
  const { unitId, posts } = place
  await tx
    .insert(placement)
    .values({ personId, unitId, posts })
    .onConflictDoUpdate({ target: placement.personId, set: { unitId, posts } })
}

/** True if somebody is counted where he should be. */
export const isSame = (placed: Place | null, place: Place) =>
  placed !== null && placed.unitId === place.unitId && placed.posts === place.posts

/** What a belief says on a day of somebody with these posts. */
export function standAt(
  belief: NewBelief['belief'],
  { indicator, asOfOn }: Pick<Row, 'indicator' | 'asOfOn'>,
  on: string,
  place: Pick<Place, 'posts'>,
): Standing {
  const target = targetsFor(place.posts)[indicator] ?? null
  return standingOf(belief, asOfOn, on < asOfOn ? asOfOn : on, target, cutsInUse())
}

/** Targets by posts, for each set of posts in force. */
const targets = new WeakMap<object, Map<string, Record<string, number>>>()

function targetsFor(posts: string): Record<string, number> {
  const inUse = postsInUse()
  const known = targets.get(inUse) ?? new Map<string, Record<string, number>>()
  targets.set(inUse, known)
  const found = known.get(posts) ?? targetsOf(posts.split(' ').flatMap((id) => inUse.get(id) ?? []))
  known.set(posts, found)
  return found
}

/** Looks at stored beliefs anew, at all but those left out or only at some; returns what is counted of them. */
async function standAgain(
  tx: Database,
  personId: string,
  place: Place,
  on: string,
  leftOut: readonly string[],
  only?: readonly string[],
): Promise<Row[]> {
  const mine = eq(beliefTable.personId, personId)
  const which = only ? and(mine, inArray(beliefTable.indicator, [...only])) : mine
  const rows = (await tx.select().from(beliefTable).where(which)).filter(
    ({ indicator }) => !leftOut.includes(indicator),
  )
  const pieces = await evidenceFor(tx, personId, only)
  const fresh = rows.map((row) => {
    const belief = believe(pieces.get(row.indicator) ?? [], row.asOfOn, cutsInUse())
    return { ...row, ...standAt(belief, row, on, place) }
  })
  await replaceAll(tx, beliefTable, [beliefTable.personId, beliefTable.indicator], fresh)
  return fresh
}

async function evidenceFor(tx: Database, personId: string, only?: readonly string[]) {
  const mine = eq(evidenceTable.personId, personId)
  const rows = await tx
    .select({ indicator: evidenceTable.indicator, body: evidenceTable.body })
    .from(evidenceTable)
    .where(only ? and(mine, inArray(evidenceTable.indicator, [...only])) : mine)
  const all = rows.map(({ indicator, body }) => ({ indicator, body: body as Evidence }))
  return new Map(
    [...Map.groupBy(all, (one) => one.indicator)].map(([id, found]) => [id, found.map(({ body }) => body)]),
  )
}

/** Where a person is counted, and where on a day he should be; `placed` is null before the first time. */
export type Placing = { placed: Place | null; place: Place }

const nowhere: Place = { unitId: null, path: null, posts: '' }

async function placingOf(tx: Database, personId: string, on: string): Promise<Placing> {
  return (await placingsOf(tx, [personId], on)).get(personId) ?? { placed: null, place: nowhere }
}

type PlacingRow = {
  id: string
  known: string | null
  wasUnit: string | null
  wasPath: string | null
  wasPosts: string
  unitId: string | null
  path: string | null
  post: string | null
}

/** The same of several persons. One is counted in the unit of the main assignment, or of the oldest if none is main. */
export async function placingsOf(
  tx: Database,
  personIds: readonly string[],
  on: string,
): Promise<Map<string, Placing>> {
  const rows = await tx.all<PlacingRow>(sql`
    select asked.value as id, placement.person_id as known,
      placement.unit_id as wasUnit, was.path as wasPath, placement.posts as wasPosts,
      unit.id as unitId, unit.path, assignment.post
    from json_each(${JSON.stringify(personIds)}) asked
    left join placement on placement.person_id = asked.value
    left join unit was on was.id = placement.unit_id
    left join person on person.id = asked.value and person.closed_at is null
    left join assignment on assignment.person_id = person.id
      and assignment.from_on <= ${on} and coalesce(assignment.to_on, ${on}) >= ${on}
    left join unit on unit.id = assignment.unit_id
    order by assignment.main desc, assignment.from_on, assignment.id`)
  return new Map([...Map.groupBy(rows, ({ id }) => id)].map(([id, held]) => [id, placingFrom(held)]))
}

function placingFrom(held: readonly PlacingRow[]): Placing {
  const [first] = held as [PlacingRow]
  const posts = [...new Set(held.flatMap(({ post }) => post ?? []))].sort().join(' ')
  return {
    placed:
      first.known === null ? null : { unitId: first.wasUnit, path: first.wasPath, posts: first.wasPosts },
    place: { unitId: first.unitId, path: first.path, posts },
  }
}
