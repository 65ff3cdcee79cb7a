// A command of the terminal: asked of the running process if there is one, else run here on the database itself.
import { closeDatabase, openDatabase } from '#db/database.server.ts'
import { ask, FoundWrong, inWords, type Commands, type Told } from '#db/lock.server.ts'
import { DataRefused } from '#db/start-check.server.ts'
import { SettingsRefused, type Settings } from '#env.ts'
import { terminal } from '#process/terminal.server.ts'

type Read = {
  /** Called before anything else; what it throws is said to the person. */
  read: () => { settings: Settings; args: object }
}

type Asked = Read & {
  /** The command's name among `commands`. */
  command: string
  commands: Commands
  /** What the command needs of the process when it is run here. */
  prepare?: (settings: Settings) => Promise<void>
}

async function runHere({ command, commands, prepare }: Asked, settings: Settings, args: object, told: Told) {
  await openDatabase(settings.dataDir, {}, told)
  try {
    await prepare?.(settings)
    return (await commands[command]?.(args, told.say, told.progress)) ?? ''
  } finally {
    await closeDatabase()
  }
}

/** Runs it and prints what it says; on failure prints why and sets the exit code. */
export function runCommand(asked: Asked): Promise<void> {
  return runAlone({
    read: asked.read,
    run: async (settings, args, told) =>
      (await ask(settings.dataDir, asked.command, args, told.say, told.progress)) ??
      runHere(asked, settings, args, told),
  })
}

type Alone<Args extends object> = {
  read: () => { settings: Settings; args: Args }
  run: (settings: Settings, args: Args, told: Told) => Promise<string>
}

/** Runs what is never asked of another process, and prints in the same way. */
export async function runAlone<Args extends object>({ read, run }: Alone<Args>): Promise<void> {
  const { say, progress, end } = terminal(process.stdout)
  try {
    const { settings, args } = read()
    const done = await run(settings, args, { say, progress })
    end()
    say(done)
  } catch (error) {
    end()
    const whole = [SettingsRefused, DataRefused, FoundWrong].some((kind) => error instanceof kind)
    console.error(whole ? inWords(error) : `没有完成：${inWords(error)}`)
    process.exitCode = 1
  }
}
