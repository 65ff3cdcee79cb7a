import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { v4, v7 } from 'uuid'
import { now } from '#clock.server.ts'
import { askedBy, forgetAsked } from '#course/asked.server.ts'
import { publishedCourses } from '#course/library.server.ts'
import { read, write } from '#db/database.server.ts'
import { kioskEntry, kioskVisit } from '#db/schema/kiosk.ts'
import { revision as revisionTable } from '#db/schema/library.ts'
import type { Entry } from '#kiosk/entry.ts'
import type { EntryBody } from '#kiosk/entry-body.ts'
import { revoke } from '#kiosk/fleet/approve.server.ts'
import { entriesSettled, settleFailed, settleWaiting } from '#kiosk/intake/settle.server.ts'
import { takeEntries } from '#kiosk/intake/take.server.ts'
import type { Taken } from '#kiosk/intake/taken.ts'
import { log } from '#process/log.server.ts'
import { fromRow, record } from '#record/record.server.ts'
import { addPerson, addUnits, refusal } from '../../people/house.ts'
import { realLibrary } from '../../course/real-library.ts'
import * as happen from '../../record/happenings.ts'
import {
  anAdministrator,
  askHere,
  enrolKiosk,
  entryOf,
  entryOfText,
  sayHello,
  type TestKiosk,
} from '../../support/kiosk.ts'

const minute = 60_000
log.level = 'silent'
realLibrary()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')
let screen: TestKiosk
beforeAll(() => addUnits({ county: '/county/', village: '/county/village/' }))
beforeEach(async () => {
  screen = await enrolKiosk({ unit: 'village', name: `大屏${v4().slice(0, 8)}` })
  await sayHello(screen)
})

/** Somebody signed in at the screen; the server knows, unless told otherwise. */
async function visitOf(person: string, id = v4(), kiosk = screen) {
  const row = { id, kioskId: kiosk.id, personId: person, how: 'phone', state: 'checked' } as const
  await write((tx) => tx.insert(kioskVisit).values({ ...row, beganAt: now().toISOString() }))
  return id
}
const someone = () => addPerson({ number: v4().slice(0, 12), unit: 'village', notice: 'read' })

async function studied(visit: string, milliseconds = minute): Promise<EntryBody> {
  const { edition, revision } = await askedBy('lsn-sizhi')
  return { kind: 'studied', visit, lesson: 'lsn-sizhi', edition, revision, milliseconds, sections: ['s1'] }
}
const left = (visit: string): EntryBody => ({ kind: 'visit-ended', visit })

const send = (entries: unknown[]) => askHere<Taken>('entries', { entries })
async function settled(entries: Entry[]) {
  await entriesSettled()
  const rows = await read.select().from(kioskEntry)
  return entries.map(({ id }) => rows.find((row) => row.id === id))
}
const secondsOf = async (person: string) => {
  const events = (await happen.eventsOf(person)).map(fromRow)
  const spans = events.flatMap((event) => (event.kind === 'segment-studied' ? event.spans : []))
  return spans.reduce((sum, [from, to]) => sum + (to - from) / 1000, 0)
}

describe('what is sent is stored once', () => {
  test('study at a screen is in the record of whoever signed in there, and nothing readable is left', async () => {
    const person = await someone()
    const visit = await visitOf(person)
    const entry = await entryOf(screen, await studied(visit), { up: 5 * minute })
    clock.advance(600)
    expect(await send([entry])).toEqual({ stored: [entry.id], refused: [] })
    const [row] = await settled([entry])
    const at = Date.parse('2026-03-10T02:05:00.000Z')
    expect(row).toMatchObject({ state: 'settled', kind: 'studied', about: visit, sealed: null, via: 'line' })
    expect(row).toMatchObject({ fromAt: at - minute, toAt: at })
    expect(await secondsOf(person)).toBe(60)
  })

  test('repeated in one piece, at once and later, it counts once and is acknowledged each time', async () => {
    const person = await someone()
    const visit = await visitOf(person)
    const entry = await entryOf(screen, await studied(visit), { up: 2 * minute })
    clock.advance(180)
    const replies = await Promise.all([send([entry, entry]), send([entry]), takeEntries([entry], 'carried')])
    await entriesSettled()
    replies.push(await send([entry]))
    for (const reply of replies) expect(reply).toEqual({ stored: [entry.id], refused: [] })
    await entriesSettled()
    expect(await secondsOf(person)).toBe(60)
    expect((await happen.eventsOf(person)).map(({ kind }) => kind)).toEqual([
      'lesson-opened',
      'segment-studied',
    ])
  })

  test('in any order and mixed with another screen, the same is counted as in order', async () => {
    const other = await enrolKiosk({ unit: 'village', name: '另一台' })
    await sayHello(other)
    const [one, two] = [await someone(), await someone()]
    const visits = [await visitOf(one), await visitOf(two, v4(), other)] as const
    const entries: Entry[] = []
    for (let i = 1; i <= 4; i++) {
      entries.push(await entryOf(screen, await studied(visits[0]), { up: i * minute }))
      entries.push(await entryOf(other, await studied(visits[1]), { up: i * minute }))
    }
    clock.advance(300)
    for (const entry of entries.toReversed()) await send([entry])
    await entriesSettled()
    expect([await secondsOf(one), await secondsOf(two)]).toEqual([240, 240])
  })

  test('of a visit that is settled at once, what cannot be recorded does not spoil the rest', async () => {
    const person = await someone()
    const visit = await visitOf(person)
    const entries = []
    for (let i = 1; i <= 3; i++) entries.push(await entryOf(screen, await studied(visit), { up: i * minute }))
    await record(happen.opened({ id: entries[1]?.id, person: await someone() }))
    clock.advance(300)
    await send(entries)
    const rows = await settled(entries)
    expect(rows.map((row) => row?.state)).toEqual(['settled', 'refused', 'settled'])
    expect(rows[1]?.reason).toContain('这个编号已经记着另一件事')
    expect(await secondsOf(person)).toBe(120)
  })

  test('a lesson that cannot be read keeps nobody else waiting, and is settled when it can be again', async () => {
    const [one, other] = [await someone(), await someone()]
    const visits = [await visitOf(one), await visitOf(other)] as const
    const broken = (await publishedCourses())
      .flatMap(({ lessons }) => lessons)
      .find(({ id }) => id !== 'lsn-sizhi')
    const { id: lesson, edition, revision } = await askedBy(broken?.id ?? '')
    const body = { ...(await studied(visits[0])), lesson, edition, revision } as EntryBody
    const entries = [
      await entryOf(screen, body, { up: minute }),
      await entryOf(screen, await studied(visits[1]), { up: 3 * minute }),
    ]
    const [row] = await read.select().from(revisionTable).where(eq(revisionTable.id, revision))
    const keep = (meta: (typeof revisionTable.$inferSelect)['meta']) =>
      write((tx) => tx.update(revisionTable).set({ meta }).where(eq(revisionTable.id, revision)))
    await keep({})
    forgetAsked()
    clock.advance(300)
    await send(entries)
    expect((await settled(entries)).map((found) => found?.state)).toEqual(['waiting', 'settled'])
    await keep(row?.meta ?? {})
    forgetAsked()
    settleFailed()
    expect((await settled(entries)).map((found) => found?.state)).toEqual(['settled', 'settled'])
    expect(await secondsOf(one)).toBe(60)
  })

  test('a bad one does not spoil the others', async () => {
    const visit = await visitOf(await someone())
    const [good, unsigned, torn] = [
      await entryOf(screen, left(visit)),
      { ...(await entryOf(screen, left(visit))), up: 7 },
      { id: v7(), kiosk: screen.id },
    ]
    const stranger = { ...(await entryOf(screen, left(visit))), kiosk: 'nobody' }
    expect(await send([null, unsigned, torn, stranger, good])).toEqual({
      stored: [good.id],
      refused: [
        { id: unsigned.id, reason: '签名不对，内容可能被改过。' },
        { id: torn.id, reason: '内容不完整。' },
      ],
    })
    expect(await refusal(send([...Array<null>(201)].fill(null)))).toMatchObject({ kind: 'invalid' })
  })

  test('a screen that this server does not know, as after an older backup, is not told to throw anything away', async () => {
    const entry = { ...(await entryOf(screen, left(v4()))), kiosk: 'enrolled-after-the-backup' }
    expect(await send([entry])).toEqual({ stored: [], refused: [] })
  })

  test('one that is nested without end is refused, and those beside it are settled', async () => {
    const visit = await visitOf(await someone())
    const depth = 12_000
    const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`
    const { edition, revision } = await askedBy('lsn-sizhi')
    const answered = { kind: 'answered', visit, lesson: 'lsn-sizhi', edition, revision, item: 'x' }
    const poison = await entryOfText(screen, `${JSON.stringify(answered).slice(0, -1)},"answer":${deep}}`)
    const good = await entryOf(screen, left(visit))
    await send([poison, good])
    expect((await settled([poison, good])).map((row) => row?.state)).toEqual(['refused', 'settled'])
  })

  test('what cannot be opened or read is refused with a reason and not kept', async () => {
    const moved = await entryOf(screen, left(v4()))
    const foreign = { ...(await entryOf(screen, left(v4()))), sealed: moved.sealed }
    const nonsense = await entryOfText(screen, '{"kind":"none"}')
    const again = await entryOfText(screen, foreign.sealed, { id: foreign.id })
    await send([nonsense, again])
    expect((await settled([nonsense, again])).map((row) => [row?.state, row?.sealed, row?.reason])).toEqual([
      ['refused', null, '内容不是这个版本认得的。'],
      ['refused', null, '内容不是这个版本认得的。'],
    ])
    // Sealed beside one id, sent beside another.
    expect((await send([foreign])).refused).toHaveLength(1)
  })

  test('an id that stands for another entry is refused', async () => {
    const first = await entryOf(screen, left(v4()))
    const second = await entryOf(screen, left(v4()), { id: first.id })
    await send([first])
    expect(await send([second])).toEqual({
      stored: [],
      refused: [{ id: first.id, reason: '编号和别的记录重复。' }],
    })
  })

  test('a screen out of use sends nothing any more', async () => {
    const entry = await entryOf(screen, left(v4()))
    await revoke(anAdministrator, { kiosk: screen.id })
    expect((await send([entry])).refused[0]?.reason).toContain('停用')
    expect(await settled([entry])).toEqual([undefined])
  })
})

describe('what needs another entry waits for it', () => {
  test('and is settled once that has come', async () => {
    const visit = v4()
    const [early, late] = [
      await entryOf(screen, await studied(visit), { up: 2 * minute }),
      await entryOf(screen, left(visit), { up: 3 * minute }),
    ]
    clock.advance(200)
    await send([late, early])
    expect((await settled([early, late])).map((row) => row?.state)).toEqual(['waiting', 'waiting'])
    expect((await settled([early]))[0]?.sealed).not.toBeNull()
    const person = await someone()
    await visitOf(person, visit)
    clock.advance(1)
    await send([await entryOf(screen, left(visit), { up: 4 * minute })])
    expect((await settled([early, late])).map((row) => row?.state)).toEqual(['settled', 'settled'])
  })

  test('or when the server starts again: what was stored and not settled is not lost', async () => {
    const [person, visit] = [await someone(), v4()]
    const entry = await entryOf(screen, await studied(visit), { up: 2 * minute })
    clock.advance(200)
    await send([entry])
    await entriesSettled()
    await visitOf(person, visit)
    await write((tx) =>
      tx.update(kioskVisit).set({ beganAt: '2026-03-10T00:00:00.000Z' }).where(eq(kioskVisit.id, visit)),
    )
    await settleWaiting()
    expect((await settled([entry]))[0]?.state).toBe('settled')
    // As after a crash between its event and the note that it was settled.
    const again = { state: 'waiting' as const, sealed: entry.sealed }
    await write((tx) => tx.update(kioskEntry).set(again).where(eq(kioskEntry.id, entry.id)))
    await settleWaiting()
    expect((await settled([entry]))[0]?.state).toBe('settled')
    expect(await secondsOf(person)).toBe(60)
  })
})

describe('a screen is one screen', () => {
  test('two visits that claim the same minutes share them', async () => {
    const [one, two] = [await someone(), await someone()]
    const visits = [await visitOf(one), await visitOf(two)] as const
    const entries = [
      await entryOf(screen, await studied(visits[0], 2 * minute), { up: 2 * minute }),
      await entryOf(screen, await studied(visits[1], 2 * minute), { up: 3 * minute }),
    ]
    clock.advance(300)
    await send(entries)
    await entriesSettled()
    expect(await secondsOf(one)).toBe(120)
    expect(await secondsOf(two)).toBe(60)
  })

  test('a wall clock that is years ahead gives no minute more', async () => {
    const person = await someone()
    const visit = await visitOf(person)
    const off = 3 * 365 * 86_400_000
    const at = '2031-01-01T00:00:00.000Z'
    const entries = [1, 2, 3].map(async (i) =>
      entryOf(screen, await studied(visit), { up: i * minute, off, at, seq: i }),
    )
    clock.advance(200)
    await send(await Promise.all(entries))
    await entriesSettled()
    expect(await secondsOf(person)).toBe(180)
    const events = await happen.eventsOf(person)
    expect(events.every((event) => event.at <= now().toISOString())).toBe(true)
  })
})
