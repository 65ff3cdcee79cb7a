// Puts the severity of raters in force: once a month, as dated versions. An observation is read with the one in force on
// its day, and stays so.
import { Worker } from 'node:worker_threads'
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import { write } from '#db/database.server.ts'
import { cutsInUse } from '#record/capability/model.server.ts'
import { leastChange } from '#record/capability/severity.ts'
import type { Found, Task } from '#record/capability/severity-worker.server.ts'
import { addVersionIn, forgetVersions, versionsInForce } from '#record/versions.server.ts'

/** Versions that are written in one job. */
const atOnce = 50

/**
 * Estimates the severity of all raters and puts in force from now on what is new or differs from what is. Others go on
 * meanwhile: the estimate is made in a thread.
 * @returns how many raters have given enough observations, and of how many the value is another now.
 */
export async function renewSeverities(dataDir: string): Promise<{ known: number; renewed: number }> {
  const at = now().toISOString()
  const found = await inThread({ dataDir, on: dayOf(at), cuts: cutsInUse() })
  const inForce = await versionsInForce()
  const changed = found.filter(([rater, severity]) => {
    const before = inForce.severity(rater, at)
    return before === null || Math.abs(severity - before) >= leastChange
  })
  for (let i = 0; i < changed.length; i += atOnce) {
    await write(async (tx) => {
      for (const [rater, severity] of changed.slice(i, i + atOnce))
        await addVersionIn(tx, 'severity', rater, at, `severity-${at}`, Math.round(severity * 1000) / 1000)
    })
  }
  forgetVersions()
  return { known: found.length, renewed: changed.length }
}

/** The severity that is in force of a rater, on the ability scale; null while too little was seen of him. */
export async function severityOf(rater: string): Promise<number | null> {
  return (await versionsInForce()).severity(rater, now().toISOString())
}

function inThread(workerData: Task): Promise<Found> {
  const worker = new Worker(new URL('./severity-worker.server.ts', import.meta.url), { workerData })
  let found: Found | undefined
  return new Promise((resolve, reject) => {
    worker.on('message', (told: Found) => (found = told))
    worker.once('error', reject)
    worker.once('exit', () =>
      found ? resolve(found) : reject(new Error('The thread of severities ended early.')),
    )
  })
}
