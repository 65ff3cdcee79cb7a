// A process that holds a long record and derives it all again: the demo's year, lived by as many people as it takes.
import { v7 } from 'uuid'
import { closeDatabase, openDatabase, write } from '#db/database.server.ts'
import { chain, event as eventTable } from '#db/schema/record.ts'
import { demoYear } from '#demo/calendar.ts'
import { inventWorld } from '#demo/world.server.ts'
import { planYear } from '#demo/year.ts'
import { requireSettings } from '#env.ts'
import { bringInContent } from '#process/library-at-start.server.ts'
import { orderKey } from '#record/derive.ts'
import { effectiveAt } from '#record/events/effective.ts'
import type { Event } from '#record/events/event.ts'
import { rebuild } from '#record/rebuild.server.ts'
import { toRow } from '#record/record.server.ts'
import { verifyChain } from '#record/root.server.ts'
import { longestHold, watchLoop } from './hold.ts'
import { answerWith } from './process.ts'

/** Rows of an insert: SQLite allows 32,766 variables. */
const chunk = 1000

await openDatabase(requireSettings().dataDir)
await bringInContent(requireSettings())

answerWith({ fill, rebuild: rebuildAll, close: closeDatabase, memory: () => process.memoryUsage().rss })

/** Stores at least so many events as record() stores them, without deriving anything; returns how many, of how many. */
async function fill(least: number): Promise<{ events: number; people: number }> {
  const world = await inventWorld(demoYear(new Date().toISOString().slice(0, 10)))
  const years = [...Map.groupBy(planYear(world), ({ person }) => person).values()]
  const heads: (typeof chain.$inferInsert)[] = []
  let events = 0
  for (let i = 0; events < least; i++) {
    const { links, head } = chained(relived(years[i % years.length] ?? []))
    for (let at = 0; at < links.length; at += chunk)
      await write((tx) => tx.insert(eventTable).values(links.slice(at, at + chunk)))
    heads.push(head)
    events += links.length
  }
  for (let i = 0; i < heads.length; i += chunk)
    await write((tx) => tx.insert(chain).values(heads.slice(i, i + chunk)))
  await requireSound(heads[0]?.personId ?? '')
  return { events, people: heads.length }
}

/** What is measured must be what record() would have left. */
async function requireSound(personId: string): Promise<void> {
  const { brokenAt } = await verifyChain(personId)
  if (brokenAt !== null)
    throw new Error(`The chain of the bench is not one of record(): broken at ${brokenAt}.`)
}

/** The same year in the life of somebody else. */
function relived(events: Event[]): Event[] {
  const person = v7()
  const ids = new Map(events.map(({ id }) => [id, v7()]))
  return events.map((event) => {
    const own = { ...event, person, id: ids.get(event.id) ?? v7() }
    return own.kind === 'event-corrected' ? { ...own, corrects: ids.get(own.corrects) ?? own.corrects } : own
  })
}

/** The rows of a person's events, each received when it happened, and the head of their chain. */
function chained(events: Event[]) {
  const links: ReturnType<typeof toRow>[] = []
  for (const event of events) {
    const recorded = { ...event, receivedAt: event.at, effectiveAt: effectiveAt(event, event.at) }
    links.push(toRow(recorded, links.at(-1)?.hash))
  }
  const derivedTo = links.map(orderKey).toSorted().at(-1) ?? ''
  const personId = events[0]?.person ?? ''
  return { links, head: { personId, length: links.length, head: links.at(-1)?.hash ?? '', derivedTo } }
}

async function rebuildAll(): Promise<{ perSecond: number; hold: number }> {
  watchLoop()
  const began = performance.now()
  const events = await rebuild(() => undefined)
  return { perSecond: events / ((performance.now() - began) / 1000), hold: longestHold() }
}
