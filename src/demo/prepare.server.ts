// Sees to it that a demo database is seeded whole: what was interrupted, or seeded by another version, starts over.
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { count, desc, eq, inArray } from 'drizzle-orm'
import { computeStatistics } from '#assessment/calibration/statistics.server.ts'
import { now } from '#clock.server.ts'
import { dayAfter, dayOf, daysIn } from '#day.ts'
import { closeDatabase, openDatabase, read, write } from '#db/database.server.ts'
import { person } from '#db/schema/people.ts'
import { mark } from '#db/schema/process.ts'
import { belief } from '#db/schema/record.ts'
import { demoYear, momentOf, type Year } from '#demo/calendar.ts'
import { enterDrafts } from '#demo/drafts.server.ts'
import { enterHalls } from '#demo/halls.server.ts'
import { dateBankBack, enterSecureBank, enterWrittenPaper } from '#demo/secure-bank.server.ts'
import {
  enterCounty,
  enterExam,
  enterTraces,
  enterYear,
  type Happening,
  type Say,
} from '#demo/seed.server.ts'
import { enterVillagers } from '#demo/villagers.server.ts'
import { testDays } from '#demo/test-days.server.ts'
import { enterWaitingHours } from '#demo/waiting-hours.server.ts'
import { inventWorld } from '#demo/world.server.ts'
import { planYear } from '#demo/year.ts'
import { renewMaps } from '#process/maps.server.ts'
import { basisNow, noteBasis } from '#record/basis.server.ts'

/** Raise it when the seeding changes: older demo databases are then made anew. */
export const seedVersion = '11'

/** The files of a database in DATA_DIR, the media that came with it, and its backups. */
const ownFiles = ['lianxue.db', 'lianxue.db-wal', 'lianxue.db-shm', 'media', 'backups']

async function marks(): Promise<Map<string, string>> {
  const rows = await read
    .select()
    .from(mark)
    .where(inArray(mark.name, ['demo', 'seeded']))
  return new Map(rows.map(({ name, value }) => [name, value]))
}

/**
 * Removes a demo database whose seeding was interrupted or is of another version. A database that is not marked as
 * a demo is never touched.
 * @returns whether the next start has to seed.
 * @throws DatabaseInUse
 */
export async function clearUnfinished(dataDir: string): Promise<boolean> {
  if (!existsSync(join(dataDir, 'lianxue.db'))) return true
  await openDatabase(dataDir)
  const found = await marks()
  await closeDatabase()
  if (found.get('seeded') === seedVersion) return false
  if (found.get('demo') === 'yes')
    for (const file of ownFiles) rmSync(join(dataDir, file), { recursive: true, force: true })
  return true
}

/** Whom the printed addresses lead to: the learner, and somebody whose map is full. */
export async function worthALook(): Promise<{ id: string; name: string }[]> {
  return read
    .select({ id: person.id, name: person.name })
    .from(person)
    .innerJoin(belief, eq(belief.personId, person.id))
    .groupBy(person.id)
    .orderBy(desc(eq(person.number, 'learner')), desc(count()), person.number)
    .limit(2)
}

/** What the process does by itself in the first night of each month. */
const firstNights = ({ firstOn, lastOn }: Year, dataDir: string): Happening[] => {
  const days = Array.from({ length: daysIn(firstOn, lastOn) }, (_, day) => dayAfter(firstOn, day))
  return days
    .filter((on) => on.endsWith('-01'))
    .map((on) => ({
      at: new Date(momentOf(on, 10)).toISOString(),
      run: async () => void (await renewMaps(dataDir)),
    }))
}

/** Seeds the open demo database unless that was done; the last thing that it writes says so. */
export async function seedIfNeeded(say: Say, dataDir: string): Promise<void> {
  if ((await marks()).get('seeded') === seedVersion) return
  const began = performance.now()
  const world = await inventWorld(demoYear(dayOf(now().toISOString())))
  const events = planYear(world)
  await enterCounty(world)
  await enterExam(world)
  const at = new Date(momentOf(world.year.firstOn, 8 * 60)).toISOString()
  await enterSecureBank(at)
  await enterWrittenPaper(at)
  await dateBankBack(at)
  await enterYear(events, say, [...(await testDays(world)), ...firstNights(world.year, dataDir)])
  await enterTraces(world, events)
  await enterWaitingHours(world)
  await enterDrafts(world)
  await enterHalls(world)
  await enterVillagers(world)
  await computeStatistics(dataDir)
  await renewMaps(dataDir)
  await noteBasis(basisNow())
  await write((tx) => tx.insert(mark).values({ name: 'seeded', value: seedVersion }))
  const seconds = Math.round((performance.now() - began) / 1000)
  say(`  县里有${world.people.length}人，一年${events.length}条记录，用了${seconds}秒。`)
}
