// Puts a calibration in force: a dated version for each item, beside those before it. What was answered earlier keeps
// the version of its time.
import type { CalibratedDimension } from '#assessment/calibration/calibrate-dimension.ts'
import { now } from '#clock.server.ts'
import { write } from '#db/database.server.ts'
import { calibrationRun } from '#db/schema/assessment.ts'
import { noteAct, theProcess } from '#people/audit.server.ts'
import { addVersionIn, calibrationSubject, forgetVersions } from '#record/versions.server.ts'

/** Puts every determined item in force from now on, and notes the run. Returns its name and how many items it holds. */
export async function putInForce(
  dimensions: readonly CalibratedDimension[],
): Promise<{ name: string; items: number }> {
  const fromAt = now().toISOString()
  const name = `calibration-${fromAt}`
  const items = dimensions.flatMap((dimension) =>
    dimension.items.flatMap(({ id, revision, found }) => (found ? [{ id, revision, ...found }] : [])),
  )
  if (items.length === 0) return { name, items: 0 }
  await write(async (tx) => {
    await tx
      .insert(calibrationRun)
      .values({ name, fromAt, madeAt: fromAt, madeBy: theProcess, body: dimensions })
    await noteAct(tx, theProcess, 'calibration-in-force', name, { items: items.length })
    for (const { id, revision, a, b, c } of items) {
      const body = { a, b, c, version: name }
      await addVersionIn(tx, 'calibration', calibrationSubject(id, revision), fromAt, name, body)
    }
  })
  forgetVersions()
  return { name, items: items.length }
}
