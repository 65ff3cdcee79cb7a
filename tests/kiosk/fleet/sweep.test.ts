import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { v4 } from 'uuid'
import { read } from '#db/database.server.ts'
import { kioskContact, kioskEnrolment, kioskEntry } from '#db/schema/kiosk.ts'
import type { Entry } from '#kiosk/entry.ts'
import { sweepKiosks } from '#kiosk/fleet/sweep.server.ts'
import { entriesSettled } from '#kiosk/intake/settle.server.ts'
import { addUnits } from '../../people/house.ts'
import * as happen from '../../record/happenings.ts'
import { freshDatabase } from '../../support/database.ts'
import { askHere, enrolKiosk, entryOf, sayHello, type TestKiosk } from '../../support/kiosk.ts'

const day = 86_400
freshDatabase()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')
beforeAll(() => addUnits({ county: '/county/', village: '/county/village/' }))

const contactsOf = async ({ id }: TestKiosk) => {
  const rows = await read.select().from(kioskContact).where(eq(kioskContact.kioskId, id))
  return rows.toSorted((a, b) => a.at - b.at).map((row) => row.id)
}
const send = async (entries: Entry[]) => {
  await askHere('entries', { entries })
  await entriesSettled()
}
const ended = () => ({ kind: 'visit-ended', visit: v4() }) as const

/** Says hello each hour. @returns the contacts. */
async function hellos(screen: TestKiosk, count: number) {
  const contacts: string[] = []
  for (let i = 0; i < count; i++) {
    clock.advance(3600)
    await sayHello(screen, { up: 3_600_000 })
    contacts.push(screen.contact ?? '')
  }
  return contacts
}

test('contacts go once no entry can name them any more, and stay as long as one may', async () => {
  const screen = await enrolKiosk({ unit: 'village', name: '大厅' })
  const before = await hellos(screen, 3)
  const kept = await entryOf(screen, ended())
  const sent = await entryOf(screen, ended())
  const after = await hellos(screen, 3)
  clock.advance(3 * day)
  await send([sent])
  await sweepKiosks()
  // The entry that has not come names the third; the second was still named by the hello that became the third.
  expect(await contactsOf(screen)).toEqual([...before.slice(1), ...after])
  await send([kept])
  await sweepKiosks()
  expect(await contactsOf(screen)).toEqual(after.slice(1))
  await sweepKiosks()
  expect(await contactsOf(screen)).toEqual(after.slice(1))
})

test('after more than a year of silence nothing is waited for', async () => {
  const screen = await enrolKiosk({ unit: 'village', name: '旧屋' })
  await hellos(screen, 1)
  const entry = await entryOf(screen, ended())
  await send([entry])
  clock.advance(399 * day)
  await sweepKiosks()
  const state = async () => (await read.select().from(kioskEntry).where(eq(kioskEntry.id, entry.id)))[0]
  expect(await state()).toMatchObject({ state: 'waiting' })
  expect(await contactsOf(screen)).toHaveLength(1)
  clock.advance(2 * day)
  await sweepKiosks()
  expect(await state()).toMatchObject({ state: 'refused', sealed: null })
  expect(await contactsOf(screen)).toEqual([])
})

test('enrolments go after a day', async () => {
  await enrolKiosk({ unit: 'village', name: '新' })
  clock.advance(day - 60)
  await sweepKiosks()
  expect(await read.select().from(kioskEnrolment)).toHaveLength(1)
  clock.advance(120)
  await sweepKiosks()
  expect(await read.select().from(kioskEnrolment)).toEqual([])
})
