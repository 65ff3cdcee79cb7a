// Verifies the whole record: every chain from its first event to its head, every nightly root and every backup against
// the heads as they were then, everything derived against what the events give. Works in short pieces while others go on.
import { asc, gt, sql } from 'drizzle-orm'
import type { Database } from '#db/database.server.ts'
import { RootHash } from '#db/chain-root.ts'
import type { Progress } from '#db/lock.server.ts'
import { chain, event, root } from '#db/schema/record.ts'
import { beginOf, follows } from '#record/events/chain.ts'
import { chainFaults, misread, type StoredEvent } from '#record/events/chain-fault.ts'
import { Pace } from '#record/pace.server.ts'
import { chainOf } from '#record/root.server.ts'
import { closedYearFaults } from '#record/verify-closed.server.ts'
import { differences, labelOf, ruleFaults, strayRows, unitFaults } from '#record/verify-derived.server.ts'

/** What somebody wrote down of the record when its last event was `lastSeq`: the manifest of a backup. */
export type Anchor = { name: string; lastSeq: number; events: number; chains: number; root: string }

export type Verified = { events: number; chains: number; roots: number; anchors: number; faults: string[] }

type Root = typeof root.$inferSelect

/**
 * Verifies a record; `faults` are Chinese sentences, empty if everything holds. What was derived is derived again and
 * compared (`compared`), or each of its rows only has to name an event that is there (`referenced`).
 */
export async function verifyRecord(
  db: Database,
  anchors: readonly Anchor[],
  progress: Progress,
  derived: 'compared' | 'referenced' = 'compared',
): Promise<Verified> {
  const pace = new Pace()
  const roots = await db.select().from(root).orderBy(asc(root.at))
  const walk = new Walk(roots, anchors, pace)
  const [{ last = 0 } = {}] = await db.all<{ last: number }>(sql`select max(seq) as last from event`)
  for await (const row of eventsOf(db, pace)) {
    await walk.add(row)
    progress(row.seq, last, '核对学习记录')
  }
  await walk.end()
  const broken = await brokenChains(db, walk, pace)
  const faults = [...[...broken.values()].flat(), ...walk.faults]
  // What a broken chain gives proves nothing.
  const whole = derived === 'compared' ? [...walk.heads.keys()].filter((id) => !broken.has(id)) : []
  faults.push(...(await differences(db, whole, progress)), ...(await strayRows(db, new Set(whole), pace)))
  if (derived === 'compared')
    faults.push(
      ...(await ruleFaults(db)),
      ...(await closedYearFaults()),
      ...(await unitFaults(db, () => pace.rest())),
    )
  return {
    events: walk.events,
    chains: walk.heads.size,
    roots: roots.length,
    anchors: anchors.length,
    faults,
  }
}

async function* eventsOf(db: Database, pace: Pace): AsyncGenerator<StoredEvent> {
  for (let last = Number.MIN_SAFE_INTEGER; ;) {
    pace.begin()
    const page = await db.select().from(event).where(gt(event.seq, last)).orderBy(event.seq).limit(pace.rows)
    pace.end()
    yield* page
    const end = page.at(-1)
    if (!end) return
    last = end.seq
    await pace.rest()
  }
}

/** Goes through all events in the order of arrival and knows every head at every moment. */
class Walk {
  events = 0
  heads = new Map<string, { head: string; length: number }>()
  /** Persons whose chain does not hold. */
  broken = new Set<string>()
  faults: string[] = []
  #ids: string[] = []
  #sorted = 0
  #received = ''
  #held = new Set<Root>()
  #roots: readonly Root[]
  #anchors: Anchor[]
  #pace: Pace

  constructor(roots: readonly Root[], anchors: readonly Anchor[], pace: Pace) {
    this.#roots = roots
    this.#anchors = anchors.toSorted((a, b) => a.lastSeq - b.lastSeq)
    this.#pace = pace
  }

  async add(row: StoredEvent) {
    await this.#between(row.receivedAt, row.seq)
    const before = this.heads.get(row.personId)
    if (!follows(before?.head ?? beginOf(row.personId), row) || misread(row)) this.broken.add(row.personId)
    if (!before) this.#ids.push(row.personId)
    this.heads.set(row.personId, { head: row.hash, length: (before?.length ?? 0) + 1 })
    this.events += 1
    this.#received = row.receivedAt
    await this.#pace.rest()
  }

  async end() {
    await this.#between('9999', Number.MAX_SAFE_INTEGER)
    for (const each of this.#roots.filter((one) => !this.#held.has(one)))
      this.faults.push(
        `${each.on} 夜里的总校验值（root）对不上：那时以前的记录后来被改过、删过或补过，或这一行自己被改过。`,
      )
  }

  /** Compares what was written down between the last event and the next. A clock that was set back does no harm. */
  async #between(received: string, seq: number) {
    const [from, to] = [this.#received, received].sort() as [string, string]
    for (let i = firstAtOrAfter(this.#roots, from); (this.#roots[i]?.at ?? '~') <= to; i++) {
      const each = this.#roots[i] as Root
      if (this.#held.has(each) || each.chains !== this.heads.size) continue
      if ((await this.#root()) === each.root) this.#held.add(each)
    }
    while (this.#anchors[0] && this.#anchors[0].lastSeq < seq)
      await this.#compare(this.#anchors.shift() as Anchor)
  }

  async #compare({ name, events, chains, root: then }: Anchor) {
    if (events !== this.events)
      this.faults.push(
        `备份 ${name} 有${events}条记录，现在到同一条为止有${this.events}条：有记录被删过或补过。`,
      )
    else if (chains !== this.heads.size || then !== (await this.#root()))
      this.faults.push(
        `备份 ${name} 的总校验值对不上：备份以前的记录后来被改过，或备份的 manifest.json 被改过。`,
      )
  }

  /** The root over the heads of this moment. */
  async #root(): Promise<string> {
    if (this.#sorted < this.#ids.length) this.#ids.sort()
    this.#sorted = this.#ids.length
    const hash = new RootHash()
    for (const [i, personId] of this.#ids.entries()) {
      hash.add({ personId, head: this.heads.get(personId)?.head ?? '' })
      if (i % 500 === 499) await this.#pace.rest()
    }
    return hash.end()
  }
}

function firstAtOrAfter(roots: readonly Root[], at: string): number {
  let [low, high] = [0, roots.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((roots[middle]?.at ?? '') < at) low = middle + 1
    else high = middle
  }
  return low
}

/** What is wrong with every chain that the walk, or the row of its end, found broken, by person. */
async function brokenChains(db: Database, walk: Walk, pace: Pace): Promise<Map<string, string[]>> {
  const suspects = new Set([...walk.broken, ...(await wrongEnds(db, walk, pace))])
  const chains = new Map<string, Awaited<ReturnType<typeof chainOf>>>()
  const owners = new Map<string, string>()
  const labels = new Map<string, string>()
  for (const id of suspects) {
    const found = await chainOf(id, db)
    chains.set(id, found)
    labels.set(id, await labelOf(db, id))
    for (const { hash } of [{ hash: beginOf(id) }, ...found.links]) owners.set(hash, id)
    await pace.rest()
  }
  const said = [...chains].map(([id, { links, end }]): [string, string[]] => {
    const elsewhere = (hash: string) => {
      const owner = owners.get(hash)
      return owner === undefined || owner === id ? null : (labels.get(owner) ?? owner)
    }
    const faults = chainFaults(id, links, end, elsewhere).map(({ seq, id: event, says }) => {
      const which = seq === null ? '' : `seq ${seq}，编号 ${event}：`
      return `${labels.get(id)}：${which}${says}。`
    })
    return [id, faults]
  })
  return new Map(said.filter(([, faults]) => faults.length > 0))
}

/** Persons whose row in `chain` is not what their events end with. */
async function wrongEnds(db: Database, walk: Walk, pace: Pace): Promise<string[]> {
  const wrong: string[] = []
  const seen = new Set<string>()
  for (let last = ''; ;) {
    pace.begin()
    const page = await db
      .select()
      .from(chain)
      .where(gt(chain.personId, last))
      .orderBy(chain.personId)
      .limit(pace.rows)
    pace.end()
    for (const { personId, head, length } of page) {
      const walked = walk.heads.get(personId)
      if (walked?.head !== head || walked.length !== length) wrong.push(personId)
      seen.add(personId)
    }
    const end = page.at(-1)
    if (!end) break
    last = end.personId
    await pace.rest()
  }
  return [...wrong, ...[...walk.heads.keys()].filter((id) => !seen.has(id))]
}
