// `npm run erase -- --number QX1003`: erases what is kept about a person, for good (personal information protection
// law, article 47). The hashes of the learning record stay, so that the chain still holds.
import { parseArgs } from 'node:util'
import { requireSettings } from '#env.ts'
import { eraseCommands } from '#people/erase.server.ts'
import { runCommand } from '#process/run-command.server.ts'

function readArguments() {
  const { number } = parseArgs({ options: { number: { type: 'string' } }, strict: false }).values
  if (typeof number !== 'string') throw new Error('用法：npm run erase -- --number 工号')
  return { number }
}

await runCommand({
  command: 'erase',
  commands: eraseCommands,
  read: () => ({ args: readArguments(), settings: requireSettings() }),
})
