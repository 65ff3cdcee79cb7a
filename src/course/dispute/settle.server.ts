// A training officer answers an objection. What it changes follows from events alone: time given back counts from the
// event that holds the answer; a grade that was wrong is taken back, and the answer is graded anew in its place; observations that the
// officer ticks are taken back, and the map is drawn without them.
import { eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { now } from '#clock.server.ts'
import { grantedSeconds, type SettleForm } from '#course/dispute/settle-form.ts'
import { answersTo } from '#course/dispute/scope.server.ts'
import { settleIfPublished } from '#course/study.server.ts'
import { write, type Database } from '#db/database.server.ts'
import { dispute } from '#db/schema/record.ts'
import { noteAct } from '#people/audit.server.ts'
import { WrongField } from '#people/roster/wrong-field.ts'
import type { Session } from '#people/session.ts'
import { answerIn, eventIn, refusedSeconds, takenBack, type Dispute } from '#record/dispute.server.ts'
import { readAbout } from '#record/dispute.ts'
import type { Event, EventOf, Recorded } from '#record/events/event.ts'
import { passes } from '#record/hours/credit-test.ts'
import { tryWith } from '#record/hours/tries.server.ts'
import { recordIn } from '#record/record.server.ts'
import { versionsInForce } from '#record/versions.server.ts'
import { Refusal } from '#refusal.ts'

/** What an answer changes: the events that follow from it, and the lesson that may now be finished. */
type Change = {
  granted?: EventOf<'dispute-settled'>['granted']
  then: Event[]
  lesson: string | null
}

type Common = Pick<Event, 'id' | 'person' | 'at'>

/**
 * Answers an objection, once; afterwards the lesson is finished if nothing is missing any more.
 * @param newId gives ids for the events; the demo brings its own.
 * @throws Refusal if it is not there or of another's units, the officer's own, answered already, or about something
 * that was put right meanwhile; WrongField if more is given back than was refused, or observations are ticked that are not of
 * this person and cell, do not stand any more, or in an answer that declines.
 */
export async function settleDispute(
  session: Session,
  form: SettleForm,
  newId: () => string = v7,
): Promise<void> {
  const inForce = await versionsInForce()
  const by = session.person.id
  const settled = await write(async (tx) => {
    const found = await openDispute(tx, session, form.dispute)
    const { id, personId, about } = found
    const at = now().toISOString()
    const common = () => ({ id: newId(), person: personId, at })
    const { outcome, answer } = form
    refuseStrayTicks(found, form)
    const change = outcome === 'upheld' ? await changeFor(tx, found, form, common, by) : nothing
    const { granted, then, lesson } = change
    const event: Event = {
      kind: 'dispute-settled',
      ...{ ...common(), dispute: id, about, outcome, answer, settledBy: by },
      ...(granted && { granted }),
    }
    const { id: eventId } = await recordIn(tx, event, inForce)
    for (const one of then) await recordIn(tx, one, inForce)
    await tx
      .update(dispute)
      .set({ outcome, answer, answeredAt: at, answeredBy: by, eventId })
      .where(eq(dispute.id, id))
    await noteAct(tx, by, 'dispute-settled', personId, { dispute: id, outcome })
    return { personId, lesson }
  })
  if (settled.lesson !== null) await settleIfPublished(settled.personId, settled.lesson)
}

const nothing: Change = { then: [], lesson: null }

async function openDispute(tx: Database, session: Session, id: string): Promise<Dispute> {
  const [found] = await tx.select().from(dispute).where(eq(dispute.id, id))
  if (!found || !(await answersTo(tx, session, found.personId)))
    throw new Refusal('not-yours', '没有找到这条异议。', '它可能不在你管理的单位。')
  if (found.personId === session.person.id)
    throw new Refusal('invalid', '自己的异议不能自己答复。', '请另一位培训管理员答复。')
  if (found.answeredAt !== null)
    throw new Refusal('already-done', '这条异议已经答复过，没有再改。', '答复在这一页下面。')
  return found
}

/** What follows if the objection is upheld. */
async function changeFor(
  tx: Database,
  { personId, about }: Dispute,
  { minutes, observations = [], answer: reason }: SettleForm,
  common: () => Common,
  by: string,
): Promise<Change> {
  const disputed = readAbout(about)
  if (disputed?.kind === 'time') {
    const left = (await refusedSeconds(tx, personId, disputed.id)) ?? 0
    const visit = await eventIn(tx, personId, disputed.id)
    if (left === 0 || visit?.kind !== 'segment-studied') throw putRight('这段时间已经补回或更正过')
    const { lesson, edition } = visit
    return { granted: { lesson, edition, seconds: grantedSeconds(minutes, left) }, then: [], lesson }
  }
  if (disputed?.kind === 'cell') {
    const out = await observationsTicked(tx, personId, disputed.id, observations)
    return { then: out.map((one) => takeBack(one, common(), by, shortened(reason))), lesson: null }
  }
  if (disputed?.kind !== 'answer') return nothing
  const found = await answerIn(tx, personId, disputed.id)
  if (!found || found.corrected) throw putRight('这条答题记录已经更正过')
  const { answer } = found
  if (answer.earned >= answer.possible) throw putRight('这道题当时就得了满分')
  const full = { ...claimed(answer), earned: answer.possible }
  const regrades = { event: answer.id, effectiveAt: answer.effectiveAt }
  const then = [
    takeBack(answer, common(), by, gradedAnew),
    { ...full, id: common().id, regrades },
    ...(await passedNow(tx, answer, common, by)),
  ]
  return { then, lesson: answer.lesson }
}

/** The event as it was claimed, without what the record added. */
function claimed<E extends Event>({ receivedAt: _, effectiveAt: _e, ...event }: Recorded<E>) {
  return event
}

const gradedAnew = '异议成立，原来的判分撤回，按满分重新记一条。'

/** The answer as the reason of a correction, which holds 500 signs; the whole of it stands in the event before. */
const shortened = (answer: string) =>
  answer.length <= 500 ? answer : `${answer.slice(0, 498).toWellFormed()}……`

function refuseStrayTicks({ about }: Dispute, { outcome, observations = [] }: SettleForm) {
  if (observations.length === 0) return
  if (readAbout(about)?.kind !== 'cell')
    throw new Refusal('invalid', '只有对图谱的异议才更正实务观察。', '请回到这一页，重新答复这一条。')
  if (outcome === 'declined')
    throw wrongTicks('选了“不成立”，又勾了要更正的观察。', '要更正就选“成立”，不更正就去掉勾。')
}

const wrongTicks = (message: string, hint: string) => new WrongField('observations', 'invalid', message, hint)

/** The observations with these ids, each once. */
async function observationsTicked(
  tx: Database,
  personId: string,
  indicator: string,
  ids: readonly string[],
): Promise<Recorded[]> {
  const seen = await Promise.all([...new Set(ids)].map((id) => eventIn(tx, personId, id)))
  const out = seen.filter((one) => one !== null)
  if (
    out.length < seen.length ||
    out.some((one) => one.kind !== 'practice-observed' || one.indicator !== indicator)
  )
    throw wrongTicks('勾了的里面有一条不是这个人这一项的实务观察。', '请从下面列出的里面勾。')
  const gone = await takenBack(tx, ids)
  if (gone.size > 0)
    throw wrongTicks('勾了的里面有一条已经撤回或更正过，没有再改。', '下面列出的是还在计入的。')
  return out
}

function takeBack({ id: corrects }: Event, common: Common, correctedBy: string, reason: string): Event {
  return { kind: 'event-corrected', ...common, corrects, reason, correctedBy }
}

/** The test of a course that this answer was part of, if the points that were missing make it passed. */
async function passedNow(
  tx: Database,
  answer: EventOf<'question-answered'>,
  common: () => Common,
  by: string,
): Promise<Event[]> {
  const tested = await tryWith(tx, answer)
  if (!tested || passes(tested)) return []
  // Every item is worth one point, whatever its kind.
  const earned = Math.min(tested.earned + 1 - answer.earned / answer.possible, tested.possible)
  const anew = { ...claimed(tested), id: common().id, earned: Math.round(earned * 1000) / 1000 }
  return passes(anew) ? [takeBack(tested, common(), by, gradedAnew), anew] : []
}

const putRight = (what: string) =>
  new Refusal('closed', `${what}，不用再改。`, '可以选“不成立”，在答复里说明已经改好。')
