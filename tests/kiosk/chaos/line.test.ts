// A screen that lost its line for a day meets the server over lines that fail in every way. Whatever they do, the ledger
// says afterwards what it says of a screen whose line never failed. `npm run test:long` cuts at every byte.
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { read, write } from '#db/database.server.ts'
import { kioskEntry } from '#db/schema/kiosk.ts'
import { limit, unit } from '#db/schema/people.ts'
import { randomFor } from '#demo/random.ts'
import { settings } from '#env.ts'
import { entriesSettled } from '#kiosk/intake/settle.server.ts'
import { bringInContent } from '#process/library-at-start.server.ts'
import { log } from '#process/log.server.ts'
import { cheapHashes } from '../../people/house.ts'
import { stoppedClock } from '../../record/happenings.ts'
import type { Way } from '../../support/chaos-proxy.ts'
import { freshDatabase } from '../../support/database.ts'
import { Machine, openFront, type Front } from '../../support/kiosk-device.ts'
import * as halls from './hall.ts'

log.level = 'silent'
const long = Boolean(process.env['LONG'])
const seed = process.env['SEED'] ?? String(Date.now() % 1_000_000)
const { hour, minute } = halls
const morning = '2026-03-10T00:30:00.000Z'
const year = 365 * 24 * hour

const place = freshDatabase()
cheapHashes()
const clock = stoppedClock(morning)
let front: Front
let taught: halls.Taught
const machines: Machine[] = []
beforeAll(async () => {
  front = await openFront()
  await bringInContent({ dataDir: place.dataDir, hourRule: settings.hourRule })
  const at = '2026-01-01T00:00:00.000Z'
  await write((tx) =>
    tx.insert(unit).values({
      id: 'county',
      parentId: null,
      path: '/county/',
      name: '青溪县',
      kind: 'county',
      createdAt: at,
    }),
  )
  taught = await halls.shortestLesson()
}, 120_000)
afterAll(() => front.close())
beforeEach(() => front.proxy.arm())
afterEach(() => machines.splice(0).forEach((machine) => machine.stop()))

/** A hall of its own, on the same morning, whose line has died after the first contact. */
async function newHall(cut = true): Promise<halls.Hall> {
  clock.set(morning)
  front.proxy.arm()
  // More screens are let in here within an hour than any county sets up.
  await write((tx) => tx.delete(limit))
  const machine = new Machine(front.origin, Date.parse(morning))
  machines.push(machine)
  const village = `village-${crypto.randomUUID()}`
  const people = await halls.settlePeople(village)
  const device = await machine.enrol(village, '村部大厅')
  if (cut) noLine()
  return { machine, village, kiosk: device.standing().kiosk ?? '', people, taught }
}

const noLine = () => front.proxy.arm({ cut: { way: 'up', after: 0 } })
const passFor =
  (...all: Machine[]): halls.Pass =>
  (milliseconds) => {
    clock.advance(milliseconds / 1000)
    for (const machine of all) machine.run(milliseconds)
  }

/** The line is well again: the screen meets the server, and nothing is left. */
async function recover({ machine, kiosk }: halls.Hall) {
  front.proxy.arm()
  await machine.device.meet()
  await entriesSettled()
  expect(machine.device.standing()).toMatchObject({ waiting: 0, refused: 0, online: true })
  const rows = await read
    .select({ seq: kioskEntry.seq, state: kioskEntry.state, reason: kioskEntry.reason })
    .from(kioskEntry)
    .where(eq(kioskEntry.kioskId, kiosk))
    .orderBy(kioskEntry.seq)
  expect(rows).toEqual(rows.map((_, i) => ({ seq: i + 1, state: 'settled', reason: null })))
  return rows.length
}

type Ledger = Awaited<ReturnType<typeof halls.ledgerOf>>
/** What the ledger says where no line fails, and how many bytes a sync takes each way. */
async function withoutFaults(live: typeof halls.shortDay) {
  const hall = await newHall()
  await live(hall, passFor(hall.machine))
  front.proxy.arm()
  await hall.machine.device.meet()
  const bytes = { ...front.proxy.passed }
  expect(await recover(hall)).toBeGreaterThan(5)
  return { ledger: await halls.ledgerOf(hall), bytes }
}

/** So many offsets, the ends among them, or all. */
const offsets = (bytes: number, some: number) =>
  Array.from({ length: long ? bytes + 1 : some }, (_, i) => (long ? i : Math.round((i * bytes) / (some - 1))))

describe('a line that is cut', () => {
  let plain: { ledger: Ledger; bytes: Record<Way, number> }
  beforeAll(async () => void (plain = await withoutFaults(halls.shortDay)))

  test.each(['up', 'down'] as const)(
    `at ${long ? 'every byte' : 'many places'} on the way %s loses nothing and doubles nothing`,
    { timeout: long ? 7_200_000 : 120_000 },
    async (way) => {
      for (const after of offsets(plain.bytes[way], 40)) {
        const hall = await newHall()
        await halls.shortDay(hall, passFor(hall.machine))
        front.proxy.arm({ cut: { way, after } })
        await hall.machine.device.meet()
        // Near the end a byte more or less in a date decides.
        if (after < plain.bytes[way] - 20) expect(hall.machine.device.online()).toBe(false)
        await recover(hall)
        expect(await halls.ledgerOf(hall), `cut after ${after} bytes ${way}`).toEqual(plain.ledger)
        hall.machine.stop()
      }
    },
  )
})

describe('a day with a finished lesson', () => {
  let plain: { ledger: Ledger; bytes: Record<Way, number> }
  beforeAll(async () => void (plain = await withoutFaults(halls.day)))

  test('gives its hours, marked as done without a line', () => {
    const [first, second, host] = plain.ledger.people
    expect(first?.events.join()).toContain('lesson-completed')
    expect(first?.events.join()).toContain('silentSeconds')
    expect(second?.events.join()).not.toContain('lesson-completed')
    expect(second?.derived['countedSpan']?.length).toBeGreaterThan(0)
    expect(host?.events).toHaveLength(1)
    expect(plain.ledger.people.map(({ derived }) => derived['credit']?.length)).toEqual([2, 0, 1])
  })

  test('gives the hours of the hall to who stayed, and keeps what was told for review', () => {
    const { people, sessions, stories } = plain.ledger
    const came = people.map(({ derived }) => derived['attended']?.map((text) => JSON.parse(text) as object))
    expect(came).toMatchObject([
      [{ via: 'pin', outAt: null, state: 'confirmed', eventId: expect.any(String) }],
      [{ via: 'pin', outAt: expect.any(String), state: 'confirmed', eventId: null }],
      [{ via: 'host', outAt: null, state: 'confirmed', eventId: expect.any(String) }],
    ])
    expect(sessions.map((text) => JSON.parse(text) as object)).toMatchObject([
      { state: 'confirmed', headCount: 3, offline: true },
    ])
    expect(stories.map((text) => JSON.parse(text) as object)).toMatchObject([{ state: 'waiting' }])
  })

  test.each(['up', 'down'] as const)('is the same where the line is cut on the way %s', async (way) => {
    for (const share of [0.2, 0.5, 0.8]) {
      const hall = await newHall()
      await halls.day(hall, passFor(hall.machine))
      front.proxy.arm({ cut: { way, after: Math.round(plain.bytes[way] * share) } })
      await hall.machine.device.meet()
      expect(hall.machine.device.online()).toBe(false)
      await recover(hall)
      expect(await halls.ledgerOf(hall)).toEqual(plain.ledger)
    }
  })

  test('is the same where every request arrives twice, over a slow line', async () => {
    const random = randomFor('delays', seed)
    const hall = await newHall()
    await halls.day(hall, passFor(hall.machine))
    const before = front.proxy.repeated()
    front.proxy.arm({ again: 'soon', delay: () => random() * 4 })
    await hall.machine.device.meet()
    await recover(hall)
    // The last connection closes when it likes.
    await expect.poll(() => front.proxy.repeated() - before).toBeGreaterThanOrEqual(2)
    expect(await halls.ledgerOf(hall)).toEqual(plain.ledger)
  })

  test('is the same where requests arrive again long after later ones, the last first', async () => {
    const hall = await newHall()
    const pass = passFor(hall.machine)
    await halls.day(hall, pass)
    for (const after of [900, 5_000, 9_000]) {
      front.proxy.arm({ again: 'late', cut: { way: 'up', after } })
      await hall.machine.device.meet()
    }
    front.proxy.arm({ again: 'late' })
    await hall.machine.device.meet()
    front.proxy.arm()
    const before = front.proxy.repeated()
    await front.proxy.release()
    expect(front.proxy.repeated() - before).toBeGreaterThanOrEqual(5)
    await recover(hall)
    expect(await halls.ledgerOf(hall)).toEqual(plain.ledger)
  })

  test('is the same for fifty screens that meet the server at once', { timeout: 120_000 }, async () => {
    const fifty: halls.Hall[] = []
    for (let i = 0; i < 50; i++) fifty.push(await newHall())
    for (const hall of fifty) {
      clock.set(morning)
      await halls.day(hall, passFor(hall.machine))
    }
    front.proxy.arm()
    await Promise.all(fifty.map(({ machine }) => machine.device.meet()))
    for (const hall of fifty) {
      await recover(hall)
      expect(await halls.ledgerOf(hall)).toEqual(plain.ledger)
    }
  })
})

describe('a night without power', () => {
  /** Its wall clock jumps so far while it is off, and back when it runs. */
  const nightWith = (hall: halls.Hall, jump: number, back: boolean) => async () => {
    const { machine } = hall
    machine.stop()
    clock.advance((9 * hour) / 1000)
    machine.wall += jump
    await machine.start(9 * hour)
    if (back) machine.wall -= jump
  }
  const lived = async (jump: number, back = false) => {
    const hall = await newHall()
    await halls.day(hall, passFor(hall.machine), nightWith(hall, jump, back))
    await recover(hall)
    return halls.ledgerOf(hall)
  }
  const spans = ({ people }: Ledger) => people.map((one) => one.derived['countedSpan']?.length)

  test('is no study, and what was studied after it keeps its time, also with a clock that is years ahead', async () => {
    const plain = await lived(0)
    expect(await lived(20 * year)).toEqual(plain)
    expect(await lived(20 * year, true)).toEqual(plain)
    const began = JSON.parse(plain.people[1]?.events[0] ?? '{}') as { at: string }
    const ended = JSON.parse(plain.people[0]?.events.at(-1) ?? '{}') as { at: string }
    expect(Date.parse(began.at) - Date.parse(morning)).toBeGreaterThan(9 * hour)
    expect(ended.at > morning).toBe(true)
  })

  test('with a clock that is years behind afterwards costs nobody a minute and gives nobody one', async () => {
    const plain = await lived(0)
    for (const ledger of [await lived(-30 * year), await lived(-30 * year, true)]) {
      expect(spans(ledger)).toEqual(spans(plain))
      const kinds = ({ people }: Ledger) =>
        people.map(({ events }) => events.map((text) => (JSON.parse(text) as { kind: string }).kind))
      expect(kinds(ledger).map((all) => all.toSorted())).toEqual(kinds(plain).map((all) => all.toSorted()))
      expect(ledger.people[0]?.derived['credit']).toHaveLength(2)
      for (const text of ledger.people.flatMap(({ events }) => events)) {
        const { at } = JSON.parse(text) as { at: string }
        expect(at >= morning && at <= clock.iso).toBe(true)
      }
    }
  })
})

test(
  'thirty days without a line arrive in one meeting, each at the minute at which it was',
  { timeout: 120_000 },
  async () => {
    const hall = await newHall()
    const pass = passFor(hall.machine)
    const truth: string[] = []
    for (let on = 0; on < 30; on++) {
      await halls.visit(hall, 0, pass, { slices: 2, answers: 0 })
      truth.push(new Date(clock.ms - 3 * minute).toISOString(), new Date(clock.ms - minute).toISOString())
      hall.machine.stop()
      clock.advance((20 * hour) / 1000)
      await hall.machine.start(20 * hour)
      pass(3 * hour)
    }
    expect(await recover(hall)).toBe(30 * 4)
    const [{ events } = { events: [] }] = (await halls.ledgerOf(hall)).people
    const studied = events
      .map((text) => JSON.parse(text) as { kind: string; at: string; spans: [number, number][] })
      .filter(({ kind }) => kind === 'segment-studied')
    expect(studied.map(({ at }) => at)).toEqual(truth)
    const counted = studied.flatMap(({ spans }) => spans).reduce((sum, [from, to]) => sum + to - from, 0)
    expect(counted).toBe(30 * 4 * minute)
  },
)
