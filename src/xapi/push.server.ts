// Sends what happens to another learning record store, where the settings name one: in the order of arrival, each event at
// least once. How far it is stands in the database, so that an end in the middle repeats a batch and leaves none out; the
// store takes a repeat for the same. It never waits inside a write, so the record does not depend on it.
import { setTimeout as sleep } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { read, write } from '#db/database.server.ts'
import { mark } from '#db/schema/process.ts'
import { settings, type Lrs } from '#env.ts'
import { noteAct, theProcess } from '#people/audit.server.ts'
import { LrsTrouble, openStore, type Store } from '#xapi/lrs.server.ts'
import { statementsAfter, type Told } from '#xapi/read-statements.server.ts'

/** Most events of a request, and most bytes of one unless a statement alone has more. */
const mostTogether = 50
const mostBytes = 512 * 1024

/** Milliseconds: after nothing was left; after a first failure, which doubles with each further one; the longest. */
const usualPace = { idle: 30_000, first: 5_000, longest: 3_600_000 }

/** Who hears that something could not be sent; it waits, and is tried again after so many milliseconds. */
export type Tell = (trouble: { err: unknown; retryIn: number }) => void

/**
 * Begins sending; the result ends it, and waits for what is under way. Without a store in the settings nothing is ever
 * sent.
 */
export function startPushing(tell: Tell, pace = usualPace): () => Promise<void> {
  const { xapi } = settings
  if (!xapi) return () => Promise.resolve()
  const ending = new AbortController()
  const sending = keepPushing(xapi, tell, pace, ending.signal)
  return () => (ending.abort(), sending)
}

async function keepPushing(lrs: Lrs, tell: Tell, pace: typeof usualPace, ending: AbortSignal) {
  const opened = openStore(lrs, ending)
  let failures = 0
  // A line that fails now and then is no reason for long pauses, as long as something gets through.
  const store: Store = { hand: async (batch) => (await opened.hand(batch), void (failures = 0)) }
  while (!ending.aborted) {
    let pause = pace.idle
    try {
      await pushPending(lrs, store, ending)
    } catch (err) {
      if (ending.aborted) return
      const asked = err instanceof LrsTrouble ? err.pause : 0
      pause = Math.min(pace.longest, Math.max(asked, pace.first * 2 ** failures))
      failures++
      tell({ err, retryIn: pause })
    }
    await sleep(pause, undefined, { signal: ending }).catch(() => undefined)
  }
}

/** Sends all that was not sent yet. @throws LrsTrouble at the first batch that is not taken; it stays the next one. */
export async function pushPending(lrs: Lrs, store: Store, ending: AbortSignal): Promise<void> {
  const name = markOf(lrs)
  let sent = await begin(name, lrs)
  while (!ending.aborted) {
    const batch = fitting(await statementsAfter(sent, mostTogether))
    const last = batch.at(-1)
    if (!last) return
    await store.hand(batch.flatMap(({ statement }) => statement ?? []))
    sent = last.seq
    await write((tx) =>
      tx
        .update(mark)
        .set({ value: String(sent) })
        .where(eq(mark.name, name)),
    )
  }
}

/** Another store begins from the first event. */
const markOf = ({ endpoint }: Lrs) => `sent-to:${endpoint}`

/** The place up to which the store has everything; its first use is noted for the audit administrator. */
async function begin(name: string, { endpoint }: Lrs): Promise<number> {
  const [row] = await read.select().from(mark).where(eq(mark.name, name))
  if (row) return Number(row.value)
  await write(async (tx) => {
    await tx.insert(mark).values({ name, value: '0' })
    await noteAct(tx, theProcess, 'statements-sent', new URL(endpoint).host)
  })
  return 0
}

/** As many from the beginning as fit into one request; at least one. */
function fitting(told: readonly Told[]): Told[] {
  let bytes = 0
  const end = told.findIndex(({ statement }, i) => {
    bytes += Buffer.byteLength(JSON.stringify(statement)) + 1
    return bytes > mostBytes && i > 0
  })
  return end === -1 ? [...told] : told.slice(0, end)
}
