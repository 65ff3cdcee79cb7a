// Our own process over an invented province: it derives everything again, serves pages, records, and does its nightly
// work, while its event loop is watched.
import { setTimeout } from 'node:timers/promises'
import { desc, eq, inArray, sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { now, setClock } from '#clock.server.ts'
import { dayAfter, dayOf } from '#day.ts'
import { read, write } from '#db/database.server.ts'
import { grant, person, unit } from '#db/schema/people.ts'
import { belief } from '#db/schema/record.ts'
import { placement } from '#db/schema/units.ts'
import { requireSettings } from '#env.ts'
import { setLogin } from '#people/login.server.ts'
import { noticeInForce } from '#people/notice.ts'
import { terminal } from '#process/terminal.server.ts'
import { basisNow, noteBasis } from '#record/basis.server.ts'
import { renewStandings } from '#record/capability/renew.server.ts'
import { noteTotals } from '#record/capability/unit/snapshot.server.ts'
import type { Event } from '#record/events/event.ts'
import { rebuild } from '#record/rebuild.server.ts'
import { record, recordIn } from '#record/record.server.ts'
import { storeRoot, verifyChain } from '#record/root.server.ts'
import { versionsInForce } from '#record/versions.server.ts'
import { startServer, stopOnSignal } from '#server.ts'
import { longestHold, watchLoop } from './hold.ts'
import { quantile } from './load.ts'
import { answerWith } from './process.ts'
import { openSession } from './sessions.ts'

// The bench derives everything itself, with a clock beside it.
const running = await startServer(requireSettings(), { prepare: () => noteBasis(basisNow()) })
stopOnSignal(running.close)

answerWith({
  origin: () => running.origin,
  ...{ rebuild: rebuildAll, officers, somePeople, moveBeliefs, recordMany, renew, noteMonth },
  ...{ watchLoop, longestHold },
  cpu: cpuMilliseconds,
  root: () => watched(storeRoot),
  counted: async () => {
    const [{ beliefs, measured } = { beliefs: 0, measured: 0 }] = await read
      .select({ beliefs: sql<number>`count(*)`, measured: sql<number>`count(${belief.level})` })
      .from(belief)
    return { beliefs, measured }
  },
})

/** Processor time of the process so far, ms: a figure that holds also on a machine that others use. */
function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

export type Held = { seconds: number; hold: number }

/** How long some work took, and for how long it held the event loop. */
async function watched<T>(work: () => Promise<T>): Promise<Held & { value: T }> {
  watchLoop()
  // A hold is what lies between two turns: one before the work, and one after it.
  await setTimeout(10)
  const began = performance.now()
  const value = await work()
  const seconds = (performance.now() - began) / 1000
  await setTimeout(10)
  return { seconds, hold: longestHold(), value }
}

function rebuildAll() {
  const { progress, end } = terminal(process.stdout)
  return watched(() => rebuild((_events, done, all) => progress(done, all, 'Deriving'))).finally(end)
}

/** Every officer by the unit of the grant, signed in; that of the province first. */
async function officers(): Promise<{ cookie: string; unit: string }[]> {
  const found = await read
    .select({ id: grant.personId, unit: grant.unitId, number: person.number })
    .from(grant)
    .innerJoin(person, eq(person.id, grant.personId))
    .innerJoin(unit, eq(unit.id, grant.unitId))
    .orderBy(unit.path)
  return write(async (tx) => {
    const ids = found.map(({ id }) => id)
    await tx.update(person).set({ noticeVersion: noticeInForce() }).where(inArray(person.id, ids))
    const signedIn: { cookie: string; unit: string }[] = []
    for (const { id, unit: of, number } of found) {
      await setLogin(tx, id, number, 'no password fits')
      signedIn.push({ cookie: await openSession(tx, id), unit: of })
    }
    return signedIn
  })
}

/** Ids of so many people, drawn by lot. */
async function somePeople(count: number): Promise<string[]> {
  const rows = await read
    .select({ id: placement.personId })
    .from(placement)
    .orderBy(sql`random()`)
    .limit(count)
  for (const { id } of rows.slice(0, 5)) {
    const { brokenAt } = await verifyChain(id)
    if (brokenAt !== null)
      throw new Error(`The chain of the bench is not one of record(): broken at ${brokenAt}.`)
  }
  return rows.map(({ id }) => id)
}

const common = (who: string) => ({ id: v7(), person: who, at: now().toISOString() })

/** A right answer to a question that nobody was asked before. */
const answered = (who: string, indicator: string): Event => ({
  ...common(who),
  ...{ kind: 'question-answered', lesson: null, edition: null, itemRevision: 1, attempt: v7() },
  ...{ item: `itm-${v7()}`, mode: 'test', answer: 'a', earned: 1, possible: 1 },
  ...{ indicator, difficulty: 'medium', guessing: 0.25 },
})

/** An event that is stored like an answer, and moves nothing. */
const handedIn = (who: string): Event => ({
  ...common(who),
  ...{ kind: 'attempt-handed-in', attempt: v7(), assessment: 'bench', title: '测评', supervised: false },
  ...{ startedAt: now().toISOString(), handedBy: 'person', shown: 1, answered: 1, late: 0, withdrawn: 0 },
  ...{ earned: 1, possible: 1, waiting: 0 },
})

/** An indicator of which most is believed of each. */
async function indicatorsOf(people: readonly string[]): Promise<[string, string][]> {
  const found: [string, string][] = []
  for (const id of people) {
    const [most] = await read
      .select({ indicator: belief.indicator })
      .from(belief)
      .where(eq(belief.personId, id))
      .orderBy(desc(belief.pieces))
      .limit(1)
    if (most) found.push([id, most.indicator])
  }
  return found
}

/**
 * What an answer costs within its job, and what an event of the same size that moves nothing costs, by turns, ms; for
 * each person first the one or the other, because the first finds less in memory.
 */
async function moveBeliefs(people: string[]): Promise<{ stored: number; moved: number; movedLong: number }> {
  const inForce = await versionsInForce()
  const stored: number[] = []
  const moved: number[] = []
  for (const [i, [id, indicator]] of (await indicatorsOf(people)).entries())
    await write(async (tx) => {
      const timed = async (event: Event, times: number[]) => {
        const began = performance.now()
        await recordIn(tx, event, inForce)
        times.push(performance.now() - began)
      }
      const both = [() => timed(handedIn(id), stored), () => timed(answered(id, indicator), moved)] as const
      for (const one of i % 2 === 0 ? both : both.toReversed()) await one()
    })
  // The first have had the paths compiled.
  const [warmStored, warmMoved] = [stored, moved].map((times) => times.slice(times.length / 4))
  const insert = quantile(warmStored ?? [], 0.5)
  const beyond = (share: number) => quantile(warmMoved ?? [], share) - insert
  return { stored: insert, moved: beyond(0.5), movedLong: beyond(0.95) }
}

/** Answers of many people at once through the door. */
async function recordMany(people: string[]): Promise<Held & { perSecond: number }> {
  const asked = await indicatorsOf(people)
  const { seconds, hold } = await watched(() =>
    Promise.all(asked.map(([id, indicator]) => record(answered(id, indicator)))),
  )
  return { seconds, hold, perSecond: asked.length / seconds }
}

/** The work of the night that follows. */
async function renew(): Promise<Held & { aged: number; placed: number }> {
  const began = Date.now()
  const tomorrow = Date.parse(`${dayAfter(dayOf(now().toISOString()), 1)}T00:10:00+08:00`)
  setClock(() => new Date(tomorrow + Date.now() - began))
  const { seconds, hold, value } = await watched(renewStandings)
  return { seconds, hold, ...value }
}

/** The work of the first night of a month. */
async function noteMonth(): Promise<Held> {
  const month = dayAfter(`${dayOf(now().toISOString()).slice(0, 7)}-28`, 5).slice(0, 7)
  const { seconds, hold } = await watched(() => noteTotals(`${month}-01`))
  return { seconds, hold }
}
