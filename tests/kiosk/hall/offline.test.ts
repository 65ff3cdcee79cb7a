// A hall without a line: what its screen journalled arrives days later, in any order and twice, and gives what it would
// have given at once.
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { v4 } from 'uuid'
import { now } from '#clock.server.ts'
import { tallyOf } from '#kiosk/hall/ask.server.ts'
import { checkIn, lookAt } from '#kiosk/hall/claim.server.ts'
import { codeOf } from '#kiosk/hall/code.ts'
import { confirmSession } from '#kiosk/hall/confirm.server.ts'
import { planSession } from '#kiosk/hall/session.server.ts'
import { hallSteps } from '#kiosk/hall/sessions.server.ts'
import * as settle from '#kiosk/hall/settle.server.ts'
import type { EntryBody } from '#kiosk/entry-body.ts'
import type { HallState } from '#kiosk/hall/hall-state.ts'
import type { Settled } from '#kiosk/intake/settled.ts'
import type { Ask } from '#kiosk/step.ts'
import type { Session } from '#people/session.ts'
import { freshDatabase } from '../../support/database.ts'
import { stoppedClock, underYunnan } from '../../record/happenings.ts'
import { refusal } from '../../people/house.ts'
import * as hall from './world.ts'

freshDatabase()
underYunnan()
hall.village()
const clock = stoppedClock('2026-11-20T06:00:00.000Z')
const begin = '2026-11-20T06:00:00.000Z'
const minute = (count: number) => new Date(Date.parse(begin) + count * 60_000).toISOString()
const secret = 'a-secret-of-the-screen-0123456789'
let host: Session

beforeAll(async () => {
  host = await hall.someone()
})

type Arrival = { name: string; settle: () => Promise<Settled> }

/** The afternoon of a hall: who came, who mistyped, who left, what was asked, what the host confirmed. */
async function afternoon(title: string, hostVisit: 'checked' | 'refused' = 'checked') {
  const session = v4()
  const visit = v4()
  // Nobody is in two halls at one time.
  const host = await hall.someone()
  const [whole, mistyped, early, never, late] = await Promise.all(
    Array.from({ length: 5 }, () => hall.someone()),
  )
  if (!whole || !mistyped || !early || !never || !late) throw new Error('Nobody came.')
  const entry = <Body>(body: Body, at: number) => hall.placed(body as never, minute(at)) as never
  const comes = (by: Session, at: number, pin = hall.rightPin) =>
    entry({ kind: 'hall-in', session, key: hall.keyOf(by), pin }, at)
  const opened = {
    kind: 'hall-opened',
    session,
    visit,
    title,
    type: '主题党日',
    agenda: [],
    lesson: null,
    secret,
  }
  const closed = {
    ...{ kind: 'hall-closed', session, visit, headCount: 5, minutes: '学了一课。' },
    confirmed: [whole, mistyped, early, never, late].map((by) => hall.keyOf(by)),
  }
  const arrivals: Arrival[] = [
    { name: 'visit', settle: async () => (await hall.visitBy(host, hostVisit, visit), { state: 'settled' }) },
    { name: 'opened', settle: () => settle.settleOpened(entry(opened, 0)) },
    { name: 'whole in', settle: () => settle.settleIn(comes(whole, 2)) },
    { name: 'whole in again', settle: () => settle.settleIn(comes(whole, 30)) },
    { name: 'mistyped in', settle: () => settle.settleIn(comes(mistyped, 3, '135791')) },
    { name: 'early in', settle: () => settle.settleIn(comes(early, 1)) },
    {
      name: 'early out',
      settle: () => settle.settleOut(entry({ kind: 'hall-out', session, key: hall.keyOf(early) }, 40)),
    },
    { name: 'late in', settle: () => settle.settleIn(comes(late, 25)) },
    {
      name: 'counted',
      settle: () =>
        settle.settleCounted(entry({ kind: 'hall-counted', session, item: 'itm-a', counts: [1, 2] }, 50)),
    },
    {
      name: 'counted again',
      settle: () =>
        settle.settleCounted(entry({ kind: 'hall-counted', session, item: 'itm-a', counts: [3, 2] }, 51)),
    },
    { name: 'closed', settle: () => settle.settleClosed(entry(closed, 60)) },
  ]
  return { session, title, arrivals, host, people: { whole, mistyped, early, never, late } }
}

/** Asks as intake/ does: what waits is asked again after everything that was settled. */
async function arrive(arrivals: readonly Arrival[]): Promise<Map<string, Settled>> {
  const said = new Map<string, Settled>()
  let left = [...arrivals]
  for (const arrival of arrivals) {
    const waiting = left.filter(({ name }) => said.has(name))
    for (const one of [arrival, ...waiting]) said.set(one.name, await one.settle())
    left = left.filter(({ name }) => (said.get(name)?.state ?? 'waiting') === 'waiting')
  }
  for (let round = 0; round < arrivals.length && left.length > 0; round++) {
    for (const one of left) said.set(one.name, await one.settle())
    left = left.filter(({ name }) => said.get(name)?.state === 'waiting')
  }
  return said
}

async function outcomeOf({ session, title, host, people }: Awaited<ReturnType<typeof afternoon>>) {
  const rows = await Promise.all(
    Object.entries(people).map(async ([name, by]) => {
      const row = await hall.attendanceOf(session, by)
      const { via, inAt, outAt, state, note } = row ?? {}
      const hours = (await hall.hoursOf(by))[title] ?? 0
      return [name, { via, inAt, outAt, state, note, hours, has: (row?.eventId ?? null) !== null }]
    }),
  )
  const { state, startsAt, endsAt, headCount, minutes } = await hall.sessionRow(session)
  return {
    ...{
      people: Object.fromEntries(rows) as Record<string, unknown>,
      state,
      startsAt,
      endsAt,
      headCount,
      minutes,
    },
    tally: (await tallyOf(session)).get('itm-a'),
    host: (await hall.hoursOf(host))[title] ?? 0,
  }
}

test('whatever order it arrives in, the same people have the same hours', async () => {
  clock.set(minute(3 * 24 * 60))
  const plain = await afternoon('主题党日第0次')
  await arrive(plain.arrivals)
  const expected = await outcomeOf(plain)
  expect(expected).toMatchObject({
    ...{ state: 'confirmed', startsAt: begin, endsAt: minute(60), headCount: 5, minutes: '学了一课。' },
    ...{ tally: [3, 2], host: 1 },
    people: {
      whole: { via: 'pin', inAt: minute(2), hours: 1 },
      mistyped: { inAt: null, hours: 0, note: '密码不对，没有签上。' },
      early: { outAt: minute(40), hours: 0 },
      never: { inAt: null, hours: 0, state: 'confirmed' },
      late: { inAt: minute(25), hours: 0 },
    },
  })
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.nat()), async (stream) => {
      const one = await afternoon(`主题党日第${(run += 1)}次`)
      const lots = one.arrivals.map((arrival) => ({ arrival, lot: Number(stream.next().value) }))
      await arrive(lots.sort((a, b) => a.lot - b.lot).map(({ arrival }) => arrival))
      expect(await outcomeOf(one)).toEqual(expected)
    }),
    { numRuns: 25 },
  )
})

test('everything arriving a second time changes nothing', async () => {
  const one = await afternoon('主题党日又一次')
  await arrive(one.arrivals)
  const first = await outcomeOf(one)
  for (const { name, settle: again } of one.arrivals) if (name !== 'visit') await again()
  expect(await outcomeOf(one)).toEqual(first)
})

test('a leaving that arrives after the hours takes them back in the record', async () => {
  const one = await afternoon('主题党日迟到的一条')
  await arrive(one.arrivals.filter(({ name }) => name !== 'early out'))
  expect((await hall.hoursOf(one.people.early))[one.title]).toBe(1)
  await arrive(one.arrivals.filter(({ name }) => name === 'early out'))
  expect((await hall.hoursOf(one.people.early))[one.title]).toBeUndefined()
})

test('a host who mistyped his PIN loses nobody a check-in: his list counts once he confirms it on his phone', async () => {
  const one = await afternoon('主题党日密码打错', 'refused')
  const said = await arrive(one.arrivals)
  expect(said.get('opened')).toMatchObject({ state: 'settled' })
  expect(said.get('closed')).toMatchObject({
    state: 'refused',
    reason: expect.stringContaining('在手机上确认'),
  })
  expect(await hall.sessionRow(one.session)).toMatchObject({ state: 'ended', confirmedAt: null })
  expect(await hall.hoursOf(one.people.whole)).toEqual({})
  const ticked = [one.people.whole.person.id]
  await confirmSession(one.host, { session: one.session, person: ticked, head: 2 })
  expect(await hall.hoursOf(one.people.whole)).toHaveProperty('主题党日密码打错')
  expect(await hall.hoursOf(one.host)).toEqual({})
})

type Held = { opened?: number; closed: number; by?: Session; session?: string }
/** A session of a host and a guest, as its screen journalled it, in minutes. */
async function held(title: string, { opened = 0, closed, by, session = v4() }: Held) {
  const [one, guest] = [by ?? (await hall.someone()), await hall.someone()]
  const visit = await hall.visitBy(one)
  const entry = <Body>(body: Body, at: number) => hall.placed(body as never, minute(at)) as never
  const opening = {
    ...{ kind: 'hall-opened', session, visit, title, type: '三会一课' },
    ...{ agenda: [], lesson: null, secret },
  }
  const coming = { kind: 'hall-in', session, key: hall.keyOf(guest), pin: hall.rightPin }
  const confirmed = [hall.keyOf(guest)]
  const closing = { kind: 'hall-closed', session, visit, confirmed, headCount: 2, minutes: '' }
  const open = () => settle.settleOpened(entry(opening, opened))
  const come = () => settle.settleIn(entry(coming, opened + 1))
  const close = () => settle.settleClosed(entry(closing, closed))
  return { session, host: one, guest, open, come, close }
}

test('a session that was ended days later gives what half a day gives, and is not lost', async () => {
  const one = await held('忘了结束', { closed: 20 * 24 * 60 })
  for (const step of [one.open, one.come, one.close]) expect(await step()).toMatchObject({ state: 'settled' })
  expect(await hall.sessionRow(one.session)).toMatchObject({ endsAt: minute(12 * 60) })
  expect(await hall.hoursOf(one.guest)).toHaveProperty('忘了结束')
})

test('of two sessions at one time only the first gives hours, and the other says why', async () => {
  const both = await hall.someone()
  for (const title of ['同时的一场', '同时的另一场']) {
    const one = await held(title, { closed: 60, by: both })
    for (const step of [one.open, one.come, one.close]) await step()
    if (title === '同时的另一场')
      expect((await hall.attendanceOf(one.session, both))?.note).toContain('在另一场')
    expect(await hall.hoursOf(one.guest)).toHaveProperty(title)
  }
  const next = await held('接着的一场', { opened: 58, closed: 120, by: both })
  for (const step of [next.open, next.come, next.close]) await step()
  expect(Object.keys(await hall.hoursOf(both)).toSorted()).toEqual(['同时的一场', '接着的一场'].toSorted())
})

test('nobody but its host makes a session begin earlier, so that all others were late', async () => {
  const one = await held('别人提前的', { closed: 60 })
  for (const step of [one.open, one.come, one.close]) await step()
  const other = await held('别人提前的', { opened: -600, closed: 61, session: one.session })
  for (const step of [other.open, other.close]) await step()
  expect(await hall.sessionRow(one.session)).toMatchObject({ startsAt: begin })
  expect(await hall.hoursOf(one.guest)).toHaveProperty('别人提前的')
})

test('the end of a planned session waits for its beginning', async () => {
  const planner = await hall.someone()
  const place = `village|${hall.screenId}`
  const asked = { place, kind: '中心组学习' as const, agenda: [], lesson: null, begin: 'later' as const }
  const at = new Date(now().getTime() + 32 * 3_600_000).toISOString().slice(0, 16)
  const session = await planSession(planner, { ...asked, title: '先到的结束', at })
  const one = await held('先到的结束', { closed: 60, by: planner, session })
  expect(await one.close()).toEqual({ state: 'waiting', about: session })
  for (const step of [one.open, one.come, one.close]) expect(await step()).toMatchObject({ state: 'settled' })
  expect(await hall.sessionRow(session)).toMatchObject({ startsAt: begin, endsAt: minute(60) })
})

test('somebody without a post in the unit opens nothing there, and another screen adds nothing', async () => {
  const visit = await hall.visitBy(await hall.someone('other'))
  const session = v4()
  const opened = {
    kind: 'hall-opened',
    session,
    visit,
    title: '外人开的',
    type: '其他集体学习',
    agenda: [],
    lesson: null,
    secret,
  } satisfies EntryBody
  expect(await settle.settleOpened(hall.placed(opened, begin))).toMatchObject({
    state: 'refused',
    about: session,
  })
  const one = await afternoon('主题党日在本村')
  await arrive(one.arrivals)
  await hall.addScreen('kiosk-other', 'other')
  const out = {
    kind: 'hall-out',
    session: one.session,
    key: hall.keyOf(one.people.whole),
  } satisfies EntryBody
  expect(await settle.settleOut(hall.placed(out, minute(10), 'kiosk-other'))).toMatchObject({
    state: 'refused',
  })
  expect((await hall.hoursOf(one.people.whole))[one.title]).toBe(1)
})

test('phones that scanned while the hall had no line are in once its journal arrives; a wrong code is not', async () => {
  clock.set(minute(5))
  const [right, wrong, afar] = [await hall.someone(), await hall.someone(), await hall.someone()]
  const session = v4()
  const scan = async (by: Session, code: string) => {
    const seen = await lookAt(by, { session, slot: 10, code })
    if (seen.is !== 'unknown') throw new Error('The server knew of it.')
    expect(await checkIn(by, { ...seen.seen, seen: seen.at, seal: seen.seal })).toBe('waiting')
  }
  const code = await codeOf(secret, session, 10)
  await scan(right, code)
  await scan(wrong, 'abcdefghijkl')
  clock.set(minute(45))
  // Told on by telephone long after it stood on the screen.
  await scan(afar, code)
  clock.set(minute(24 * 60))
  const visit = await hall.visitBy(host)
  const opened = {
    kind: 'hall-opened',
    session,
    visit,
    title: '手机报到',
    type: '三会一课',
    agenda: [],
    lesson: null,
    secret,
  } satisfies EntryBody
  const people = [right, wrong, afar]
  const confirmed = people.map((by) => hall.keyOf(by))
  const closed = {
    kind: 'hall-closed',
    session,
    visit,
    confirmed,
    headCount: 3,
    minutes: '',
  } satisfies EntryBody
  await settle.settleOpened(hall.placed(opened, begin))
  await settle.settleClosed(hall.placed(closed, minute(60)))
  expect(await hall.attendanceOf(session, right)).toMatchObject({ via: 'phone', inAt: minute(5) })
  expect(await hall.attendanceOf(session, wrong)).toMatchObject({
    inAt: null,
    note: '扫的码核对不上，没有签上。',
  })
  expect(await Promise.all(people.map(async (by) => (await hall.hoursOf(by))['手机报到'] ?? 0))).toEqual([
    1, 0, 0,
  ])
})

test('the host adds on the phone whose check-in arrived after the list', async () => {
  const one = await afternoon('主题党日后来补的')
  const { host } = one
  await arrive(one.arrivals.filter(({ name }) => !name.startsWith('closed')))
  const guest = await hall.someone('town')
  const visit = await hall.visitBy(host)
  const closed = {
    kind: 'hall-closed',
    session: one.session,
    visit,
    confirmed: [],
    headCount: 2,
    minutes: '',
  } satisfies EntryBody
  await settle.settleClosed(hall.placed(closed, minute(60)))
  expect((await hall.hoursOf(one.people.whole))[one.title]).toBeUndefined()
  await confirmSession(host, {
    session: one.session,
    person: [one.people.whole.person.id, guest.person.id],
    head: 2,
  })
  expect((await hall.hoursOf(one.people.whole))[one.title]).toBe(1)
  expect((await hall.hoursOf(guest))[one.title]).toBeUndefined()
})

test('a session that was planned on the phone begins at the screen, and the screen hears who is in', async () => {
  const id = await planSession(host, {
    ...{
      place: `village|${hall.screenId}`,
      kind: '中心组学习',
      title: '先排好的一场',
      agenda: [],
      lesson: null,
    },
    ...{ begin: 'later', at: new Date(now().getTime() + 32 * 3_600_000).toISOString().slice(0, 16) },
  })
  const { secret: planned } = await hall.sessionRow(id)
  const visit = await hall.visitBy(host)
  const body = { kind: 'hall-opened', session: id, visit, title: '先排好的一场', type: '中心组学习' } as const
  const at = now().toISOString()
  expect(
    await settle.settleOpened(hall.placed({ ...body, agenda: [], lesson: null, secret: planned }, at)),
  ).toEqual({ state: 'settled', about: id })
  const one = await hall.someone()
  await settle.settleIn(
    hall.placed({ kind: 'hall-in', session: id, key: hall.keyOf(one), pin: hall.rightPin }, at),
  )
  const kiosk = { id: hall.screenId, unitId: 'village', name: '大屏' }
  const ask = (session: string, by = kiosk) => hallSteps['hall/state']?.(by, { body: { session } } as Ask)
  const state = (await ask(id)) as HallState
  expect(state).toMatchObject({ state: 'open', asking: null, tally: [] })
  expect(state.people).toContainEqual({ key: hall.keyOf(one), name: one.person.name, left: false })
  expect((await refusal(Promise.resolve(ask(id, { ...kiosk, id: 'kiosk-other' })))).kind).toBe('not-found')
})
