import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { read } from '#db/database.server.ts'
import { kiosk, kioskEntry } from '#db/schema/kiosk.ts'
import { Unreachable } from '#kiosk/device/line.ts'
import { StorageFull } from '#kiosk/device/store.ts'
import type { EntryBody } from '#kiosk/entry-body.ts'
import { revoke } from '#kiosk/fleet/approve.server.ts'
import { unsealingKey } from '#kiosk/fleet/keys.server.ts'
import { unseal } from '#kiosk/sealing.ts'
import { log } from '#process/log.server.ts'
import { addPerson, addUnits } from '../../people/house.ts'
import { stoppedClock } from '../../record/happenings.ts'
import { freshDatabase } from '../../support/database.ts'
import { anAdministrator } from '../../support/kiosk.ts'
import { Machine, openFront, type Front } from '../../support/kiosk-device.ts'

log.level = 'silent'
freshDatabase()
const clock = stoppedClock('2026-11-20T01:00:00.000Z')
let front: Front
beforeAll(async () => {
  front = await openFront()
  await addUnits({ county: '/county/', village: '/county/village/' })
  await addPerson({ number: 'G0001', name: '李青', unit: 'village' })
})
afterAll(() => front.close())
beforeEach(() => front.proxy.arm())

const rated = (stars = 5): EntryBody => ({ kind: 'rated', page: '/hall', stars })
const noLine = () => front.proxy.arm({ cut: { way: 'up', after: 0 } })
const arrived = async ({ device }: Machine) => {
  const id = device.standing().kiosk ?? ''
  const rows = await read.select().from(kioskEntry).where(eq(kioskEntry.kioskId, id)).orderBy(kioskEntry.seq)
  return rows.map(({ id, seq }) => ({ id, seq }))
}

describe('a new screen', () => {
  test('shows a code, and once it was approved knows its hall', async () => {
    const machine = new Machine(front.origin)
    const device = await machine.start()
    expect(device.standing()).toMatchObject({ is: 'asking', code: expect.stringMatching(/^\w{4}-\w{4}$/) })
    await expect(device.keep(rated())).rejects.toThrow('not let in')
    machine.stop()
    await machine.enrol('village', '村部大厅')
    const { is, sheet, online, code } = machine.device.standing()
    expect({ is, online, code, name: sheet?.kiosk.name }).toEqual({
      ...{ is: 'let-in', online: true, code: null, name: '村部大厅' },
    })
    expect(sheet?.roster.map(({ name }) => name)).toEqual(['李青'])
  })

  test('keeps asking where there is no line', async () => {
    const machine = new Machine(front.origin)
    noLine()
    const device = await machine.start()
    expect(device.standing()).toMatchObject({ is: 'asking', code: null, online: false })
    front.proxy.arm()
    await device.meet()
    expect(device.standing()).toMatchObject({ is: 'asking', online: true })
    expect(device.standing().code).not.toBeNull()
  })

  test('shows another code when the old one is over', async () => {
    const machine = new Machine(front.origin)
    const device = await machine.start()
    const { code } = device.standing()
    clock.advance(31 * 60)
    await device.meet()
    await device.meet()
    expect(device.standing().code).toMatch(/^\w{4}-\w{4}$/)
    expect(device.standing().code).not.toBe(code)
  })

  test('its key cannot be taken out of its browser', async () => {
    const machine = new Machine(front.origin)
    await machine.start()
    const pair = await machine.store.read('pair')
    await expect(crypto.subtle.exportKey('jwk', (pair as CryptoKeyPair).privateKey)).rejects.toThrow()
  })
})

describe('what happens at the screen', () => {
  test('is sent at once where there is a line, and then no longer waits', async () => {
    const machine = new Machine(front.origin)
    const device = await machine.enrol('village')
    const id = await device.keep(rated())
    await device.meet()
    expect(await arrived(machine)).toEqual([{ id, seq: 1 }])
    expect(device.standing().waiting).toBe(0)
  })

  test('waits without a line, over a power cut, and arrives in order; nobody can read it on the machine', async () => {
    const machine = new Machine(front.origin)
    await machine.enrol('village')
    noLine()
    const story: EntryBody = {
      ...{ kind: 'story-told', title: '外婆的账本', teller: '阿秀', text: '一分一厘都记着。', voice: null },
      consent: 'v1',
    }
    const ids = [await machine.device.keep(story)]
    machine.stop()
    await machine.start(9 * 3_600_000)
    ids.push(await machine.device.keep(rated(3)))
    expect(machine.device.standing()).toMatchObject({ waiting: 2, online: false })
    expect(machine.store.dump()).not.toMatch(/外婆|阿秀|一分一厘|story-told|stars/)
    const [waiting] = await machine.store.waiting(1)
    const opened = await unseal(await unsealingKey(), ids[0] ?? '', waiting?.entry.sealed ?? '')
    expect(JSON.parse(opened ?? '')).toEqual(story)
    front.proxy.arm()
    await machine.device.meet()
    expect(await arrived(machine)).toEqual(ids.map((id, i) => ({ id, seq: i + 1 })))
  })

  test('a power cut before the disk has it gives the number to the next; after it, the entry is there', async () => {
    const machine = new Machine(front.origin)
    await machine.enrol('village')
    noLine()
    for (const when of ['before', 'after'] as const) {
      machine.store.moment = (at) => {
        if (at === when) throw new Error('The power is gone.')
      }
      await expect(machine.device.keep(rated())).rejects.toThrow('power')
      machine.store.moment = () => undefined
      machine.stop()
      await machine.start()
    }
    const last = await machine.device.keep(rated())
    const waiting = await machine.store.waiting(9)
    expect(waiting.map(({ seq }) => seq)).toEqual([1, 2])
    expect(waiting[1]?.entry.id).toBe(last)
    expect(waiting[1]?.entry.seq).toBe(2)
  })

  test('a machine that software sets back to an earlier day goes on with new numbers, and its entries keep their order', async () => {
    const machine = new Machine(front.origin)
    await machine.enrol('village')
    const earlier = await machine.store.read('self')
    for (let i = 0; i < 3; i++) await machine.device.keep(rated())
    await machine.device.meet()
    machine.stop()
    await machine.store.commit({ put: { self: earlier ?? undefined } as never })
    await machine.start()
    await machine.device.keep(rated())
    await machine.device.meet()
    expect((await arrived(machine)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
  })

  test('where the machine has no room that is said, nothing is numbered, and sending makes room', async () => {
    const machine = new Machine(front.origin)
    const device = await machine.enrol('village')
    noLine()
    await device.keep(rated())
    machine.store.full = true
    await expect(device.keep(rated())).rejects.toThrow(StorageFull)
    expect(device.standing()).toMatchObject({ full: true, waiting: 1 })
    front.proxy.arm()
    await device.meet()
    machine.store.full = false
    await device.keep(rated())
    await device.meet()
    expect(device.standing()).toMatchObject({ full: false, waiting: 0 })
    expect((await arrived(machine)).map(({ seq }) => seq)).toEqual([1, 2])
  })

  test('a thousand entries, some of them large, arrive in pieces that one request may carry', async () => {
    const machine = new Machine(front.origin)
    const device = await machine.enrol('village')
    noLine()
    const bytes = 'A'.repeat(50_000)
    const story = v7()
    for (let i = 0; i < 1000; i++)
      await device.keep(i % 50 === 0 ? { kind: 'voice-part', story, part: i / 50, bytes } : rated())
    front.proxy.arm()
    await device.meet()
    expect(await arrived(machine)).toHaveLength(1000)
    expect(device.standing()).toMatchObject({ waiting: 0, refused: 0 })
  })

  test('what the server will never take is removed and counted, the rest arrives', async () => {
    const machine = new Machine(front.origin)
    const device = await machine.enrol('village')
    noLine()
    const ids = [await device.keep(rated()), await device.keep(rated()), await device.keep(rated())]
    const [, second] = await machine.store.waiting(3)
    if (!second) throw new Error('It did not keep it.')
    const spoilt = { ...second, entry: { ...second.entry, up: second.entry.up + 1 } }
    await machine.store.commit({ drop: [2] })
    await machine.store.commit({ add: spoilt })
    front.proxy.arm()
    await device.meet()
    expect((await arrived(machine)).map(({ id }) => id)).toEqual([ids[0], ids[2]])
    expect(device.standing()).toMatchObject({ waiting: 0, refused: 1 })
  })
})

describe('the line', () => {
  test('a question without a line is answered by “unreachable”, and with one by the words of the server', async () => {
    const machine = new Machine(front.origin)
    const device = await machine.enrol('village')
    noLine()
    await expect(device.ask('/kiosk/hello', {})).rejects.toThrow(Unreachable)
    front.proxy.arm()
    const refused = device.ask('/kiosk/hello', {})
    await expect(refused).rejects.toMatchObject({ name: 'Refused', message: expect.stringContaining('登记') })
  })

  test('a machine that slept beyond its token says hello again by itself and gets its answer', async () => {
    const machine = new Machine(front.origin)
    const device = await machine.enrol('village')
    const before = device.token()
    clock.advance(2 * 3_600)
    const answer = await device.ask('/kiosk/visit/end', {})
    expect(answer).toEqual({ ended: true })
    expect(device.token()).not.toBe(before)
  })

  test('whoever listens hears when the line comes and goes', async () => {
    const machine = new Machine(front.origin)
    const device = await machine.enrol('village')
    const heard: boolean[] = []
    const leave = device.subscribe(({ online }) => heard.push(online))
    noLine()
    await device.meet()
    front.proxy.arm()
    await device.meet()
    leave()
    await device.meet()
    expect(heard).toEqual([true, false, true])
  })
})

describe('the shelf of a screen', () => {
  test('holds after a power cut what was put there last, and nothing once the screen is taken out of use', async () => {
    const machine = new Machine(front.origin)
    const device = await machine.enrol('village')
    device.shelf.setItem('session', 'first')
    device.shelf.setItem('session', 'second')
    device.shelf.setItem('gone', 'x')
    device.shelf.removeItem('gone')
    await device.keep(rated())
    machine.stop()
    const { shelf } = await machine.start()
    expect([shelf.getItem('session'), shelf.getItem('gone')]).toEqual(['second', null])
    await revoke(anAdministrator, { kiosk: device.standing().kiosk ?? '' })
    await machine.device.meet()
    expect(machine.store.dump()).not.toContain('second')
  })
})

describe('a screen that was taken out of use', () => {
  test('empties itself, says so until it was heard, and knows nothing after that', async () => {
    const machine = new Machine(front.origin)
    const device = await machine.enrol('village')
    const id = device.standing().kiosk ?? ''
    noLine()
    await device.keep(rated())
    await revoke(anAdministrator, { kiosk: id })
    // The reply to the first hello is heard, the farewell is cut.
    let replies = 0
    front.proxy.arm()
    const emptied = machine.store.empty
    machine.store.empty = async () => {
      await emptied()
      if ((replies += 1) === 1) noLine()
    }
    await device.meet()
    expect(machine.wiped).toBe(1)
    expect(device.standing()).toMatchObject({ is: 'revoked', waiting: 0, sheet: null, online: false })
    expect(machine.store.dump()).not.toMatch(/李青|sealed/)
    const told = async () =>
      (await read.select({ at: kiosk.emptiedAt }).from(kiosk).where(eq(kiosk.id, id)))[0]?.at
    expect(await told()).toBeNull()
    machine.stop()
    front.proxy.arm()
    await machine.start()
    expect(await told()).not.toBeNull()
    expect(machine.store.dump()).toBe('[[],[]]')
    await expect(machine.device.keep(rated())).rejects.toThrow()
    machine.stop()
    expect((await machine.start()).standing()).toMatchObject({ is: 'asking' })
  })
})
