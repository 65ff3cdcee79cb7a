// The answers of handed-in tests as statistics and calibration read them: of each person the first to each item.
import { and, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import {
  chosenIn,
  writtenIn,
  type AskedItem,
  type GivenAnswer,
} from '#assessment/calibration/given-answer.ts'
import { Blueprint } from '#assessment/blueprint/blueprint.ts'
import { dayOf } from '#day.ts'
import type { Database } from '#db/database.server.ts'
import { assessment, attempt, attemptItem, bankItem } from '#db/schema/assessment.ts'
import { item } from '#db/schema/library.ts'
import { assignment } from '#db/schema/people.ts'
import { optionsOf } from '#quiz/kinds/registry.ts'
import { guessing } from '#quiz/guessing.ts'
import { Answer, Item } from '#quiz/question.ts'

/** An item of the bank. */
export type ReadItem = AskedItem & { indicator: string }

/** A first answer, and whose it is. */
export type ReadAnswer = GivenAnswer & {
  person: string
  /** The assessment that it stands in. */
  test: string
}

/** The newest attempts tell enough; older ones would only take memory. */
const mostAttempts = 20_000
const slice = 500

/** The items of the bank that were ever approved, in their present revision. */
export async function readItems(db: Database): Promise<ReadItem[]> {
  const rows = await db
    .select({ body: item.body })
    .from(bankItem)
    .innerJoin(item, and(eq(item.id, bankItem.id), eq(item.revision, bankItem.revision)))
    .where(inArray(bankItem.status, ['active', 'retired']))
    .orderBy(bankItem.id)
  return rows.map(({ body }) => {
    const parsed = Item.parse(body)
    const { id, revision, indicator, kind } = parsed
    const options = optionsOf(parsed)
    return { id, revision, indicator, guessing: guessing(parsed), options, isWritten: kind === 'fill-in' }
  })
}

/**
 * First answers to these revisions. What was withdrawn during an attempt, or waits for graders, is not in it; what was
 * shown and left blank has no share.
 * @param groups the group of each post.
 */
export async function readAnswers(
  db: Database,
  items: readonly ReadItem[],
  groups: Readonly<Record<string, string>>,
): Promise<ReadAnswer[]> {
  const revisions = new Map(items.map(({ id, revision }) => [id, revision]))
  const attempts = await db
    .select({
      id: attempt.id,
      test: attempt.assessmentId,
      person: attempt.personId,
      handedAt: sql<string>`${attempt.handedAt}`,
      form: sql<string | null>`json_extract(${attempt.blueprint}, '$.form')`,
    })
    .from(attempt)
    .where(isNotNull(attempt.handedAt))
    .orderBy(desc(attempt.handedAt), desc(attempt.id))
    .limit(mostAttempts)
  const answers: ReadAnswer[] = []
  const known = new Set<string>()
  const inOrder = attempts.toReversed()
  for (let from = 0; from < inOrder.length; from += slice) {
    const part = inOrder.slice(from, from + slice)
    const rows = await db
      .select()
      .from(attemptItem)
      .where(
        and(
          inArray(
            attemptItem.attemptId,
            part.map(({ id }) => id),
          ),
          eq(attemptItem.withdrawn, false),
        ),
      )
    const byAttempt = Map.groupBy(rows, ({ attemptId }) => attemptId)
    const mainPosts = await mainPostsOf(db, [...new Set(part.map(({ person }) => person))])
    for (const { id, test, form, person, handedAt } of part) {
      const group = groups[mainPosts(person, dayOf(handedAt)) ?? ''] ?? null

      for (const row of byAttempt.get(id) ?? []) {
        const key = `${row.personId} ${row.itemId}`
        const isWaiting = row.earned === null && row.possible !== null
        if (revisions.get(row.itemId) !== row.itemRevision || isWaiting || known.has(key)) continue
        known.add(key)
        answers.push({
          ...answerOf(row),
          ...{
            paper: id,
            adaptive: form === 'adaptive',
            group,
            item: row.itemId,
            person: row.personId,
            test,
          },
        })
      }
    }
  }
  return answers
}

/** Who held which post as the main one, on which day. */
async function mainPostsOf(db: Database, persons: string[]) {
  const { personId, post, fromOn, toOn, main } = assignment
  const rows = await db
    .select({ personId, post, fromOn, toOn })
    .from(assignment)
    .where(and(inArray(personId, persons), eq(main, true)))
  const byPerson = Map.groupBy(rows, (row) => row.personId)
  return (person: string, on: string): string | null =>
    byPerson.get(person)?.find((one) => one.fromOn <= on && (one.toOn === null || on <= one.toOn))?.post ??
    null
}

function answerOf({ earned, possible, answer }: typeof attemptItem.$inferSelect) {
  if (earned === null || !possible) return { share: null, chosen: null, written: null }
  const { data } = Answer.safeParse(answer)
  const share = Math.min(1, Math.max(0, earned / possible))
  return { share, chosen: data ? chosenIn(data) : null, written: data ? writtenIn(data) : null }
}

/** What tests are called, by id. */
export async function readTitles(db: Database): Promise<Map<string, string>> {
  const rows = await db.select({ id: assessment.id, body: assessment.body }).from(assessment)
  return new Map(rows.map(({ id, body }) => [id, Blueprint.safeParse(body).data?.title ?? id]))
}
