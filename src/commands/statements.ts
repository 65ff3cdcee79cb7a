// `npm run statements -- --out FILE`: all learning records as xAPI statements, for another learning record store.
// `--from DAY --to DAY` only those days, both counted; `--demo` takes the demo's data.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { demoSettings, requireSettings, useSettings } from '#env.ts'
import { runCommand } from '#process/run-command.server.ts'
import { statementsCommands } from '#xapi/write-file.server.ts'

const usage = `用法：npm run statements -- --out 文件.json
  可选：--from 2026-01-01 --to 2026-12-31（只要这些天的，两头都算）  --demo（演示的数据）`

const isDay = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true

function readArguments() {
  const day = { type: 'string' } as const
  const options = { out: day, from: day, to: day, demo: { type: 'boolean' } } as const
  try {
    const { out, from = null, to = null, demo } = parseArgs({ options, strict: true }).values
    const days = [from, to].filter((one) => one !== null)
    if (out && days.every(isDay) && (from ?? '') <= (to ?? '9999'))
      return { out: resolve(out), from, to, demo }
  } catch {
    // An option that there is not: said below.
  }
  throw new Error(usage)
}

await runCommand({
  command: 'statements',
  commands: statementsCommands,
  read: () => {
    const { demo, ...args } = readArguments()
    return { args, settings: demo ? useSettings(demoSettings()) : requireSettings() }
  },
})
