import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { v4 } from 'uuid'
import { write, read } from '#db/database.server.ts'
import { limit, assignment, person, pin } from '#db/schema/people.ts'
import { kiosk as kioskTable } from '#db/schema/kiosk.ts'
import { agreeVisit, askedWith } from '#kiosk/visit/agree.server.ts'
import { OwnPage } from '#kiosk/visit/own-page.ts'
import { rosterOf } from '#kiosk/visit/roster.server.ts'
import { noticeInForce } from '#people/notice.ts'
import type { Session } from '#people/session.ts'
import { record } from '#record/record.server.ts'
import { realLibrary } from '../../course/real-library.ts'
import * as happen from '../../record/happenings.ts'
import { addScreen, keyOf, rightPin, screenId, someone, village } from '../hall/world.ts'
import { answerScreens, Hall } from './world.ts'

realLibrary()
village()
answerScreens()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')

/** Somebody with a PIN who has read the notice. */
async function cadre(unit = 'village'): Promise<Session> {
  const session = await someone(unit)
  await write((tx) =>
    tx.update(person).set({ noticeVersion: noticeInForce() }).where(eq(person.id, session.person.id)),
  )
  return session
}

const codeOf = (address: unknown) => String(address).split('/').at(-1) ?? ''

async function signedIn(who: Session): Promise<{ hall: Hall; visit: string }> {
  const [hall, visit] = [new Hall(), v4()]
  await hall.ask('visit/pin', { visit, key: keyOf(who), pin: rightPin })
  return { hall, visit }
}

test('a phone that is signed in lets its owner in at the screen whose code it read', async () => {
  const who = await cadre('other')
  const [hall, visit] = [new Hall(), v4()]
  const asked = await hall.ask('visit/ask', { visit })
  const code = codeOf(asked.body['address'])
  expect(asked.body['address']).toMatch(/\/hall\/agree\/[\w-]{22}$/)
  expect(await hall.ask('visit/redeem', { visit })).toMatchObject({ body: { is: 'waiting' }, cookies: [] })
  expect(await askedWith(code, who.person.id)).toEqual({
    kiosk: 'village的大屏',
    unit: 'village',
    state: 'open',
  })
  await agreeVisit(who, { code })
  expect(await askedWith(code, who.person.id)).toMatchObject({ state: 'agreed' })
  const begun = await hall.ask('visit/redeem', { visit })
  expect(begun.body).toEqual({ is: 'begun', name: who.person.name })
  expect(begun.cookies.join()).toMatch(/Path=\/kiosk; HttpOnly; SameSite=Strict$/)
  const me = await hall.ask('visit/me', { visit })
  expect(OwnPage.parse(me.body).name).toBe(who.person.name)
})

test('a code is over after two minutes, belongs to who agreed first, and to its own screen', async () => {
  const [one, other] = [await cadre(), await cadre()]
  const [hall, visit] = [new Hall(), v4()]
  const code = codeOf((await hall.ask('visit/ask', { visit })).body['address'])
  await agreeVisit(one, { code })
  await expect(agreeVisit(other, { code })).rejects.toThrow('已经过期')
  await addScreen('kiosk-second', 'village')
  expect((await new Hall('kiosk-second').ask('visit/redeem', { visit })).status).toBe(410)
  const late = v4()
  const lateCode = codeOf((await hall.ask('visit/ask', { visit: late })).body['address'])
  clock.advance(121)
  await expect(agreeVisit(one, { code: lateCode })).rejects.toThrow('大屏上的二维码已经过期。')
  expect(await askedWith(lateCode, one.person.id)).toMatchObject({ state: 'over' })
  expect(await askedWith('made-up', one.person.id)).toBeNull()
})

test('name and PIN open the own page at a screen of the own unit; a reply that was lost is asked for again', async () => {
  const who = await cadre()
  const [hall, visit] = [new Hall(), v4()]
  const about = { visit, key: keyOf(who), pin: rightPin }
  expect((await hall.ask('visit/pin', about)).body).toEqual({ name: who.person.name })
  const first = hall.cookie
  await hall.ask('visit/pin', about)
  expect(hall.cookie).not.toBe(first)
  expect((await hall.ask('visit/me', { visit })).status).toBe(200)
  expect((await hall.ask('visit/me', { visit }, first)).status).toBe(410)
})

test('five wrong PINs lock that PIN at that screen for the day, and nowhere else', async () => {
  const who = await cadre()
  await addScreen('kiosk-third', 'village')
  const hall = new Hall()
  const give = (given: string, at = hall, kiosk = screenId) =>
    at.ask('visit/pin', { visit: v4(), key: keyOf(who, kiosk), pin: given })
  for (let i = 0; i < 5; i++) expect((await give('111222')).body).toMatchObject({ message: 'PIN不对。' })
  expect(await give(rightPin)).toMatchObject({ status: 429, cookies: [] })
  expect((await give(rightPin, new Hall('kiosk-third'), 'kiosk-third')).status).toBe(200)
  clock.advance(86_400)
  expect((await give(rightPin)).status).toBe(200)
})

test('tries that come all at once get no further than five', async () => {
  const who = await cadre()
  const given = ['100001', '100002', '100003', '100004', '100005', rightPin, '100006']
  const replies = await Promise.all(
    given.map((one) => new Hall().ask('visit/pin', { visit: v4(), key: keyOf(who), pin: one })),
  )
  expect(replies.filter(({ status }) => status === 429)).toHaveLength(2)
})

test('no PIN is stored anywhere as it was given', async () => {
  const who = await cadre()
  await new Hall().ask('visit/pin', { visit: v4(), key: keyOf(who), pin: '975310' })
  const kept = JSON.stringify([await read.select().from(limit), await read.select().from(pin)])
  expect(kept).not.toContain('975310')
  expect(kept).not.toContain(who.person.id + screenId)
})

test('whoever has not read the notice in force, has no PIN or is not of the unit is told what to do', async () => {
  const unread = await someone()
  const stranger = await cadre('other')
  const without = await cadre()
  await write((tx) => tx.delete(pin).where(eq(pin.personId, without.person.id)))
  const say = async (who: Session) =>
    (await new Hall().ask('visit/pin', { visit: v4(), key: keyOf(who), pin: rightPin })).body
  expect(await say(unread)).toMatchObject({ message: '还没有看过新的个人信息说明。' })
  expect(await say(stranger)).toMatchObject({ message: '名单里没有这个人了。' })
  expect(await say(without)).toMatchObject({ message: '还没有设PIN。' })
})

test('whoever is done leaves at once: the old cookie opens nothing, and the reply takes it away', async () => {
  const { hall, visit } = await signedIn(await cadre())
  const old = hall.cookie
  const ended = await hall.ask('visit/end', {})
  expect(ended.cookies.join()).toMatch(/\.kiosk=;.*Max-Age=0/)
  expect(hall.cookie).toBeNull()
  expect(await hall.ask('visit/me', { visit }, old)).toMatchObject({
    status: 410,
    body: { message: '已经退出。' },
  })
})

test('a visit ends five minutes after the last sign of life, three hours after it began, or when the next one begins', async () => {
  const who = await cadre()
  const idle = await signedIn(who)
  clock.advance(290)
  expect((await idle.hall.ask('visit/me', { visit: idle.visit })).status).toBe(200)
  clock.advance(301)
  expect((await idle.hall.ask('visit/me', { visit: idle.visit })).status).toBe(410)
  const long = await signedIn(who)
  for (let i = 0; i < 44; i++) {
    clock.advance(245)
    const { status } = await long.hall.ask('visit/me', { visit: long.visit })
    expect(status).toBe(i * 245 + 245 < 3 * 3600 ? 200 : 410)
  }
  clock.advance(60)
  const before = await signedIn(who)
  await signedIn(await cadre())
  expect((await before.hall.ask('visit/me', { visit: before.visit })).status).toBe(410)
})

test('a cookie opens nothing at another screen, nor for another visit, nor once account, post or screen is gone', async () => {
  await addScreen('kiosk-fourth', 'village')
  const who = await cadre()
  const { hall, visit } = await signedIn(who)
  const { cookie } = hall
  expect((await new Hall('kiosk-fourth').ask('visit/me', { visit }, cookie)).status).toBe(410)
  expect((await hall.ask('visit/me', { visit: v4() })).status).toBe(410)
  await write((tx) =>
    tx.update(assignment).set({ toOn: '2026-02-01' }).where(eq(assignment.personId, who.person.id)),
  )
  expect((await hall.ask('visit/me', { visit })).status).toBe(410)
  const gone = await cadre()
  const theirs = await signedIn(gone)
  await write((tx) =>
    tx.update(person).set({ closedAt: '2026-03-01T00:00:00.000Z' }).where(eq(person.id, gone.person.id)),
  )
  expect((await theirs.hall.ask('visit/me', { visit: theirs.visit })).status).toBe(410)
  await addScreen('kiosk-stolen', 'village')
  const stolen = new Hall('kiosk-stolen')
  const at = new Date().toISOString()
  await write((tx) => tx.update(kioskTable).set({ revokedAt: at }).where(eq(kioskTable.id, 'kiosk-stolen')))
  expect((await stolen.ask('visit/ask', { visit: v4() })).status).toBe(401)
})

test('the own page says hours, what is owed and what goes on, and nothing of ability or tests', async () => {
  const who = await cadre()
  await record(happen.studied({ person: who.person.id, lesson: 'lsn-sizhi' }))
  const { hall, visit } = await signedIn(who)
  const { body } = await hall.ask('visit/me', { visit })
  expect(body).toMatchObject({ name: who.person.name, begun: [{ lesson: 'lsn-sizhi' }], finished: [] })
  expect(String((body['begun'] as { left: string }[])[0]?.left)).toContain('道检查题没答对')
  expect(Object.keys(body).sort()).toEqual(['begun', 'finished', 'meters', 'name', 'owed'])
  expect(String(body['owed'])).toMatch(/学时/)
})

test('a list of names shows masked numbers and keys that mean nothing at another screen', async () => {
  const who = await cadre()
  await addScreen('kiosk-fifth', 'village')
  const [one, other] = await Promise.all([
    rosterOf({ id: screenId, unitId: 'village' }),
    rosterOf({ id: 'kiosk-fifth', unitId: 'village' }),
  ])
  const row = one.find(({ key }) => key === keyOf(who))
  expect(row).toMatchObject({ name: who.person.name, letter: 'Z' })
  expect(row?.number).toMatch(/^·+.{1,2}$/)
  expect(new Set([...one, ...other].map(({ key }) => key)).size).toBe(one.length + other.length)
  expect(JSON.stringify(one)).not.toContain(who.person.id)
})
