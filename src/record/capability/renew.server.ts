// Each night: who came to another unit or other posts is counted there, and beliefs whose word changes by age are looked
// at anew. In short jobs between other writes; what a day missed the next night does.
import { and, asc, gt, lte } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import { read, write } from '#db/database.server.ts'
import { person } from '#db/schema/people.ts'
import { belief } from '#db/schema/record.ts'
import { isSame, placingsOf, standPerson } from '#record/capability/standing.server.ts'
import { turns } from '#record/replay.server.ts'

/** Persons looked at together. */
const slice = 100
/** Jobs that share a commit. */
const together = 10

/** Renews all standings as of today; returns how many persons were placed anew and how many had beliefs that were due. */
export async function renewStandings(): Promise<{ placed: number; aged: number }> {
  return { placed: await placeAnew(), aged: await ageDue() }
}

async function placeAnew(): Promise<number> {
  const on = dayOf(now().toISOString())
  const yourTurn = turns()
  let moved = 0
  for (let after = ''; ;) {
    const people = await read
      .select({ id: person.id })
      .from(person)
      .where(gt(person.id, after))
      .orderBy(asc(person.id))
      .limit(slice)
    const ids = people.map(({ id }) => id)
    if (ids.length === 0) return moved
    const placings = await placingsOf(read, ids, on)
    const others = ids.filter((id) => {
      const { placed, place } = placings.get(id) ?? { placed: null, place: null }
      return place !== null && (placed !== null || place.unitId !== null) && !isSame(placed, place)
    })
    await inJobs(others.map((id) => ({ id, due: [] })))
    moved += others.length
    after = ids.at(-1) ?? ''
    await yourTurn()
  }
}

async function ageDue(): Promise<number> {
  const on = dayOf(now().toISOString())
  const yourTurn = turns()
  let aged = 0
  for (let after = ''; ;) {
    const rows = await read
      .select({ id: belief.personId, indicator: belief.indicator })
      .from(belief)
      .where(and(lte(belief.changesOn, on), gt(belief.personId, after)))
      .orderBy(asc(belief.personId))
      .limit(slice)
    const people = [...Map.groupBy(rows, ({ id }) => id)]
    // The last one may have more than are in the slice.
    const whole = rows.length < slice || people.length === 1 ? people : people.slice(0, -1)
    if (whole.length === 0) return aged
    await inJobs(whole.map(([id, due]) => ({ id, due: due.map(({ indicator }) => indicator) })))
    aged += whole.length
    after = whole.at(-1)?.[0] ?? ''
    await yourTurn()
  }
}

async function inJobs(people: readonly { id: string; due: string[] }[]) {
  for (let i = 0; i < people.length; i += together)
    await Promise.all(
      people.slice(i, i + together).map(({ id, due }) => write((tx) => standPerson(tx, id, due))),
    )
}
