// PINs that were given without a line: who made no mistake loses nothing, and nobody guesses more than on the line.
import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { v4 } from 'uuid'
import { now } from '#clock.server.ts'
import { read, write } from '#db/database.server.ts'
import { kioskEntry, kioskVisit } from '#db/schema/kiosk.ts'
import { limit, pin as pinTable } from '#db/schema/people.ts'
import type { Entry } from '#kiosk/entry.ts'
import type { EntryBody } from '#kiosk/entry-body.ts'
import { settleIn } from '#kiosk/hall/settle.server.ts'
import { entriesSettled } from '#kiosk/intake/settle.server.ts'
import type { Placed } from '#kiosk/intake/settled.ts'
import type { BodyOf } from '#kiosk/entry-body.ts'
import { checkSealedPin } from '#kiosk/visit/pin.server.ts'
import { keyAt } from '#kiosk/visit/roster.server.ts'
import { hashPin } from '#people/hash.server.ts'
import { storePin } from '#people/slip.server.ts'
import { addPerson, addUnits, cheapHashes } from '../../people/house.ts'
import { stoppedClock, underYunnan } from '../../record/happenings.ts'
import { freshDatabase } from '../../support/database.ts'
import { askHere, enrolKiosk, entryOf, sayHello, type TestKiosk } from '../../support/kiosk.ts'

freshDatabase()
cheapHashes()
underYunnan()
const clock = stoppedClock('2026-03-10T02:00:00.000Z')
const minute = 60_000
const [right, wrong] = ['246801', '135791']
let screen: TestKiosk
beforeAll(() => addUnits({ county: '/county/', village: '/county/village/' }))
beforeEach(async () => {
  await write((tx) => tx.delete(limit))
  screen = await enrolKiosk({ unit: 'village', name: `大屏${v4().slice(0, 8)}` })
  await sayHello(screen)
})

async function someone(): Promise<string> {
  const personId = await addPerson({ number: v4().slice(0, 12), unit: 'village', notice: 'read' })
  await write(async (tx) => tx.insert(pinTable).values({ personId, hash, setAt: '2026-01-01T00:00:00.000Z' }))
  return personId
}
let hash = ''
beforeAll(async () => void (hash = await hashPin(right)))

/** Somebody signed in by phone. */
async function visitOf(personId: string): Promise<string> {
  const row = { id: v4(), kioskId: screen.id, personId, how: 'phone', state: 'checked' } as const
  await write((tx) => tx.insert(kioskVisit).values({ ...row, beganAt: now().toISOString() }))
  return row.id
}
const began = (who: string, pin: string, visit = v4()): EntryBody => ({
  ...{ kind: 'visit-began', visit, key: keyAt(screen.id, who), pin },
})
const opened = (session: string, visit: string): EntryBody => ({
  ...{
    kind: 'hall-opened',
    session,
    visit,
    title: `题${session}`,
    type: '主题党日',
    agenda: [],
    lesson: null,
  },
  secret: 'a-secret-of-the-screen-0123456789',
})
const comes = (session: string, who: string, pin: string): BodyOf<'hall-in'> => ({
  ...{ kind: 'hall-in', session, key: keyAt(screen.id, who), pin },
})

/** Sends what happened ten seconds after each other; what became of each. */
async function send(bodies: EntryBody[]): Promise<string[]> {
  const entries: Entry[] = []
  for (const [i, body] of bodies.entries())
    entries.push(await entryOf(screen, body, { up: minute + i * 10_000 }))
  clock.advance(minute / 1000 + bodies.length * 10)
  await askHere('entries', { entries })
  await entriesSettled()
  const rows = await read.select().from(kioskEntry).where(eq(kioskEntry.kioskId, screen.id))
  return entries.map(({ id }) => {
    const row = rows.find((one) => one.id === id)
    return row?.reason ?? row?.state ?? 'nowhere'
  })
}
const checked = (said: string[]) => said.filter((one) => one.includes('不对')).length

test('a process that ends while it checks, however often, uses up no try', async () => {
  const who = await someone()
  const entry = { id: v4(), kiosk: screen.id, at: now().getTime() }
  for (let i = 0; i < 8; i++) await checkSealedPin(entry, who, wrong)
  const decide = await checkSealedPin(entry, who, right)
  expect(await write(decide)).toBe('right')
})

test('a wrong check-in that is settled again after a crash is one try', async () => {
  const [host, who] = [await someone(), await someone()]
  const session = v4()
  await send([opened(session, await visitOf(host))])
  const at = now().getTime()
  const entry = (pin: string): Placed<BodyOf<'hall-in'>> => ({
    ...{ id: v4(), kiosk: screen.id, at, from: null, offline: true, carried: false },
    body: comes(session, who, pin),
  })
  const mistyped = entry(wrong)
  for (let i = 0; i < 5; i++) expect(await settleIn(mistyped)).toMatchObject({ state: 'refused' })
  expect(await settleIn(entry(right))).toMatchObject({ state: 'settled' })
})

test('tries count in the order in which they were made: who came and later mistyped has come', async () => {
  const [host, who] = [await someone(), await someone()]
  const [visit, session] = [v4(), v4()]
  const hall = [comes(session, who, wrong), comes(session, who, wrong), comes(session, who, right)]
  const later = [began(who, wrong), began(who, wrong), began(who, wrong)]
  const said = await send([began(host, right, visit), opened(session, visit), ...hall, ...later])
  expect(said.slice(0, 2)).toEqual(['settled', 'settled'])
  expect(said[4]).toBe('settled')
  expect(checked(said)).toBe(5)
})

test('guesses through many sessions and many visits at once are five in all', async () => {
  const [host, victim] = [await someone(), await someone()]
  const visit = await visitOf(host)
  const sessions = Array.from({ length: 8 }, () => v4())
  const guesses = Array.from({ length: 40 }, (_, i) => {
    const [guess, session = ''] = [String(300_000 + i), sessions[i % 8]]
    return i % 3 === 0 ? began(victim, guess) : comes(session, victim, guess)
  })
  expect(checked(await send([...sessions.map((id) => opened(id, visit)), ...guesses]))).toBe(5)
})

test('who knows a former PIN gets fifty guesses by it and no more', async () => {
  const victim = await someone()
  // The screen goes on without a line; the PIN is changed after all that it tells.
  const changedAt = new Date(now().getTime() + 86_400_000).toISOString()
  await write(async (tx) => storePin(tx, victim, await hashPin('864209'), changedAt))
  const guesses = Array.from({ length: 160 }, (_, i) =>
    began(victim, i % 5 === 4 ? right : String(300_000 + i)),
  )
  const said = await send(guesses)
  expect(said).toContain('settled')
  expect(checked(said)).toBe(50)
})
