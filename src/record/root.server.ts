// Each night one hash fixes the whole record: the root over all chain heads.
import { asc, desc, eq } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import { read, write } from '#db/database.server.ts'
import { chain, event, root } from '#db/schema/record.ts'
import { firstBreak, rootOf } from '#record/events/chain.ts'
import { effectiveAt, onceKey } from '#record/events/effective.ts'
import type { Event } from '#record/events/event.ts'

export type Root = { on: string; root: string; chains: number; at: string }

/** Stores the root of this day; the first one of a day stands. */
export async function storeRoot(): Promise<Root> {
  const at = now().toISOString()
  return write(async (tx) => {
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

/** Checks a person's chain from the first event to the head. `brokenAt` counts from 0; null means it holds. */
export async function verifyChain(
  personId: string,
): Promise<{ length: number; head: string; brokenAt: number | null }> {
  const links = await read.select().from(event).where(eq(event.personId, personId)).orderBy(asc(event.seq))
  const [end] = await read.select().from(chain).where(eq(chain.personId, personId))
  const head = end?.head ?? ''
  const broken =
    firstBreak(personId, links, head) ?? (links.length === (end?.length ?? 0) ? null : links.length)
  const misread = links.slice(0, broken ?? links.length).findIndex((link) => !agrees(link))
  return { length: links.length, head, brokenAt: misread === -1 ? broken : misread }
}

/** The columns that are not hashed follow from those that are; a once-key may have been freed. */
function agrees(link: typeof event.$inferSelect): boolean {
  if (link.payload === null) return true
  const { id, kind, personId: person, at } = link
  // Its hash was right, so it is what the door has let in.
  const told = { ...JSON.parse(link.payload), id, kind, person, at } as Event
  const once = link.once === null || link.once === onceKey(told)
  return once && link.effectiveAt === effectiveAt(told, link.receivedAt)
}
