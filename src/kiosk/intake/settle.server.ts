// Brings stored entries where they belong: opens them, places them in time, and asks the settler of their kind. Runs in
// the background, after the kiosk was answered; what a crash interrupted is done again at the next start.
import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { read, write } from '#db/database.server.ts'
import { kioskEntry } from '#db/schema/kiosk.ts'
import type { BodyOf, EntryBody } from '#kiosk/entry-body.ts'
import { unsealingKey } from '#kiosk/fleet/keys.server.ts'
import { finishStudied } from '#kiosk/intake/finish.server.ts'
import { inTurn } from '#kiosk/intake/in-turn.ts'
import { lanesOf } from '#kiosk/intake/lane.ts'
import { openEntry } from '#kiosk/intake/open-entry.server.ts'
import { placeAll, type Opened, type Place, type Row } from '#kiosk/intake/placing.server.ts'
import type { Placed, Settled } from '#kiosk/intake/settled.ts'
import { settlers } from '#kiosk/intake/settlers.server.ts'
import { subjectOf } from '#kiosk/intake/subject.ts'
import { settleStudied } from '#kiosk/visit/settle-studied.server.ts'
import { log } from '#process/log.server.ts'
import { Refusal } from '#refusal.ts'

/** Entries that are settled together, so that what they write shares commits; and as many letters. */
const group = { entries: 400, letters: 4_000_000 }
/** Screens whose entries are worked off side by side. */
const side = 4
/** What arrives later than this was made without a line. */
const offlineMilliseconds = 2 * 60_000

let running: Promise<void> | null = null
let isAsked = false
let isEnding = false
/** Ids of waiting entries whose turn has come again. */
const again: string[] = []
/** Ids whose settler failed; they are tried again by the chore. */
const failed = new Set<string>()

/** Something was stored. */
export function settleSoon(): void {
  isAsked = true
  if (isEnding) return
  running ??= run().finally(() => {
    running = null
    if (isAsked && !isEnding) settleSoon()
  })
}

/** Resolves when nothing is being settled. */
export async function entriesSettled(): Promise<void> {
  while (running) await running
}

/** Tries again what failed; a chore. */
export function settleFailed(): void {
  again.push(...failed)
  failed.clear()
  settleSoon()
}

/** Tries everything that waits: what it waits for may have come by another way. */
export async function settleWaiting(): Promise<void> {
  const isWaiting = and(eq(kioskEntry.state, 'waiting'), isNotNull(kioskEntry.about))
  const rows = await read.select({ id: kioskEntry.id }).from(kioskEntry).where(isWaiting)
  again.push(...rows.map(({ id }) => id))
  settleFailed()
}

/** Begins to settle, first what was left; the result ends it after what is under way. */
export function keepSettling(): () => Promise<void> {
  isEnding = false
  settleWaiting().catch((err: unknown) => log.error({ err }, 'entries that wait could not be read'))
  return async () => {
    isEnding = true
    await entriesSettled()
  }
}

async function run(): Promise<void> {
  isAsked = false
  try {
    for (let rows = await next(); rows.length > 0 && !isEnding; rows = await next()) await tried(rows)
  } catch (err) {
    // The storage is in trouble; the chore comes back to it.
    log.error({ err }, 'entries of kiosks could not be settled')
  }
}

async function tried(rows: Row[]): Promise<void> {
  try {
    await settleGroup(rows)
  } catch (error) {
    for (const { id } of rows) failed.add(id)
    throw error
  }
}

async function next(): Promise<Row[]> {
  const ids = again.length > 0 ? again.splice(0, group.entries) : await fresh()
  if (ids.length === 0) return again.length > 0 ? next() : []
  const isThere = and(inArray(kioskEntry.id, ids), eq(kioskEntry.state, 'waiting'))
  const rows = await read.select().from(kioskEntry).where(isThere)
  // What was tried again may be settled by now.
  return rows.length > 0 ? rows : next()
}

/** Entries that nobody has looked at, in the order of their kiosks and numbers. */
async function fresh(): Promise<string[]> {
  const rows = await read
    .select({ id: kioskEntry.id, letters: sql<number>`octet_length(${kioskEntry.sealed})` })
    .from(kioskEntry)
    .where(and(eq(kioskEntry.state, 'waiting'), isNull(kioskEntry.about)))
    .orderBy(asc(kioskEntry.kioskId), asc(kioskEntry.seq))
    .limit(group.entries + failed.size)
  let letters = 0
  const untried = rows.filter(({ id }) => !failed.has(id))
  const end = untried.findIndex((row, i) => (letters += row.letters) > group.letters && i > 0)
  return untried.slice(0, end < 0 ? undefined : end).map(({ id }) => id)
}

type Done = { row: Row; settled: Settled; keys: string[] }

async function settleGroup(rows: Row[]): Promise<void> {
  const key = await unsealingKey()
  const read = await inTurn(rows, async (row) => ({ row, body: await openEntry(key, row) }))
  const opened = read.filter((one): one is Opened => typeof one.body !== 'string')
  const done: Done[] = read.flatMap(({ row, body }) =>
    typeof body === 'string' ? [{ row, settled: { state: 'refused', reason: body }, keys: [] }] : [],
  )
  const byKiosk = Map.groupBy(opened, ({ row }) => row.kioskId)
  const places = await Promise.all([...byKiosk].map(([kiosk, own]) => placeAll(kiosk, own)))
  const at = new Map(places.flatMap((one) => [...one]))
  const lanes = lanesOf(opened).values()
  const work = async () => {
    for (const lane of lanes)
      for (const run of lane) {
        // Reads do not give way by themselves; whoever else asks is heard between two of them.
        await new Promise((go) => setImmediate(go))
        done.push(...(await settleRun(run, at)))
      }
  }
  await Promise.all(Array.from({ length: side }, work))
  const unfinished = await finishStudied(done.map(({ settled }) => settled))
  for (const { row, settled } of done) if (unfinished.has(settled)) failed.add(row.id)
  const finished = done.filter(({ settled }) => !unfinished.has(settled))
  await keep(finished)
  await askAgain(finished)
}

/** What fails together is tried alone. */
async function settleRun(run: Opened[], at: Map<string, Place>): Promise<Done[]> {
  const [first] = run
  if (!first) return []
  const entries = run.map((one) => placed(one, at.get(one.row.id) as Place))
  try {
    const all = await settle(entries)
    return run.map((one, i) => doneWith(one, all[i] as Settled))
  } catch (err) {
    if (run.length > 1) {
      const all = []
      for (const one of run) all.push(...(await settleRun([one], at)))
      return all
    }
    if (err instanceof Refusal && err.kind !== 'busy')
      return [doneWith(first, { state: 'refused', reason: err.message })]
    failed.add(first.row.id)
    log.error({ err, entry: first.row.id, kind: first.body.kind }, 'an entry of a kiosk could not be settled')
    return []
  }
}

/** A run holds stretches of one visit, or one entry of another kind. */
async function settle(run: Placed[]): Promise<Settled[]> {
  if (run.every(isStretch)) return settleStudied(run)
  const all = run.map((one) => {
    const { kind } = one.body as Exclude<EntryBody, { kind: 'studied' }>
    return (settlers[kind] as (entry: Placed) => Promise<Settled>)(one)
  })
  return Promise.all(all)
}

const isStretch = (one: Placed): one is Placed<BodyOf<'studied'>> => one.body.kind === 'studied'

function placed({ row, body }: Opened, { at, from }: Place): Placed {
  const offline = Date.parse(row.receivedAt) - at > offlineMilliseconds
  return { id: row.id, kiosk: row.kioskId, at, from, offline, carried: row.via === 'carried', body }
}

const doneWith = (one: Opened, settled: Settled): Done => ({
  ...{ row: one.row, settled, keys: keysOf(one, settled) },
})

/** What others may have waited for, now that this entry is done. */
const keysOf = ({ row, body }: Opened, settled: Settled): string[] =>
  [row.id, subjectOf(body), settled.about].filter((key) => typeof key === 'string')

/** By id alone (`+` keeps SQLite from the index of states, in which it would look through all that waits for each of them). */
async function keep(done: Done[]) {
  const rows = done.map(({ row, settled }) => ({
    id: row.id,
    state: settled.state,
    about: settled.about ?? null,
    reason: settled.state === 'refused' ? settled.reason : null,
    from: settled.state === 'settled' ? (settled.from ?? null) : null,
    to: settled.state === 'settled' ? (settled.to ?? null) : null,
  }))
  await write((tx) =>
    tx.run(sql`
      UPDATE kiosk_entry SET state = done.value->>'state', about = coalesce(done.value->>'about', about),
        reason = done.value->>'reason',
        from_at = CASE done.value->>'state' WHEN 'waiting' THEN from_at ELSE done.value->>'from' END,
        to_at = coalesce(done.value->>'to', to_at),
        sealed = CASE done.value->>'state' WHEN 'waiting' THEN sealed END
      FROM json_each(${JSON.stringify(rows)}) AS done
      WHERE kiosk_entry.id = done.value->>'id' AND +kiosk_entry.state = 'waiting'`),
  )
}

/** Entries that waited for what is done now. */
async function askAgain(done: Done[]) {
  const keys = [...new Set(done.flatMap(({ settled, keys }) => (settled.state === 'waiting' ? [] : keys)))]
  if (keys.length === 0) return
  const waits = and(eq(kioskEntry.state, 'waiting'), inArray(kioskEntry.about, keys))
  const rows = await read.select({ id: kioskEntry.id }).from(kioskEntry).where(waits)
  again.push(...rows.map(({ id }) => id).filter((id) => !failed.has(id)))
}
