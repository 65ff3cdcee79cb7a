// The process of `npm start` on a folder of the test's own: it may be killed, and started again on what it left.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { freePort } from '../support/site.ts'

const start = join(import.meta.dirname, '..', '..', 'src', 'commands', 'start.ts')
/** With it, a process whose test has gone ends as well. */
const tied = ['--import', join(import.meta.dirname, '..', 'support', 'moved-clock.ts')]

/** The secret of the process, for tests that make what only it can make. */
export const secret = 'q8Zr4kPvT1xYw7LsNb3Hc6Jd9Fg2Ma5E'

export class Served {
  readonly dataDir: string
  readonly port: number
  readonly origin: string
  /** Seconds from each start until the site answered. */
  readonly starts: number[] = []
  /** How far the clock of the next process is ahead of ours, ms: time goes by while none runs. */
  ahead = 0
  /** All that its processes printed. */
  printed = ''
  #child: ChildProcess | undefined

  private constructor(dataDir: string, port: number, front = port) {
    this.dataDir = dataDir
    this.port = port
    this.origin = `http://127.0.0.1:${front}`
  }

  /**
   * A site on this folder, not yet started.
   * @param front the port under which it is reached, if something stands before it.
   */
  static async on(dataDir: string, front?: number): Promise<Served> {
    return new Served(dataDir, await freePort(), front)
  }

  /** Begins to start and does not wait. */
  spawn(): void {
    const settings = {
      ...{ ORIGIN: this.origin, PORT: String(this.port), HOST: '127.0.0.1', LOG_LEVEL: 'warn' },
      ...{ DATA_DIR: this.dataDir, SECRET: secret },
      CLOCK_AHEAD: String(this.ahead),
    }
    const env = { ...process.env, ...settings }
    this.#child = fork(start, [], { env, execArgv: tied, silent: true })
    for (const out of [this.#child.stdout, this.#child.stderr])
      out?.on('data', (chunk: Buffer) => (this.printed += chunk.toString()))
  }

  /** Starts and waits until it answers. */
  async start(): Promise<void> {
    const began = performance.now()
    this.spawn()
    while (!(await this.answers())) {
      if (this.#child?.exitCode !== null) throw new Error(`It ended before it answered:\n${this.printed}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    this.starts.push((performance.now() - began) / 1000)
  }

  answers(): Promise<boolean> {
    return fetch(`${this.origin}/healthz`).then(
      (reply) => reply.ok,
      () => false,
    )
  }

  /** Its clock, ms since 1970. */
  get now(): number {
    return Date.now() + this.ahead
  }

  get pid(): number {
    return this.#child?.pid ?? 0
  }

  /** Ends the process and waits until it is gone: SIGKILL as a power cut would, SIGTERM in order. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child
    this.#child = undefined
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const closed = once(child, 'close')
    child.kill(signal)
    await closed
  }
}
