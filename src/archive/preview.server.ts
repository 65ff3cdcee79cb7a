// What would become of every row of an upload, found out anew each time on the record as it is then.
import { sql } from 'drizzle-orm'
import { frameToday } from '#archive/frame.server.ts'
import { heldBy } from '#archive/held.server.ts'
import { sameTraining, type HoursEntry } from '#archive/hours-entry.ts'
import { inSlices } from '#archive/in-slices.server.ts'
import { planRows, type Known, type PlannedRow, type RosterPerson } from '#archive/plan-rows.ts'
import { readFile } from '#archive/read-file.server.ts'
import type { ReadRow } from '#archive/read-row.ts'
import { findByNumber, officerScope } from '#archive/scope.server.ts'
import { uploadOf } from '#archive/uploads.server.ts'
import { read } from '#db/database.server.ts'
import type { Session } from '#people/session.ts'

export type Preview = {
  fileName: string
  rows: PlannedRow[]
  counts: Record<PlannedRow['verdict'], number>
}

/**
 * Every row of an upload with what would become of it; nothing is stored.
 * @throws UnreadableFile, or Refusal `closed` if the upload is gone.
 */
export async function previewUpload(session: Session, uploadId: string): Promise<Preview> {
  const upload = uploadOf(session, uploadId)
  const typed = await readFile(upload, await frameToday())
  const rows = planRows(typed, await rosterOf(officerScope(session), typed))
  const counts = { fresh: 0, there: 0, wrong: 0 }
  for (const row of rows) counts[row.verdict]++
  return { fileName: upload.name, rows, counts }
}

/** The people of a file who are the officer's, with what is recorded of them and what waits to be. */
async function rosterOf(scope: string[], rows: ReadRow[]): Promise<Map<string, RosterPerson>> {
  const numbers = rows.flatMap((row) => ('number' in row ? [row.number] : []))
  const people = await findByNumber(scope, numbers)
  const roster = new Map<string, RosterPerson>()
  for await (const some of inSlices([...people], 5)) {
    const ids = some.map(([, { id }]) => id)
    const recorded = Map.groupBy(await heldBy(ids), (one) => one.person)
    const waiting = Map.groupBy(await waitingFor(ids), (one) => one.person)
    for (const [number, { id, name }] of some)
      roster.set(number, { id, name, recorded: known(recorded.get(id)), waiting: known(waiting.get(id)) })
  }
  return roster
}

const known = (entries: HoursEntry[] = []): Known => new Map(entries.map((one) => [sameTraining(one), one]))

/** What waits to be approved, or to be recorded after it was. */
async function waitingFor(people: string[]): Promise<(HoursEntry & { person: string })[]> {
  const rows = await read.all<{ person: string; body: string }>(sql`
    select r.person_id as person, r.body from hours_row r join hours_batch b on b.id = r.batch_id
    where r.person_id in (select value from json_each(${JSON.stringify(people)}))
      and r.event_id is null and b.undone_at is null`)
  return rows.map(({ person, body }) => ({ ...(JSON.parse(body) as HoursEntry), person }))
}
