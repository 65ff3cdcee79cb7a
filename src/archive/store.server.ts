// Stores the sound rows of an upload as a batch that waits for another officer's approval.
import { sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { now } from '#clock.server.ts'
import { inSlices } from '#archive/in-slices.server.ts'
import { previewUpload } from '#archive/preview.server.ts'
import { officerScope } from '#archive/scope.server.ts'
import { dropUpload } from '#archive/uploads.server.ts'
import { write } from '#db/database.server.ts'
import { hoursBatch } from '#db/schema/record.ts'
import { noteAct } from '#people/audit.server.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'

/** Rows that one job writes. */
const slice = 500

/**
 * Stores what is new of an upload; rows that are wrong or there already stay out.
 * @returns the id of the batch and how many rows it has.
 * @throws Refusal `invalid` if nothing is new, `closed` if the upload is gone.
 */
export async function storeBatch(
  session: Session,
  uploadId: string,
): Promise<{ batch: string; rows: number }> {
  const { rows: planned, fileName } = await previewUpload(session, uploadId)
  const rows = planned.flatMap((row) => (row.verdict === 'fresh' ? [row] : []))
  if (rows.length === 0)
    throw new Refusal('invalid', '这个文件里没有可以存的新行。', '改好有问题的行，再上传。')
  const batch = v7()
  const at = now()
  await write((tx) => tx.run(forgetHalfStored(at)))
  for await (const some of inSlices(rows, slice)) {
    const list = JSON.stringify(some.map(({ line, personId, entry }) => ({ line, personId, entry })))
    await write((tx) =>
      tx.run(sql`
        insert into hours_row (batch_id, line, person_id, body)
        select ${batch}, value ->> 'line', value ->> 'personId', value -> 'entry' from json_each(${list})`),
    )
  }
  const by = session.person.id
  await write(async (tx) => {
    await tx.insert(hoursBatch).values({ id: batch, fileName, enteredBy: by, enteredAt: at.toISOString() })
    await noteAct(tx, by, 'hours-stored', unitOf(session), { batch, rows: rows.length })
  })
  dropUpload(uploadId)
  return { batch, rows: rows.length }
}

/** The unit to which what an officer does is put down in the audit log. */
export const unitOf = (session: Session) => officerScope(session)[0]?.split('/').at(-2) ?? ''

/** Rows whose batch was never finished, because the process ended in between; an hour later nobody is at it any more. */
function forgetHalfStored(at: Date) {
  const before = v7({ msecs: at.getTime() - 3_600_000 })
  return sql`delete from hours_row where batch_id < ${before} and batch_id not in (select id from hours_batch)`
}
