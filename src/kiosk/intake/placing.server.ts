// Gives entries of one kiosk their place in time and keeps it: whatever is settled again later happened when it did.
import { and, asc, desc, eq, gt, gte, inArray, isNotNull, lt, ne, sql } from 'drizzle-orm'
import { read, write } from '#db/database.server.ts'
import { kiosk, kioskContact, kioskEntry } from '#db/schema/kiosk.ts'
import type { EntryBody } from '#kiosk/entry-body.ts'
import { place, type Contact, type Fixed } from '#kiosk/intake/place.ts'
import { free, type Stretch } from '#kiosk/intake/stretch.ts'
import { subjectOf } from '#kiosk/intake/subject.ts'

export type Row = typeof kioskEntry.$inferSelect
export type Opened = { row: Row; body: EntryBody }

/** When an entry happened, and of study where its own time begins; ms since 1970. */
export type Place = { at: number; from: number | null }

/**
 * Places what has no place yet, and keeps for study the time in which nobody else studied at this kiosk.
 * @param opened entries of one kiosk.
 * @returns places by id.
 */
export async function placeAll(kioskId: string, opened: Opened[]): Promise<Map<string, Place>> {
  const fresh = opened.filter(({ row }) => row.toAt === null)
  const places = await placesOf(
    kioskId,
    fresh.map(({ row }) => row),
  )
  const kept = fresh.length > 0 ? await keep(kioskId, fresh, places) : []
  const before = opened.flatMap(({ row }) =>
    row.toAt === null ? [] : [{ id: row.id, from: row.fromAt, to: row.toAt }],
  )
  return new Map([...kept, ...before].map(({ id, from, to }) => [id, { at: to, from }]))
}

async function placesOf(kioskId: string, rows: Row[]): Promise<Map<string, number>> {
  if (rows.length === 0) return new Map()
  const unplaced = rows.map(({ id, seq, contactId, up, off, receivedAt }) => {
    return { id, seq, contact: contactId, up, off, arrivedAt: Date.parse(receivedAt) }
  })
  const [contacts, fixed, since] = await Promise.all([
    contactsFor(kioskId, [...new Set(rows.map(({ contactId }) => contactId))]),
    fixedAround(kioskId, rows),
    enrolledAt(kioskId),
  ])
  return place(unplaced, { contacts, fixed, since })
}

/** Contacts from the oldest that is named on; all if one of them is not there. */
async function contactsFor(kioskId: string, named: string[]): Promise<Contact[]> {
  const ours = eq(kioskContact.kioskId, kioskId)
  const there = await read
    .select({ at: kioskContact.at })
    .from(kioskContact)
    .where(and(ours, inArray(kioskContact.id, named)))
  const since = there.length < named.length ? 0 : Math.min(...there.map(({ at }) => at))
  return read
    .select()
    .from(kioskContact)
    .where(and(ours, gte(kioskContact.at, since)))
}

/** What was placed before, among these numbers and next to them. */
async function fixedAround(kioskId: string, rows: Row[]): Promise<Fixed[]> {
  const seqs = rows.map(({ seq }) => seq)
  const [first, last] = [Math.min(...seqs), Math.max(...seqs)]
  const placed = and(eq(kioskEntry.kioskId, kioskId), isNotNull(kioskEntry.toAt))
  const look = () => read.select({ seq: kioskEntry.seq, at: kioskEntry.toAt }).from(kioskEntry)
  const { seq } = kioskEntry
  const found = await Promise.all([
    look()
      .where(and(placed, lt(seq, first)))
      .orderBy(desc(seq))
      .limit(1),
    look().where(and(placed, gte(seq, first), sql`${seq} <= ${last}`)),
    look()
      .where(and(placed, gt(seq, last)))
      .orderBy(asc(seq))
      .limit(1),
  ])
  return found.flat().flatMap(({ seq, at }) => (at === null ? [] : [{ seq, at }]))
}

async function enrolledAt(kioskId: string): Promise<number> {
  const [row] = await read.select({ at: kiosk.enrolledAt }).from(kiosk).where(eq(kiosk.id, kioskId))
  return Date.parse(row?.at ?? '')
}

async function keep(kioskId: string, fresh: Opened[], places: Map<string, number>) {
  const inOrder = fresh.toSorted((a, b) => a.row.seq - b.row.seq)
  const taken = await takenBy(kioskId, [...places.values()])
  const kept = inOrder.map(({ row, body }) => {
    const at = places.get(row.id) ?? 0
    const about = subjectOf(body)
    const own = body.kind === 'studied' ? free([at - body.milliseconds, at], about, taken) : null
    if (own) taken.push({ about, span: own })
    return { id: row.id, kind: body.kind, about, from: own?.[0] ?? null, to: at }
  })
  await write((tx) =>
    tx.run(sql`
      UPDATE kiosk_entry SET kind = kept.value->>'kind', about = kept.value->>'about',
        from_at = kept.value->>'from', to_at = kept.value->>'to'
      FROM json_each(${JSON.stringify(kept)}) AS kept WHERE kiosk_entry.id = kept.value->>'id'`),
  )
  return kept
}

/** The longest stretch of study that one entry may claim (visit/body.ts). */
const longestStretch = 120_000

/** Study at this kiosk that may overlap with what is being placed. */
async function takenBy(kioskId: string, places: number[]): Promise<Stretch[]> {
  const [first, last] = [Math.min(...places) - longestStretch, Math.max(...places)]
  const rows = await read
    .select({ about: kioskEntry.about, from: kioskEntry.fromAt, to: kioskEntry.toAt })
    .from(kioskEntry)
    .where(
      and(
        eq(kioskEntry.kioskId, kioskId),
        gt(kioskEntry.toAt, first),
        lt(kioskEntry.fromAt, last),
        ne(kioskEntry.state, 'refused'),
      ),
    )
  return rows.map(({ about, from, to }) => ({ about, span: [from ?? 0, to ?? 0] }))
}
