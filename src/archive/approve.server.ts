// Approves a batch, turns it down, or takes it back. What is decided is written first; then row after row goes through
// the door into the record, each a job of its own, so that others write in between. Whoever asks again after the
// process died goes on where it stopped, and nothing counts twice.
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { now } from '#clock.server.ts'
import { findBatch, type Batch, type BatchRow } from '#archive/batch.server.ts'
import type { HoursEntry } from '#archive/hours-entry.ts'
import { unitOf } from '#archive/store.server.ts'
import { read, write, type Database } from '#db/database.server.ts'
import { event, hoursBatch, hoursRow } from '#db/schema/record.ts'
import { noteAct } from '#people/audit.server.ts'
import type { Session } from '#people/session.ts'
import type { InForce } from '#record/ledger.ts'
import { recordIn } from '#record/record.server.ts'
import { versionsInForce } from '#record/versions.server.ts'
import { Refusal } from '#refusal.ts'

/** Rows that are given to the queue together. */
const slice = 100
/** Who asks is answered after so long; what is left goes on by itself, and the page says how far it is. */
const answerMilliseconds = 5_000

/**
 * Approves a batch, or goes on with one whose approval was interrupted.
 * @throws Refusal `not-found`, `not-yours` for who entered it, has hours in it or does not answer for everybody in it,
 * `closed` if it was turned down or taken back.
 */
export async function approveBatch(session: Session, id: string): Promise<void> {
  const batch = await findBatch(session, id)
  if (batch.state === 'waiting') await decide(session, batch, 'hours-approved', approval(session))
  else if (batch.state !== 'approving' && batch.state !== 'approved') throw isClosed()
  await within(eachRow(id, sql`event_id is null`, recordRow))
}

/**
 * Turns a waiting batch down, or takes back one that was approved, or goes on with taking back.
 * @throws Refusal `invalid` without a reason, `not-found`, `not-yours`.
 */
export async function undoBatch(session: Session, id: string, reason: string): Promise<void> {
  const batch = await findBatch(session, id)
  if (batch.state === 'declined' || batch.state === 'undone') return
  if (batch.state !== 'undoing') {
    const why = reason.trim()
    if (why === '') throw new Refusal('invalid', '还没有写理由。', '写一句，录入的人和本人都会看到。')
    if (why.length > 200 || /\p{Cc}/u.test(why))
      throw new Refusal('invalid', '理由最多200字，不换行。', '请改好再提交。')
    const act = batch.state === 'waiting' ? 'hours-declined' : 'hours-undone'
    await decide(session, batch, act, {
      set: { undoneBy: session.person.id, undoneAt: now().toISOString(), reason: why },
      still: and(
        batch.state === 'waiting' ? isNull(hoursBatch.approvedAt) : isNotNull(hoursBatch.approvedAt),
        isNull(hoursBatch.undoneAt),
      ),
    })
  }
  if (batch.state !== 'waiting') await within(eachRow(id, sql`event_id is not null`, takeBackRow))
}

type Decision = { set: Partial<BatchRow>; still: ReturnType<typeof and> }

function approval({ person }: Session): Decision {
  return {
    set: { approvedBy: person.id, approvedAt: now().toISOString() },
    still: and(isNull(hoursBatch.approvedAt), isNull(hoursBatch.undoneAt)),
  }
}

/** Writes down what is decided, unless somebody else has decided meanwhile. */
async function decide(session: Session, batch: Batch, act: string, { set, still }: Decision) {
  const approving = act === 'hours-approved'
  if (approving && batch.own)
    throw new Refusal('not-yours', '这一批是你录入的，不能由你核准。', '请另一位培训管理员核准。')
  if (approving && batch.aboutReader)
    throw new Refusal('not-yours', '这一批里有你自己的学时，不能由你核准。', '请另一位培训管理员核准。')
  if (!batch.covered && !(act === 'hours-declined' && batch.own))
    throw new Refusal('not-yours', '这一批里有不在你管的单位里的人。', '请管到其中每个人的培训管理员来办。')
  await write(async (tx) => {
    const changed = await tx
      .update(hoursBatch)
      .set(set)
      .where(and(eq(hoursBatch.id, batch.id), still))
    if (changed.rowsAffected === 0) throw isClosed()
    await noteAct(tx, session.person.id, act, unitOf(session), { batch: batch.id, rows: batch.rows })
  })
}

const isClosed = () => new Refusal('closed', '这一批已经有人处理过了。', '请刷新页面，看现在的情况。')

type Row = { line: number; personId: string; body: HoursEntry; eventId: string | null }
type Work = (tx: Database, batch: BatchRow, row: Row, inForce: InForce) => Promise<void>

/** Does something with each row that is left, so many at a time, until none is; one that fails stops it. */
async function eachRow(batchId: string, left: ReturnType<typeof sql>, work: Work) {
  const inForce = await versionsInForce()
  for (let after = -1; ;) {
    const rows = await read.all<{ line: number }>(sql`
      select line from hours_row where batch_id = ${batchId} and ${left} and line > ${after} order by line limit ${slice}`)
    if (rows.length === 0) return
    await Promise.all(rows.map(({ line }) => write((tx) => doRow(tx, batchId, line, work, inForce))))
    after = rows.at(-1)?.line ?? after
  }
}

/** Waits for long work, but not for ever: what fails after the answer is left over and seen on the page. */
async function within(work: Promise<void>) {
  let timer: NodeJS.Timeout | undefined
  const enough = new Promise<void>((resolve) => (timer = setTimeout(resolve, answerMilliseconds)))
  try {
    await Promise.race([work, enough])
  } finally {
    clearTimeout(timer)
    work.catch(() => undefined)
  }
}

/** What is there is read in the job itself: another may have been at it meanwhile. */
async function doRow(tx: Database, batchId: string, line: number, work: Work, inForce: InForce) {
  const [batch] = await tx.select().from(hoursBatch).where(eq(hoursBatch.id, batchId))
  const [row] = await tx.select().from(hoursRow).where(thisRow(batchId, line))
  if (batch && row) await work(tx, batch, { ...row, body: row.body as HoursEntry }, inForce)
}

const thisRow = (batchId: string, line: number) => and(eq(hoursRow.batchId, batchId), eq(hoursRow.line, line))

/** The same training may be there by another batch; then this row only points at it. */
const recordRow: Work = async (tx, batch, { line, personId, body, eventId }, inForce) => {
  if (eventId !== null || batch.approvedBy === null || batch.undoneAt !== null) return
  const claim = {
    kind: 'hours-imported',
    id: v7(),
    person: personId,
    at: now().toISOString(),
    ...body,
    ...{ batch: batch.id, enteredBy: batch.enteredBy, approvedBy: batch.approvedBy },
  } as const
  const receipt = await recordIn(tx, claim, inForce)
  await tx.update(hoursRow).set({ eventId: receipt.id }).where(thisRow(batch.id, line))
}

/**
 * Takes back what came with this batch, and leaves what another brought. Another batch that pointed at it has that row
 * left over again, and records it when its approval is gone on with.
 */
const takeBackRow: Work = async (tx, batch, { line, personId, eventId }, inForce) => {
  if (eventId === null || batch.undoneBy === null) return
  const [there] = await tx.select({ payload: event.payload }).from(event).where(eq(event.id, eventId))
  const own = (JSON.parse(there?.payload ?? 'null') as { batch?: string } | null)?.batch === batch.id
  if (own) {
    const claim = {
      kind: 'event-corrected',
      id: v7(),
      person: personId,
      at: now().toISOString(),
      corrects: eventId,
      reason: `转入的学时撤回：${batch.reason ?? ''}`,
      correctedBy: batch.undoneBy,
    } as const
    await recordIn(tx, claim, inForce)
    const others = and(eq(hoursRow.personId, personId), eq(hoursRow.eventId, eventId))
    await tx.update(hoursRow).set({ eventId: null }).where(others)
  }
  await tx.update(hoursRow).set({ eventId: null }).where(thisRow(batch.id, line))
}
