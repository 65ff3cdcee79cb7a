// What a rater has recorded, and how severe he is; shown to him alone.
import { and, count, desc, gt, inArray, isNotNull, lt } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { read } from '#db/database.server.ts'
import { person } from '#db/schema/people.ts'
import { event } from '#db/schema/record.ts'
import type { Session } from '#people/session.ts'
import { indicatorsOf } from '#record/capability/model.ts'
import { modelInUse } from '#record/capability/model.server.ts'
import { severityOf } from '#record/capability/severity.server.ts'
import { observedBy } from '#record/events/effective.ts'
import { takenOutOf, type Observed } from '#record/observed.server.ts'
import { fromRow } from '#record/record.server.ts'

/** An observation, as its rater sees it again. */
export type OwnObservation = {
  id: string
  /** Whose practice it was. */
  name: string
  /** Name of the indicator, or its id where the model in force has it no more. */
  indicator: string
  level: number
  observedOn: string
  note: string
}

/** Observations on a page of the list. */
const pageLength = 10

/** Those that stand have a key that begins with their rater and the day, and the index of keys finds them. */
const standingOf = (rater: string) => {
  const begin = observedBy(rater)
  return and(gt(event.once, begin), lt(event.once, `${begin}~`), isNotNull(event.payload))
}

/** A page of a rater's observations that stand, what was recorded last first, and how many there are in all. */
export async function ownObservations(
  session: Session,
  page: number,
): Promise<{ rows: OwnObservation[]; all: number; more: boolean }> {
  const mine = standingOf(session.person.id)
  const [rows, counted] = await Promise.all([
    read
      .select()
      .from(event)
      .where(mine)
      .orderBy(desc(event.seq))
      .limit(pageLength)
      .offset((page - 1) * pageLength),
    read.select({ all: count() }).from(event).where(mine),
  ])
  const seen = rows.map(fromRow).filter((one) => one.kind === 'practice-observed')
  const all = counted[0]?.all ?? 0
  return { rows: await asOwn(seen), all, more: page * pageLength < all }
}

/** A rater's observations that were taken out within a year because an objection was upheld, the last first. */
export async function ownTakenOut(session: Session): Promise<OwnObservation[]> {
  const since = new Date(now().getTime() - 365 * 86_400_000).toISOString()
  return asOwn(await takenOutOf(session.person.id, since))
}

async function asOwn(seen: readonly Observed[]): Promise<OwnObservation[]> {
  const people = await read
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(inArray(person.id, [...new Set(seen.map((one) => one.person))]))
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const indicators = new Map(indicatorsOf(modelInUse().model).map(({ id, name }) => [id, name]))
  return seen.map(({ id, person: personId, indicator, level, observedOn, note }) => ({
    ...{ id, level, observedOn, note },
    name: names.get(personId) ?? '',
    indicator: indicators.get(indicator) ?? indicator,
  }))
}

/** The severity of the rater who asks, in levels: positive names levels too low. Null while too little is known. */
export async function ownSeverity(session: Session): Promise<number | null> {
  const severity = await severityOf(session.person.id)
  const { cuts } = modelInUse().model
  const width = ((cuts.at(-1) ?? 0) - (cuts[0] ?? 0)) / (cuts.length - 1)
  return severity === null ? null : severity / width
}
