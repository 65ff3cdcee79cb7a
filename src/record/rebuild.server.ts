// Throws away everything derived and derives it again, person by person, in short jobs between other writes.
import { asc, count, eq, gt, max } from 'drizzle-orm'
import { read, write, type Database } from '#db/database.server.ts'
import type { Commands } from '#db/lock.server.ts'
import { chain, event } from '#db/schema/record.ts'
import { basisNow, noteBasis } from '#record/basis.server.ts'
import { modelInUse } from '#record/capability/model.server.ts'
import { recountUnits } from '#record/capability/unit/recount.server.ts'
import type { InForce } from '#record/ledger.ts'
import { deriveAgain, deriveAll, replaceDerived, sayExtent } from '#record/record.server.ts'
import { turns } from '#record/replay.server.ts'
import { versionsInForce } from '#record/versions.server.ts'

/** Persons whose jobs share a commit: waiting for the disk would otherwise take longer than all else. */
const together = 10

/**
 * Rebuilds all persons, and what units count; `report` hears (events done, persons done, persons in all).
 * Ends early, and may be begun again, when `isEnding`. Returns the number of events.
 */
export async function rebuild(
  report: (events: number, done: number, all: number) => void,
  isEnding = () => false,
): Promise<number> {
  const [inUse, basis] = [modelInUse(), basisNow()]
  // Whatever breaks this off leaves persons of two models, also where the earlier one is put back in force.
  await noteBasis('')
  const inForce = await versionsInForce()
  const [{ all } = { all: 0 }] = await read.select({ all: count() }).from(chain)
  let [events, done] = [0, 0]
  for (let group = await peopleAfter(''); group.length > 0; group = await peopleAfter(group.at(-1) ?? '')) {
    events += await rebuildPeople(group, inForce)
    done += group.length
    report(events, done, Math.max(done, all))
    if (isEnding()) return events
  }
  await recountUnits(() => undefined)
  if (modelInUse() === inUse) await noteBasis(basis)
  return events
}

/** The next persons in the order of their ids; to read hundreds of thousands at once would hold up everybody. */
async function peopleAfter(id: string): Promise<string[]> {
  const rows = await read
    .select({ id: chain.personId })
    .from(chain)
    .where(gt(chain.personId, id))
    .orderBy(asc(chain.personId))
    .limit(together)
  return rows.map((row) => row.id)
}

/**
 * Derives before the jobs and only stores in them, so that the event loop is held for many short times, not for one long.
 * If an event of a person came or was erased in between, his job derives once more.
 */
async function rebuildPeople(ids: readonly string[], inForce: InForce): Promise<number> {
  const yourTurn = turns()
  const all: Awaited<ReturnType<typeof deriveAll>>[] = []
  for (const id of ids) {
    all.push(await deriveAll(read, id, inForce))
    await yourTurn()
  }
  const stored = all.map(({ ledger, events, extent }) =>
    write(async (tx) => {
      if ((await extentOf(tx, ledger.person)) !== extent) return deriveAgain(tx, ledger.person, inForce)
      await replaceDerived(tx, ledger)
      return events
    }),
  )
  return (await Promise.all(stored)).reduce((sum, events) => sum + events, 0)
}

/** The same as long as no event of a person was added or erased. */
export async function extentOf(db: Database, id: string): Promise<string> {
  const [found] = await db
    .select({ last: max(event.seq), told: count(event.payload) })
    .from(event)
    .where(eq(event.personId, id))
  return sayExtent(found?.last ?? null, found?.told ?? 0)
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
