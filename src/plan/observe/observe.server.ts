// A trainer or supervisor records what he saw somebody do, against the anchors of the model; and takes it back.
import { and, eq, isNotNull } from 'drizzle-orm'
import { v7 } from 'uuid'
import type { z } from 'astro/zod'
import { now } from '#clock.server.ts'
import { dayAfter, dayOf } from '#day.ts'
import { read } from '#db/database.server.ts'
import { event as eventTable } from '#db/schema/record.ts'
import { WrongField } from '#people/roster/wrong-field.ts'
import type { Session } from '#people/session.ts'
import { reasons, type ObserveForm, type TakeBackForm } from '#plan/observe/forms.ts'
import { mayObserve } from '#plan/observe/observable.server.ts'
import { indicatorsOf } from '#record/capability/model.ts'
import { modelInUse } from '#record/capability/model.server.ts'
import { dayWord, levelWord } from '#record/capability/words.ts'
import type { EventOf, Recorded } from '#record/events/event.ts'
import { fromRow, record } from '#record/record.server.ts'
import { Refusal } from '#refusal.ts'

/** What was seen longer ago is remembered rather than observed. */
const mostDaysAgo = 365

/** The earliest and the latest day that can be chosen. */
export function observableDays(): { first: string; last: string } {
  const last = dayOf(now().toISOString())
  return { first: dayAfter(last, -mostDaysAgo), last }
}

/**
 * Records one thing seen. The same thing sent twice is stored once.
 * @returns the id of the event.
 * @throws Refusal `not-yours` for oneself or whom one was not over on that day, `not-found` for an indicator that the model in
 * force has not; `already-done` if one has recorded another thing of this person, indicator and day; WrongField for a day
 * that is out of reach.
 */
export async function observe(session: Session, form: z.infer<typeof ObserveForm>): Promise<string> {
  const { person, indicator, level, observedOn, note } = form
  const { first, last } = observableDays()
  if (observedOn > last) throw new WrongField('observedOn', 'invalid', '这一天还没有到。', '选看到的那一天。')
  if (observedOn < first)
    throw new WrongField('observedOn', 'invalid', '这一天过去一年多了。', '记一年以内看到的。')
  if (!(await mayObserve(session, person, observedOn)))
    throw new Refusal(
      'not-yours',
      '这一天你不在这个人的单位带班或管培训。',
      '核对日子；自己的实务请别人来记。',
    )
  if (indicatorsOf(modelInUse().model).every(({ id }) => id !== indicator))
    throw new Refusal('not-found', '现在的能力模型里没有这一项。', '请重新选一项。')
  const seen = { indicator, level, rater: session.person.id, observedOn, note }
  const at = now().toISOString()
  const { id, repeated } = await record({ kind: 'practice-observed', id: v7(), person, at, ...seen })
  if (!repeated) return id
  const there = await observationOf(session.person.id, id)
  if (there?.level === level && there.note === note) return id
  throw new Refusal(
    'already-done',
    `${dayWord(observedOn)}这一项你已经记过${there ? levelWord(there.level) : ''}，没有再记。`,
    '同一天同一项只记一次；要改，先到“实务观察”里撤回那一条。',
  )
}

/** An observation of a rater that was stored, or null: not there, not his, or erased. */
export async function observationOf(
  rater: string,
  eventId: string,
): Promise<Recorded<EventOf<'practice-observed'>> | null> {
  const [row] = await read
    .select()
    .from(eventTable)
    .where(and(eq(eventTable.id, eventId), isNotNull(eventTable.payload)))
  const event = row ? fromRow(row) : null
  return event?.kind === 'practice-observed' && event.rater === rater ? event : null
}

/**
 * Takes an observation of one's own back: it stays in the record, counts no more and may be recorded again.
 * @throws Refusal `not-found` if it is not one's own, `already-done` if it was taken back.
 */
export async function takeBackObservation(
  session: Session,
  { event, reason }: z.infer<typeof TakeBackForm>,
): Promise<void> {
  const correctedBy = session.person.id
  const seen = await observationOf(correctedBy, event)
  if (!seen) throw new Refusal('not-found', '没有找到你记的这一条。', '它可能是别人记的。')
  const { repeated } = await record({
    kind: 'event-corrected',
    ...{ id: v7(), person: seen.person, at: now().toISOString() },
    ...{ corrects: event, reason: `记的人撤回：${reasons[reason]}。`, correctedBy },
  })
  if (repeated) throw new Refusal('already-done', '这一条已经撤回过了。')
}
