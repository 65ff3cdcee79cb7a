// What the process does by itself: each night it fixes the record with one hash and makes a backup, each half minute
// it ends the visits whose pages have gone silent, each minute it hands in the tests whose time is up and publishes what was planned. After midnight it
// moves what units count; before morning it computes what the answers of tests say of their items. A failure goes to
// the log and the next turn comes all the same.
import { Cron } from 'croner'
import { log } from '#process/log.server.ts'

/** Work that comes back; `storeRoot` returns what goes to the log. */
export type Chores = {
  storeRoot: () => Promise<object>
  endSilentVisits: () => Promise<void>
  handInOverdue: () => Promise<void>
  /** Publishes what was planned for a time that has come. */
  publishDue: () => Promise<void>
  sweepSignIn: () => Promise<unknown>
  /** Makes and tests a backup if one is due. */
  keepBackups: () => Promise<void>
  /** Moves what units count by the day, and notes it by the month. */
  renewMaps: () => Promise<object>
  /** Tries again what screens of halls sent and what could not be settled. */
  settleFailed: () => void
  /** Forgets what screens of halls are past naming. */
  sweepKiosks: () => Promise<void>
  /** Computes the statistics of items. */
  describeItems: () => Promise<unknown>
}

/** Ten past midnight: whatever was learned yesterday has arrived. */
const nightly = '10 0 * * *'
const eachHalfMinute = '*/30 * * * * *'
const eachMinute = '15 * * * * *'
/** At 00:30 the backup of the night is due; a machine that was off then catches up within an hour. */
const eachHour = '30 * * * *'
/** Nobody is there, and the backup is made. */
const beforeMorning = '10 3 * * *'

/** Begins the schedule; the result ends it and waits for what is under way. */
export function startSchedule(chores: Chores): () => Promise<void> {
  const { storeRoot, endSilentVisits, handInOverdue, publishDue, sweepSignIn } = chores
  const { keepBackups, renewMaps, describeItems, settleFailed, sweepKiosks } = chores
  let running: Promise<void> = Promise.resolve()
  let keeping: Promise<void> = Promise.resolve()
  let describing: Promise<void> = Promise.resolve()
  let renewing: Promise<void> = Promise.resolve()
  const tried = (name: string, work: () => Promise<void>) => () =>
    work().catch((err: unknown) => log.error({ err, chore: name }, 'a chore failed'))
  const inTurn = (name: string, work: () => Promise<void>) => () =>
    (running = running.then(tried(name, work)))
  // Minutes for a large database, in a thread of its own: the visits do not wait for it.
  const keep = tried('backup', keepBackups)
  const renew = tried('maps', async () => log.info(await renewMaps(), 'the maps were renewed for the day'))
  const describe = tried('statistics', async () => void (await describeItems()))
  const fixRecord = async () => log.info({ root: await storeRoot() }, 'the record was fixed for the night')
  const sweep = async () => void (await sweepSignIn())
  const options = { timezone: 'Asia/Shanghai', protect: true }
  const jobs = [
    new Cron(nightly, options, inTurn('root', fixRecord)),
    new Cron(nightly, options, inTurn('sign-in', sweep)),
    new Cron(nightly, options, () => (renewing = renew())),
    new Cron(eachHalfMinute, options, inTurn('visits', endSilentVisits)),
    new Cron(eachMinute, options, inTurn('tests', handInOverdue)),
    new Cron(eachMinute, options, inTurn('publication', publishDue)),
    new Cron(eachMinute, options, settleFailed),
    new Cron(beforeMorning, options, inTurn('kiosks', sweepKiosks)),
    new Cron(eachHour, options, () => (keeping = keep())),
    new Cron(beforeMorning, options, () => (describing = describe())),
  ]
  return async () => {
    for (const job of jobs) job.stop()
    await Promise.all([running, keeping, describing, renewing])
  }
}
