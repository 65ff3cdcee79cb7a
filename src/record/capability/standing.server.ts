// Stores beliefs with their standing, and moves what the units of the person count, in one transaction.
import { and, desc, eq, gte, inArray, isNull, lte, or } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import type { Database } from '#db/database.server.ts'
import { replaceAll } from '#db/many-rows.server.ts'
import { assignment, person, unit } from '#db/schema/people.ts'
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
  const place = await placeOn(tx, personId, on)
  const placed = replaced ? replaced.placed : await placementOf(tx, personId)
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
  const place = await placeOn(tx, personId, on)
  const placed = await placementOf(tx, personId)
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

const isSame = (placed: Pick<Place, 'unitId' | 'posts'> | null, place: Place) =>
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

/** Where a person is counted on a day: the unit of the main assignment, or of the oldest if none is main. */
export async function placeOn(tx: Database, personId: string, on: string): Promise<Place> {
  return (await placesOn(tx, [personId], on)).get(personId) ?? nowhere
}

const nowhere: Place = { unitId: null, path: null, posts: '' }

/** The same of several persons; who is not in it is nowhere. */
export async function placesOn(
  tx: Database,
  personIds: readonly string[],
  on: string,
): Promise<Map<string, Place>> {
  const rows = await tx
    .select({ id: assignment.personId, post: assignment.post, unitId: unit.id, path: unit.path })
    .from(assignment)
    .innerJoin(unit, eq(unit.id, assignment.unitId))
    .innerJoin(person, eq(person.id, assignment.personId))
    .where(
      and(
        inArray(assignment.personId, [...personIds]),
        isNull(person.closedAt),
        lte(assignment.fromOn, on),
        or(isNull(assignment.toOn), gte(assignment.toOn, on)),
      ),
    )
    .orderBy(desc(assignment.main), assignment.fromOn, assignment.id)
  return new Map(
    [...Map.groupBy(rows, ({ id }) => id)].map(([id, held]) => {
      const { unitId, path } = held[0] as (typeof held)[number]
      const posts = [...new Set(held.map(({ post }) => post))].sort().join(' ')
      return [id, { unitId, path, posts }]
    }),
  )
}
