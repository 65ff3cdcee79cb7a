import { expect, test } from 'vitest'
import { read, write } from '#db/database.server.ts'
import { kioskAsk, kioskVisit } from '#db/schema/kiosk.ts'
import { sweepVisits } from '#kiosk/visit/sweep.server.ts'
import * as happen from '../../record/happenings.ts'
import { freshDatabase } from '../../support/database.ts'
import { screenId, someone, village } from '../hall/world.ts'

freshDatabase()
village()
happen.stoppedClock('2026-06-10T02:00:00.000Z')

test('requests go after a day, visits after a year and a month, the hash of a cookie as soon as it is over', async () => {
  const personId = (await someone()).person.id
  const visit = { kioskId: screenId, personId, how: 'phone', state: 'checked' } as const
  const [long, year, now] = ['2025-04-01', '2025-07-01', '2026-06-10'].map((on) => `${on}T01:58:00.000Z`) as [
    string,
    string,
    string,
  ]
  const soon = '2026-06-10T02:03:00.000Z'
  await write(async (tx) => {
    await tx.insert(kioskVisit).values([
      { ...visit, id: 'long ago', beganAt: long },
      { ...visit, id: 'over', beganAt: year, expiresAt: year, tokenHash: 'a' },
      { ...visit, id: 'there', beganAt: now, expiresAt: soon, tokenHash: 'b' },
    ])
    await tx.insert(kioskAsk).values([
      { codeHash: 'old', kioskId: screenId, visitId: 'x', expiresAt: '2026-06-09T01:00:00.000Z' },
      { codeHash: 'new', kioskId: screenId, visitId: 'y', expiresAt: soon },
    ])
  })
  await sweepVisits()
  const visits = await read.select({ id: kioskVisit.id, hash: kioskVisit.tokenHash }).from(kioskVisit)
  expect(visits).toEqual([
    { id: 'over', hash: null },
    { id: 'there', hash: 'b' },
  ])
  expect((await read.select().from(kioskAsk)).map(({ codeHash }) => codeHash)).toEqual(['new'])
})
