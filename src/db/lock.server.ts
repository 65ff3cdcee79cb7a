// One process owns the database. The lock is one of the operating system's (held through SQLite on a file beside the
// database), so it ends with its process, however that ends, and two can never both take over from a dead one.
// Its holder listens on a private socket, so that commands speak to it instead of opening the file a second time.
import { chmodSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createClient } from '@libsql/client'
import { Refusal } from '#refusal.ts'

/** Hears how far a long work is: `done` of `all` in any unit, and in Chinese what is being done. */
export type Progress = (done: number, all: number, what: string) => void

/** Somebody who is told how it goes. */
export type Told = { say: (line: string) => void; progress: Progress }

/** Nobody is told. */
export const untold: Told = { say: () => undefined, progress: () => undefined }

/** Answers one command line by line; what it returns ends the conversation. */
export type Commands = Record<
  string,
  (args: unknown, say: Told['say'], progress: Progress) => Promise<string>
>

/** A command did its work, and what it found is bad: the message is said as it is, and the command fails. */
export class FoundWrong extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'FoundWrong'
  }
}

/** An error as a person at the terminal reads it: a refusal says what to do, too. */
export function inWords(error: unknown): string {
  const { message } = error as Error
  return error instanceof Refusal && error.hint ? `${message}\n${error.hint}` : message
}

/** Somebody else owns the database; commands may speak to them with `ask()`. */
export class DatabaseInUse extends Error {
  constructor(dataDir: string) {
    super(`数据目录 ${dataDir} 正由另一个进程使用。请先停止它，或让命令交给它执行。`)
    this.name = 'DatabaseInUse'
  }
}

const socketOf = (dataDir: string) => join(dataDir, 'socket')
const lockOf = (dataDir: string) => join(dataDir, 'lock.db')

/** True if the holder of the lock answers on its socket. */
function isAlive(dataDir: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(socketOf(dataDir))
    probe.once('connect', () => (probe.destroy(), resolve(true)))
    probe.once('error', () => resolve(false))
  })
}

/** Takes the lock; the result gives it back. @throws DatabaseInUse */
async function lock(dataDir: string): Promise<() => void> {
  const client = createClient({ url: `file:${lockOf(dataDir)}`, concurrency: 1 })
  try {
    const held = await client.transaction('write')
    return () => {
      held.close()
      client.close()
    }
  } catch (error) {
    client.close()
    if (/SQLITE_BUSY/.test(String((error as { code?: unknown }).code))) throw new DatabaseInUse(dataDir)
    throw error
  }
}

/** What one line of the conversation says. */
type Answer = {
  say?: string
  progress?: [done: number, all: number, what: string]
  done?: string
  failed?: string
  /** Beside `failed`: the work was done, see FoundWrong. */
  found?: true
}

/** Passes on only what changes a bar: another percent or another work. */
export function byPercent(progress: Progress): Progress {
  let last = ''
  return (done, all, what) => {
    const now = `${Math.floor((done / Math.max(all, 1)) * 100)} ${what}`
    if (now !== last) progress(done, all, what)
    last = now
  }
}

async function serveLine(socket: Socket, commands: Commands) {
  const answer = (answer: Answer) => `${JSON.stringify(answer)}\n`
  const say = (text: string) => void socket.write(answer({ say: text }))
  const progress = byPercent((...step) => socket.write(answer({ progress: step })))
  for await (const line of createInterface({ input: socket })) {
    const { command, args } = JSON.parse(line) as { command: string; args: unknown }
    const run = commands[command]
    try {
      if (!run) throw new Error(`没有这个命令：${command}`)
      socket.end(answer({ done: await run(args, say, progress) }))
    } catch (error) {
      const found = error instanceof FoundWrong ? { found: true as const } : {}
      socket.end(answer({ failed: inWords(error), ...found }))
    }
  }
}

/**
 * Takes the lock of DATA_DIR and answers `commands` until released.
 * @throws DatabaseInUse if another living process holds it.
 */
export async function takeLock(dataDir: string, commands: Commands): Promise<() => Promise<void>> {
  const unlock = await lock(dataDir)
  rmSync(socketOf(dataDir), { force: true })
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    serveLine(socket, commands).catch(() => socket.destroy())
  })
  await listen(server, socketOf(dataDir))
  return async () => {
    await new Promise<void>((resolve) => server.close(() => resolve()))
    unlock()
  }
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => (chmodSync(path, 0o600), resolve()))
  })
}

/**
 * Asks the process that owns the database to run a command, passing on what it says on the way.
 * Resolves with null if nobody owns it.
 * @throws Error with the owner's message if the command failed there, FoundWrong if it found what is wrong.
 */
export async function ask(
  dataDir: string,
  command: string,
  args: unknown,
  say: Told['say'],
  progress: Progress = untold.progress,
) {
  if (!(await isAlive(dataDir))) return null
  const socket = connect(socketOf(dataDir))
  socket.write(`${JSON.stringify({ command, args })}\n`)
  for await (const line of createInterface({ input: socket })) {
    const answer = JSON.parse(line) as Answer
    if (answer.say !== undefined) say(answer.say)
    if (answer.progress !== undefined) progress(...answer.progress)
    if (answer.failed !== undefined) throw new (answer.found ? FoundWrong : Error)(answer.failed)
    if (answer.done !== undefined) return answer.done
  }
  throw new Error('服务在答复之前断开了，请看它的日志后再试。')
}
