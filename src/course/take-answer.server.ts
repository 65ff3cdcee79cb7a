// An answer as the script of a page sends it: the fields of the form, and for whom it was given.
import { z } from 'astro/zod'
import { answerQuestion } from '#course/answer.server.ts'
import { requireOwner } from '#course/owner.server.ts'
import type { Session } from '#people/session.ts'
import type { Feedback } from '#quiz/question.ts'
import { Refusal } from '#refusal.ts'

const Sent = z.strictObject({
  /** Mark of the person who answered; missing where the page did not know of any. */
  owner: z.string().max(40).optional(),
  /** Names and values of the form, in order; a name may come more than once. */
  fields: z.array(z.tuple([z.string().max(100), z.string().max(4_000)])).max(100),
})

/**
 * Takes an answer like the posted form. One that waited in the browser goes into the record of the person who gave it,
 * or nowhere: meanwhile somebody else may be signed in, or nobody.
 * @param answer takes it: where answers are also taken that have no lesson, whoever knows those.
 * @throws Refusal `signed-out` then, `invalid` if it is malformed, and as `answer`.
 */
export async function takeAnswer(
  session: Session | null,
  body: unknown,
  answer: typeof answerQuestion = answerQuestion,
): Promise<Feedback> {
  const sent = Sent.safeParse(body)
  if (!sent.success) throw new Refusal('invalid', '收到的答案不完整，没有记录。', '请刷新页面后再答一次。')
  const { owner, fields } = sent.data
  if (owner !== undefined) requireOwner(session?.person.id ?? null, owner)
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  return answer(session, form)
}
