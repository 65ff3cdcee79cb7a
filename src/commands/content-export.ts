// `npm run content:export -- --to DIR`: the published library as files in the layout of content/, for Git. What was changed
// in DIR is listed and left alone unless `--overwrite`; `--demo` takes the demo's library.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { demoSettings, requireSettings, useSettings } from '#env.ts'
import { contentCommands } from '#process/content.server.ts'
import { runCommand } from '#process/run-command.server.ts'

const usage = `用法：npm run content:export -- --to 文件夹
  可选：--overwrite（文件夹里有人改过的也盖过去）  --demo（演示的内容）`

function readArguments() {
  const flag = { type: 'boolean', default: false } as const
  const options = { to: { type: 'string' }, overwrite: flag, demo: flag } as const
  try {
    const { to, overwrite, demo } = parseArgs({ options, strict: true }).values
    if (to) return { to: resolve(to), overwrite, demo }
  } catch {
    // An option that there is not: said below.
  }
  throw new Error(usage)
}

await runCommand({
  command: 'content-export',
  commands: contentCommands,
  read: () => {
    const { demo, ...args } = readArguments()
    return { args, settings: useSettings(demo ? demoSettings() : requireSettings()) }
  },
})
