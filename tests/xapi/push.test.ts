// Statements on their way to another store, over HTTP that fails: everything arrives, once.
import { setTimeout as sleep } from 'node:timers/promises'
import { and, eq, like } from 'drizzle-orm'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { read, write } from '#db/database.server.ts'
import { audit, person as people } from '#db/schema/people.ts'
import { mark } from '#db/schema/process.ts'
import { event } from '#db/schema/record.ts'
import { settings, useSettings } from '#env.ts'
import { erasePerson } from '#people/erase.server.ts'
import { record } from '#record/record.server.ts'
import { openStore } from '#xapi/lrs.server.ts'
import { pushPending, startPushing } from '#xapi/push.server.ts'
import * as happen from '../record/happenings.ts'
import { freshDatabase } from '../support/database.ts'
import { listenHere } from '../support/http.ts'
import { startLrs, type Fault, type Lrs } from '../support/lrs.ts'
import { brokenRules } from './xapi-rules.ts'

freshDatabase()
happen.underYunnan()
happen.stoppedClock('2026-03-10T02:00:00.000Z')

const plain = settings
let lrs: Lrs
const stops: (() => Promise<void>)[] = []
const never = new AbortController().signal

beforeEach(async () => {
  await use({ judge: brokenRules })
})
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
  useSettings(plain)
})

async function use(options: Parameters<typeof startLrs>[0]) {
  lrs = await startLrs(options)
  stops.push(lrs.close)
  useSettings({ ...plain, xapi: lrs.settings })
}

const quick = { idle: 5, first: 1, longest: 20 }
const troubles: string[] = []

/** Sends until the store has everything, however often it fails; then stops. */
async function sendAll() {
  troubles.length = 0
  const stop = startPushing(({ err }) => void troubles.push((err as Error).message), quick)
  stops.unshift(stop)
  await until(async () => (await reached()) === (await newest()))
  await stop()
}

async function until(done: () => Promise<boolean>) {
  while (!(await done())) await sleep(5)
}

const reached = async () => {
  const [row] = await read
    .select()
    .from(mark)
    .where(eq(mark.name, `sent-to:${lrs.settings.endpoint}`))
  return Number(row?.value ?? -1)
}
const all = () => read.select().from(event).orderBy(event.seq)
const newest = async () => (await all()).at(-1)?.seq ?? 0
const live = async () => (await all()).filter(({ payload }) => payload !== null).map(({ id }) => id)

async function openSome(count: number, who = happen.somebody()) {
  for (let i = 0; i < count; i++) await record(happen.opened({ person: who }))
  return who
}

test('nothing is sent while the settings name no store', async () => {
  await openSome(3)
  useSettings(plain)
  const stop = startPushing(() => undefined, quick)
  await sleep(50)
  await stop()
  expect(lrs.seen.bytes).toBe('')
  expect(await reached()).toBe(-1)
})

test('everything that happened arrives once, in its order, and what happens later follows', async () => {
  const who = happen.somebody()
  for (const one of happen.finished(who)) await record(one)
  await openSome(120)
  await sendAll()
  expect([...lrs.statements.keys()]).toEqual(await live())
  expect(lrs.seen.largest).toBe(50)
  const before = lrs.seen.requests
  await record(happen.observed({ person: who }))
  await sendAll()
  expect([...lrs.statements.keys()]).toEqual(await live())
  expect(lrs.seen.requests).toBe(before + 1)
  expect(troubles).toEqual([])
})

test('whatever the line and the store do, everything arrives once', async () => {
  const fault: fc.Arbitrary<Fault> = fc.oneof(
    fc.constantFrom('gone' as const, 'lost' as const),
    fc.record({ status: fc.constantFrom(400, 401, 403, 404, 409, 413, 429, 500, 502, 503) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fault, { maxLength: 12 }), fc.nat(4), async (faults, more) => {
      await use({ judge: brokenRules })
      await openSome(more)
      lrs.faults.push(...faults.filter((one) => typeof one === 'string' || one.status !== 409))
      await sendAll()
      expect([...lrs.statements.keys()].sort()).toEqual((await live()).sort())
    }),
    { numRuns: 15 },
  )
})

test('a store that answers every repeat with a conflict gets the rest all the same', async () => {
  await use({ strict: true })
  await openSome(60)
  lrs.faults.push('lost', 'gone', { status: 503 })
  await sendAll()
  expect([...lrs.statements.keys()].sort()).toEqual((await live()).sort())
})

test('an end in the middle of a request loses nothing, and the next start goes on', async () => {
  await openSome(130)
  lrs.faults.push({ status: 503 }, 'silent')
  const stop = startPushing(() => undefined, quick)
  await until(() => Promise.resolve(lrs.seen.requests >= 2))
  await stop()
  expect(lrs.statements.size).toBe(0)
  await sendAll()
  expect([...lrs.statements.keys()]).toEqual(await live())
})

test('a store that is gone holds nobody up: the record goes on, and the pauses grow', async () => {
  await openSome(1)
  await lrs.close()
  const pauses: number[] = []
  const stop = startPushing(({ retryIn }) => void pauses.push(retryIn), { ...quick, longest: 8 })
  await until(() => Promise.resolve(pauses.length >= 6))
  await record(happen.opened({ person: 'somebody' }))
  await stop()
  expect(pauses.slice(0, 6)).toEqual([1, 2, 4, 8, 8, 8])
})

test('as long as something gets through now and then, the pauses stay short', async () => {
  await openSome(150)
  lrs.faults.push({ status: 502 }, 'none', 'gone', 'none', { status: 502 }, 'none', 'gone')
  const pauses: number[] = []
  const stop = startPushing(({ retryIn }) => void pauses.push(retryIn), quick)
  await until(() => Promise.resolve(pauses.length >= 4))
  await stop()
  expect(pauses).toEqual([1, 1, 1, 1])
})

test('a store that asks for time gets it', async () => {
  await openSome(1)
  lrs.faults.push(
    { status: 503, retryAfter: '1' },
    { status: 429, retryAfter: 'Tue, 01 Jan 2126 00:00:00 GMT' },
  )
  const pauses: number[] = []
  const stop = startPushing(({ retryIn }) => void pauses.push(retryIn), { ...quick, longest: 1500 })
  await until(() => Promise.resolve(pauses.length >= 2))
  await stop()
  expect(pauses).toEqual([1000, 1500])
})

test('what a store refuses is held back and named, not left out', async () => {
  const who = await openSome(3)
  const wrong = happen.opened({ person: who })
  await record(wrong)
  await openSome(2)
  await use({ judge: (one) => ((one as { id: string }).id === wrong.id ? ['refused'] : []) })
  const said: string[] = []
  const stop = startPushing(({ err }) => void said.push((err as Error).message), quick)
  await until(() => Promise.resolve(said.length >= 2))
  await stop()
  expect(said[0]).toBe(`The LRS answered 400 for statement ${wrong.id}.`)
  const ids = await live()
  expect([...lrs.statements.keys()]).toEqual(ids.slice(0, ids.indexOf(wrong.id)))
})

test('what answers that all is well and names no statement has taken none', async () => {
  await openSome(1)
  const page = await listenHere((req, res) => void req.resume().on('end', () => res.end('<p>Welcome</p>')))
  stops.push(page.close)
  const wrong = { ...lrs.settings, endpoint: `${page.origin}/xapi` }
  await expect(pushPending(wrong, openStore(wrong, never), never)).rejects.toThrow('is it an LRS?')
  await sendAll()
  expect([...lrs.statements.keys()]).toEqual(await live())
})

test('a store that takes little at a time gets little at a time', async () => {
  await use({ mostBytes: 3_000 })
  await openSome(20)
  await sendAll()
  expect([...lrs.statements.keys()]).toEqual(await live())
})

test.each([
  [['1.0.0', '1.0.3'], '1.0.3'],
  [['1.0.3', '2.0.0'], '2.0.0'],
])('a store that speaks %j is spoken to in %s', async (versions, spoken) => {
  await use({ versions, judge: brokenRules })
  await openSome(1)
  await sendAll()
  expect(lrs.seen.headers[0]).toMatchObject({
    'x-experience-api-version': spoken,
    'content-type': 'application/json',
  })
})

test('the password follows no redirection', async () => {
  const other = await startLrs()
  stops.push(other.close)
  await openSome(1)
  lrs.faults.push({ status: 307, location: `${other.origin}/xapi/statements` })
  const store = openStore(lrs.settings, never)
  await expect(pushPending(lrs.settings, store, never)).rejects.toThrow('The LRS answered 307')
  expect(other.seen.bytes).toBe('')
})

test('another store begins from the first event, and each first use is noted once for the audit administrator', async () => {
  await openSome(2)
  await sendAll()
  await sendAll()
  const noted = () => read.select().from(audit).where(eq(audit.act, 'statements-sent'))
  const host = new URL(lrs.settings.endpoint).host
  expect((await noted()).filter(({ target }) => target === host)).toHaveLength(1)
  await use({})
  await sendAll()
  expect(lrs.statements.size).toBe((await live()).length)
  expect((await noted()).at(-1)?.target).toBe(new URL(lrs.settings.endpoint).host)
})

test('no name, no number, no secure answer and nothing of who was erased is in any byte sent', async () => {
  const who = happen.somebody()
  const at = '2026-03-01T00:00:00.000Z'
  const known = { id: who, number: 'QX-CANARY-1', name: '金丝雀', createdAt: at }
  const gone = { ...known, id: happen.somebody(), number: 'QX-CANARY-2' }
  await write((tx) => tx.insert(people).values([known, gone]))
  const secret = { item: 'itm-canary', answer: { kind: 'single', choice: 'canary-choice' } }
  await record(happen.answered({ person: who, mode: 'supervised', ...secret }))
  await record(happen.observed({ person: who, note: '金丝雀做得好' }))
  await record(happen.imported({ person: who, entry: { approvedBy: '金丝雀', unit: '金丝雀村' } }))
  await record(happen.answered({ person: who, answer: { kind: 'short-answer', text: '我是金丝雀' } }))
  await record(happen.completed({ person: gone.id, title: '金丝雀的课' }))
  await erasePerson(gone.id, 'process')
  await sendAll()
  expect(lrs.statements.size).toBe((await live()).length)
  expect(lrs.seen.bytes).toContain(who)
  expect(lrs.seen.bytes).not.toContain(gone.id)
  expect(lrs.seen.bytes).not.toMatch(/金丝雀|canary/i)
  const marks = await read
    .select()
    .from(mark)
    .where(and(like(mark.name, 'sent-to:%'), eq(mark.value, String(await newest()))))
  expect(marks).toHaveLength(1)
})
