// Each night one hash fixes the whole record: the root over all chain heads.
import { asc, desc, eq, inArray } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import { rootOf } from '#db/chain-root.ts'
import { read, write, type Database } from '#db/database.server.ts'
import { chain, event, root } from '#db/schema/record.ts'
import { beginOf, follows } from '#record/events/chain.ts'
import { misread } from '#record/events/chain-fault.ts'
import { Pace } from '#record/pace.server.ts'

export type Root = { on: string; root: string; chains: number; at: string }

/** Stores the root of this day; the first one of a day stands. */
export async function storeRoot(): Promise<Root> {
  return write(async (tx) => {
    // The clock of the job: whoever was received before is in the heads, whoever comes after is not.
    const at = now().toISOString()
    const heads = await tx.select({ personId: chain.personId, head: chain.head }).from(chain)
    const row = { on: dayOf(at), root: rootOf(heads), chains: heads.length, at }
    await tx.insert(root).values(row).onConflictDoNothing()
    const [stored] = await tx.select().from(root).where(eq(root.on, row.on))
    return stored ?? row
  })
}

/** The newest root, or null before the first night. */
export async function latestRoot(): Promise<Root | null> {
  const [newest] = await read.select().from(root).orderBy(desc(root.on)).limit(1)
  return newest ?? null
}

/** A person's events as they are chained, with salts, so that everything can be checked with no help of ours. */
export function linksOf(personId: string) {
  const {
    seq,
    id,
    kind,
    at,
    receivedAt,
    effectiveAt: effective,
    payload,
    salt,
    payloadHash,
    previous,
    hash,
  } = event
  return read
    .select({
      seq,
      id,
      kind,
      at,
      receivedAt,
      effectiveAt: effective,
      payload,
      salt,
      payloadHash,
      previous,
      hash,
    })
    .from(event)
    .where(eq(event.personId, personId))
    .orderBy(asc(event.seq))
}

/** A person's events in the order of arrival and the row of the chain's end, as they were at one moment. */
export async function chainOf(personId: string, db: Database = read) {
  const [links, [end = null]] = await db.batch([
    db.select().from(event).where(eq(event.personId, personId)).orderBy(asc(event.seq)),
    db.select().from(chain).where(eq(chain.personId, personId)),
  ])
  return { links, end }
}

/**
 * Checks a person's chain from the first event to the head, in short pieces. `brokenAt` counts from 0; null means it
 * holds.
 */
export async function verifyChain(
  personId: string,
): Promise<{ length: number; head: string; brokenAt: number | null }> {
  const mine = eq(event.personId, personId)
  const [rows, [end]] = await read.batch([
    read.select({ seq: event.seq }).from(event).where(mine).orderBy(asc(event.seq)),
    read.select().from(chain).where(eq(chain.personId, personId)),
  ])
  const { head = '', length = 0 } = end ?? {}
  const found = (brokenAt: number | null) => ({ length: rows.length, head, brokenAt })
  const pace = new Pace()
  let previous = beginOf(personId)
  for (let from = 0; from < rows.length;) {
    pace.begin()
    const piece = rows.slice(from, from + pace.rows)
    const seqs = piece.map(({ seq }) => seq)
    const links = await read.select().from(event).where(inArray(event.seq, seqs)).orderBy(asc(event.seq))
    pace.end()
    for (const [i, link] of links.entries()) {
      if (!follows(previous, link) || misread(link) !== null) return found(from + i)
      previous = link.hash
    }
    from += piece.length
    await pace.rest()
  }
  const reached = rows.length === 0 ? '' : previous
  return found(reached === head && length === rows.length ? null : rows.length)
}
