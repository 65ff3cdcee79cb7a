// Our own process with screens in village halls: what measuring needs beside it is put into the database directly.
import { count, eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { askedBy } from '#course/asked.server.ts'
import { itemsOf, publishedCourses } from '#course/library.server.ts'
import { read, write } from '#db/database.server.ts'
import { kiosk, kioskContact, kioskEntry, kioskVisit } from '#db/schema/kiosk.ts'
import { assignment, person, pin, unit } from '#db/schema/people.ts'
import { event } from '#db/schema/record.ts'
import { requireSettings } from '#env.ts'
import { approve } from '#kiosk/fleet/approve.server.ts'
import { publicKeys } from '#kiosk/fleet/keys.server.ts'
import { entriesSettled } from '#kiosk/intake/settle.server.ts'
import { packsAreBuilt } from '#kiosk/pack/current.server.ts'
import type { PublicKey } from '#kiosk/signing.ts'
import { hashPin } from '#people/hash.server.ts'
import { noticeVersion } from '#people/notice.ts'
import { rightAnswer } from '#quiz/say-answer.ts'
import { startServer, stopOnSignal } from '#server.ts'
import { anAdministrator } from '../support/kiosk.ts'
import { longestHold, watchLoop } from './hold.ts'
import { asItIs } from './kiosk-month.ts'
import { answerWith } from './process.ts'

const running = await startServer(requireSettings())
stopOnSignal(running.close)

answerWith({
  ...{ origin: () => running.origin, publicKeys, packsAreBuilt, lessons },
  ...{ addKiosks, addVisits, letIn, settled, cpu, pinSeconds, watchLoop, longestHold },
})

const long = '2026-01-01T00:00:00.000Z'
const peopleInHall = 12

/** Screens that met the server a month ago, each in a village of its own with people, who all have the same PIN. */
async function addKiosks(keys: PublicKey[]): Promise<{ id: string; contact: string }[]> {
  const month = Date.now() - 30 * 86_400_000
  const enrolled = { playlist: 'county', enrolledAt: long, enrolledBy: 'bench' }
  const all: { id: string; contact: string }[] = []
  const hash = await hashPin(asItIs.pin)
  for (const publicKey of keys) {
    const [id, unitId, contact] = [v7(), v7(), v7()]
    await write(async (tx) => {
      const place = { id: unitId, path: `/${unitId}/`, name: '村', kind: 'village' as const, createdAt: long }
      await tx.insert(unit).values(place)
      await tx.insert(kiosk).values({ id, unitId, name: '大屏', publicKey, ...enrolled })
      await tx.insert(kioskContact).values({ id: contact, kioskId: id, at: month, seq: 0, up: 0, off: 0 })
      for (let i = 0; i < peopleInHall; i++) {
        const personId = v7()
        const read = { noticeVersion, noticeAt: long }
        await tx
          .insert(person)
          .values({ id: personId, number: personId, name: '某人', createdAt: long, ...read })
        const post = { personId, unitId, post: 'grid-worker', fromOn: '2026-01-01', main: true }
        await tx.insert(assignment).values({ id: v7(), ...post })
        await tx.insert(pin).values({ personId, hash, setAt: long })
      }
    })
    all.push({ id, contact })
  }
  return all
}

/** Lets the screen in that shows this code, in a village of its own. */
async function letIn(code: string): Promise<void> {
  const place = { id: v7(), name: '石桥村', kind: 'village' as const, createdAt: long }
  await write((tx) => tx.insert(unit).values({ ...place, path: `/${place.id}/` }))
  await approve(anAdministrator, { code, name: '大屏', unit: place.id, playlist: 'county' })
}

/** Visits of the people of a hall in turn. @param began ms since the contact of its screen, for each */
async function addVisits({ kioskId, began }: { kioskId: string; began: number[] }): Promise<string[]> {
  const people = await read
    .select({ id: assignment.personId })
    .from(assignment)
    .innerJoin(kiosk, eq(kiosk.unitId, assignment.unitId))
    .where(eq(kiosk.id, kioskId))
  const [contact] = await read
    .select()
    .from(kioskContact)
    .where(eq(kioskContact.kioskId, kioskId))
    .orderBy(kioskContact.at)
  const visits = began.map((up, i) => ({
    ...{ id: crypto.randomUUID(), kioskId, personId: people[i % people.length]?.id ?? '' },
    ...{ how: 'pin' as const, state: 'checked' as const },
    beganAt: new Date((contact?.at ?? 0) + up).toISOString(),
  }))
  await write(async (tx) => void (await tx.insert(kioskVisit).values(visits)))
  return visits.map(({ id }) => id)
}

async function lessons() {
  const all = (await publishedCourses()).flatMap((course) => course.lessons)
  const asked = await Promise.all(all.map(({ id }) => askedBy(id)))
  return Promise.all(
    asked.map(async ({ id, edition, revision, sections }) => {
      const items = [...(await itemsOf(revision)).values()]
      const answers = items.map((item) => ({ item: item.id, answer: rightAnswer(item) }))
      return { lesson: id, edition, revision, sections, answers }
    }),
  )
}

/** Waits until nothing is being settled; how many entries are in which state, and events there are of study. */
async function settled(): Promise<Record<string, number>> {
  await entriesSettled()
  const states = await read
    .select({ state: kioskEntry.state, all: count() })
    .from(kioskEntry)
    .groupBy(kioskEntry.state)
  const [events] = await read.select({ all: count() }).from(event).where(eq(event.kind, 'segment-studied'))
  return { ...Object.fromEntries(states.map(({ state, all }) => [state, all])), events: events?.all ?? 0 }
}

/** Processor time of the process so far, seconds: a figure that holds also on a machine that others use. */
function cpu(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000_000
}

/** What one PIN costs a processor. */
async function pinSeconds(): Promise<number> {
  const before = cpu()
  await hashPin(asItIs.pin)
  return cpu() - before
}
