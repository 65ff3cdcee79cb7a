// Objections of a person to refused time, to the points of an answer or to a cell of the map. Nothing changes by
// itself: an objection waits until a training officer answers it (see course/settle-dispute.server.ts).
import { and, count, desc, eq, gte, inArray, isNotNull, isNull } from 'drizzle-orm'
import { v7 } from 'uuid'
import { now } from '#clock.server.ts'
import { read, write, type Database } from '#db/database.server.ts'
import { dispute, event, refusedTime } from '#db/schema/record.ts'
import { indicatorsOf } from '#record/capability/model.ts'
import { modelInUse } from '#record/capability/model.server.ts'
import { disputeWords, readAbout, type Disputed } from '#record/dispute.ts'
import type { EventOf, Recorded } from '#record/events/event.ts'
import { onceKey } from '#record/events/effective.ts'
import { fromRow } from '#record/record.server.ts'
import { Refusal } from '#refusal.ts'

export type Dispute = typeof dispute.$inferSelect

/** What a person sends: about what, the reason chosen, and more words. Both may be missing, but not together. */
export type Objection = { about: string; reason?: string | undefined; text?: string | undefined }

const again = '请回到学习记录，从那一条下面提出。'

/**
 * Files an objection.
 * @throws Refusal `invalid` if it says nothing or is about nothing, `not-found` if that is not the person's own,
 * `already-done` if one waits for its answer, or nothing is left to be changed.
 */
export async function fileDispute(personId: string, { about, reason, text }: Objection): Promise<void> {
  const disputed = readAbout(about)
  if (!disputed) throw new Refusal('invalid', '没有认出是对哪一条的异议。', again)
  const words = disputeWords(disputed.kind, reason ?? '', text ?? '')
  if (words === '') throw new Refusal('invalid', '还没有写内容。', '请选一个理由，或写几句当时的情况。')
  if (words.includes('\0')) throw new Refusal('invalid', '里面有看不见的字符。', '请删去后再提交。')
  if ((text ?? '').length > 1000) throw new Refusal('invalid', '写得太长了。', '请写在一千字以内。')
  const row = { id: v7(), personId, about, text: words, at: now().toISOString() }
  await write(async (tx) => {
    await requireDisputable(tx, personId, disputed)
    const same = and(eq(dispute.personId, personId), eq(dispute.about, about), isNull(dispute.answeredAt))
    if ((await tx.select({ id: dispute.id }).from(dispute).where(same)).length > 0) {
      throw new Refusal(
        'already-done',
        '这一条已经提出过，正在等答复。',
        '答复会写在学习记录的“我的异议”里。',
      )
    }
    await tx.insert(dispute).values(row)
  })
}

/**
 * True if an answer did not get full points, as far as the person may know: of the answers to a test none is told here to be
 * right or wrong, so each may be objected to.
 */
export const mayLackPoints = (answer: {
  mode: string
  attempt?: string | undefined
  earned: number
  possible: number
}) => answer.mode === 'test' || answer.attempt !== undefined || answer.earned < answer.possible

async function requireDisputable(tx: Database, personId: string, { kind, id }: Disputed) {
  const notThere = () => new Refusal('not-found', '这一条不在你的记录里。', again)
  if (kind === 'cell') {
    if (indicatorsOf(modelInUse().model).every((indicator) => indicator.id !== id)) throw notThere()
  } else if (kind === 'time') {
    const left = await refusedSeconds(tx, personId, id)
    if (left === null) throw notThere()
    if (left === 0) throw new Refusal('already-done', '这一段已经全部补回，不用再提。')
  } else {
    const found = await answerIn(tx, personId, id)
    if (!found) throw notThere()
    if (found.corrected) throw new Refusal('already-done', '这一条已经更正过，不用再提。')
    if (!mayLackPoints(found.answer)) throw new Refusal('invalid', '这道题已经得了满分，不用提出异议。')
  }
}

/** Seconds of a visit that are refused still; null if none ever were, or it is another person's. */
export async function refusedSeconds(
  tx: Database,
  personId: string,
  eventId: string,
): Promise<number | null> {
  const mine = and(eq(refusedTime.personId, personId), eq(refusedTime.eventId, eventId))
  const rows = await tx.select({ seconds: refusedTime.seconds }).from(refusedTime).where(mine)
  return rows.length === 0 ? null : rows.reduce((sum, { seconds }) => sum + seconds, 0)
}

/** An answer of a person with what it was worth, and whether it was taken back; null if it is not there. */
export async function answerIn(
  tx: Database,
  personId: string,
  eventId: string,
): Promise<{ answer: Recorded<EventOf<'question-answered'>>; corrected: boolean } | null> {
  const found = await eventIn(tx, personId, eventId)
  if (found?.kind !== 'question-answered') return null
  return { answer: found, corrected: (await takenBack(tx, [eventId])).has(eventId) }
}

/** An event of a person; null if it is not there, not this person's, or erased. */
export async function eventIn(tx: Database, personId: string, eventId: string): Promise<Recorded | null> {
  const mine = and(eq(event.personId, personId), eq(event.id, eventId), isNotNull(event.payload))
  const [row] = await tx.select().from(event).where(mine)
  return row ? fromRow(row) : null
}

/** Which of these events were taken back by a correction. */
export async function takenBack(db: Database, eventIds: readonly string[]): Promise<Set<string>> {
  const keys = new Map(eventIds.map((id) => [correctionOf(id), id]))
  const rows = await db
    .select({ once: event.once })
    .from(event)
    .where(inArray(event.once, [...keys.keys()]))
  return new Set(rows.flatMap(({ once }) => keys.get(once ?? '') ?? []))
}

const correctionOf = (corrects: string) =>
  onceKey({ kind: 'event-corrected', corrects } as EventOf<'event-corrected'>) ?? ''

/** How many objections a person has made. */
export async function countDisputes(personId: string): Promise<number> {
  const [found] = await read.select({ all: count() }).from(dispute).where(eq(dispute.personId, personId))
  return found?.all ?? 0
}

/** Objections of a person, newest first; so many of them, from a place on. */
export function disputesOf(personId: string, limit = -1, offset = 0): Promise<Dispute[]> {
  return read
    .select()
    .from(dispute)
    .where(eq(dispute.personId, personId))
    .orderBy(desc(dispute.at), desc(dispute.id))
    .limit(limit)
    .offset(offset)
}

/** Objections of a person to some things, newest first. */
export function disputesAbout(personId: string, abouts: readonly string[]): Promise<Dispute[]> {
  return read
    .select()
    .from(dispute)
    .where(and(eq(dispute.personId, personId), inArray(dispute.about, [...abouts])))
    .orderBy(desc(dispute.at), desc(dispute.id))
}

/** How many objections of a person were answered within the last 30 days. */
export async function answeredLately(personId: string): Promise<number> {
  const since = new Date(now().getTime() - 30 * 86_400_000).toISOString()
  const answered = and(eq(dispute.personId, personId), gte(dispute.answeredAt, since))
  const [found] = await read.select({ all: count() }).from(dispute).where(answered)
  return found?.all ?? 0
}
