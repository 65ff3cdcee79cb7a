// `npm run verify`: verifies every person's chain, every nightly root, the backups and all that was derived, and says
// what was changed;
// `-- --demo` for the demo's data. Ends with 1 if anything is wrong.
import { demoSettings, requireSettings, useSettings } from '#env.ts'
import { contentDir } from '#process/library-at-start.server.ts'
import { readRules } from '#process/rules-at-start.server.ts'
import { runCommand } from '#process/run-command.server.ts'
import { verifyCommands } from '#process/verify.server.ts'
import { bringModel } from '#record/capability/model-versions.server.ts'
import { useHourRules } from '#record/hours/rule.server.ts'

await runCommand({
  command: 'verify',
  commands: verifyCommands,
  read: () => ({
    args: {},
    settings: process.argv.includes('--demo') ? useSettings(demoSettings()) : requireSettings(),
  }),
  // What beliefs and hours were derived with; nothing is put in force here.
  prepare: async () => {
    const { model, posts, hourRules } = readRules(contentDir)
    await bringModel({ model, posts })
    useHourRules(hourRules)
  },
})
