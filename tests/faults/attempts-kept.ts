// Looks at every attempt that a killed process left: it runs with all answers that were acknowledged, or it is handed in
// whole. What is expected is computed from what the people know they sent, by rules that know no database.
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { attemptsOf, itemRowsOf, type Attempt, type ItemRow } from '#assessment/attempt/attempt.server.ts'
import { draftIn, readDraft, type Reading } from '#assessment/attempt/draft.ts'
import { eventIdOf } from '#assessment/attempt/event-id.server.ts'
import { resultOf } from '#assessment/attempt/grade-paper.ts'
import { answerIn } from '#assessment/attempt/grade-row.ts'
import { estimateOf } from '#assessment/attempt/measure.ts'
import { graceSeconds } from '#assessment/attempt/time.ts'
import { read } from '#db/database.server.ts'
import { attempt as attemptTable, attemptItem, exposure } from '#db/schema/assessment.ts'
import type { Item } from '#quiz/question.ts'
import { fromRow } from '#record/record.server.ts'
import { verifyChain } from '#record/root.server.ts'
import * as happen from '../record/happenings.ts'
import { withCopy } from './kept.ts'
import type { Taker } from './taker.ts'
import type { Taking } from './taking.ts'

/** How the attempts of all stood. */
export type Stood = { running: Attempt[]; handed: Attempt[] }
type Items = ReadonlyMap<string, Item>

/** @throws what vitest throws when something is missing, there twice, or half done. */
export async function requireAttempts(
  dataDir: string,
  takers: readonly Taker[],
  items: Items,
): Promise<Stood> {
  const stood: Stood = { running: [], handed: [] }
  await withCopy(dataDir, async () => {
    expect(await read.all(sql`pragma integrity_check`)).toEqual([{ integrity_check: 'ok' }])
    expect(await read.all(sql`pragma foreign_key_check`)).toEqual([])
    await requireExposure()
    for (const taker of takers)
      for (const attempt of await requireOwn(taker, items))
        stood[attempt.handedAt === null ? 'running' : 'handed'].push(attempt)
  })
  return stood
}

/** Attempts that should have been handed in by the clock at an instant, ms since 1970. */
export const overdue = ({ running }: Stood, at: number) =>
  running.filter(({ deadlineAt }) => deadlineAt !== null && Date.parse(deadlineAt) + graceSeconds * 1000 < at)

/** What is counted as shown is what was shown, item by item, and to how many. */
async function requireExposure() {
  const counted = await read.select().from(exposure)
  const shown = await read.all<[string, string, number]>(
    sql`select a.assessment_id, i.item_id, count(*) from ${attemptItem} i join ${attemptTable} a on a.id = i.attempt_id group by 1, 2
      union all select assessment_id, '', count(*) from ${attemptTable} group by 1`,
  )
  const inOrder = (rows: readonly (readonly unknown[])[]) => rows.map((row) => row.join(' ')).sort()
  expect(
    inOrder(counted.map(({ assessmentId, itemId, shown: times }) => [assessmentId, itemId, times])),
  ).toEqual(inOrder(shown.map((row) => Object.values(row))))
}

/** The events of a person are those of his attempts and no others. */
async function requireOwn({ learner, takings }: Taker, items: Items): Promise<Attempt[]> {
  const attempts = await attemptsOf(read, learner.person)
  const events = (await happen.eventsOf(learner.person)).map(fromRow)
  let owed = 0
  for (const taking of takings) {
    const own = attempts.filter(({ assessmentId }) => assessmentId === taking.test)
    expect(own.length, `${learner.person} began ${taking.test} once`).toBeLessThanOrEqual(1)
    const [attempt] = own
    if (taking.begun !== 'unsure') expect(own).toHaveLength(taking.begun === 'yes' ? 1 : 0)
    if (!attempt) continue
    if (taking.id) expect(attempt.id).toBe(taking.id)
    const rows = await itemRowsOf(read, attempt.id)
    requirePaper(attempt, rows, taking)
    const found = events.filter((one) => 'attempt' in one && one.attempt === attempt.id)
    owed += found.length
    if (attempt.handedAt === null) requireRunning(attempt, rows, taking, found)
    else requireHanded(attempt, rows, taking, found, items)
  }
  expect(events).toHaveLength(owed)
  expect(await verifyChain(learner.person)).toMatchObject({ length: owed, brokenAt: null })
  return attempts
}

function requirePaper({ blueprint, number }: Attempt, rows: readonly ItemRow[], taking: Taking) {
  expect(number).toBe(1)
  expect(rows.map(({ position }) => position)).toEqual(rows.map((_, i) => i + 1))
  if (blueprint.form === 'fixed')
    expect(rows).toHaveLength(blueprint.cells.reduce((sum, { count }) => sum + count, 0))
  else expect(rows.length).toBeLessThanOrEqual(blueprint.most)
  // Of an adaptive test one question may have been asked and the reply lost.
  const known = [...taking.answers.keys()]
  expect(rows.map(({ itemId }) => itemId).slice(0, known.length)).toEqual(known)
  if (known.length > 0) expect(rows.length - known.length).toBeLessThanOrEqual(taking.adaptive ? 1 : 0)
}

/** What may stand for a row by what its person knows; a question that nobody has seen holds nothing. */
const expectedOf = ({ itemId }: ItemRow, taking: Taking) =>
  taking.answers.has(itemId) ? taking.mayHold(itemId) : [null]

function requireRunning(attempt: Attempt, rows: readonly ItemRow[], taking: Taking, events: unknown[]) {
  expect(taking.handed, `${attempt.id} was handed in`).not.toBe('yes')
  expect(attempt).toMatchObject({ handedBy: null, result: null })
  expect(events).toEqual([])
  for (const row of rows) {
    expect(row).toMatchObject({ earned: null, possible: null, withdrawn: false, eventId: null })
    expect(expectedOf(row, taking)).toContainEqual(row.answer)
    expect(row.answer === null).toBe(row.answeredAt === null)
  }
}

function requireHanded(
  attempt: Attempt,
  rows: readonly ItemRow[],
  taking: Taking,
  events: readonly ReturnType<typeof fromRow>[],
  items: Items,
) {
  // Asked for, run out, or ended by an answer to the last question whose reply was lost.
  const wentOn = taking.adaptive && taking.asked.some((item) => taking.of(item).unsure.length > 0)
  expect(taking.handed !== 'no' || attempt.handedBy === 'time' || wentOn, `${attempt.id} was handed in`).toBe(
    true,
  )
  const marks = rows.map((row) => requireRow(row, taking, items.get(row.itemId) as Item))
  const shares = marks.flatMap(({ item, standing, share }) =>
    standing === 'graded' ? [{ item, share }] : [],
  )
  const { blueprint, result } = attempt
  const estimate = blueprint.form === 'adaptive' ? estimateOf(blueprint.dimension, shares, () => null) : null
  const adaptive = blueprint.form === 'adaptive'
  expect(result).toEqual(resultOf(marks, { estimate, stopped: result?.stopped ?? null, adaptive }))
  const whole = events.filter(({ kind }) => kind === 'attempt-handed-in')
  expect(whole).toMatchObject([{ id: eventIdOf(attempt), at: attempt.handedAt, handedBy: attempt.handedBy }])
  expect(whole[0]).toMatchObject({ earned: result?.score.earned, possible: result?.score.possible })
  const answered = events.filter(({ kind }) => kind === 'question-answered')
  expect(answered).toMatchObject(
    rows.flatMap(({ itemId: item, answer, earned, possible, eventId: id, position }) =>
      id === null ? [] : [{ id: eventIdOf(attempt, position), item, answer, earned, possible }],
    ),
  )
  expect(events).toHaveLength(answered.length + 1)
}

/** The row holds what one of the words that may stand there comes to, and an event where it was graded. */
function requireRow(row: ItemRow, taking: Taking, item: Item) {
  const readings = expectedOf(row, taking).map((draft) =>
    columnsOf(draft?.fields ?? null, readDraft(item, draft)),
  )
  const { earned, possible } = row
  const answer = answerIn(row.answer) ?? draftIn(row.answer)?.fields ?? null
  expect(readings).toContainEqual({ answer, earned, possible })
  const standing = earned !== null ? 'graded' : possible !== null ? 'waiting' : 'blank'
  expect(row.eventId !== null).toBe(standing === 'graded')
  expect(row.withdrawn).toBe(false)
  const share = earned !== null && possible !== null ? earned / possible : 0
  return { item, indicator: item.indicator, standing, share, late: row.lateAt !== null } as const
}

/** What handing in makes of a draft: an answer with its points, or what there was of it. */
function columnsOf(fields: [string, string][] | null, { answer, grade }: Reading) {
  if (grade?.type === 'graded') return { answer, earned: grade.earned, possible: grade.possible }
  if (grade?.type === 'waiting') return { answer, earned: null, possible: grade.possible }
  return { answer: fields, earned: null, possible: null }
}
