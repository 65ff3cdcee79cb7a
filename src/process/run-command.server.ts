// A command of the terminal: asked of the running process if there is one, else run here on the database itself.
import { closeDatabase, openDatabase } from '#db/database.server.ts'
import { ask, type Commands } from '#db/lock.server.ts'
import { SettingsRefused, type Settings } from '#env.ts'

type Asked = {
  /** The command's name among `commands`. */
  command: string
  commands: Commands
  /** Called before anything else; what it throws is said to the person. */
  read: () => { settings: Settings; args: object }
  /** What the command needs of the process when it is run here. */
  prepare?: (settings: Settings) => Promise<void>
}

const say = (line: string) => console.log(line)

async function runHere({ command, commands, prepare }: Asked, settings: Settings, args: object) {
  await openDatabase(settings.dataDir)
  try {
    await prepare?.(settings)
    return (await commands[command]?.(args, say)) ?? ''
  } finally {
    await closeDatabase()
  }
}

/** Runs it and prints what it says; on failure prints why and sets the exit code. */
export async function runCommand(asked: Asked): Promise<void> {
  try {
    const { settings, args } = asked.read()
    say((await ask(settings.dataDir, asked.command, args, say)) ?? (await runHere(asked, settings, args)))
  } catch (error) {
    const { message } = error as Error
    console.error(error instanceof SettingsRefused ? message : `没有完成：${message}`)
    process.exitCode = 1
  }
}
