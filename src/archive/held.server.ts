// What the record holds of somebody's training: one entry for each training, whatever it came from.
import { sql } from 'drizzle-orm'
import { sameTraining, type HoursEntry } from '#archive/hours-entry.ts'
import { read } from '#db/database.server.ts'
import type { EventOf } from '#record/events/event.ts'
import { exact } from '#record/hours/activity.ts'

type Imported = EventOf<'hours-imported'>
type Attended = EventOf<'attendance-recorded'>

/** One training of one person. */
export type Held = HoursEntry & {
  person: string
  /** From elsewhere, confirmed at the place, or a lesson of this platform. */
  kind: 'imported' | 'attended' | 'lesson'
  /** 学分, where the rule counts them. */
  points: number | null
  /** The rule by which a lesson was counted. */
  rule: string
  /** Persons who entered it and who vouch for it, by id. */
  enteredBy: string | null
  approvedBy: string | null
}

type Row = {
  person: string
  meter: Held['meter']
  title: string
  on: string
  hours: number
  points: number | null
  nature: 'compulsory' | 'elective' | null
  rule: string
  kind: string
  payload: string | null
}

/** All training of some persons that counts, those of the same `sameTraining` as one. */
export async function heldBy(people: readonly string[]): Promise<Held[]> {
  const rows = await read.all<Row>(sql`
    select c.person_id as person, c.meter, c.title, c."on", c.hours, c.points, c.nature, c.rule, e.kind,
      case when e.kind in ('hours-imported', 'attendance-recorded') then e.payload end as payload
    from credit c join event e on e.id = c.event_id
    where c.person_id in (select value from json_each(${JSON.stringify(people)}))
    order by c.person_id, c."on", c.event_id, c.subject`)
  const held = new Map<string, Held>()
  for (const one of rows.map(toHeld)) {
    const key = `${one.person} ${sameTraining(one)}`
    const there = held.get(key)
    held.set(key, there ? together(there, one) : one)
  }
  return [...held.values()]
}

/** Two lessons of one name on one day are one line of the archive. */
function together(a: Held, b: Held): Held {
  const points = a.points === null && b.points === null ? null : exact((a.points ?? 0) + (b.points ?? 0))
  return { ...a, hours: exact(a.hours + b.hours), points }
}

/** Hours from elsewhere are those that were approved; caps hold over what is counted, not over what happened. */
function toHeld({ payload, kind, on, nature, ...row }: Row): Held {
  const told = payload === null ? null : (JSON.parse(payload) as unknown)
  const common = { ...row, ...(nature && { nature }), organiser: '', startOn: on, endOn: on }
  if (kind === 'hours-imported' && told) {
    const {
      organiser,
      startOn,
      endOn,
      hours,
      activity,
      entry,
      enteredBy = null,
      approvedBy,
    } = told as Imported
    const own = { organiser, startOn, endOn, hours, activity, entry, enteredBy, approvedBy }
    return { ...common, ...own, kind: 'imported', rule: '' }
  }
  if (kind === 'attendance-recorded' && told) {
    const { organiser, hours, confirmedBy } = told as Attended
    return {
      ...common,
      organiser,
      hours,
      enteredBy: null,
      approvedBy: confirmedBy,
      kind: 'attended',
      rule: '',
    }
  }
  return { ...common, kind: 'lesson', enteredBy: null, approvedBy: null }
}
