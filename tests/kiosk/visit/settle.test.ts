import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { v4 } from 'uuid'
import { askedBy, type StudiedLesson } from '#course/asked.server.ts'
import { itemsOf } from '#course/library.server.ts'
import { read } from '#db/database.server.ts'
import { revision } from '#db/schema/library.ts'
import { finishStudied } from '#kiosk/intake/finish.server.ts'
import type { Placed, Settled } from '#kiosk/intake/settled.ts'
import type { BodyOf } from '#kiosk/entry-body.ts'
import { settleAnswered } from '#kiosk/visit/settle-answered.server.ts'
import { settleStudied } from '#kiosk/visit/settle-studied.server.ts'
import { settleVisitEnded } from '#kiosk/visit/settle-visit.server.ts'
import type { Session } from '#people/session.ts'
import type { Item } from '#quiz/question.ts'
import { rightAnswer } from '#quiz/say-answer.ts'
import { sayEvent } from '#record/say-event.ts'
import { publishAgain, realLibrary, withdraw } from '../../course/real-library.ts'
import * as happen from '../../record/happenings.ts'
import { addScreen, placed, screenId, village } from '../hall/world.ts'
import { began, begun, cadre, iso, morning } from './cadre.ts'

realLibrary()
village()
happen.stoppedClock('2026-03-12T02:00:00.000Z')

let lesson: StudiedLesson
let items: Item[]
beforeAll(async () => {
  lesson = await askedBy('lsn-sizhi')
  items = [...(await itemsOf(lesson.revision)).values()]
})

/** As intake/ does with what was settled. */
async function finished(settling: Promise<Settled>): Promise<Settled> {
  const settled = await settling
  await finishStudied([settled])
  return settled
}

/** Settles an entry with the time that intake/ kept for it. */
async function study(
  visit: string,
  seconds: number,
  more: Partial<BodyOf<'studied'>> = {},
  { from = seconds - 60, kiosk = screenId, offline = true } = {},
): Promise<Settled & { again: () => Promise<Settled> }> {
  const { id, edition, revision, sections } = lesson
  const body = { lesson: id, edition, revision, milliseconds: 60_000, sections, ...more }
  const entry: Placed<BodyOf<'studied'>> = {
    ...placed({ kind: 'studied', visit, ...body }, iso(seconds), kiosk),
    from: morning + from * 1000,
    offline,
  }
  const settle = async () => (await settleStudied([entry]))[0] as Settled
  return { ...(await finished(settle())), again: () => finished(settle()) }
}

const answer = (visit: string, item: Item, seconds: number, sent: unknown = rightAnswer(item)) => {
  const { id, edition, revision } = lesson
  const body = { lesson: id, edition, revision, item: item.id, answer: sent as never }
  return finished(settleAnswered(placed({ kind: 'answered', visit, ...body }, iso(seconds))))
}

const eventsOf = async (who: Session) =>
  (await happen.eventsOf(who.person.id)).map(({ id, kind, payload }) => ({
    id,
    kind,
    facts: JSON.parse(payload ?? '{}') as Record<string, unknown>,
  }))
const progressOf = async (who: Session) => (await happen.derivedOf(who.person.id)).progress

test('ten minutes of study and all checks answered at a screen without a line are credited, and say where they came from', async () => {
  const who = await cadre()
  const visit = await begun(who)
  for (let i = 1; i <= 10; i++) expect(await study(visit, i * 60)).toMatchObject({ state: 'settled' })
  for (const [i, item] of items.entries())
    expect(await answer(visit, item, 600 + (i + 1) * 15)).toMatchObject({ state: 'settled', about: visit })
  const credits = await happen.creditsInOrder(who.person.id)
  expect(credits).toMatchObject([{ subject: 'lsn-sizhi', minutes: 11, hours: 0.25 }])
  expect(String(credits[0]?.reason)).toContain('断网')
  const events = await eventsOf(who)
  expect(events.map(({ kind }) => kind)).toEqual([
    'lesson-opened',
    ...Array.from({ length: 10 }, () => 'segment-studied'),
    ...items.map(() => 'question-answered'),
    'lesson-completed',
  ])
  const [, studied] = events
  expect(sayEvent('segment-studied', studied?.facts ?? {}, () => '四知')).toBe(
    '学习《四知》，在村里大屏上，有效1分钟，其中约1分钟断网时学、恢复后补报',
  )
})

test('an entry that is settled twice counts once', async () => {
  const who = await cadre()
  const visit = await begun(who)
  const first = await study(visit, 60)
  const before = await eventsOf(who)
  expect(await first.again()).toMatchObject({ state: 'settled', from: morning, to: morning + 60_000 })
  expect(await eventsOf(who)).toEqual(before)
})

test('of many stretches that are settled at once, each is judged by itself', async () => {
  const who = await cadre()
  const visit = await begun(who)
  await settleVisitEnded(placed({ kind: 'visit-ended', visit }, iso(240)))
  const { id, edition, revision, sections } = lesson
  const stretch = (seconds: number, text = revision, milliseconds = 60_000) => {
    const body = { lesson: id, edition, revision: text, milliseconds, sections }
    const entry = placed({ kind: 'studied', visit, ...body }, iso(seconds))
    return { ...entry, from: entry.at - milliseconds }
  }
  const unknown = stretch(120, 'rev-made-up')
  const said = await settleStudied([stretch(60), unknown, stretch(180), stretch(600), stretch(240)])
  expect(said.map(({ state }) => state)).toEqual(['settled', 'refused', 'settled', 'refused', 'settled'])
  expect(await progressOf(who)).toMatchObject([{ seconds: 180 }])
  const kinds = (await eventsOf(who)).map(({ kind }) => kind)
  expect(kinds.toSorted()).toEqual(['lesson-opened', ...Array(3).fill('segment-studied')])
})

test('time that was kept for somebody else at the same screen is not counted, and the person is told why', async () => {
  const who = await cadre()
  const visit = await begun(who)
  await study(visit, 60, {}, { from: 40 })
  const studied = (await eventsOf(who)).find(({ kind }) => kind === 'segment-studied')
  expect(studied?.facts).toMatchObject({
    spans: [[morning + 40_000, morning + 60_000]],
    refused: { 'shared-device': 40 },
    silentSeconds: 20,
    screen: screenId,
  })
})

test('a minute that was also studied on the phone counts once', async () => {
  const who = await cadre()
  const visit = await begun(who)
  await study(visit, 60)
  await study(visit, 90, {}, { from: 30 })
  expect(await progressOf(who)).toMatchObject([{ seconds: 90 }])
})

test('what came over the line at once is not called late, and what names no known visit waits for it', async () => {
  const who = await cadre()
  const visit = v4()
  const early = await study(visit, 60, {}, { from: 0, offline: false })
  expect(early).toMatchObject({ state: 'waiting', about: visit })
  await began(who, visit)
  expect(await early.again()).toMatchObject({ state: 'settled' })
  expect((await eventsOf(who)).find(({ kind }) => kind === 'segment-studied')?.facts).not.toHaveProperty(
    'silentSeconds',
  )
})

test('a wrong PIN refuses the visit and all that was done in it; nobody has anything in the record', async () => {
  const who = await cadre()
  const visit = v4()
  const refusal = { state: 'refused', about: visit }
  expect(await began(who, visit, 0, '111222')).toEqual({
    ...refusal,
    reason: 'PIN不对，这一次登录不算。',
  })
  expect(await began(who, visit)).toMatchObject(refusal)
  const reason = '登录时的PIN没有通过核对，这一次登录后的学习没有记入任何人名下。'
  expect(await study(visit, 60)).toMatchObject({ ...refusal, reason })
  expect(await answer(visit, items[0] as Item, 90)).toEqual({ ...refusal, reason })
  expect(await eventsOf(who)).toEqual([])
})

test('what was done after leaving, at another screen or three hours later counts for nobody', async () => {
  const who = await cadre()
  const visit = await begun(who)
  await settleVisitEnded(placed({ kind: 'visit-ended', visit }, iso(600)))
  expect(await study(visit, 660)).toMatchObject({ state: 'settled' })
  expect(await study(visit, 900)).toMatchObject({
    state: 'refused',
    reason: '这时已经退出大屏，没有记入。',
  })
  const long = await begun(who, 1000)
  expect(await study(long, 1000 + 3 * 3600 + 180)).toMatchObject({ state: 'refused' })
  const other = await begun(who, 20_000)
  await addScreen('kiosk-next-door', 'village')
  expect(await study(other, 20_060, {}, { from: 20_000, kiosk: 'kiosk-next-door' })).toMatchObject({
    state: 'refused',
    reason: '这一次登录不在这台大屏上，没有记入。',
  })
})

test('an answer that comes before its question could be read is refused, and may be given again', async () => {
  const who = await cadre()
  const visit = await begun(who)
  const item = items[0] as Item
  const reason = '答得比读题还快，这一次没有记入，可以再答。'
  expect(await answer(visit, item, 1)).toEqual({ state: 'refused', reason, about: visit })
  expect(await answer(visit, item, 12)).toMatchObject({ state: 'settled' })
  const rest = []
  for (const one of items.slice(1)) rest.push((await answer(visit, one, 12.5)).state)
  expect(rest).toContain('refused')
  const last = items.at(-1) as Item
  expect(await answer(visit, last, 60)).toMatchObject({ state: 'settled' })
})

test('answers are graded here again: wrong ones are recorded as wrong, nonsense and strange items are refused', async () => {
  const who = await cadre()
  const visit = await begun(who)
  const item = items.find(({ kind }) => kind === 'single') as Extract<Item, { kind: 'single' }>
  const wrong = item.options.find(({ id }) => id !== item.key)?.id ?? ''
  expect(await answer(visit, item, 60, { kind: 'single', choice: wrong })).toMatchObject({ state: 'settled' })
  expect((await eventsOf(who)).at(-1)?.facts).toMatchObject({ earned: 0, possible: 1, screen: screenId })
  expect(await answer(visit, item, 120, { kind: 'single', choice: 'z' })).toMatchObject({ state: 'refused' })
  expect(await answer(visit, item, 180, 'b')).toMatchObject({ reason: '答案不完整，没有记入。' })
  expect(await answer(visit, { ...item, id: 'itm-none' }, 240)).toMatchObject({ state: 'refused' })
})

test('a pack that is older than the library counts for the text that it had; a text that never was published is refused', async () => {
  const who = await cadre()
  const visit = await begun(who)
  const old = lesson.revision
  await publishAgain('lsn-sizhi', {})
  expect(await study(visit, 60, { revision: old })).toMatchObject({ state: 'settled' })
  expect(await answer(visit, items[0] as Item, 90)).toMatchObject({ state: 'settled' })
  expect(await study(visit, 120, { revision: 'rev-made-up' })).toMatchObject({
    state: 'refused',
    reason: '这台大屏上的课文不是本站发布过的，没有记入。',
  })
  expect(await study(visit, 180, { edition: 9 })).toMatchObject({ state: 'refused' })
  const [course] = await read.select().from(revision).where(eq(revision.documentId, 'crs-jiafeng'))
  const noLesson = { lesson: 'crs-jiafeng', edition: course?.edition ?? 0, revision: course?.id ?? '' }
  expect(await study(visit, 240, noLesson)).toMatchObject({ state: 'refused' })
})

test('time in a lesson that was withdrawn meanwhile stays in the record', async () => {
  const who = await cadre()
  const visit = await begun(who)
  await withdraw('lsn-sizhi', '有误')
  expect(await study(visit, 60)).toMatchObject({ state: 'settled' })
  expect(await progressOf(who)).toMatchObject([{ seconds: 60 }])
})
