// Short answers that wait for graders. Whose an answer is, is read only to leave out the grader's own and those of other
// units; it is never part of what a grader sees.
import { and, asc, eq, isNotNull, isNull, ne, type SQL } from 'drizzle-orm'
import { answerIn } from '#assessment/attempt/grade-row.ts'
import { itemAt } from '#assessment/bank/bank.server.ts'
import { itemsBeingTested } from '#assessment/review/answers.server.ts'
import { trainedBy } from '#assessment/trained-by.server.ts'
import type { Database } from '#db/database.server.ts'
import { attempt, attemptItem, bankItem, shortAnswerMark } from '#db/schema/assessment.ts'
import { person } from '#db/schema/people.ts'
import type { Session } from '#people/session.ts'
import type { Item } from '#quiz/question.ts'

export type Mark = typeof shortAnswerMark.$inferSelect
export type ShortItem = Extract<Item, { kind: 'short-answer' }>

/** An answer that waits, with whose it is: for rules, never for a page. */
export type WaitingAnswer = { attempt: string; person: string; item: ShortItem; text: string; marks: Mark[] }

/**
 * Answers that wait and that this trainer may grade: handed in, of people of his units and not his own, in items that are
 * still in use, and not in a test that he is taking himself: the answer of the book stands beside them. In an order that says nothing of who wrote them.
 */
export function waitingFor(db: Database, session: Session): Promise<WaitingAnswer[]> {
  return load(db, session)
}

/** One of them; null if it does not wait, or is not for this trainer. */
export async function waitingAt(
  db: Database,
  session: Session,
  attemptId: string,
  itemId: string,
): Promise<WaitingAnswer | null> {
  const [found] = await load(
    db,
    session,
    eq(attemptItem.attemptId, attemptId),
    eq(attemptItem.itemId, itemId),
  )
  return found ?? null
}

/** Answers that wait in vain, of everybody: their item was retired. */
export function waitingInVain(db: Database): Promise<{ attempt: string; person: string; item: string }[]> {
  return db
    .select({ attempt: attemptItem.attemptId, person: attemptItem.personId, item: attemptItem.itemId })
    .from(attemptItem)
    .innerJoin(attempt, eq(attempt.id, attemptItem.attemptId))
    .innerJoin(bankItem, eq(bankItem.id, attemptItem.itemId))
    .where(and(...waits, eq(bankItem.kind, 'short-answer'), eq(bankItem.status, 'retired')))
}

/** Handed in, not withdrawn, and with possible points only. */
const waits = [
  isNotNull(attempt.handedAt),
  eq(attemptItem.withdrawn, false),
  isNotNull(attemptItem.possible),
  isNull(attemptItem.earned),
]

async function load(db: Database, session: Session, ...which: SQL[]): Promise<WaitingAnswer[]> {
  const tested = await itemsBeingTested(db, session.person.id)
  const his = [trainedBy(session), ne(attempt.personId, session.person.id)]
  const rows = await db
    .select({ row: attemptItem })
    .from(attemptItem)
    .innerJoin(attempt, eq(attempt.id, attemptItem.attemptId))
    .innerJoin(bankItem, eq(bankItem.id, attemptItem.itemId))
    .innerJoin(person, eq(person.id, attempt.personId))
    .where(and(...waits, eq(bankItem.kind, 'short-answer'), eq(bankItem.status, 'active'), ...his, ...which))

  const waiting = await Promise.all(
    rows.map(async ({ row }) => {
      if (tested.has(row.itemId)) return []
      const item = await itemAt(row.itemId, row.itemRevision)
      const answer = answerIn(row.answer)
      if (item?.kind !== 'short-answer' || answer?.kind !== 'short-answer') return []
      const marks = await marksOf(db, row.attemptId, row.itemId)
      return [{ attempt: row.attemptId, person: row.personId, item, text: answer.text, marks }]
    }),
  )
  return waiting.flat().sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
}

/** By item, so that one is graded after the other; then by the random end of the attempt's id. */
const orderOf = ({ item, attempt: id }: WaitingAnswer) => `${item.id} ${id.slice(-12)}`

/** The marks of an answer, the first first. */
export function marksOf(db: Database, attemptId: string, itemId: string): Promise<Mark[]> {
  return db
    .select()
    .from(shortAnswerMark)
    .where(and(eq(shortAnswerMark.attemptId, attemptId), eq(shortAnswerMark.itemId, itemId)))
    .orderBy(asc(shortAnswerMark.at), asc(shortAnswerMark.graderId))
}
