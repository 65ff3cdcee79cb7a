// Answering a check beside a lesson: grade it, keep it in the record if somebody is signed in, say why.
import { eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { now } from '#clock.server.ts'
import { askedBy, type StudiedLesson } from '#course/asked.server.ts'
import { itemsOf } from '#course/library.server.ts'
import { heldUp } from '#course/pace.server.ts'
import { settle } from '#course/study.server.ts'
import { read } from '#db/database.server.ts'
import { evidence } from '#db/schema/record.ts'
import type { Session } from '#people/session.ts'
import { feedbackOn, sentFields } from '#quiz/feedback.ts'
import { grade } from '#quiz/grade.ts'
import { guessing } from '#quiz/guessing.ts'
import { answerFromForm } from '#quiz/kinds/registry.ts'
import type { Answer, Feedback, Item } from '#quiz/question.ts'
import { evidenceId } from '#record/evidence/collect.ts'
import { record } from '#record/record.server.ts'
import { Refusal } from '#refusal.ts'

/**
 * Takes a posted answer. Incomplete ones are not recorded; without a session the feedback is given and nothing kept.
 * @throws Refusal if lesson or item is unknown or withdrawn, or the form is malformed.
 */
export async function answerQuestion(session: Session | null, form: FormData): Promise<Feedback> {
  const lesson = await askedBy(String(form.get('lesson') ?? ''))
  const item = await itemOf(lesson, String(form.get('item') ?? ''))
  const sent = answerFromForm(item.kind, form)
  if ('type' in sent) return feedbackOn(item, null, sent, form, unkept)
  const graded = grade(item, sent)
  if (graded.type !== 'graded') return feedbackOn(item, sent, graded, form, unkept)

  const section = lesson.placeOf.get(item.id) ?? null
  if (!session)
    return feedbackOn(item, sent, graded, form, {
      ...unkept,
      section,
      note: '没有登录，这一次不计入学习记录。',
    })
  const event = eventIdIn(form)
  const wait = await heldUp(session.person.id, item, event, now().getTime())
  if (wait > 0) return { type: 'too-soon', seconds: wait, sent: sentFields(form) }
  await record({
    kind: 'question-answered',
    id: event,
    person: session.person.id,
    at: now().toISOString(),
    lesson: lesson.id,
    edition: lesson.edition,
    item: item.id,
    itemRevision: item.revision,
    mode: 'practice',
    answer: sent satisfies Answer,
    earned: graded.earned,
    possible: graded.possible,
    indicator: item.indicator,
    difficulty: item.difficulty,
    guessing: guessing(item),
  })
  const finished = graded.earned < graded.possible ? null : await settle(session.person.id, lesson)
  const firstTry = await isEvidence(event)
  const note = sayNext(firstTry, finished !== null)
  return feedbackOn(item, sent, graded, form, { section, firstTry, note, event })
}

/** Nothing of it is in the record. */
const unkept = { section: null, firstTry: false, note: '', event: null }

/** The try's own id, made in the browser; a page without script has none. */
export function eventIdIn(form: FormData): string {
  const sent = form.get('event')
  if (sent === null || sent === '') return v7()
  if (typeof sent === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(sent)) return sent
  throw new Refusal('invalid', '这次提交的编号不对，没有记录。', '请刷新页面后再答一次。')
}

async function itemOf(lesson: StudiedLesson, itemId: string): Promise<Item> {
  const item = (await itemsOf(lesson.revision)).get(itemId)
  if (!item) throw new Refusal('not-found', '这一课里没有这道题。', '课文可能更新过，请刷新页面。')
  return item
}

/** True if the answer counts as evidence; otherwise it is review. */
export async function isEvidence(event: string): Promise<boolean> {
  const rows = await read
    .select({ id: evidence.id })
    .from(evidence)
    .where(eq(evidence.id, evidenceId(event)))
  return rows.length > 0
}

function sayNext(firstTry: boolean, finished: boolean): string {
  if (finished) return '这一课学完了，学时已经记下。'
  return sayTry(firstTry)
}

/** What a try counts for, said to the learner. */
export const sayTry = (firstTry: boolean) =>
  firstTry ? '' : '这道题半年内答过，这一次算复习，不改变能力估计。'
