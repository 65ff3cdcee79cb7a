// `npm run content:import`: what changed in content/ is shown to readers without a restart; `-- --from DIR` takes another
// folder, such as one of `content:export`. Ends with 1 if anything was refused or is in conflict; `--demo` for the demo.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { demoSettings, requireSettings, useSettings } from '#env.ts'
import { contentCommands } from '#process/content.server.ts'
import { contentDir } from '#process/library-at-start.server.ts'
import { readRules } from '#process/rules-at-start.server.ts'
import { runCommand } from '#process/run-command.server.ts'
import { bringModel } from '#record/capability/model-versions.server.ts'

const usage = `用法：npm run content:import
  可选：-- --from 文件夹（不是本站自己的 content/ 时）  --demo（演示的内容）`

function readArguments() {
  const options = { from: { type: 'string' }, demo: { type: 'boolean', default: false } } as const
  try {
    const { from, demo } = parseArgs({ options, strict: true }).values
    if (from !== '') return { from: from === undefined ? null : resolve(from), demo }
  } catch {
    // An option that there is not: said below.
  }
  throw new Error(usage)
}

await runCommand({
  command: 'content-import',
  commands: contentCommands,
  read: () => {
    const { demo, ...args } = readArguments()
    return { args, settings: useSettings(demo ? demoSettings() : requireSettings()) }
  },
  // Indicators are checked against the model in force.
  prepare: async () => {
    const { model, posts } = readRules(contentDir)
    await bringModel({ model, posts })
  },
})
