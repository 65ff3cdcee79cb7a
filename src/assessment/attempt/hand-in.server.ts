// Handing in: the answers are graded as they were saved last and recorded in one job, once. They become events one by
// one; the estimate is a report and moves no belief.
import { and, eq, isNull, lt } from 'drizzle-orm'
import {
  findAttempt,
  itemRowsOf,
  itemsOf,
  noAttempt,
  requireAttempt,
  type Attempt,
  type ItemRow,
  type Whole,
} from '#assessment/attempt/attempt.server.ts'
import { eventIdOf } from '#assessment/attempt/event-id.server.ts'
import { answerEvent, gradedAnswerOf, handedInEvent } from '#assessment/attempt/events.ts'
import { resultOf } from '#assessment/attempt/grade-paper.ts'
import { gradeRow, type GradedRow } from '#assessment/attempt/grade-row.ts'
import { inTurn } from '#assessment/attempt/in-turn.server.ts'
import { estimateOf } from '#assessment/attempt/measure.ts'
import type { Result } from '#assessment/attempt/result.ts'
import { graceSeconds, isOver } from '#assessment/attempt/time.ts'
import { standingOf, type Standing } from '#assessment/bank/bank.server.ts'
import { now } from '#clock.server.ts'
import { read, write, type Database } from '#db/database.server.ts'
import { replaceAll } from '#db/many-rows.server.ts'
import { attempt as attemptTable, attemptItem } from '#db/schema/assessment.ts'
import type { Item } from '#quiz/question.ts'
import type { InForce } from '#record/ledger.ts'
import { recordIn } from '#record/record.server.ts'
import { versionsInForce } from '#record/versions.server.ts'

/** What finishing needs beside the rows: read before the job, because a job awaits nothing but its own statements. */
export type Around = {
  items: ReadonlyMap<string, Item>
  standing: ReadonlyMap<string, Standing>
  inForce: InForce
}

/** Reads it for these rows. */
export async function aroundOf(rows: readonly ItemRow[]): Promise<Around> {
  const [items, standing, inForce] = await Promise.all([
    itemsOf(rows),
    standingOf(rows.map(({ itemId }) => itemId)),
    versionsInForce(),
  ])
  return { items, standing, inForce }
}

/**
 * Hands in an attempt of this person; once it is, the same again changes nothing. What is past its time was handed in by
 * the clock, whoever asks.
 * @param asked `time`: only if its time is over still, because more time may be granted while this waits for its turn.
 * @throws Refusal `not-found`.
 */
export function handIn(person: string, id: string, asked: 'person' | 'time' = 'person'): Promise<Attempt> {
  return inTurn(async () => {
    for (;;) {
      const before = await requireAttempt(read, person, id)
      if (before.attempt.handedAt !== null) return before.attempt
      const around = await aroundOf(before.rows)
      const handed = await write(async (tx) => {
        const whole = await requireAttempt(tx, person, id)
        if (whole.attempt.handedAt !== null) return whole.attempt
        if (asked === 'time' && !isOver(whole.attempt.deadlineAt, now().toISOString())) return whole.attempt
        // An adaptive test has asked another question meanwhile.
        if (whole.rows.length !== before.rows.length) return null
        return finish(tx, whole, around, 'person')
      })
      if (handed) return handed
    }
  })
}

/** Grades and records an attempt that runs, in a job that already writes. @param ended why an adaptive test stops. */
export async function finish(
  tx: Database,
  { attempt, rows }: Whole,
  { items, standing, inForce }: Around,
  ended: 'person' | 'precise' | 'length' | 'no-item',
): Promise<Attempt> {
  const at = now().toISOString()
  const handedBy = isOver(attempt.deadlineAt, at) ? 'time' : 'person'
  const graded = rows.map((row) => {
    const item = items.get(row.itemId)
    if (!item) throw new Error(`Item ${row.itemId} of attempt ${attempt.id} was not loaded.`)
    return gradeRow(row, item, standing.get(row.itemId) === 'withdrawn')
  })
  const result = resultOf(graded, {
    estimate: estimateIn(attempt, graded, inForce, at),
    stopped: attempt.blueprint.form === 'adaptive' ? (handedBy === 'time' ? 'time' : ended) : null,
    adaptive: attempt.blueprint.form === 'adaptive',
  })
  const stored: ItemRow[] = []
  for (const [i, row] of rows.entries()) {
    const mark = graded[i] as GradedRow
    const answer = gradedAnswerOf(mark)
    const id = eventIdOf(attempt, row.position)
    if (answer) await recordIn(tx, answerEvent(attempt, answer, { id, at: row.answeredAt ?? at }), inForce)
    stored.push({
      ...row,
      answer: mark.answer ?? row.answer,
      ...{ earned: mark.earned, possible: mark.possible, withdrawn: mark.standing === 'withdrawn' },
      eventId: answer ? id : null,
    })
  }
  await recordIn(tx, handedInEvent(attempt, result, { id: eventIdOf(attempt), at, handedBy }), inForce)
  await replaceAll(tx, attemptItem, [attemptItem.attemptId, attemptItem.position], stored)
  const handed = { handedAt: at, handedBy, result } as const
  await tx.update(attemptTable).set(handed).where(eq(attemptTable.id, attempt.id))
  return { ...attempt, ...handed }
}

function estimateIn(
  { blueprint }: Attempt,
  graded: readonly GradedRow[],
  inForce: InForce,
  at: string,
): Result['estimate'] {
  if (blueprint.form !== 'adaptive') return null
  const shares = graded.filter(({ standing }) => standing === 'graded')
  return estimateOf(blueprint.dimension, shares, ({ id, revision }) => inForce.calibration(id, revision, at))
}

/** Hands in what is past its time, of everybody; the process calls it each minute. One that fails does not hold up the others. */
export async function handInOverdue(): Promise<void> {
  const until = new Date(now().getTime() - graceSeconds * 1000).toISOString()
  const over = await read
    .select({ id: attemptTable.id, person: attemptTable.personId })
    .from(attemptTable)
    .where(and(isNull(attemptTable.handedAt), lt(attemptTable.deadlineAt, until)))
  const failures: unknown[] = []
  for (const { id, person } of over)
    await handIn(person, id, 'time').catch((error: unknown) => void failures.push(error))
  if (failures.length > 0) throw failures[0]
}

/** The attempt as it is now: one that is past its time is handed in first, whoever looks at it. */
export async function settled(attempt: Attempt): Promise<Attempt> {
  if (attempt.handedAt !== null || !isOver(attempt.deadlineAt, now().toISOString())) return attempt
  return handIn(attempt.personId, attempt.id, 'time')
}

/** An attempt of this person with its items, settled. @throws Refusal `not-found`. */
export async function settledAttempt(person: string, id: string): Promise<Whole> {
  const found = await findAttempt(read, person, id)
  if (!found) throw noAttempt()
  const attempt = await settled(found)
  return { attempt, rows: await itemRowsOf(read, id) }
}
