// The write queue: the only place where a transaction begins. Jobs of one turn of the event loop share one
// commit, each behind a savepoint, and are answered after it. @libsql/client acknowledges and loses writes after
// one SQLITE_BUSY (see README, Decisions), so after any storage fault the client is thrown away, never reused.
// While another program holds the file, jobs wait; after any other fault each is tried once more, alone.
import type { Client, InStatement, Transaction } from '@libsql/client'
import { faultIn, noteCommit, noteFault, storageFault, toldOf, tooManyWaiting } from '#db/storage.server.ts'

/** The one statement that writes many rows; none of them may be able to make it fail by itself. */
export type Bulk<Row> = (rows: Row[]) => InStatement

type Job = {
  run: (tx: Transaction, rows: unknown[]) => Promise<unknown>
  /** Neighbours with the same one are run as one. */
  bulk?: Bulk<never>
  row?: unknown
  /** When it was queued, ms of the process. */
  since: number
  /** True after a fault in its group: it is tried once more, in a commit of its own. */
  alone: boolean
  done: (value: never) => void
  failed: (error: unknown) => void
}
type Outcome = { value: unknown } | { error: unknown }

/**
 * What one commit may hold at most. A group is closed after so many milliseconds, so that the event loop is never
 * held for more than 50 ms. Only the bench changes it, to see what sharing commits is worth.
 */
export const groups = { jobs: 256, milliseconds: 20 }

/** How long a job waits for a file that another program holds, and how many may wait; only tests change it. */
export const patience = { milliseconds: 10_000, jobs: 20_000 }

/** Milliseconds between two tries of a locked file: twice as long each time, from the first to the second. */
const pauses = [5, 100] as const
/** While writes fail, this often something small is written if nobody else writes, to see whether it goes again. */
const probeMilliseconds = 2_000

/** Writes the first page as it was: the smallest thing that needs the lock and room. */
async function probe(tx: Transaction): Promise<void> {
  const { rows } = await tx.execute('PRAGMA user_version')
  await tx.execute(`PRAGMA user_version = ${Number(rows[0]?.[0])}`)
}

/** A job that waits for anything but its own statements would hold up every other writer. */
async function withinTurn(run: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Immediate | undefined
  const late = new Promise((_, reject) => {
    timer = setImmediate(() =>
      reject(new Error('A write job awaited something besides its own transaction.')),
    )
  })
  try {
    return await Promise.race([run, late])
  } finally {
    clearImmediate(timer)
  }
}

/** The job at a place of a group, with those after it that are run as one with it. */
function together(group: Job[], from: number): Job[] {
  const bulk = group[from]?.bulk
  let to = from + 1
  while (bulk && group[to]?.bulk === bulk) to++
  return group.slice(from, to)
}

export class WriteQueue {
  #openClient: () => Promise<Client>
  #client: Client | undefined
  #jobs: Job[] = []
  #scheduled = false
  #pause = 0
  #probing: NodeJS.Timeout | undefined
  #idle: (() => void)[] = []

  /** @param openClient opens a fresh client with `concurrency: 1` and the pragmas set. */
  constructor(openClient: () => Promise<Client>) {
    this.#openClient = openClient
  }

  /**
   * Adds a job; resolves with its value after the commit. Rejects with the job's own error, or the Refusal `busy` if
   * it could not be stored.
   */
  add<T>(run: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#push({ run })
  }

  /** Adds a row, which is written with its neighbours of the same kind; resolves after the commit. */
  addRow<Row>(bulk: Bulk<Row>, row: Row): Promise<void> {
    const run = async (tx: Transaction, rows: unknown[]) => void (await tx.execute(bulk(rows as Row[])))
    return this.#push({ run, bulk, row })
  }

  #push<T>(job: Pick<Job, 'run' | 'bulk' | 'row'>): Promise<T> {
    if (this.#jobs.length >= patience.jobs) return Promise.reject(tooManyWaiting())
    return new Promise<T>((done, failed) => {
      const settling = { done: done as (value: never) => void, failed }
      this.#jobs.push({ ...job, ...settling, since: performance.now(), alone: false })
      this.#schedule()
    })
  }

  /** Jobs that wait for their turn. */
  get length(): number {
    return this.#jobs.length
  }

  /** Waits for what is queued, then closes the client. */
  async close(): Promise<void> {
    if (this.#scheduled) await new Promise<void>((resolve) => this.#idle.push(resolve))
    clearInterval(this.#probing)
    this.#closeClient()
  }

  #closeClient() {
    this.#client?.close()
    this.#client = undefined
  }

  #schedule() {
    if (this.#scheduled) return
    this.#scheduled = true
    const turn = () => void this.#turn()
    if (this.#pause > 0) setTimeout(turn, this.#pause)
    else setImmediate(turn)
  }

  async #turn() {
    const group = this.#jobs.splice(0, this.#jobs[0]?.alone ? 1 : groups.jobs)
    try {
      this.#answer(group, await this.#commit(group))
    } catch (fault) {
      this.#closeClient()
      this.#endure(group, fault)
    }
    this.#scheduled = false
    if (this.#jobs.length > 0) this.#schedule()
    else for (const resolve of this.#idle.splice(0)) resolve()
  }

  #answer(group: Job[], outcomes: Outcome[]) {
    this.#pause = 0
    clearInterval(this.#probing)
    this.#probing = undefined
    noteCommit()
    outcomes.forEach((outcome, i) => {
      const job = group[i] as Job
      if ('error' in outcome) job.failed(outcome.error)
      else job.done(outcome.value as never)
    })
    this.#jobs.unshift(...group.slice(outcomes.length))
  }

  /** After a fault: who may still succeed comes first again, the others are told. */
  #endure(group: Job[], fault: unknown) {
    const locked = faultIn(fault)?.kind === 'locked'
    const given = !locked && group[0]?.alone ? group : []
    if (given.length === 0) this.#jobs.unshift(...group)
    if (!locked) for (const job of group) job.alone = true
    const lost = locked ? this.#takeLate() : given
    this.#pause = locked && lost.length === 0 ? Math.min(this.#pause * 2 || pauses[0], pauses[1]) : 0
    if (lost.length > 0) this.#giveUp(lost, fault)
  }

  /** The jobs that have waited long enough, of which only so many are answered in one turn. */
  #takeLate(): Job[] {
    const limit = performance.now() - patience.milliseconds
    const few = this.#jobs.slice(0, groups.jobs)
    const inTime = few.findIndex(({ since }) => since > limit)
    return this.#jobs.splice(0, inTime < 0 ? few.length : inTime)
  }

  #giveUp(jobs: Job[], fault: unknown) {
    for (const job of jobs) job.failed(toldOf(fault))
    if (!faultIn(fault)) return
    noteFault(fault)
    // Perhaps nobody comes to write for hours; whoever watches the process should hear when it goes again.
    this.#probing ??= setInterval(() => {
      if (storageFault && !this.#scheduled) this.add(probe).catch(() => undefined)
    }, probeMilliseconds).unref()
  }

  /** One transaction over as many jobs of the group as fit its time; returns their outcomes after the commit. */
  async #commit(group: Job[]): Promise<Outcome[]> {
    this.#client ??= await this.#openClient()
    const tx = await this.#client.transaction('write')
    try {
      const outcomes = await this.#runAll(tx, group)
      await tx.commit()
      return outcomes
    } finally {
      // Closing the client would leave a transaction that was not ended, and with it the lock, to the garbage collector.
      tx.close()
    }
  }

  async #runAll(tx: Transaction, group: Job[]): Promise<Outcome[]> {
    const began = performance.now()
    const outcomes: Outcome[] = []
    while (outcomes.length < group.length) {
      if (outcomes.length > 0 && performance.now() - began > groups.milliseconds) break
      const jobs = together(group, outcomes.length)
      const outcome = await this.#attempt(
        tx,
        jobs[0] as Job,
        jobs.map(({ row }) => row),
      )
      outcomes.push(...jobs.map(() => outcome))
    }
    return outcomes
  }

  async #attempt(tx: Transaction, { run, bulk }: Job, rows: unknown[]): Promise<Outcome> {
    // One statement happens whole or not at all by itself.
    const guard = async (sql: string) => void (bulk || (await tx.executeMultiple(sql)))
    await guard('SAVEPOINT job')
    try {
      const value = await withinTurn(run(tx, rows))
      await guard('RELEASE job')
      return { value }
    } catch (error) {
      if (tx.closed || faultIn(error)) throw error
      await guard('ROLLBACK TO job; RELEASE job')
      return { error }
    }
  }
}
