// `npm run verify`: verifies every person's chain, every nightly root and the backups, and says what was changed;
// `-- --demo` for the demo's data. Ends with 1 if anything is wrong.
import { demoSettings, requireSettings, useSettings } from '#env.ts'
import { runCommand } from '#process/run-command.server.ts'
import { verifyCommands } from '#process/verify.server.ts'

await runCommand({
  command: 'verify',
  commands: verifyCommands,
  read: () => ({
    args: {},
    settings: process.argv.includes('--demo') ? useSettings(demoSettings()) : requireSettings(),
  }),
})
