// One door for answers with instant feedback: beside a lesson, or without one from the open bank.
import { answerPractice } from '#assessment/review/answer-practice.server.ts'
import { answerQuestion } from '#course/answer.server.ts'
import type { Session } from '#people/session.ts'
import type { Feedback } from '#quiz/question.ts'

/** Takes a posted answer; the field `lesson` is empty where there is none. @throws Refusal as either of them. */
export const answerAnywhere = (session: Session | null, form: FormData): Promise<Feedback> =>
  form.get('lesson') === '' ? answerPractice(session, form) : answerQuestion(session, form)
