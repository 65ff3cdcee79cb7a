// One process owns the database. Whoever holds the lock also listens on a private socket in DATA_DIR, which
// proves that it lives and lets commands speak to it instead of opening the file a second time.
import { closeSync, openSync, renameSync, rmSync, writeSync, chmodSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** Answers one command line by line; what it returns ends the conversation. */
export type Commands = Record<string, (args: unknown, say: (line: string) => void) => Promise<string>>

/** Somebody else owns the database; commands may speak to them with `ask()`. */
export class DatabaseInUse extends Error {
  constructor(dataDir: string) {
    super(`数据目录 ${dataDir} 正由另一个进程使用。请先停止它，或让命令交给它执行。`)
    this.name = 'DatabaseInUse'
  }
}

const socketOf = (dataDir: string) => join(dataDir, 'socket')
const lockOf = (dataDir: string) => join(dataDir, 'lock')

/** True if the holder of the lock answers on its socket. */
function isAlive(dataDir: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(socketOf(dataDir))
    probe.once('connect', () => (probe.destroy(), resolve(true)))
    probe.once('error', () => resolve(false))
  })
}

function createLock(dataDir: string): boolean {
  try {
    const file = openSync(lockOf(dataDir), 'wx', 0o600)
    writeSync(file, `${process.pid}\n`)
    closeSync(file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** A lock left behind by a process that died is moved aside; only one mover wins. */
function dropStaleLock(dataDir: string) {
  const aside = `${lockOf(dataDir)}.${process.pid}`
  try {
    renameSync(lockOf(dataDir), aside)
    rmSync(aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

async function serveLine(socket: Socket, commands: Commands) {
  for await (const line of createInterface({ input: socket })) {
    const { command, args } = JSON.parse(line) as { command: string; args: unknown }
    const run = commands[command]
    const say = (text: string) => socket.write(`${JSON.stringify({ say: text })}\n`)
    try {
      if (!run) throw new Error(`没有这个命令：${command}`)
      socket.end(`${JSON.stringify({ done: await run(args, say) })}\n`)
    } catch (error) {
      socket.end(`${JSON.stringify({ failed: (error as Error).message })}\n`)
    }
  }
}

/**
 * Takes the lock of DATA_DIR and answers `commands` until released.
 * @throws DatabaseInUse if another living process holds it.
 */
export async function takeLock(dataDir: string, commands: Commands): Promise<() => Promise<void>> {
  if (!createLock(dataDir)) {
    // A holder that has just begun may not listen yet.
    for (let tries = 0; tries < 5; tries++) {
      if (await isAlive(dataDir)) throw new DatabaseInUse(dataDir)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    dropStaleLock(dataDir)
    if (!createLock(dataDir)) throw new DatabaseInUse(dataDir)
  }
  rmSync(socketOf(dataDir), { force: true })
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    serveLine(socket, commands).catch(() => socket.destroy())
  })
  await listen(server, socketOf(dataDir))
  return () => release(server, dataDir)
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => (chmodSync(path, 0o600), resolve()))
  })
}

async function release(server: Server, dataDir: string) {
  await new Promise<void>((resolve) => server.close(() => resolve()))
  rmSync(socketOf(dataDir), { force: true })
  rmSync(lockOf(dataDir), { force: true })
}

/**
 * Asks the process that owns the database to run a command, printing what it says on the way.
 * Resolves with null if nobody owns it.
 * @throws Error with the owner's message if the command failed there.
 */
export async function ask(dataDir: string, command: string, args: unknown, say: (line: string) => void) {
  if (!(await isAlive(dataDir))) return null
  const socket = connect(socketOf(dataDir))
  socket.write(`${JSON.stringify({ command, args })}\n`)
  for await (const line of createInterface({ input: socket })) {
    const answer = JSON.parse(line) as { say?: string; done?: string; failed?: string }
    if (answer.say !== undefined) say(answer.say)
    if (answer.failed !== undefined) throw new Error(answer.failed)
    if (answer.done !== undefined) return answer.done
  }
  throw new Error('服务在答复之前断开了，请看它的日志后再试。')
}
