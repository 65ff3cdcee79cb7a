// The upkeep of capability maps: each night what changes by the day and by the month; and everything derived anew when the
// model, the targets of posts or the way of counting are no longer those by which it was derived.
import { eq } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import { read, write, type Database } from '#db/database.server.ts'
import { mark } from '#db/schema/process.ts'
import { chain } from '#db/schema/record.ts'
import { noteHealth } from '#plan/health/note-health.server.ts'
import { log } from '#process/log.server.ts'
import { basisNow, isDerivedByNow, noteBasis } from '#record/basis.server.ts'
import { onModelChange } from '#record/capability/model.server.ts'
import { renewStandings } from '#record/capability/renew.server.ts'
import { renewSeverities } from '#record/capability/severity.server.ts'
import { noteTotals } from '#record/capability/unit/snapshot.server.ts'
import { rebuild } from '#record/rebuild.server.ts'

const monthMark = 'maps-noted'

/** What a night has to do; in the first of a month also what is noted by the month. */
export async function renewMaps(dataDir: string): Promise<object> {
  const month = `${dayOf(now().toISOString()).slice(0, 7)}-01`
  const isNew = (await valueOf(monthMark)) !== month
  const severities = isNew ? await renewSeverities(dataDir) : null
  const standings = await renewStandings()
  if (!isNew) return standings
  await noteTotals(month)
  await noteHealth(month)
  await write((tx) => set(tx, monthMark, month))
  return { ...standings, month, severities }
}

/**
 * Derives everybody again if it was derived by another model; also when another is put in force later.
 * @returns what ends it: it goes on at the next start.
 */
export function keepMapsDerived(): () => Promise<void> {
  let isEnding = false
  let working = deriveIfNeeded(() => isEnding)
  onModelChange({
    after: () => {
      working = working.then(() => deriveIfNeeded(() => isEnding))
    },
  })
  return async () => {
    isEnding = true
    await working
  }
}

async function deriveIfNeeded(isEnding: () => boolean): Promise<void> {
  try {
    if (await isDerivedByNow()) return
    const [somebody] = await read.select({ id: chain.personId }).from(chain).limit(1)
    if (somebody) {
      log.info('the maps are derived anew')
      await rebuild(() => undefined, isEnding)
      if (!isEnding()) log.info('the maps were derived anew')
    } else await noteBasis(basisNow())
  } catch (err) {
    log.error({ err }, 'the maps could not be derived anew; run npm run rebuild')
  }
}

async function valueOf(name: string): Promise<string | null> {
  const [row] = await read.select().from(mark).where(eq(mark.name, name))
  return row?.value ?? null
}

const set = (tx: Database, name: string, value: string) =>
  tx.insert(mark).values({ name, value }).onConflictDoUpdate({ target: mark.name, set: { value } })
