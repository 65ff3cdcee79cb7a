// `npm run restore -- --from newest` (or the folder of a backup): puts a backup in the place of the database. The site
// must be stopped. `--replace-foreign` also takes a backup of another database; `--demo` is for the demo's data.
import { parseArgs } from 'node:util'
import { demoSettings, requireSettings, useSettings } from '#env.ts'
import { restore } from '#process/restore.server.ts'
import { runAlone } from '#process/run-command.server.ts'

const usage = `用法：npm run restore -- --from newest
  或：npm run restore -- --from 备份的文件夹
  可选：--replace-foreign（换成另一个数据库的备份）  --demo（演示的数据）`

function readArguments() {
  const options = {
    from: { type: 'string' },
    'replace-foreign': { type: 'boolean' },
    demo: { type: 'boolean' },
  } as const
  try {
    const {
      from,
      demo,
      'replace-foreign': replaceForeign = false,
    } = parseArgs({ options, strict: true }).values
    if (from) return { from, demo, replaceForeign }
  } catch {
    // The usage says what there is.
  }
  throw new Error(usage)
}

await runAlone({
  read: () => {
    const { demo, ...args } = readArguments()
    return { args, settings: demo ? useSettings(demoSettings()) : requireSettings() }
  },
  run: ({ dataDir }, args, told) => restore(dataDir, args, told),
})
