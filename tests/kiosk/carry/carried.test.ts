import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { read } from '#db/database.server.ts'
import { kiosk, kioskContact, kioskEntry } from '#db/schema/kiosk.ts'
import { fileOf, readBytes, readText, rowsOf, type Carried } from '#kiosk/carry/carried-text.ts'
import { gather, join, readFrame, type Gathered } from '#kiosk/carry/frames.ts'
import { sayReply, sayTrouble } from '#kiosk/carry/said.ts'
import { sendCarried } from '#kiosk/carry/send-carried.ts'
import { takeCarried } from '#kiosk/carry/take-carried.server.ts'
import type { EntryBody } from '#kiosk/entry-body.ts'
import { revoke } from '#kiosk/fleet/approve.server.ts'
import { log } from '#process/log.server.ts'
import type { Post } from '#quiz/post.ts'
import { Refusal } from '#refusal.ts'
import { addUnits, refusal } from '../../people/house.ts'
import { freshDatabase } from '../../support/database.ts'
import { anAdministrator, askHere } from '../../support/kiosk.ts'
import { Machine, openFront, type Front } from '../../support/kiosk-device.ts'

log.level = 'silent'
freshDatabase()
let front: Front
beforeAll(async () => {
  front = await openFront()
  await addUnits({ county: '/county/', village: '/county/village/' })
})
afterAll(() => front.close())
beforeEach(() => front.proxy.arm())

const hour = 3_600_000
const rated = (stars = 5): EntryBody => ({ kind: 'rated', page: '/hall', stars })

/** A screen whose line has just died, with so many ratings and, if asked, a voice. */
async function cutOffScreen(ratings: number, voice = false) {
  const machine = new Machine(front.origin)
  const device = await machine.enrol('village', '村部大厅')
  front.proxy.arm({ cut: { way: 'up', after: 0 } })
  for (let i = 0; i < ratings; i++) await device.keep(rated((i % 5) + 1))
  if (voice) await device.keep({ kind: 'voice-part', story: v7(), part: 0, bytes: 'A'.repeat(60_000) })
  return { machine, device, id: device.standing().kiosk ?? '' }
}

/** A phone whose posts reach the server; from the `fails`-th on they do not. */
const phone =
  (fails = Infinity): Post =>
  async (_, body) => {
    if ((fails -= 1) < 0) return { type: 'offline' }
    try {
      return { type: 'ok', value: (await takeCarried(JSON.parse(JSON.stringify(body)))) as never }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return { type: error.kind === 'closed' ? 'gone' : 'wrong', message: error.message + error.hint }
    }
  }

const entriesOf = (id: string) =>
  read.select().from(kioskEntry).where(eq(kioskEntry.kioskId, id)).orderBy(kioskEntry.seq)

function opened(carried: Carried | null): Carried {
  if (!carried) throw new Error('It cannot be read.')
  return carried
}

function scanned(frames: string[]): Carried {
  let sets: Record<string, Gathered> = {}
  for (const text of frames.toReversed()) {
    const frame = readFrame(`${front.origin}/hall/carry#${text}`)
    if (!frame) throw new Error('A code cannot be read.')
    sets = gather(gather(sets, frame), frame)
  }
  const [whole] = Object.entries(sets)
  const bytes = whole && join(...whole)
  return opened(bytes ? readBytes(bytes) : null)
}

test('whoever reads on the way what is carried cannot speak for the screen with it', async () => {
  const { device } = await cutOffScreen(1)
  const { hello } = opened(readText(fileOf(await device.carry())))
  expect(await refusal(askHere('hello', hello as object))).toMatchObject({ kind: 'invalid' })
})

describe('a stick', () => {
  test('brings everything, the voices too, once; and the screen removes it when it meets the server itself', async () => {
    const { device, id } = await cutOffScreen(30, true)
    const text = fileOf(await device.carry())
    const first = await sendCarried(phone(), opened(readText(text)), () => undefined)
    expect(first).toEqual({ type: 'ok', value: { kiosk: '村部大厅', arrived: 31, known: 0, refused: [] } })
    const again = await sendCarried(phone(), opened(readText(text)), () => undefined)
    expect(again).toMatchObject({ value: { arrived: 0, known: 31 } })
    expect(device.standing().waiting).toBe(31)
    front.proxy.arm()
    await device.meet()
    expect(device.standing()).toMatchObject({ waiting: 0, refused: 0 })
    const rows = await entriesOf(id)
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 31 }, (_, i) => i + 1))
    expect(rows.every(({ via }) => via === 'carried')).toBe(true)
  })

  test('whose sending broke off is sent again, and what is missing arrives', async () => {
    const { device, id } = await cutOffScreen(300)
    const carried = opened(readText(fileOf(await device.carry())))
    const through: number[] = []
    expect(await sendCarried(phone(2), carried, (count) => through.push(count))).toEqual({ type: 'offline' })
    expect(through).toHaveLength(2)
    expect(await entriesOf(id)).toHaveLength(through[1] ?? 0)
    const { type, value } = (await sendCarried(phone(), carried, () => undefined)) as never as {
      type: string
      value: { arrived: number; known: number }
    }
    expect({ type, ...value }).toMatchObject({
      type: 'ok',
      known: through[1],
      arrived: 300 - (through[1] ?? 0),
    })
    expect(await entriesOf(id)).toHaveLength(300)
  })

  test('a file that was cut off or is none of ours is not taken for one', () => {
    expect(readText('')).toBeNull()
    expect(readText('{"kiosk":"a"}\n{"id":"b"')).toBeNull()
    expect(readText('你好')).toBeNull()
  })
})

describe('a row of codes', () => {
  test('is complete in itself: one row brings its part, all rows bring all, in any order; voices go by file only', async () => {
    const { device, id } = await cutOffScreen(100, true)
    const rows = rowsOf(await device.carry())
    expect(rows.length).toBeGreaterThan(1)
    expect(Math.max(...rows.map((frames) => frames.length))).toBeLessThanOrEqual(30)
    for (const frames of rows.toReversed()) {
      const reply = await sendCarried(phone(), scanned(frames), () => undefined)
      expect(reply).toMatchObject({ type: 'ok', value: { known: 0, refused: [] } })
    }
    expect((await entriesOf(id)).map(({ seq }) => seq)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1))
  })
})

describe('what was carried', () => {
  test('ends the time of its entries, as a hello would, and is no sign of life', async () => {
    const { machine, device, id } = await cutOffScreen(1)
    const alive = async () =>
      (await read.select({ at: kiosk.helloAt }).from(kiosk).where(eq(kiosk.id, id)))[0]?.at
    const before = await alive()
    machine.run(2 * hour)
    const { hello, waiting } = await device.carry()
    await takeCarried({ hello, entries: waiting.map(({ entry }) => entry) })
    await takeCarried({ hello, entries: [] })
    const contacts = await read
      .select()
      .from(kioskContact)
      .where(eq(kioskContact.kioskId, id))
      .orderBy(kioskContact.at)
    expect(contacts).toHaveLength(2)
    expect(contacts[1]).toMatchObject({ heard: contacts[0]?.id, up: 2 * hour, seq: 1 })
    expect(await alive()).toBe(before)
  })

  test('is refused where somebody changed it, whole or in part, in words that say what to do', async () => {
    const { device, id } = await cutOffScreen(2)
    const { hello, waiting } = await device.carry()
    const [one, other] = waiting.map(({ entry }) => entry)
    const forged = { hello: { ...hello, up: hello.up + 1 }, entries: [one] }
    expect(await refusal(takeCarried(forged))).toMatchObject({
      kind: 'invalid',
      hint: expect.stringContaining('重新'),
    })
    expect(await refusal(takeCarried({ entries: [] }))).toMatchObject({ kind: 'invalid' })
    const reply = await takeCarried({ hello, entries: [one, { ...other, up: 99 }, 'nothing'] })
    expect(reply).toMatchObject({ arrived: 1, known: 0, refused: [expect.stringContaining('签名')] })
    expect(await entriesOf(id)).toHaveLength(1)
  })

  test('by a screen that was taken out of use is not taken', async () => {
    const { device, id } = await cutOffScreen(1)
    const { hello, waiting } = await device.carry()
    await revoke(anAdministrator, { kiosk: id })
    const entries = waiting.map(({ entry }) => entry)
    expect(await refusal(takeCarried({ hello, entries }))).toMatchObject({
      kind: 'closed',
      message: '“村部大厅”已经停用，它的记录不再收。',
    })
  })

  test('is told in words', () => {
    const reply = { kiosk: '村部大厅', arrived: 3, known: 2, refused: ['签名不对。', '签名不对。'] }
    const after = '大屏连上网以后会自己核对，不用在大屏上做什么。'
    expect(sayReply(reply)).toBe(`“村部大厅”：新送到3条，2条以前已经到过，2条没有收下：签名不对。${after}`)
    expect(sayReply({ ...reply, arrived: 0, known: 0, refused: [] })).toBe(
      `“村部大厅”：里面没有记录。${after}`,
    )
    expect(sayTrouble({ type: 'offline' })).toContain('再送一次')
    expect(sayTrouble({ type: 'signed-out' })).toContain('重新登录')
  })
})
