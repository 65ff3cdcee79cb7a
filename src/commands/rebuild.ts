// `npm run rebuild`: throws away what was derived from the events and derives it again. The running server does it
// itself when there is one; otherwise the database is opened here.
import { closeDatabase, openDatabase } from '#db/database.server.ts'
import { ask } from '#db/lock.server.ts'
import { demoSettings, requireSettings } from '#env.ts'
import { contentDir } from '#process/library-at-start.server.ts'
import { readRules, useRules } from '#process/rules-at-start.server.ts'
import { rebuildCommands } from '#record/rebuild.server.ts'

const say = (line: string) => console.log(line)

async function runHere(dataDir: string, hourRule: string): Promise<string> {
  await openDatabase(dataDir)
  try {
    await useRules(readRules(contentDir), hourRule)
    return (await rebuildCommands['rebuild']?.({}, say)) ?? ''
  } finally {
    await closeDatabase()
  }
}

try {
  const { dataDir, hourRule } = process.argv.includes('--demo') ? demoSettings() : requireSettings()
  say((await ask(dataDir, 'rebuild', {}, say)) ?? (await runHere(dataDir, hourRule)))
} catch (error) {
  console.error(`没有完成：${(error as Error).message}`)
  process.exitCode = 1
}
