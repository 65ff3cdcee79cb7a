// Answers a remark: from then on its giver sees the answer at its address, and everybody among the answers.
import { and, eq, isNull } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { libraryChanged } from '#course/library-change.server.ts'
import { write, type Database } from '#db/database.server.ts'
import { document } from '#db/schema/library.ts'
import { feedback } from '#db/schema/people.ts'
import { noteAct } from '#people/audit.server.ts'
import { WrongField } from '#people/roster/wrong-field.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'
import type { AnswerFeedbackForm } from '#studio/readers/forms.ts'

/** Stored pages that show answers have this tag. */
export const answersTag = 'feedback'

type Row = typeof feedback.$inferSelect

/**
 * Answers, or words an answer anew; what was ticked as mended stays so.
 * @throws Refusal if there is none, or somebody else has just answered; WrongField if nothing was mended yet.
 */
export async function answerFeedback(by: Session, sent: AnswerFeedbackForm): Promise<void> {
  await write(async (tx) => {
    const [found] = await tx.select().from(feedback).where(eq(feedback.id, sent.remark))
    if (!found) throw new Refusal('not-found', '没有找到这条意见。', '请从读者意见里重新进入。')
    const changedIn = found.changedIn ?? (sent.changed ? await mendedIn(tx, found) : null)
    const before =
      sent.answeredAt === '' ? isNull(feedback.answeredAt) : eq(feedback.answeredAt, sent.answeredAt)
    const answered = await tx
      .update(feedback)
      .set({ answer: sent.answer, answeredBy: by.person.id, answeredAt: now().toISOString(), changedIn })
      .where(and(eq(feedback.id, sent.remark), before))
      .returning({ id: feedback.id })
    if (answered.length === 0)
      throw new Refusal('already-done', '别人刚刚答复了这条意见。', '请刷新页面，看过再改。')
    await noteAct(tx, by.person.id, 'feedback-answered', sent.remark, { changed: changedIn !== null })
  })
  libraryChanged(answersTag)
}

/** The revision in which it was mended: what readers see now, if that is another than the one of the remark. */
async function mendedIn(tx: Database, { documentId, revisionId }: Row): Promise<string> {
  const [row] = await tx
    .select({ published: document.publishedRevisionId })
    .from(document)
    .where(eq(document.id, documentId ?? ''))
  if (!row?.published)
    throw new WrongField('changed', 'invalid', '这一页不是馆藏，没有修订。', '改好了，请写在答复里。')
  if (row.published === revisionId)
    throw new WrongField(
      'changed',
      'invalid',
      '读者看到的还是他说的那一稿。',
      '请先发布改好的内容，再勾“已经改好”。',
    )
  return row.published
}
