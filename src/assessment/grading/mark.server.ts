// A grader gives points. Two give them without seeing each other's; if they agree, the points are stored. If not, both
// see what the other gave: either may revise his own with a reason, or a third settles it. Nobody decides alone on what he
// disagreed about, and nobody grades his own answer.
import { and, eq } from 'drizzle-orm'
import { storeGraded } from '#assessment/attempt/graded.server.ts'
import { agree } from '#assessment/grading/agree.ts'
import { readMark } from '#assessment/grading/mark-form.ts'
import { marksOf, waitingAt, type WaitingAnswer } from '#assessment/grading/waiting.server.ts'
import { now } from '#clock.server.ts'
import { read, write, type Database } from '#db/database.server.ts'
import { shortAnswerMark } from '#db/schema/assessment.ts'
import { noteAct } from '#people/audit.server.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'

/** What came of a mark: it waits for another, two disagree, or the points are in the record. */
export type MarkOutcome = 'waiting' | 'disagreed' | 'stored'

/**
 * Gives the points of this grader: the first, the second, or as a third what settles it.
 * @throws Refusal `not-yours` if no such answer waits for him, `already-done` if he has given his or two others agree; and
 * as `readMark`.
 */
export async function giveMark(session: Session, form: FormData): Promise<MarkOutcome> {
  await requireWaiting(read, session, form)
  const waiting = await write(async (tx) => {
    const found = await requireWaiting(tx, session, form)
    const graderId = session.person.id
    if (found.marks.some((mark) => mark.graderId === graderId))
      throw new Refusal('already-done', '这份答案你已经评过，没有再记。', '评下一份就行。')
    const settles = found.marks.length >= 2
    // Who was about to give the second sees what is asked of him now.
    if (settles && form.get('settles') !== 'yes')
      throw new Refusal('already-done', '刚刚已经有两位评过这份答案，没有记你的分。', '评下一份就行。')
    const sent = readMark(form, found.item.rubric, settles)
    await tx.insert(shortAnswerMark).values({
      ...{ attemptId: found.attempt, itemId: found.item.id, personId: found.person, graderId, settles },
      ...{ ...sent, at: now().toISOString() },
    })
    return found
  })
  return storeIfAgreed(waiting)
}

/**
 * Changes the points of one of two who disagree, with a reason; what they were stays in the audit log.
 * @throws Refusal `not-yours`, `already-done` if there is nothing to revise; and as `readMark`.
 */
export async function reviseMark(session: Session, form: FormData): Promise<MarkOutcome> {
  await requireWaiting(read, session, form)
  const waiting = await write(async (tx) => {
    const found = await requireWaiting(tx, session, form)
    const graderId = session.person.id
    const own = found.marks.find((mark) => mark.graderId === graderId)
    if (!own || agree(found.marks, found.item.rubric).type !== 'disagreed')
      throw new Refusal('already-done', '这份答案没有要改的分。', '请刷新页面再看。')
    const sent = readMark(form, found.item.rubric, true)
    const { attempt, item } = found
    await tx
      .update(shortAnswerMark)
      .set({ ...sent, at: now().toISOString() })
      .where(
        and(
          eq(shortAnswerMark.attemptId, attempt),
          eq(shortAnswerMark.itemId, item.id),
          eq(shortAnswerMark.graderId, graderId),
        ),
      )
    await noteAct(tx, graderId, 'mark-revised', item.id, { attempt, before: own.points })
    return found
  })
  return storeIfAgreed(waiting)
}

/** Asked once before the job too: then the item is in memory, and the job awaits nothing but its own statements. */
async function requireWaiting(tx: Database, session: Session, form: FormData): Promise<WaitingAnswer> {
  const [attempt, item] = [String(form.get('attempt') ?? ''), String(form.get('item') ?? '')]
  const found = await waitingAt(tx, session, attempt, item)
  if (!found) throw new Refusal('not-yours', '这份答案不在等你评分。', '可能已经评完，或题目停用了。')
  return found
}

/** Stores the points of an answer on which its graders agree; whoever comes after a crash in between does it then. */
export async function storeIfAgreed(answer: WaitingAnswer): Promise<MarkOutcome> {
  const { attempt, person, item } = answer
  const agreed = agree(await marksOf(read, attempt, item.id), item.rubric)
  if (agreed.type !== 'agreed') return agreed.type
  await storeGraded({ id: attempt, personId: person }, item.id, agreed.earned, agreed.possible)
  return 'stored'
}
