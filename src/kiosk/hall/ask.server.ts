// A question to the hall: answered on phones or by hands that are counted. Kept are totals, and who has answered; not what.
import { createHmac } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import type { z } from 'astro/zod'
import { now } from '#clock.server.ts'
import { itemsOf, lessonById } from '#course/library.server.ts'
import { read, write, type Database } from '#db/database.server.ts'
import { hallAttendance, hallSession, hallTally, hallVote } from '#db/schema/hall.ts'
import { settings } from '#env.ts'
import { rowOf } from '#kiosk/hall/attendance.server.ts'
import { locate, noSession, requireRun } from '#kiosk/hall/find.server.ts'
import type { AnswerForm, AskForm, HandsForm } from '#kiosk/hall/forms.ts'
import { choiceOf, type Choice } from '#kiosk/hall/options.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'

export type HallQuestion = Choice & { item: string }

/** The checks of the lesson of a session that a hall can answer; none once the lesson is withdrawn. */
export async function questionsOf(lessonId: string | null): Promise<HallQuestion[]> {
  const lesson =
    lessonId === null
      ? null
      : await lessonById(lessonId).catch((error: unknown) => {
          if (error instanceof Refusal) return null
          throw error
        })
  if (!lesson) return []
  return [...(await itemsOf(lesson.revisionId))].flatMap(([item, full]) => {
    const choice = choiceOf(full)
    return choice ? [{ item, ...choice }] : []
  })
}

/** Puts a question on the screen and on the phones, or takes it away. @throws Refusal `not-yours`, `closed`, `not-found` */
export async function askHall(
  session: Session,
  { session: id, item }: z.infer<typeof AskForm>,
): Promise<void> {
  const { held } = await requireRun(read, session, id)
  const known = item === null || (await questionsOf(held.lessonId)).some((one) => one.item === item)
  if (!known) throw new Refusal('not-found', '这一课里没有这道题。', '请从列出的题里选。')
  await write((tx) => putQuestion(tx, id, item))
}

/** Puts a question to a session that is open. @throws Refusal `closed` */
export async function putQuestion(tx: Database, id: string, item: string | null): Promise<void> {
  const open = and(eq(hallSession.id, id), eq(hallSession.state, 'open'))
  const there = await tx
    .update(hallSession)
    .set({ asking: item })
    .where(open)
    .returning({ id: hallSession.id })
  if (there.length === 0) throw new Refusal('closed', '这一场没有在进行。')
}

/** The same person in the same session, and nobody without our secret can tell who. */
const voterOf = (id: string, personId: string) =>
  createHmac('sha256', settings.secret).update(`hall vote ${id} ${personId}`).digest('base64url').slice(0, 22)

/**
 * An answer from a phone, once a person.
 * @throws Refusal `not-yours` for who has not checked in, `closed` if the question is not on the screen, `already-done`.
 */
export async function answerInHall(
  session: Session,
  { session: id, item, option }: z.infer<typeof AnswerForm>,
): Promise<void> {
  const found = await locate(read, id)
  if (!found) throw noSession()
  const question = (await questionsOf(found.held.lessonId)).find((one) => one.item === item)
  const chosen = [...new Set(option)].filter((index) => index < (question?.options.length ?? 0))
  if (!question || chosen.length === 0 || (!question.several && chosen.length > 1))
    throw new Refusal('invalid', '还没有选，请选一项。')
  await write(async (tx) => {
    const [there] = await tx.select().from(hallAttendance).where(rowOf(id, session.person.id))
    if (!there || there.inAt === null) throw noSession()
    const now = await locate(tx, id)
    if (now?.held.state !== 'open' || now.held.asking !== item)
      throw new Refusal('closed', '这道题已经收了。', '请看屏幕上现在的题。')
    const voter = voterOf(id, session.person.id)
    const first = await tx
      .insert(hallVote)
      .values({ sessionId: id, item, voter })
      .onConflictDoNothing()
      .returning({ item: hallVote.item })
    if (first.length === 0) throw new Refusal('already-done', '这道题你已经答过，一人答一次。')
    for (const index of chosen)
      await tx
        .insert(hallTally)
        .values({ sessionId: id, item, option: index, count: 1 })
        .onConflictDoUpdate({
          target: [hallTally.sessionId, hallTally.item, hallTally.option],
          set: { count: sql`${hallTally.count} + 1` },
        })
  })
}

/** True if somebody has answered a question. */
export async function hasAnswered(id: string, item: string, personId: string): Promise<boolean> {
  const voter = voterOf(id, personId)
  const own = and(eq(hallVote.sessionId, id), eq(hallVote.item, item), eq(hallVote.voter, voter))
  return (await read.select({ item: hallVote.item }).from(hallVote).where(own)).length > 0
}

/** Hands that the host counted and typed in. @throws Refusal `not-yours`, `not-found` */
export async function countHands(session: Session, { session: id, item, hands }: z.infer<typeof HandsForm>) {
  const { held } = await requireRun(read, session, id)
  const question = (await questionsOf(held.lessonId)).find((one) => one.item === item)
  if (question?.options.length !== hands.length)
    throw new Refusal('not-found', '这一课里没有这道题。', '请从列出的题里选。')
  await write((tx) => keepHands(tx, id, item, hands, now().toISOString()))
}

/** Keeps the hands of a question; of two counts the later one holds, whichever arrives first. */
export async function keepHands(
  tx: Database,
  sessionId: string,
  item: string,
  counts: readonly number[],
  handsAt: string,
): Promise<void> {
  const later = sql`(${hallTally.handsAt} is null or excluded.hands_at >= ${hallTally.handsAt})`
  for (const [option, hands] of counts.entries())
    await tx
      .insert(hallTally)
      .values({ sessionId, item, option, hands, handsAt })
      .onConflictDoUpdate({
        target: [hallTally.sessionId, hallTally.item, hallTally.option],
        set: {
          hands: sql`case when ${later} then excluded.hands else ${hallTally.hands} end`,
          handsAt: sql`case when ${later} then excluded.hands_at else ${hallTally.handsAt} end`,
        },
      })
}

/** By item: how many chose each option, by phone and by hand together, or by phone alone. */
export async function tallyOf(
  id: string,
  how: 'together' | 'phones' = 'together',
): Promise<Map<string, number[]>> {
  const rows = await read.select().from(hallTally).where(eq(hallTally.sessionId, id))
  const tally = new Map<string, number[]>()
  for (const { item, option, count, hands } of rows) {
    const counts = tally.get(item) ?? []
    counts[option] = how === 'phones' ? count : count + hands
    tally.set(item, counts)
  }
  return new Map([...tally].map(([item, counts]) => [item, Array.from(counts, (one) => one ?? 0)]))
}
