// Which entries are settled one after another: those about one thing, and all of one person at a screen. Events of a person
// that come in the order in which they happened are cheap; each that comes late derives his whole record again.
import { inArray } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { kioskVisit } from '#db/schema/kiosk.ts'
import type { Opened } from '#kiosk/intake/placing.server.ts'
import { subjectOf } from '#kiosk/intake/subject.ts'
import { keyAt } from '#kiosk/visit/roster.server.ts'

/** Entries in queues, each in the order of its numbers; queues may be worked off side by side. */
export async function lanesOf(opened: Opened[]): Promise<Opened[][]> {
  const inOrder = opened.toSorted((a, b) => a.row.seq - b.row.seq)
  const people = await peopleOf(opened)
  const laneOf = ({ row, body }: Opened) => {
    const subject = subjectOf(body) ?? row.id
    return people.get(subject) ?? subject
  }
  return [...Map.groupBy(inOrder, laneOf).values()]
}

/** What is settled at once at most: it is written by one job, which must be short. */
const longestRun = 32

/** A queue in runs of entries of one kind about one thing. */
export function runsOf(queue: Opened[]): Opened[][] {
  const runs: Opened[][] = []
  for (const one of queue) {
    const run = runs.at(-1)
    if (run?.[0] && run.length < longestRun && isLike(one, run[0])) run.push(one)
    else runs.push([one])
  }
  return runs
}

const isLike = ({ body }: Opened, before: Opened) =>
  body.kind === before.body.kind && subjectOf(body) !== null && subjectOf(body) === subjectOf(before.body)

/** Keys of the people (visit/roster) by the ids of their visits, as far as these are known yet. */
async function peopleOf(opened: Opened[]): Promise<Map<string, string>> {
  const visits = opened.flatMap(({ body }) => ('visit' in body && !('session' in body) ? [body.visit] : []))
  const rows = await read
    .select({ id: kioskVisit.id, kiosk: kioskVisit.kioskId, person: kioskVisit.personId })
    .from(kioskVisit)
    .where(inArray(kioskVisit.id, [...new Set(visits)]))
  const beginning = opened.flatMap(({ body }): [string, string][] =>
    body.kind === 'visit-began' ? [[body.visit, body.key]] : [],
  )
  return new Map([...beginning, ...rows.map(({ id, kiosk, person }) => [id, keyAt(kiosk, person)] as const)])
}
