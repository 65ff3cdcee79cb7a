// An attempt as it is stored: found by its person, with its items in their order. Never for a page as it is.
import { and, asc, eq, isNull } from 'drizzle-orm'
import { itemAt } from '#assessment/bank/bank.server.ts'
import { Blueprint } from '#assessment/blueprint/blueprint.ts'
import { Result } from '#assessment/attempt/result.ts'
import type { Database } from '#db/database.server.ts'
import { attempt as attemptTable, attemptItem } from '#db/schema/assessment.ts'
import type { Item } from '#quiz/question.ts'
import { Refusal } from '#refusal.ts'

type Row = typeof attemptTable.$inferSelect
export type ItemRow = typeof attemptItem.$inferSelect

export type Attempt = Omit<Row, 'blueprint' | 'result'> & { blueprint: Blueprint; result: Result | null }

/** An attempt with its items in the order of their positions. */
export type Whole = { attempt: Attempt; rows: ItemRow[] }

const asAttempt = ({ blueprint, result, ...row }: Row): Attempt => ({
  ...row,
  blueprint: Blueprint.parse(blueprint),
  result: result === null ? null : Result.parse(result),
})

/** An attempt of this person, or null. */
export async function findAttempt(db: Database, person: string, id: string): Promise<Attempt | null> {
  const [row] = await db
    .select()
    .from(attemptTable)
    .where(and(eq(attemptTable.id, id), eq(attemptTable.personId, person)))
  return row ? asAttempt(row) : null
}

/** The attempt of a person that runs, or null. */
export async function findRunning(db: Database, person: string, assessment: string): Promise<Attempt | null> {
  const [row] = await db
    .select()
    .from(attemptTable)
    .where(
      and(
        eq(attemptTable.assessmentId, assessment),
        eq(attemptTable.personId, person),
        isNull(attemptTable.handedAt),
      ),
    )
  return row ? asAttempt(row) : null
}

/** All attempts of a person, the first first; of one test, or of all. */
export async function attemptsOf(db: Database, person: string, assessment?: string): Promise<Attempt[]> {
  const own = eq(attemptTable.personId, person)
  const rows = await db
    .select()
    .from(attemptTable)
    .where(assessment === undefined ? own : and(own, eq(attemptTable.assessmentId, assessment)))
    .orderBy(asc(attemptTable.startedAt), asc(attemptTable.number))
  return rows.map(asAttempt)
}

/** The items of an attempt in order. */
export function itemRowsOf(db: Database, attempt: string): Promise<ItemRow[]> {
  return db
    .select()
    .from(attemptItem)
    .where(eq(attemptItem.attemptId, attempt))
    .orderBy(asc(attemptItem.position))
}

/** @throws Refusal `not-found`, the same for one that is somebody else's. */
export async function requireAttempt(db: Database, person: string, id: string): Promise<Whole> {
  const attempt = await findAttempt(db, person, id)
  if (!attempt) throw noAttempt()
  return { attempt, rows: await itemRowsOf(db, id) }
}

export const noAttempt = () =>
  new Refusal('not-found', '没有找到这一次测评。', '请从“测评”页重新进入；已经存下的答案都在。')

/** The items of rows with their keys, by id, each at the revision at which it was drawn. */
export async function itemsOf(
  rows: readonly Pick<ItemRow, 'itemId' | 'itemRevision'>[],
): Promise<Map<string, Item>> {
  const found = await Promise.all(
    rows.map(async ({ itemId, itemRevision }) => {
      const item = await itemAt(itemId, itemRevision)
      if (!item) throw new Error(`There is no item ${itemId} of revision ${itemRevision}.`)
      return [itemId, item] as const
    }),
  )
  return new Map(found)
}
