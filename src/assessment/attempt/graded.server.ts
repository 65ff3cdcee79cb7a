// What graders gave a short answer: it becomes an event like any other answer, and the result is made anew.
import { and, eq } from 'drizzle-orm'
import { itemsOf, requireAttempt, type ItemRow, type Whole } from '#assessment/attempt/attempt.server.ts'
import { eventIdOf } from '#assessment/attempt/event-id.server.ts'
import { answerEvent } from '#assessment/attempt/events.ts'
import { standingOfColumns } from '#assessment/attempt/grade-paper.ts'
import { answerIn } from '#assessment/attempt/grade-row.ts'
import { renewedResult } from '#assessment/attempt/renew-result.ts'
import type { Result } from '#assessment/attempt/result.ts'
import { now } from '#clock.server.ts'
import { read, write, type Database } from '#db/database.server.ts'
import { attempt as attemptTable, attemptItem } from '#db/schema/assessment.ts'
import type { Item } from '#quiz/question.ts'
import { recordIn } from '#record/record.server.ts'
import { versionsInForce } from '#record/versions.server.ts'
import { Refusal } from '#refusal.ts'

/**
 * Stores the points that people agreed on for an item of a handed-in attempt: 0 ≤ earned ≤ possible. Once; given again, the
 * first ones stand.
 * @returns the result as it is now.
 * @throws Refusal `not-found` if there is no such attempt, `invalid` if the item does not wait for graders.
 */
export async function storeGraded(
  { id, personId }: { id: string; personId: string },
  itemId: string,
  earned: number,
  possible: number,
): Promise<Result> {
  const before = await requireAttempt(read, personId, id)
  const items = await itemsOf(before.rows)
  const inForce = await versionsInForce()
  return write(async (tx) => {
    const { attempt, rows } = await requireAttempt(tx, personId, id)
    const row = rows.find((one) => one.itemId === itemId)
    const item = items.get(itemId)
    const answer = row && answerIn(row.answer)
    if (attempt.result && row?.eventId) return attempt.result
    const waits = row && standingOfColumns(row).standing === 'waiting'
    if (!attempt.result || !waits || !item || !answer)
      throw new Refusal('invalid', '这道题不在等人评分，没有记录。', '请回到评分页刷新一下。')
    const event = eventIdOf(attempt, row.position)
    const about = { id: event, at: row.answeredAt ?? now().toISOString() }
    await recordIn(tx, answerEvent(attempt, { item, answer, earned, possible }, about), inForce)
    await tx
      .update(attemptItem)
      .set({ earned, possible, eventId: event })
      .where(and(eq(attemptItem.attemptId, id), eq(attemptItem.itemId, itemId)))
    return renewResult(tx, { attempt, rows }, { ...row, earned, possible }, items)
  })
}

/**
 * Takes an item that was withdrawn out of a result that waits for its graders: nobody will give points for it any more.
 * Once; one that does not wait is left as it is.
 * @throws Refusal `not-found` if there is no such attempt.
 */
export async function storeWithdrawn(
  { id, personId }: { id: string; personId: string },
  itemId: string,
): Promise<void> {
  const before = await requireAttempt(read, personId, id)
  const items = await itemsOf(before.rows)
  await write(async (tx) => {
    const whole = await requireAttempt(tx, personId, id)
    const row = whole.rows.find((one) => one.itemId === itemId)
    if (!row || !whole.attempt.result || standingOfColumns(row).standing !== 'waiting') return
    await tx
      .update(attemptItem)
      .set({ withdrawn: true })
      .where(and(eq(attemptItem.attemptId, id), eq(attemptItem.itemId, itemId)))
    await renewResult(tx, whole, { ...row, withdrawn: true }, items)
  })
}

/** The result with one row as it is now. */
async function renewResult(
  tx: Database,
  { attempt, rows }: Whole,
  changed: ItemRow,
  items: ReadonlyMap<string, Item>,
): Promise<Result> {
  if (!attempt.result) throw new Error(`Attempt ${attempt.id} has no result yet.`)
  const current = rows.map((one) => (one.position === changed.position ? changed : one))
  const result = renewedResult(attempt, attempt.result, current, items)
  await tx.update(attemptTable).set({ result }).where(eq(attemptTable.id, attempt.id))
  return result
}
