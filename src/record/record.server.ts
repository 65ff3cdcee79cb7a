// The only door into the learning record. One transaction: append the event to its person's chain, credit hours,
// collect evidence, store the belief.
import { and, eq, inArray, isNotNull, notInArray, or, sql } from 'drizzle-orm'
import { randomBytes } from 'node:crypto'
import type { z } from 'astro/zod'
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import { write, type Database } from '#db/database.server.ts'
import { insertAll } from '#db/many-rows.server.ts'
import { chain, credit, event as eventTable } from '#db/schema/record.ts'
import { byTime, derive, orderKey, standing, standsAlone } from '#record/derive.ts'
import { beginOf, canonicalJson, hashLink, hashPayload } from '#record/events/chain.ts'
import { effectiveAt, formerKey, onceKey } from '#record/events/effective.ts'
import { Event, type EventOf, type Recorded, type Study } from '#record/events/event.ts'
import { faultOf } from '#record/events/fault.ts'
import { Ledger, type InForce } from '#record/ledger.ts'
import { wasCounted } from '#record/capability/standing.server.ts'
import { forgetDerived, loadLedger, loadStudied, saveLedger } from '#record/ledger.server.ts'
import { versionsInForce } from '#record/versions.server.ts'
import { Refusal } from '#refusal.ts'

/** Proof that an event is in the record. */
export type Receipt = { id: string; kind: string; receivedAt: string; hash: string; repeated: boolean }

let tellConflict: (event: Pick<Event, 'id' | 'kind'>) => void = () => undefined

/** Whoever is told of an id that came again with other content: a mistake of a device, or somebody's attempt. */
export function onConflict(listener: typeof tellConflict) {
  tellConflict = listener
}

/**
 * Stores what happened to a learner and everything that follows from it.
 * The same event twice counts once and gives the first receipt again.
 * @throws Refusal `invalid` if the event is malformed, lies in the future, or its id stands for something else;
 * `not-found` if it takes back what is not there.
 */
export async function record(claim: Event): Promise<Receipt> {
  const inForce = await versionsInForce()
  return write((tx) => recordIn(tx, claim, inForce))
}

/** `record()` for a job that already writes: for several events that belong together. */
export async function recordIn(tx: Database, claim: Event, inForce: InForce): Promise<Receipt> {
  const receivedAt = now().toISOString()
  const event = parse(claim, dayOf(receivedAt))
  const gone = event.kind === 'event-corrected' ? await requireCorrectable(tx, event) : undefined
  const head = await headOf(tx, event.person)
  const recorded = recordedAt(event, receivedAt)
  const row = toRow(recorded, head?.head)
  if (await standsUnderFormerKey(tx, event)) return repeated(tx, event, row.payload)
  const stored = await tx
    .insert(eventTable)
    .values(row)
    .onConflictDoNothing()
    .returning({ seq: eventTable.seq })
  if (stored.length === 0) return repeated(tx, event, row.payload)

  const late = await lengthen(tx, event.person, head, [row])
  if (gone && standsAlone(gone)) await takeOut(tx, gone)
  else if (gone !== undefined || (late && !standsAlone(event))) await deriveAgain(tx, event.person, inForce)
  else await deriveNext(tx, await loadLedger(tx, recorded), [recorded], inForce)
  return { id: event.id, kind: event.kind, receivedAt, hash: row.hash, repeated: false }
}

/**
 * `recordIn()` for much that one person studied: his chain and what follows are looked up and stored once for all of it.
 * @param claims of one person, in the order of the chain.
 */
export async function recordStudyIn(
  tx: Database,
  claims: [Study, ...Study[]],
  inForce: InForce,
): Promise<void> {
  const ids = claims.map(({ id }) => id)
  const there = await tx.select({ id: eventTable.id }).from(eventTable).where(inArray(eventTable.id, ids))
  const known = new Set(there.map(({ id }) => id))
  for (const claim of claims) if (known.has(claim.id)) await recordIn(tx, claim, inForce)
  const fresh = claims.filter(({ id }) => !known.has(id))
  if (fresh.length === 0) return
  const [{ person }] = claims
  if (claims.some((one) => one.person !== person)) throw new Error('One chain is of one person.')
  const head = await headOf(tx, person)
  const receivedAt = now().toISOString()
  const all = fresh.map((claim) => recordedAt(parse(claim, dayOf(receivedAt)), receivedAt))
  const rows: Row[] = []
  for (const one of all) rows.push(toRow(one, rows.at(-1)?.hash ?? head?.head))
  await insertAll(tx, eventTable, rows)
  const late = await lengthen(tx, person, head, rows)
  if (late) await deriveAgain(tx, person, inForce)
  else await deriveNext(tx, await loadStudied(tx, person, all), all.toSorted(byTime), inForce)
}

const recordedAt = <E extends Event>(event: E, receivedAt: string): Recorded<E> => ({
  ...event,
  receivedAt,
  effectiveAt: effectiveAt(event, receivedAt),
})

type Head = typeof chain.$inferSelect
type Row = ReturnType<typeof toRow>

async function headOf(tx: Database, personId: string): Promise<Head | undefined> {
  const [head] = await tx.select().from(chain).where(eq(chain.personId, personId))
  return head
}

/**
 * Notes that these rows end the chain of their person now.
 * @returns true if one of them comes before what was derived already.
 */
async function lengthen(
  tx: Database,
  personId: string,
  before: Head | undefined,
  rows: Row[],
): Promise<boolean> {
  const to = before?.derivedTo ?? ''
  const keys = rows.map(orderKey)
  const links = {
    length: (before?.length ?? 0) + rows.length,
    head: rows.at(-1)?.hash ?? '',
    derivedTo: keys.reduce((latest, key) => (key > latest ? key : latest), to),
  }
  await tx
    .insert(chain)
    .values({ personId, ...links })
    .onConflictDoUpdate({ target: chain.personId, set: links })
  return keys.some((key) => key < to)
}

function parse<E extends Event>(claim: E, today: string): E {
  const parsed = Event.safeParse(claim)
  if (!parsed.success)
    throw new Refusal(
      'invalid',
      `这条记录有误：${sayIssue(parsed.error)}。`,
      '请按提示改正后再提交，已有的记录不受影响。',
    )
  const fault = faultOf(parsed.data, today)
  if (fault) throw new Refusal('invalid', fault.message, fault.hint)
  return parsed.data as E
}

function sayIssue(error: z.ZodError): string {
  const issue = error.issues[0]
  if (issue?.code === 'unrecognized_keys')
    return `“${[...issue.path, issue.keys[0]].join('.')}”是不认识的内容`
  return `“${issue?.path.join('.') || '种类'}”缺少或不合要求`
}

/**
 * What is taken back, null if its content was erased. It must be there; an unknown event and another person's get the
 * same reply.
 */
async function requireCorrectable(
  tx: Database,
  { person, corrects }: EventOf<'event-corrected'>,
): Promise<Recorded | null> {
  const mine = and(eq(eventTable.id, corrects), eq(eventTable.personId, person))
  const [there] = await tx.select(told).from(eventTable).where(mine)
  if (!there)
    throw new Refusal('not-found', '没有找到要更正的那条记录。', '请从这个人的学习记录里选那一条更正。')
  if (there.kind === 'event-corrected')
    throw new Refusal('invalid', '更正不能再更正。', '请把对的情况重新记一条。')
  return there.payload === null ? null : fromRow(there)
}

/** Takes out what was derived from an event on which nothing else rests. */
async function takeOut(tx: Database, { id, person }: Recorded) {
  await tx.delete(credit).where(and(eq(credit.personId, person), eq(credit.eventId, id)))
  await freeUncredited(tx, person)
}

/** The row of an event, linked to the one before it in its person's chain by that one's hash. */
export function toRow(recorded: Recorded, previous = beginOf(recorded.person)) {
  const { id, kind, person, at, receivedAt, effectiveAt: effective, ...rest } = recorded
  const payload = canonicalJson(rest)
  const salt = randomBytes(16).toString('hex')
  const payloadHash = hashPayload(salt, payload)
  const hash = hashLink({ previous, id, kind, at, receivedAt, payloadHash })
  return {
    ...{ id, kind, personId: person, once: onceKey(recorded), at, receivedAt, effectiveAt: effective },
    ...{ payload, salt, payloadHash, previous, hash },
  }
}

/** True if the same fact was stored when its once-key was still another. */
async function standsUnderFormerKey(tx: Database, event: Event): Promise<boolean> {
  const former = formerKey(event)
  if (former === null) return false
  const there = await tx.select({ id: eventTable.id }).from(eventTable).where(eq(eventTable.once, former))
  return there.length > 0
}

/** The receipt of what is there already, found by id or by what may happen only once. */
async function repeated(tx: Database, event: Event, payload: string): Promise<Receipt> {
  const [byId] = await tx.select().from(eventTable).where(eq(eventTable.id, event.id))
  if (
    byId &&
    (byId.personId !== event.person ||
      byId.kind !== event.kind ||
      (byId.payload !== null && byId.payload !== payload))
  ) {
    tellConflict({ id: event.id, kind: event.kind })
    throw new Refusal('invalid', '这个编号已经记着另一件事，没有改动。', '请刷新页面后再提交一次。')
  }
  const keys = [onceKey(event), formerKey(event)].filter((key) => key !== null)
  const [there] = byId ? [byId] : await tx.select().from(eventTable).where(inArray(eventTable.once, keys))
  if (!there) throw new Error(`Event ${event.id} was neither stored nor found.`)
  const { id, kind, receivedAt, hash } = there
  return { id, kind, receivedAt, hash, repeated: true }
}

/** Adds what follows from new events of a person, in the order of derivation. */
async function deriveNext(tx: Database, ledger: Ledger, added: Recorded[], inForce: InForce) {
  for (const recorded of added) derive(ledger, recorded, inForce)
  await saveLedger(tx, ledger)
  if (added.some(({ kind }) => kind === 'lesson-completed')) await freeUncredited(tx, ledger.person)
}

/** Throws away what was derived for a person and derives it again from the first event. */
export async function deriveAgain(tx: Database, personId: string, inForce: InForce): Promise<number> {
  const derived = await deriveAll(tx, personId, inForce)
  await replaceDerived(tx, derived.ledger)
  return derived.events
}

/** What follows from all events of a person, how many there are, and their extent; nothing is stored. */
export async function deriveAll(db: Database, personId: string, inForce: InForce) {
  const rows = await db
    .select({ seq: eventTable.seq, ...told })
    .from(eventTable)
    .where(eq(eventTable.personId, personId))
  const there = rows.filter(({ payload }) => payload !== null)
  const ledger = new Ledger(personId)
  for (const event of standing(there.map(fromRow))) derive(ledger, event, inForce)
  const last = rows.reduce<number | null>((highest, { seq }) => Math.max(seq, highest ?? seq), null)
  return { ledger, events: there.length, extent: sayExtent(last, there.length) }
}

/** The same as long as no event of a person was added or erased. */
export const sayExtent = (lastSeq: number | null, told: number) => `${lastSeq} ${told}`

/** Puts what was derived from all events of a person in place of what was there. */
export async function replaceDerived(tx: Database, ledger: Ledger): Promise<void> {
  const before = await wasCounted(tx, ledger.person)
  await forgetDerived(tx, ledger.person)
  await saveLedger(tx, ledger, before)
  await freeUncredited(tx, ledger.person)
}

/**
 * What was taken back, or gave nothing because something was missing, settles nothing: its once-key goes, so that
 * the fact may be recorded again as it really was. A failed test gives nothing either, but its try is used.
 */
async function freeUncredited(tx: Database, personId: string) {
  const credited = tx.select({ id: credit.eventId }).from(credit).where(eq(credit.personId, personId))
  const corrections = tx
    .select({ once: eventTable.once })
    .from(eventTable)
    .where(and(eq(eventTable.personId, personId), eq(eventTable.kind, 'event-corrected')))
  const gaveNothing = and(
    inArray(eventTable.kind, ['lesson-completed', 'hours-imported', 'attendance-recorded']),
    notInArray(eventTable.id, credited),
  )
  const takenBack = and(
    inArray(eventTable.kind, ['course-tested', 'practice-observed']),
    inArray(sql`'corrected:' || ${eventTable.id}`, corrections),
  )
  const free = and(eq(eventTable.personId, personId), isNotNull(eventTable.once), or(gaveNothing, takenBack))
  await tx.update(eventTable).set({ once: null }).where(free)
}

/** What of a row tells the event; the rest proves it. */
const told = {
  id: eventTable.id,
  kind: eventTable.kind,
  personId: eventTable.personId,
  at: eventTable.at,
  receivedAt: eventTable.receivedAt,
  effectiveAt: eventTable.effectiveAt,
  payload: eventTable.payload,
}

/** An event as it was stored; throws if an old shape no longer parses. */
export function fromRow(row: Pick<typeof eventTable.$inferSelect, keyof typeof told>): Recorded {
  const { id, kind, personId: person, at, receivedAt, effectiveAt: effective } = row
  const event = Event.parse({ ...JSON.parse(row.payload ?? 'null'), id, kind, person, at })
  return { ...event, receivedAt, effectiveAt: effective }
}
