// What the process does by itself: each night it fixes the record with one hash, each half minute it ends the visits
// whose pages have gone silent. A failure goes to the log and the next turn comes all the same.
import { Cron } from 'croner'
import { log } from '#process/log.server.ts'

/** Work that comes back; `storeRoot` returns what goes to the log. */
export type Chores = {
  storeRoot: () => Promise<object>
  endSilentVisits: () => Promise<void>
  sweepSignIn: () => Promise<unknown>
}

/** Ten past midnight: whatever was learned yesterday has arrived. */
const nightly = '10 0 * * *'
const eachHalfMinute = '*/30 * * * * *'

/** Begins the schedule; the result ends it and waits for what is under way. */
export function startSchedule({ storeRoot, endSilentVisits, sweepSignIn }: Chores): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  const inTurn = (name: string, work: () => Promise<void>) => () => {
    const failed = (err: unknown) => log.error({ err, chore: name }, 'a chore failed')
    running = running.then(work).catch(failed)
    return running
  }
  const fixRecord = async () => log.info({ root: await storeRoot() }, 'the record was fixed for the night')
  const sweep = async () => void (await sweepSignIn())
  const options = { timezone: 'Asia/Shanghai', protect: true }
  const jobs = [
    new Cron(nightly, options, inTurn('root', fixRecord)),
    new Cron(nightly, options, inTurn('sign-in', sweep)),
    new Cron(eachHalfMinute, options, inTurn('visits', endSilentVisits)),
  ]
  return async () => {
    for (const job of jobs) job.stop()
    await running
  }
}
