// `npm run rebuild`: throws away what was derived from the events and derives it again; `-- --demo` for the demo's data.
import { demoSettings, requireSettings } from '#env.ts'
import { contentDir } from '#process/library-at-start.server.ts'
import { readRules, useRules } from '#process/rules-at-start.server.ts'
import { runCommand } from '#process/run-command.server.ts'
import { rebuildCommands } from '#record/rebuild.server.ts'

await runCommand({
  command: 'rebuild',
  commands: rebuildCommands,
  read: () => ({ args: {}, settings: process.argv.includes('--demo') ? demoSettings() : requireSettings() }),
  prepare: ({ hourRule }) => useRules(readRules(contentDir), hourRule),
})
