// Statistics of items and calibration in the running process: each night the statistics, by `npm run calibrate` both.
import { computeStatistics } from '#assessment/calibration/statistics.server.ts'
import { putInForce } from '#assessment/calibration/put-in-force.server.ts'
import { sayAlpha, sayCalibration } from '#assessment/calibration/say-calibration.ts'
import type { Model } from '#assessment/calibration/calibrate.ts'
import type { Commands, Told } from '#db/lock.server.ts'
import { settings } from '#env.ts'
import { modelInUse } from '#record/capability/model.server.ts'
import { Refusal } from '#refusal.ts'

/** What the command may be told: whether the result is put in force, and by which model. */
export type CalibrateArguments = { apply: boolean; model: Model }

let isRunning = false

async function calibrateBank({ apply, model }: CalibrateArguments, { say, progress }: Told): Promise<string> {
  const { dimensions } = modelInUse().model
  // Items may name the indicators that these replace.
  const asked = dimensions.map(({ id, indicators }) => ({
    id,
    indicators: indicators.flatMap((one) => [one.id, ...(one.replaces ?? [])]),
  }))
  const { dimensions: found, alphas } = await computeStatistics(
    settings.dataDir,
    { model, dimensions: asked },
    progress,
  )
  for (const one of alphas) say(sayAlpha(one))
  for (const [i, one] of found.entries()) {
    for (const line of sayCalibration(dimensions[i]?.name ?? one.dimension, one)) say(line)
  }
  const usable = found.flatMap(({ items }) => items.filter((item) => item.found)).length
  if (usable === 0) return '没有可以启用的参数，题目照旧用作者标的难度。'
  if (!apply) return `算好了${usable}道题的参数，还没有启用。看过没有问题就运行：npm run calibrate -- --apply`
  const { name, items } = await putInForce(found)
  return `已启用${items}道题的参数（${name}），从现在起的作答用它；以前的作答仍用当时的参数。`
}

/** The command behind `npm run calibrate`, for the running process and for a process of its own. */
export const calibrateCommands: Commands = {
  calibrate: async (args, say, progress) => {
    if (isRunning) throw new Refusal('closed', '正在校准，请等它完成再来。')
    isRunning = true
    try {
      return await calibrateBank(args as CalibrateArguments, { say, progress })
    } finally {
      isRunning = false
    }
  },
}
