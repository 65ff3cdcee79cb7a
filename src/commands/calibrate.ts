// `npm run calibrate`: statistics of all items, and their parameters from the answers of tests, on the scale in force.
// Prints what it found; `-- --apply` puts it in force from now on. `--model 3pl` or `rasch` instead of 2pl; `--demo` for
// the demo's data.
import { parseArgs } from 'node:util'
import { demoSettings, requireSettings, useSettings } from '#env.ts'
import { calibrateCommands, type CalibrateArguments } from '#process/calibrate.server.ts'
import { contentDir } from '#process/library-at-start.server.ts'
import { readRules } from '#process/rules-at-start.server.ts'
import { runCommand } from '#process/run-command.server.ts'
import { bringModel } from '#record/capability/model-versions.server.ts'

const models = ['2pl', '3pl', 'rasch'] as const

function readArguments(): CalibrateArguments & { demo: boolean } {
  const options = {
    apply: { type: 'boolean' },
    model: { type: 'string' },
    demo: { type: 'boolean' },
  } as const
  const usage = new Error(
    '用法：npm run calibrate\n  可选：-- --apply（启用）  --model 2pl|3pl|rasch（默认 2pl）  --demo（演示的数据）',
  )
  try {
    const { apply = false, model: named = '2pl', demo = false } = parseArgs({ options, strict: true }).values
    const model = models.find((one) => one === named)
    if (!model) throw usage
    return { apply, model, demo }
  } catch {
    throw usage
  }
}

await runCommand({
  command: 'calibrate',
  commands: calibrateCommands,
  read: () => {
    const { demo, ...args } = readArguments()
    return { args, settings: demo ? useSettings(demoSettings()) : requireSettings() }
  },
  prepare: async () => {
    const { model, posts } = readRules(contentDir)
    await bringModel({ model, posts })
  },
})
