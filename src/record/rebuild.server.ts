// Throws away everything derived and derives it again, person by person, in short jobs between other writes.
import { count, eq, max } from 'drizzle-orm'
import { read, write, type Database } from '#db/database.server.ts'
import type { Commands } from '#db/lock.server.ts'
import { chain, event } from '#db/schema/record.ts'
import type { InForce } from '#record/ledger.ts'
import { deriveAgain, deriveAll, replaceDerived } from '#record/record.server.ts'
import { versionsInForce } from '#record/versions.server.ts'

/** Rebuilds all persons; `report` hears (events done, persons done, persons in all). Returns the number of events. */
export async function rebuild(report: (events: number, done: number, all: number) => void): Promise<number> {
  const inForce = await versionsInForce()
  const people = await read.select({ id: chain.personId }).from(chain)
  let events = 0
  for (const [i, { id }] of people.entries()) {
    events += await rebuildPerson(id, inForce)
    report(events, i + 1, people.length)
  }
  return events
}

/**
 * Derives before the job and only stores in it, so that the event loop is held for two short times, not for one long.
 * If an event came or was erased in between, the job derives once more.
 */
async function rebuildPerson(id: string, inForce: InForce): Promise<number> {
  const before = await extentOf(read, id)
  const { ledger, events } = await deriveAll(read, id, inForce)
  return write(async (tx) => {
    if ((await extentOf(tx, id)) !== before) return deriveAgain(tx, id, inForce)
    await replaceDerived(tx, ledger)
    return events
  })
}

/** The same as long as no event of a person was added or erased. */
export async function extentOf(db: Database, id: string): Promise<string> {
  const [found] = await db
    .select({ last: max(event.seq), told: count(event.payload) })
    .from(event)
    .where(eq(event.personId, id))
  return `${found?.last} ${found?.told}`
}

/** The command behind `npm run rebuild`, for the running process and for a process of its own. */
export const rebuildCommands: Commands = {
  rebuild: async (_args, _say, progress) => {
    const began = performance.now()
    const events = await rebuild((_events, done, all) => progress(done, all, `推算${all}人的学时和能力`))
    const seconds = (performance.now() - began) / 1000
    return `完成：${events}条事件重新推算，用了${seconds.toFixed(1)}秒，每秒${Math.round(events / Math.max(seconds, 0.001))}条。`
  },
}
