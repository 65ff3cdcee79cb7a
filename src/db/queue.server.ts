// The write queue: the only place where a transaction begins. Jobs of one turn of the event loop share one
// commit, each behind a savepoint, and are answered after it. @libsql/client acknowledges and loses writes after
// one SQLITE_BUSY (see README, Decisions), so after any storage fault the client is thrown away, never reused.
import type { Client, Transaction } from '@libsql/client'

type Job = {
  run: (tx: Transaction) => Promise<unknown>
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
    return new Promise<T>((done, failed) => {
      this.#jobs.push({ run, done: done as (value: never) => void, failed })
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
      if (again) for (const job of group) await this.#settle([job], false)
      else for (const job of group) job.failed(fault)
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
    for (const job of group) {
      if (outcomes.length > 0 && performance.now() - began > groups.milliseconds) break
      outcomes.push(await this.#behindSavepoint(tx, job))
    }
    return outcomes
  }

  async #behindSavepoint(tx: Transaction, job: Job): Promise<Outcome> {
    await tx.execute('SAVEPOINT job')
    try {
      const value = await withinTurn(job.run(tx))
      await tx.execute('RELEASE job')
      return { value }
    } catch (error) {
      if (tx.closed || isStorageFault(error)) throw error
      await tx.execute('ROLLBACK TO job')
      await tx.execute('RELEASE job')
      return { error }
    }
  }
}
