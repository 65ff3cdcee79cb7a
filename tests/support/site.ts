// A real process of ours for a journey, on a free port with a folder of its own, as `npm start` or `npm run demo`
// would run it; its clock can be moved on.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

export type Site = {
  origin: string
  dataDir: string
  /** Runs another command of ours against the same data, as a person would in a terminal; returns what it printed. */
  command: (name: string, args?: string[]) => Promise<string>
  /** Moves the clock of the process on. */
  advance: (milliseconds: number) => Promise<void>
  /** All that the process printed so far. */
  printed: () => string
  /** Ends the process, if it runs; `keep` leaves its folder. */
  stop: (keep?: 'keep') => Promise<void>
}

/** Milliseconds after which a process that says nothing is taken to hang, and the test says so. */
const patience = 60_000

/**
 * Starts `src/commands/<command>.ts` and waits until it answers. A demo begins from DEMO_DATA if that is set.
 * @param before changes the data in a folder before a process uses them.
 */
export async function startSite(
  command: 'start' | 'demo',
  extra: Record<string, string> = {},
  before: (dataDir: string) => Promise<void> = async () => undefined,
): Promise<Site> {
  const port = await freePort()
  const dataDir = mkdtempSync(join(tmpdir(), 'lianxue-site-'))
  const prepared = process.env['DEMO_DATA']
  if (command === 'demo' && prepared) cpSync(prepared, dataDir, { recursive: true })
  await before(dataDir)
  const origin = `http://localhost:${port}`
  const env = {
    ...process.env,
    PORT: String(port),
    DATA_DIR: dataDir,
    ORIGIN: origin,
    SECRET: secret,
    LOG_LEVEL: 'warn',
    ...extra,
  }
  const child = run(command, [], env)
  const printed = collect(child)
  try {
    await answers(child, origin, printed)
  } catch (error) {
    child.kill()
    throw error
  }
  return {
    origin,
    dataDir,
    printed,
    command: async (name, args = []) => {
      const other = run(name, args, env)
      const said = collect(other)
      await once(other, 'close')
      return said()
    },
    advance: async (milliseconds) => {
      const moved = once(child, 'message', { signal: AbortSignal.timeout(patience) }).catch(() => {
        throw new Error(`The process does not move its clock:\n${printed()}`)
      })
      child.send({ advance: milliseconds })
      await moved
    },
    stop: async (keep) => {
      if (child.exitCode === null && child.signalCode === null) {
        const closed = once(child, 'close')
        child.kill('SIGTERM')
        await closed
      }
      if (!keep) rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

const secret = 'a-secret-of-the-tests-0123456789-abcdefghij'

function run(command: string, args: string[], env: NodeJS.ProcessEnv): ChildProcess {
  return fork(join(root, 'src', 'commands', `${command}.ts`), args, {
    cwd: root,
    env,
    execPath: join(root, 'node_modules', '.bin', 'node'),
    execArgv: ['--import', join(root, 'tests', 'support', 'moved-clock.ts')],
    silent: true,
  })
}

function collect(child: ChildProcess): () => string {
  let text = ''
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return () => text
}

async function answers(child: ChildProcess, origin: string, printed: () => string) {
  for (let tries = 0; tries < 1200; tries++) {
    if (child.exitCode !== null) throw new Error(`The process ended before it answered:\n${printed()}`)
    const reply = await fetch(`${origin}/healthz`).catch(() => null)
    if (reply?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error(`The process does not answer:\n${printed()}`)
}

/** A port of this machine that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
