// The forms of a test, as a page without script sends them: each leads to the next address.
import { z } from 'astro/zod'
import { findAttempt, noAttempt } from '#assessment/attempt/attempt.server.ts'
import { SentFields } from '#assessment/attempt/draft.ts'
import { handIn } from '#assessment/attempt/hand-in.server.ts'
import { goOn } from '#assessment/attempt/next.server.ts'
import { filledIn } from '#assessment/attempt/own-fields.ts'
import { save, sentByForm } from '#assessment/attempt/save.server.ts'
import { startAttempt, type StartForm } from '#assessment/attempt/start.server.ts'
import { read } from '#db/database.server.ts'
import type { Session } from '#people/session.ts'

export type Leads = { next: string }

const home = (assessment: string) => `/assessments/${assessment}`
const resultsOf = (assessment: string, attempt: string, more = '') =>
  `${home(assessment)}/results?attempt=${attempt}${more}`

/** Begins a test or goes on with it. @throws as `startAttempt`. */
export async function startByForm(session: Session, form: z.infer<typeof StartForm>): Promise<Leads> {
  const { resumed } = await startAttempt(session, form)
  return { next: `${home(form.assessment)}/attempt${resumed ? '?resumed' : ''}` }
}

const Going = z.object({
  attempt: z.string().max(80),
  item: z.string().max(80),
  /** Position of the question. */
  position: z.coerce.number().int().min(1).max(1_000).catch(1),
  /** Where to: a position, `prev`, `next`, `stay`, or `confirm` before handing in. */
  go: z.string().max(10).catch('stay'),
})

/** Saves the question of a page and leads to another one. @throws Refusal `not-found`. */
export async function answerByForm(session: Session, form: FormData): Promise<Leads> {
  const person = session.person.id
  const asked = Going.safeParse(Object.fromEntries(form))
  if (!asked.success || !SentFields.safeParse(filledIn(form).fields).success) throw noAttempt()
  const { attempt: id, item, position, go } = asked.data
  const attempt = await findAttempt(read, person, id)
  if (!attempt) throw noAttempt()
  const { fields, marked } = filledIn(form)
  const sent = sentByForm(id, item, SentFields.parse(fields), marked)
  const page = `${home(attempt.assessmentId)}/attempt`
  if (attempt.blueprint.form === 'adaptive' && go === 'next') {
    const next = await goOn(person, sent)
    if (next.type === 'ended') return { next: resultsOf(attempt.assessmentId, id, '&ended') }
    return { next: next.type === 'incomplete' ? `${page}?missing` : page }
  }
  const saved = await save(person, sent)
  if (saved.handed)
    return { next: resultsOf(attempt.assessmentId, id, saved.outcome === 'late' ? '&late' : '') }
  if (go === 'confirm') return { next: `${page}?confirm&at=${position}` }
  const to = go === 'prev' ? position - 1 : go === 'next' ? position + 1 : Number(go) || position
  return { next: `${page}?at=${Math.max(1, to)}` }
}

export const HandInForm = z.object({ attempt: z.string().max(80) })

/** Hands in what is saved. @throws Refusal `not-found`. */
export async function handInByForm(
  session: Session,
  { attempt: id }: z.infer<typeof HandInForm>,
): Promise<Leads> {
  const { assessmentId } = await handIn(session.person.id, id)
  return { next: resultsOf(assessmentId, id) }
}
