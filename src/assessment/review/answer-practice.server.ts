// Answering a question of the open bank for practice: the same door as a check beside a lesson, without a lesson.
import { availableItems, sourcesNow } from '#assessment/bank/bank.server.ts'
import { sectionWith } from '#assessment/bank/drift.ts'
import { itemsBeingTested } from '#assessment/review/answers.server.ts'
import { isPractisable } from '#assessment/review/practice.server.ts'
import { now } from '#clock.server.ts'
import { eventIdIn, isEvidence, sayTry } from '#course/answer.server.ts'
import { heldUp } from '#course/pace.server.ts'
import { read } from '#db/database.server.ts'
import type { Session } from '#people/session.ts'
import { feedbackOn, sentFields } from '#quiz/feedback.ts'
import { grade } from '#quiz/grade.ts'
import { guessing } from '#quiz/guessing.ts'
import { answerFromForm } from '#quiz/kinds/registry.ts'
import type { Feedback, Item } from '#quiz/question.ts'
import { record } from '#record/record.server.ts'
import { Refusal } from '#refusal.ts'

/**
 * Takes a posted answer; incomplete ones are not recorded.
 * @throws Refusal `signed-out`; `not-found` if the open bank does not hold the item today; `closed` while it is in a test
 * that this person is taking; `invalid` if the form is malformed.
 */
export async function answerPractice(session: Session | null, form: FormData): Promise<Feedback> {
  if (!session) throw new Refusal('signed-out', '登录已经过期。', '请重新登录，再答一次。')
  const person = session.person.id
  const item = await openItem(String(form.get('item') ?? ''))
  if ((await itemsBeingTested(read, person)).has(item.id))
    throw new Refusal('closed', '这道题在你正在做的测评里。', '交卷以后再练。')
  const sent = answerFromForm(item.kind, form)
  const unkept = { section: null, firstTry: false, note: '', event: null }
  if ('type' in sent) return feedbackOn(item, null, sent, form, unkept)
  const graded = grade(item, sent)
  if (graded.type !== 'graded') return feedbackOn(item, sent, graded, form, unkept)
  const event = eventIdIn(form)
  const wait = await heldUp(person, item, event, now().getTime())
  if (wait > 0) return { type: 'too-soon', seconds: wait, sent: sentFields(form) }
  const walked = item.kind === 'scenario' || item.kind === 'procedure'
  await record({
    kind: 'question-answered',
    ...{ id: event, person, at: now().toISOString(), lesson: null, edition: null },
    ...{ item: item.id, itemRevision: item.revision },
    ...(walked ? { itemKind: item.kind } : {}),
    ...{ mode: 'practice', answer: sent, earned: graded.earned, possible: graded.possible },
    ...{ indicator: item.indicator, difficulty: item.difficulty, guessing: guessing(item) },
  })
  const firstTry = await isEvidence(event)
  const section = await placeIn(item)
  return feedbackOn(item, sent, graded, form, { section, firstTry, note: sayTry(firstTry), event })
}

async function openItem(id: string): Promise<Item> {
  const found = (await availableItems({ secure: false })).find((one) => one.id === id)
  if (!found || !isPractisable(found))
    throw new Refusal('not-found', '这道题现在不能练。', '它可能停用了，或正在核对原文。请换一题。')
  return found.item
}

/** The section of its source in which the passage stands. */
async function placeIn({ source, passage }: Item): Promise<string | null> {
  const text = (await sourcesNow()).get(source ?? '')
  return text?.open ? sectionWith(text, passage) : null
}
