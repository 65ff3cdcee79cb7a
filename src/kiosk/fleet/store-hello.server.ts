// Stores hellos: one job for all of a turn of the event loop, whole or not at all for each kiosk.
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { write, type Database } from '#db/database.server.ts'
import { kiosk, kioskContact } from '#db/schema/kiosk.ts'
import type { Hello } from '#kiosk/hello.ts'

/** A hello with the contact that it becomes, and the server's clock, ms since 1970. */
export type Said = Hello & { contact: string; server: number }
/** `seq`: the highest number of an entry of the kiosk that is known. */
export type Stored = { is: 'stored'; seq: number } | { is: 'overtaken'; turn: number } | { is: 'revoked' }

type Waiting = { said: Said; done: (stored: Stored) => void; failed: (error: unknown) => void }
let gathered: Waiting[] = []

/** Stores a hello as a contact, unless a later turn of this kiosk was stored before. */
export function storeHello(said: Said): Promise<Stored> {
  return new Promise((done, failed) => {
    if (gathered.length === 0) setImmediate(() => void storeGathered())
    gathered.push({ said, done, failed })
  })
}

/** Most hellos that one job stores: some ten milliseconds. */
const most = 200

async function storeGathered() {
  const all = gathered
  gathered = []
  const groups = Array.from({ length: Math.ceil(all.length / most) }, (_, i) =>
    all.slice(i * most, (i + 1) * most),
  )
  await Promise.all(groups.map(storeGroup))
}

async function storeGroup(group: Waiting[]) {
  try {
    const stored = await write((tx) =>
      storeAll(
        tx,
        group.map(({ said }) => said),
      ),
    )
    for (const { said, done } of group) done(stored.get(said) ?? { is: 'revoked' })
  } catch (error) {
    for (const { failed } of group) failed(error)
  }
}

/** Said at a hello, or of an entry that is here. */
const highest = sql<number>`max(kiosk.seq,
  coalesce((SELECT max(entry.seq) FROM kiosk_entry AS entry WHERE entry.kiosk_id = kiosk.id), 0))`

async function storeAll(tx: Database, all: Said[]): Promise<Map<Said, Stored>> {
  const ids = [...new Set(all.map((said) => said.kiosk))]
  const rows = await tx
    .select({ id: kiosk.id, turn: kiosk.turn, seq: highest })
    .from(kiosk)
    .where(and(inArray(kiosk.id, ids), isNull(kiosk.revokedAt)))
  const turns = new Map(rows.map(({ id, turn }) => [id, turn]))
  const seqs = new Map(rows.map(({ id, seq }) => [id, seq]))
  const newest = new Map<string, Said>()
  for (const said of all) {
    const before = newest.get(said.kiosk)?.turn ?? turns.get(said.kiosk) ?? Infinity
    if (said.turn > before) newest.set(said.kiosk, said)
  }
  await storeNewest(tx, [...newest.values()])
  return new Map(
    all.map((said): [Said, Stored] => {
      const turn = newest.get(said.kiosk)?.turn ?? turns.get(said.kiosk)
      const seq = Math.max(said.seq, seqs.get(said.kiosk) ?? 0)
      if (newest.get(said.kiosk) === said) return [said, { is: 'stored', seq }]
      return [said, turn === undefined ? { is: 'revoked' } : { is: 'overtaken', turn }]
    }),
  )
}

async function storeNewest(tx: Database, newest: Said[]) {
  if (newest.length === 0) return
  const told = newest.map((said) => ({
    ...said,
    helloAt: new Date(said.server).toISOString(),
    error: Math.round((Date.parse(said.at) - said.server) / 1000),
    used: said.storage?.used ?? null,
    quota: said.storage?.quota ?? null,
  }))
  const list = JSON.stringify(told)
  await tx.run(sql`
    UPDATE kiosk SET turn = said.value->>'turn', hello_at = said.value->>'helloAt',
      seq = max(kiosk.seq, said.value->>'seq'), pack = said.value->>'pack', queue = said.value->>'queue',
      storage_used = said.value->>'used', storage_quota = said.value->>'quota', app = said.value->>'app',
      clock_error_seconds = said.value->>'error'
    FROM json_each(${list}) AS said WHERE kiosk.id = said.value->>'kiosk'`)
  await tx.insert(kioskContact).values(
    newest.map((said) => ({
      id: said.contact,
      kioskId: said.kiosk,
      at: said.server,
      heard: said.heard,
      seq: said.seq,
      up: said.up,
      off: said.off,
    })),
  )
}

/** A kiosk out of use has nothing left of what it held. */
export async function noteEmptied(id: string): Promise<void> {
  const emptiedAt = now().toISOString()
  await write((tx) =>
    tx
      .update(kiosk)
      .set({ emptiedAt })
      .where(and(eq(kiosk.id, id), isNull(kiosk.emptiedAt))),
  )
}
