// Saving an answer while it is worked on, as often as it changes; and what arrives after the time is up, or after handing
// in: kept and marked, not counted.
import { and, count, eq, isNotNull, sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { z } from 'astro/zod'
import { noAttempt } from '#assessment/attempt/attempt.server.ts'
import {
  draftIn,
  readDraft,
  replaces,
  SentFields,
  type Draft,
  type Reading,
  type Standing,
} from '#assessment/attempt/draft.ts'
import { handIn } from '#assessment/attempt/hand-in.server.ts'
import { givenAt, isOver, secondsLeft } from '#assessment/attempt/time.ts'
import { itemAt } from '#assessment/bank/bank.server.ts'
import { now } from '#clock.server.ts'
import { requireOwner } from '#course/owner.server.ts'
import { read, write, type Database } from '#db/database.server.ts'
import { attempt as attemptTable, attemptItem } from '#db/schema/assessment.ts'
import { Refusal } from '#refusal.ts'

/** An answer as a page sends it. */
export const Sent = z.strictObject({
  attempt: z.string().max(80),
  item: z.string().max(80),
  fields: SentFields,
  /** To be looked at once more. */
  marked: z.boolean().default(false),
  /** ms since it was given, by the page's own clock. */
  ago: z.number().nonnegative().max(1e12),
  page: z.string().min(1).max(40),
  seq: z.int().nonnegative(),
  /** Mark of the person who answered: somebody else may be signed in by now. */
  owner: z.string().max(40),
})
export type Sent = z.infer<typeof Sent>

/** What became of it, after the commit. */
export type Saved = Standing & {
  /**
   * `saved`: it counts; `older`: another device gave a later one, which is `instead`; `late`: kept, not counted;
   * `fixed`: this question of an adaptive test was answered and left, so that its answer stays.
   */
  outcome: 'saved' | 'older' | 'late' | 'fixed'
  instead: Pick<Draft, 'fields' | 'marked'> | null
  /** Seconds left; null without a limit. */
  left: number | null
  /** The attempt is handed in. */
  handed: boolean
}

/** What a page sent. @throws Refusal `invalid`, or `signed-out` if it is not this person's. */
export function requireSent(person: string, body: unknown): Sent {
  const sent = Sent.safeParse(body)
  if (!sent.success)
    throw new Refusal('invalid', '收到的答案不完整，没有存下。', '请刷新页面；先前存下的答案都在。')
  requireOwner(person, sent.data.owner)
  return sent.data
}

/** The same from a form without script: each sending is a page of its own, given when it arrives. */
export const sentByForm = (attempt: string, item: string, fields: SentFields, marked: boolean) => ({
  ...{ attempt, item, fields, marked, ago: 0, page: v7(), seq: 0 },
})

/** Takes an answer from the script of a page. @throws Refusal `not-found`, and as `requireSent`. */
export async function saveAnswer(person: string, body: unknown): Promise<Saved> {
  return save(person, requireSent(person, body))
}

/** Stores an answer. @throws Refusal `not-found` if the attempt is not this person's, or does not ask the item. */
export async function save(person: string, sent: Omit<Sent, 'owner'>): Promise<Saved> {
  const reading = await readSent(person, sent)
  const saved = await write((tx) => store(tx, person, sent, reading))
  if (saved.outcome !== 'late' || saved.handed) return saved
  const { handedAt } = await handIn(person, sent.attempt, 'time')
  return { ...saved, handed: handedAt !== null }
}

/** Reads what was sent by the item as it was drawn; before the job, because that may have to be fetched. */
export async function readSent(
  person: string,
  sent: Pick<Sent, 'attempt' | 'item' | 'fields'>,
): Promise<Reading> {
  const row = await find(read, person, sent.attempt, sent.item)
  const item = await itemAt(sent.item, row.itemRevision)
  if (!item) throw new Error(`There is no item ${sent.item} of revision ${row.itemRevision}.`)
  return readDraft(item, sent)
}

/** As much of an attempt and one of its items as saving asks for. */
async function find(tx: Database, person: string, attempt: string, item: string) {
  const { startedAt, deadlineAt, handedAt, result } = attemptTable
  const { itemRevision, position, answer, answeredAt, lateAnswer, lateAt } = attemptItem
  const [row] = await tx
    .select({
      ...{ startedAt, deadlineAt, handedAt, result },
      ...{ itemRevision, position, answer, answeredAt, lateAnswer, lateAt },
      form: sql<string>`${attemptTable.blueprint} ->> 'form'`,
      last: sql<number>`(select max(position) from attempt_item where attempt_id = ${attempt})`,
    })
    .from(attemptItem)
    .innerJoin(attemptTable, eq(attemptTable.id, attemptItem.attemptId))
    .where(
      and(eq(attemptItem.attemptId, attempt), eq(attemptItem.itemId, item), eq(attemptItem.personId, person)),
    )
  if (!row) throw noAttempt()
  return row
}

/** The same answer as the one that counts, sent again because its reply was lost; or no answer, as there is none. */
const isThere = (column: unknown, { answer }: Pick<Reading, 'answer'>, { fields }: Pick<Sent, 'fields'>) =>
  (answer !== null && JSON.stringify(column) === JSON.stringify(answer)) ||
  JSON.stringify(draftIn(column)?.fields ?? (column === null ? [] : null)) === JSON.stringify(fields)

/** Stores an answer in a job that writes. */
export async function store(
  tx: Database,
  person: string,
  sent: Omit<Sent, 'owner'>,
  { state, missing, answer }: Reading,
): Promise<Saved> {
  const row = await find(tx, person, sent.attempt, sent.item)
  const at = now().toISOString()
  const handed = row.handedAt !== null
  const left = secondsLeft(row.deadlineAt, at)
  const draft: Draft = { fields: sent.fields, marked: sent.marked, page: sent.page, seq: sent.seq }
  const told = { state, missing, instead: null, left, handed }
  const here = and(eq(attemptItem.attemptId, sent.attempt), eq(attemptItem.itemId, sent.item))
  const there = { draft: draftIn(row.answer), given: row.answeredAt }

  if (handed || isOver(row.deadlineAt, at)) {
    if (isThere(row.answer, { answer }, sent)) return { ...told, outcome: 'saved' }
    const given = givenAt(at, sent.ago, row.startedAt)
    // What another device had answered before it changed its mind is no late answer.
    const overtaken = there.given !== null && !replaces({ draft, given }, there)
    const lateDraft = draftIn(row.lateAnswer)
    if (overtaken || !replaces({ draft, given: at }, { draft: lateDraft, given: row.lateAt }))
      return { ...told, outcome: 'older' }
    await tx.update(attemptItem).set({ lateAnswer: draft, lateAt: at }).where(here)
    if (handed) await countLate(tx, sent.attempt)
    return { ...told, outcome: 'late' }
  }
  if (row.form === 'adaptive' && row.position < row.last) return { ...told, outcome: 'fixed' }
  const given = givenAt(at, sent.ago, row.startedAt)
  if (!replaces({ draft, given }, there))
    return { ...told, outcome: 'older', instead: there.draft && shown(there.draft) }
  await tx.update(attemptItem).set({ answer: draft, answeredAt: given, receivedAt: at }).where(here)
  return { ...told, outcome: 'saved' }
}

const shown = ({ fields, marked }: Draft) => ({ fields, marked })

/** The result says how many came late, also of those that came after it was made. */
async function countLate(tx: Database, attempt: string) {
  const [late] = await tx
    .select({ all: count() })
    .from(attemptItem)
    .where(and(eq(attemptItem.attemptId, attempt), isNotNull(attemptItem.lateAt)))
  await tx
    .update(attemptTable)
    .set({ result: sql`json_set(${attemptTable.result}, '$.late', ${late?.all ?? 0})` })
    .where(eq(attemptTable.id, attempt))
}
