// `npm run backup`: backs up the database and the files of the library, also while the site is running. `-- --out DIR`
// writes it elsewhere, for example on another disk; `--demo` takes the demo's data.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { demoSettings, requireSettings, useSettings } from '#env.ts'
import { backupCommands } from '#process/backups.server.ts'
import { runCommand } from '#process/run-command.server.ts'

function readArguments() {
  const options = { out: { type: 'string' }, demo: { type: 'boolean' } } as const
  try {
    const { out, demo } = parseArgs({ options, strict: true }).values
    return { out: out === undefined ? undefined : resolve(out), demo }
  } catch {
    throw new Error('用法：npm run backup\n  可选：--out 目录（备份到别处）  --demo（演示的数据）')
  }
}

await runCommand({
  command: 'backup',
  commands: backupCommands,
  read: () => {
    const { demo, ...args } = readArguments()
    return { args, settings: demo ? useSettings(demoSettings()) : requireSettings() }
  },
})
