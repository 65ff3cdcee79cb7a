// Signing in by PIN without a line, and leaving.
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { v4 } from 'uuid'
import { read, write } from '#db/database.server.ts'
import { kioskVisit } from '#db/schema/kiosk.ts'
import { settleVisitBegan, settleVisitEnded } from '#kiosk/visit/settle-visit.server.ts'
import { hashPin } from '#people/hash.server.ts'
import { storePin } from '#people/slip.server.ts'
import { freshDatabase } from '../../support/database.ts'
import * as happen from '../../record/happenings.ts'
import { addScreen, keyOf, placed, rightPin, screenId, village } from '../hall/world.ts'
import { began, cadre, iso, morning } from './cadre.ts'

freshDatabase()
happen.underYunnan()
village()
happen.stoppedClock('2026-03-12T02:00:00.000Z')

test('five wrong PINs of one day lock that day, not the days after it, however late all of them arrive', async () => {
  const who = await cadre()
  const day = 86_400
  for (let i = 0; i < 5; i++) await began(who, v4(), i, '111222')
  expect(await began(who, v4(), 60)).toMatchObject({
    state: 'refused',
    reason: 'PIN当天错了五次，已经停用，这一次登录不算。',
  })
  expect(await began(who, v4(), day)).toMatchObject({ state: 'settled' })
})

test('a PIN that was changed while the screen had no line was right before the change, and is not after it', async () => {
  const who = await cadre()
  const changedAt = new Date(morning + 3_600_000).toISOString()
  await write(async (tx) => storePin(tx, who.person.id, await hashPin('135246'), changedAt))
  expect(await began(who, v4(), 60)).toMatchObject({ state: 'settled' })
  expect(await began(who, v4(), 7_200)).toMatchObject({ state: 'refused' })
  expect(await began(who, v4(), 7_200, '135246')).toMatchObject({ state: 'settled' })
})

test('a screen that says it was without a line for months cannot try a PIN for months', async () => {
  const who = await cadre()
  const reasons = new Map<unknown, number>()
  for (let day = 60; day > 0; day--)
    for (let i = 0; i < 5; i++) {
      const said = await began(who, v4(), -day * 86_400 + i, '111222')
      const reason = said.state === 'refused' ? said.reason : said.state
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    }
  expect(Object.fromEntries(reasons)).toEqual({
    'PIN不对，这一次登录不算。': 50,
    'PIN当天错了五次，已经停用，这一次登录不算。': 250,
  })
})

test('somebody who mistypes every day and then gets it right is never locked by that', async () => {
  const who = await cadre()
  for (let day = 0; day < 15; day++) {
    for (let i = 0; i < 4; i++) await began(who, v4(), day * 3_600 + i, '111222')
    expect(await began(who, v4(), day * 3_600 + 60)).toMatchObject({ state: 'settled' })
  }
})

test('a name that is not on the list of that screen or had no post that day begins nothing', async () => {
  const who = await cadre()
  await addScreen('kiosk-elsewhere', 'other')
  const visit = v4()
  const body = { kind: 'visit-began' as const, visit, key: keyOf(who, 'kiosk-elsewhere'), pin: rightPin }
  const reason = '名字不在这台大屏的名单上，这一次登录不算。'
  expect(await settleVisitBegan(placed(body, iso(0), 'kiosk-elsewhere'))).toMatchObject({ reason })
  const before = placed({ ...body, key: keyOf(who) }, '2025-12-31T04:00:00.000Z')
  expect(await settleVisitBegan(before)).toMatchObject({ reason })
})

test('leaving ends a visit that the server knew as open, so that its cookie is dead', async () => {
  const who = await cadre()
  const visit = v4()
  const row = {
    id: visit,
    kioskId: screenId,
    personId: who.person.id,
    how: 'phone',
    state: 'checked',
  } as const
  await write((tx) => tx.insert(kioskVisit).values({ ...row, beganAt: iso(0), tokenHash: visit }))
  await settleVisitEnded(placed({ kind: 'visit-ended', visit }, iso(300)))
  const [after] = await read.select().from(kioskVisit).where(eq(kioskVisit.id, visit))
  expect(after).toMatchObject({ endedAt: iso(300), tokenHash: null })
  expect(await settleVisitEnded(placed({ kind: 'visit-ended', visit: 'none' }, iso(0)))).toEqual({
    state: 'waiting',
    about: 'none',
  })
})
