// The write queue: the only place where a transaction begins. Jobs of one turn of the event loop share one
// commit, each behind a savepoint, and are answered after it. @libsql/client acknowledges and loses writes after
// one SQLITE_BUSY (see README, Decisions), so after any storage fault the client is thrown away, never reused.
import type { Client, InStatement, Transaction } from '@libsql/client'

/** The one statement that writes many rows; none of them may be able to make it fail by itself. */
export type Bulk<Row> = (rows: Row[]) => InStatement

type Job = {
  run: (tx: Transaction, rows: unknown[]) => Promise<unknown>
  /** Neighbours with the same one are run as one. */
  bulk?: Bulk<never>
  row?: unknown
  done: (value: never) => void
  failed: (error: unknown) => void
}
type Outcome = { value: unknown } | { error: unknown }

/**
 * What one commit may hold at most. A group is closed after so many milliseconds, so that the event loop is never
 * held for more than 50 ms. Only the bench changes it, to see what sharing commits is worth.
 */
export const groups = { jobs: 256, milliseconds: 20 }

/** A storage fault poisons the client; a constraint or syntax error only fails its own job. */
function isStorageFault(error: unknown): boolean {
  const code = String((error as { code?: unknown } | null)?.code ?? '')
  const cause = (error as { cause?: unknown } | null)?.cause
  if (
    /SQLITE_(BUSY|FULL|IOERR|LOCKED|CORRUPT|NOTADB|CANTOPEN|READONLY|NOMEM)|CLIENT_CLOSED|TRANSACTION_CLOSED/.test(
      code,
    )
  )
    return true
  return cause !== undefined && cause !== error && isStorageFault(cause)
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
  #idle: (() => void)[] = []

  /** @param openClient opens a fresh client with `concurrency: 1` and the pragmas set. */
  constructor(openClient: () => Promise<Client>) {
    this.#openClient = openClient
  }

  /** Adds a job; resolves with its value after the commit. Rejects with the job's own error, or the storage fault. */
  add<T>(run: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#push({ run })
  }

  /** Adds a row, which is written with its neighbours of the same kind; resolves after the commit. */
  addRow<Row>(bulk: Bulk<Row>, row: Row): Promise<void> {
    const run = async (tx: Transaction, rows: unknown[]) => void (await tx.execute(bulk(rows as Row[])))
    return this.#push({ run, bulk, row })
  }

  #push<T>(job: Omit<Job, 'done' | 'failed'>): Promise<T> {
    return new Promise<T>((done, failed) => {
      this.#jobs.push({ ...job, done: done as (value: never) => void, failed })
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
    this.#client?.close()
    this.#client = undefined
  }

  #schedule() {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => void this.#turn())
  }

  async #turn() {
    await this.#settle(this.#jobs.splice(0, groups.jobs), true)
    this.#scheduled = false
    if (this.#jobs.length > 0) this.#schedule()
    else for (const resolve of this.#idle.splice(0)) resolve()
  }

  /** Commits a group and answers it; after a storage fault, each job is tried once more, alone. */
  async #settle(group: Job[], again: boolean): Promise<void> {
    try {
      const outcomes = await this.#commit(group)
      outcomes.forEach((outcome, i) => {
        const job = group[i] as Job
        if ('error' in outcome) job.failed(outcome.error)
        else job.done(outcome.value as never)
      })
      this.#jobs.unshift(...group.slice(outcomes.length))
    } catch (fault) {
      this.#client?.close()
      this.#client = undefined
      if (again) await this.#settleAlone(group)
      else for (const job of group) job.failed(fault)
    }
  }

  /** Between the commits everybody else has a turn. */
  async #settleAlone(group: Job[]): Promise<void> {
    for (const job of group) {
      await this.#settle([job], false)
      await new Promise((resolve) => setImmediate(resolve))
    }
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
      if (tx.closed || isStorageFault(error)) throw error
      await guard('ROLLBACK TO job; RELEASE job')
      return { error }
    }
  }
}
