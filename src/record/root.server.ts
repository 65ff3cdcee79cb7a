// Each night one hash fixes the whole record: the root over all chain heads.
import { asc, desc, eq } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import { read, write } from '#db/database.server.ts'
import { chain, event, root } from '#db/schema/record.ts'
import { firstBreak, rootOf } from '#record/events/chain.ts'

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

/** Checks a person's chain from the first event to the head. `brokenAt` counts from 0; null means it holds. */
export async function verifyChain(
  personId: string,
): Promise<{ length: number; head: string; brokenAt: number | null }> {
  const links = await read.select().from(event).where(eq(event.personId, personId)).orderBy(asc(event.seq))
  const [end] = await read.select().from(chain).where(eq(chain.personId, personId))
  const head = end?.head ?? ''
  return {
    length: links.length,
    head,
    brokenAt: links.length === (end?.length ?? 0) ? firstBreak(links, head) : links.length,
  }
}
