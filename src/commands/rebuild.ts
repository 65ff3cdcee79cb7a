// `npm run rebuild`: throws away what was derived from the events and derives it again. The running server does it
// itself when there is one; otherwise the database is opened here.
import { closeDatabase, openDatabase } from '#db/database.server.ts'
import { ask } from '#db/lock.server.ts'
import { requireSettings } from '#env.ts'
import { rebuildCommands } from '#record/rebuild.server.ts'

const say = (line: string) => console.log(line)

async function runHere(dataDir: string): Promise<string> {
  await openDatabase(dataDir)
  try {
    return (await rebuildCommands['rebuild']?.({}, say)) ?? ''
  } finally {
    await closeDatabase()
  }
}

try {
  const demo = process.argv.includes('--demo')
  const dataDir = demo ? '.data/demo' : requireSettings().dataDir
  say((await ask(dataDir, 'rebuild', {}, say)) ?? (await runHere(dataDir)))
} catch (error) {
  console.error(`没有完成：${(error as Error).message}`)
  process.exitCode = 1
}
