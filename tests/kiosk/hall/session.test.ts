// A hall on the phone: planned, begun, checked in to, ended, confirmed, and what of it stands in the record.
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { read } from '#db/database.server.ts'
import { hallClaim, hallVote } from '#db/schema/hall.ts'
import { event } from '#db/schema/record.ts'
import {
  answerInHall,
  askHall,
  countHands,
  hasAnswered,
  questionsOf,
  tallyOf,
} from '#kiosk/hall/ask.server.ts'
import { checkOut, writeIn } from '#kiosk/hall/check-out.server.ts'
import { checkIn, lookAt } from '#kiosk/hall/claim.server.ts'
import { codeOf, slotAt } from '#kiosk/hall/code.ts'
import { confirmSession, takeOff } from '#kiosk/hall/confirm.server.ts'
import { placesOf } from '#kiosk/hall/find.server.ts'
import {
  dropSession,
  endSession,
  keepMinutes,
  openSession,
  planSession,
  runBy,
} from '#kiosk/hall/session.server.ts'
import { sessionsFor } from '#kiosk/hall/sessions.server.ts'
import { putInForce } from '#record/hours/rule.server.ts'
import { verifyChain } from '#record/root.server.ts'
import type { Session } from '#people/session.ts'
import { refusal } from '../../people/house.ts'
import { stoppedClock } from '../../record/happenings.ts'
import { nanjing, yunnan } from '../../record/published-rules.ts'
import { realLibrary } from '../../course/real-library.ts'
import * as hall from './world.ts'

realLibrary()
hall.village()
const clock = stoppedClock('2026-11-20T06:00:00.000Z')
const minutes = (count: number) => clock.advance(count * 60)
let host: Session
let officer: Session

beforeAll(async () => {
  host = await hall.someone()
  officer = await hall.someone('town', [['officer', 'town']])
})

let titles = 0
const newTitle = () => `学习第${(titles += 1)}次`

const plan = (by: Session, more: Partial<Parameters<typeof planSession>[1]> = {}) =>
  planSession(by, {
    ...{ place: `village|${hall.screenId}`, kind: '三会一课', title: newTitle(), agenda: ['学一课'] },
    ...{ lesson: 'lsn-sizhi', begin: 'now', at: null, ...more },
  })

/** Scans what is on the screen now. */
async function scan(by: Session, id: string, slotsAgo = 0) {
  const { secret, startsAt } = await hall.sessionRow(id)
  const slot = slotAt(Date.parse(startsAt), clock.ms) - slotsAgo
  return lookAt(by, { session: id, slot, code: await codeOf(secret, id, slot) })
}

async function comeByPhone(by: Session, id: string) {
  const seen = await scan(by, id)
  if (seen.is === 'refused') throw new Error(seen.message)
  return checkIn(by, { ...seen.seen, seen: seen.at, seal: seen.seal })
}

const confirm = (by: Session, id: string, people: Session[], head = people.length) =>
  confirmSession(by, { session: id, person: people.map(({ person }) => person.id), head })
const titleOf = async (id: string) => (await hall.sessionRow(id)).title

test('who stays and is confirmed has the hours once, with the words of how they came about; the others have none', async () => {
  const [phone, late, unticked] = [await hall.someone(), await hall.someone(), await hall.someone()]
  const id = await plan(host)
  expect(await comeByPhone(phone, id)).toBe(id)
  expect(await writeIn(host, { session: id, who: unticked.person.number, since: 'start' })).toBe(
    unticked.person.name,
  )
  minutes(20)
  await comeByPhone(late, id)
  minutes(70)
  await endSession(host, { session: id, at: null })
  await confirm(host, id, [host, phone, late], 4)
  await confirm(host, id, [host, phone, late], 4)
  const title = await titleOf(id)
  expect(await hall.hoursOf(phone)).toEqual({ [title]: 1 })
  expect(await hall.hoursOf(host)).toEqual({ [title]: 1 })
  expect(await hall.hoursOf(late)).toEqual({})
  expect(await hall.hoursOf(unticked)).toEqual({})
  const [credit] = await hall.creditsOf(phone)
  expect(credit).toMatchObject({ meter: 'concentrated', minutes: 90, rule: 'attendance' })
  expect(credit?.reason).toBe(
    'village组织，主持人已确认到场，记1学时。云南省干部网络培训学时折算（2024年）（yunnan-2024@2024.1）没有写集体学习怎样记，按本平台的缺省，把90分钟照它的折算办法记1学时，记在集中培训一本。',
  )
  expect(await verifyChain(phone.person.id)).toMatchObject({ brokenAt: null })
  expect(await hall.sessionRow(id)).toMatchObject({ state: 'confirmed', headCount: 4 })
})

test('under the rule of Nanjing a study group gives three 学时 of its own activity', async () => {
  await putInForce(nanjing)
  clock.advance(60)
  const one = await hall.someone()
  const id = await plan(host)
  await comeByPhone(one, id)
  minutes(40)
  await endSession(host, { session: id, at: null })
  await confirm(host, id, [one])
  expect(await hall.creditsOf(one)).toMatchObject([
    { hours: 3, activity: 'study-group', meter: 'concentrated' },
  ])
  await putInForce(yunnan)
  clock.advance(60)
})

test('a code is good while it stands on the screen; reading the page afterwards makes nobody late', async () => {
  const one = await hall.someone()
  const id = await plan(host)
  minutes(10)
  expect((await scan(one, id, 1)).is).toBe('known')
  expect(await scan(one, id, 2)).toMatchObject({ is: 'refused', hint: '请再扫一次屏幕上现在的码。' })
  const seen = await scan(one, id)
  if (seen.is !== 'known') throw new Error('It was not known.')
  const at = clock.iso
  minutes(8)
  await checkIn(one, { ...seen.seen, seen: seen.at, seal: seen.seal })
  expect((await hall.attendanceOf(id, one))?.inAt).toBe(at)
  await checkIn(one, { ...seen.seen, seen: seen.at, seal: seen.seal })
  const other = await hall.someone()
  const stolen = { ...seen.seen, seen: seen.at, seal: seen.seal }
  expect((await refusal(checkIn(other, stolen))).kind).toBe('invalid')
  minutes(3)
  expect((await refusal(checkIn(one, stolen))).hint).toBe('请再扫一次屏幕上现在的码。')
  expect((await lookAt(one, { ...seen.seen, code: 'aaaaaaaaaaaa' })).is).toBe('refused')
})

test('who scans the code of a hall without a line is told to wait, once; who scans before the beginning is sent away', async () => {
  const one = await hall.someone()
  const seen = await lookAt(one, { session: v7(), slot: 3, code: 'abcdefghijkl' })
  if (seen.is !== 'unknown') throw new Error('It was known.')
  const sent = { ...seen.seen, seen: seen.at, seal: seen.seal }
  expect([await checkIn(one, sent), await checkIn(one, sent)]).toEqual(['waiting', 'waiting'])
  expect(await read.select().from(hallClaim).where(eq(hallClaim.personId, one.person.id))).toHaveLength(1)
  const planned = await plan(host, { begin: 'later', at: '2026-11-27T19:00' })
  expect(await lookAt(one, { session: planned, slot: 0, code: 'abcdefghijkl' })).toMatchObject({
    ...{ is: 'refused', message: '这一场还没有开始。' },
  })
  // A right code proves that the screen has begun it.
  const { secret } = await hall.sessionRow(planned)
  const code = await codeOf(secret, planned, 0)
  expect((await lookAt(one, { session: planned, slot: 0, code })).is).toBe('unknown')
})

test('who leaves early is seen to, by himself or by the host, who may also say that it was a slip', async () => {
  const [one, two] = [await hall.someone(), await hall.someone()]
  const id = await plan(host)
  await comeByPhone(one, id)
  await comeByPhone(two, id)
  minutes(30)
  await checkOut(one, { session: id, person: null, undo: false })
  await checkOut(host, { session: id, person: two.person.id, undo: false })
  await checkOut(host, { session: id, person: two.person.id, undo: true })
  expect((await refusal(checkOut(one, { session: id, person: two.person.id, undo: false }))).kind).toBe(
    'not-yours',
  )
  expect((await refusal(checkOut(one, { session: id, person: null, undo: true }))).kind).toBe('not-yours')
  minutes(60)
  await endSession(host, { session: id, at: null })
  await confirm(host, id, [one, two])
  expect(await hall.hoursOf(one)).toEqual({})
  expect(await hall.hoursOf(two)).toEqual({ [await titleOf(id)]: 1 })
})

test('a name that was confirmed wrongly is taken back in the record, by the host or an officer, with the reason', async () => {
  const [one, stranger] = [await hall.someone(), await hall.someone()]
  const id = await plan(host)
  await comeByPhone(one, id)
  minutes(60)
  await endSession(host, { session: id, at: null })
  await confirm(host, id, [host, one])
  const off = { session: id, person: one.person.id, reason: '那天请了假' }
  expect((await refusal(takeOff(stranger, off))).kind).toBe('not-yours')
  await takeOff(host, off)
  expect(await hall.hoursOf(one)).toEqual({})
  const events = await read.select().from(event).where(eq(event.personId, one.person.id))
  expect(events.map(({ kind }) => kind)).toEqual(['attendance-recorded', 'event-corrected'])
  expect((await refusal(takeOff(host, off))).kind).toBe('already-done')
  // The host is on the list like everybody, and an officer can object to him.
  await takeOff(officer, { session: id, person: host.person.id, reason: '那天他在县里开会' })
  expect(await hall.hoursOf(host)).not.toHaveProperty(await titleOf(id))
  // Ticking again changes nothing.
  await confirm(host, id, [one])
  expect(await hall.hoursOf(one)).toEqual({})
})

test('after seven days only an officer confirms, and nobody before the end', async () => {
  const one = await hall.someone()
  const id = await plan(host)
  await comeByPhone(one, id)
  expect((await refusal(confirm(host, id, [one]))).message).toBe('这一场还没有结束。')
  minutes(60)
  await endSession(host, { session: id, at: null })
  minutes(7 * 24 * 60 + 1)
  expect((await refusal(confirm(host, id, [one]))).hint).toBe('请单位的学时管理人来确认。')
  await confirm(officer, id, [one])
  expect(await hall.hoursOf(one)).toEqual({ [await titleOf(id)]: 1 })
})

test('a hall is asked; each phone answers once, hands are added, and only totals are kept', async () => {
  const [one, outsider] = [await hall.someone(), await hall.someone()]
  const id = await plan(host)
  await comeByPhone(one, id)
  const [question] = await questionsOf('lsn-sizhi')
  if (!question) throw new Error('There is no question.')
  const { item, options } = question
  await askHall(host, { session: id, item })
  const answer = (by: Session) => answerInHall(by, { session: id, item, option: [0] })
  await answer(one)
  expect((await refusal(answer(one))).message).toBe('这道题你已经答过，一人答一次。')
  expect((await refusal(answer(outsider))).kind).toBe('not-yours')
  await answer(host)
  await countHands(host, { session: id, item, hands: options.map((_, i) => (i === 0 ? 5 : 1)) })
  await countHands(host, { session: id, item, hands: options.map((_, i) => (i === 0 ? 6 : 0)) })
  expect((await tallyOf(id)).get(item)).toEqual(options.map((_, i) => (i === 0 ? 8 : 0)))
  expect(await hasAnswered(id, item, one.person.id)).toBe(true)
  const votes = await read.select().from(hallVote).where(eq(hallVote.sessionId, id))
  expect(JSON.stringify(votes)).not.toContain(one.person.id)
  await askHall(host, { session: id, item: null })
  expect((await refusal(answerInHall(officer, { session: id, item, option: [0] }))).kind).toBe('not-yours')
  expect((await refusal(askHall(host, { session: id, item: 'itm-none' }))).kind).toBe('not-found')
  minutes(60)
  await endSession(host, { session: id, at: null })
  await confirm(host, id, [one])
  expect(await read.select().from(hallVote).where(eq(hallVote.sessionId, id))).toEqual([])
})

test('only who has a post in the unit, or is over it, holds a session there; a title stands once a day', async () => {
  const elsewhere = await hall.someone('other')
  expect((await refusal(plan(elsewhere))).kind).toBe('not-yours')
  expect(await placesOf(host)).toEqual([
    { unitId: 'village', unit: 'village', kioskId: hall.screenId, kiosk: 'village的大屏' },
    { unitId: 'village', unit: 'village', kioskId: null, kiosk: null },
  ])
  const title = newTitle()
  const id = await plan(host, { title, begin: 'later', at: '2026-12-01T19:00' })
  expect((await refusal(plan(officer, { title, begin: 'later', at: '2026-12-01T08:00' }))).kind).toBe(
    'already-done',
  )
  await dropSession(host, id)
  const again = await plan(officer, { title, begin: 'later', at: '2026-12-01T08:00' })
  expect((await refusal(openSession(host, again))).kind).toBe('not-yours')
  await openSession(officer, again)
  expect((await refusal(openSession(officer, again))).kind).toBe('already-done')
  expect((await refusal(plan(host, { begin: 'later', at: '2020-01-01T08:00' }))).kind).toBe('invalid')
  expect((await refusal(keepMinutes(host, again, '记'))).kind).toBe('not-yours')
  await keepMinutes(officer, again, '记了三件事')
  expect((await hall.sessionRow(again)).minutes).toBe('记了三件事')
  expect((await runBy(host)).map(({ held }) => held.id)).not.toContain(again)
})

test('a session that somebody forgot to end is ended as of when it did end, and nobody checks in after half a day', async () => {
  const [one, two] = [await hall.someone(), await hall.someone()]
  const id = await plan(host)
  const began = clock.ms
  await comeByPhone(one, id)
  minutes(13 * 60)
  expect((await scan(two, id)).is).toBe('refused')
  expect((await refusal(endSession(host, { session: id, at: null }))).hint).toBe('请写下实际几点几分结束的。')
  const hour = new Date(began + 8 * 3_600_000 + 60 * 60_000).toISOString().slice(11, 16)
  await endSession(host, { session: id, at: hour })
  expect((await hall.sessionRow(id)).endsAt?.slice(11, 16)).toBe(
    new Date(began + 3_600_000).toISOString().slice(11, 16),
  )
})

test('the screen of the unit is told what runs and what comes within a week, and no other screen', async () => {
  const soon = await plan(host, { begin: 'later', at: sayLocal(3) })
  const far = await plan(host, { begin: 'later', at: sayLocal(9) })
  const now = await plan(host)
  const without = await plan(host, { place: 'village|' })
  const ids = (await sessionsFor({ id: hall.screenId })).map(({ id }) => id)
  expect(ids).toEqual(expect.arrayContaining([soon, now]))
  expect(ids).not.toContain(far)
  expect(ids).not.toContain(without)
  expect(await sessionsFor({ id: 'another' })).toEqual([])
})

const sayLocal = (days: number) =>
  new Date(clock.ms + days * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 16)
