// A hall for the tests of bad lines: three cadres with PINs, a screen, what they do there on a day, and what the ledger
// says of them afterwards, in words that are the same for every hall to which the same has happened.
import { eq } from 'drizzle-orm'
import { v4, v7 } from 'uuid'
import { askedBy } from '#course/asked.server.ts'
import { itemsOf, publishedCourses } from '#course/library.server.ts'
import { read, write } from '#db/database.server.ts'
import { hallAttendance, hallSession } from '#db/schema/hall.ts'
import { assignment, person, pin as pinTable, unit } from '#db/schema/people.ts'
import { toldStory } from '#db/schema/village.ts'
import type { EntryBody } from '#kiosk/entry-body.ts'
import { keyAt } from '#kiosk/visit/roster.server.ts'
import { consentVersion } from '#kiosk/visitor/consent.ts'
import { hashPin } from '#people/hash.server.ts'
import { noticeVersion } from '#people/notice.ts'
import type { Item } from '#quiz/question.ts'
import { rightAnswer } from '#quiz/say-answer.ts'
import { fromRow } from '#record/record.server.ts'
import { derivedOf, eventsOf } from '../../record/happenings.ts'
import type { Machine } from '../../support/kiosk-device.ts'

export const minute = 60_000
export const hour = 60 * minute
const at = '2026-01-01T00:00:00.000Z'
const pin = '246801'

/** A lesson as the screen has it. */
export type Taught = {
  lesson: string
  edition: number
  revision: string
  minutes: number
  sections: string[]
  items: Item[]
}

/** The shortest published lesson. */
export async function shortestLesson(): Promise<Taught> {
  const lessons = (await publishedCourses()).flatMap((course) => course.lessons)
  const [shortest] = lessons.toSorted((one, other) => one.minutes - other.minutes)
  if (!shortest) throw new Error('No lesson is published.')
  const { id: lesson, edition, revision, minutes, sections } = await askedBy(shortest.id)
  return { lesson, edition, revision, minutes, sections, items: [...(await itemsOf(revision)).values()] }
}

/** Ids of those who learn by themselves, and of the host. */
type People = [string, string, string]

/** Three people with posts in a village of their own. */
export async function settlePeople(village: string): Promise<People> {
  const hash = await hashPin(pin)
  const ids: People = [v7(), v7(), v7()]
  await write(async (tx) => {
    await tx.insert(unit).values({
      ...{
        id: village,
        parentId: 'county',
        path: `/county/${village}/`,
        name: village,
        kind: 'village',
        createdAt: at,
      },
    })
    for (const [i, id] of ids.entries()) {
      const number = `${village}-${i}`
      await tx
        .insert(person)
        .values({ id, number, name: `某${i}`, createdAt: at, noticeVersion, noticeAt: at })
      const held = { personId: id, unitId: village, post: 'grid-worker', fromOn: '2026-01-01', main: true }
      await tx.insert(assignment).values({ id: v7(), ...held })
      await tx.insert(pinTable).values({ personId: id, hash, setAt: at })
    }
  })
  return ids
}

export type Hall = { machine: Machine; village: string; kiosk: string; people: People; taught: Taught }
/** Lets time go by for everybody. */
export type Pass = (milliseconds: number) => void

const studied = ({ lesson, edition, revision, sections }: Taught, visit: string): EntryBody => ({
  ...{ kind: 'studied', visit, lesson, edition, revision, milliseconds: 2 * minute, sections },
})

/** Somebody signs in without a line, studies so many times two minutes, answers so many checks rightly, and leaves. */
export async function visit(hall: Hall, who: 0 | 1, pass: Pass, does: { slices: number; answers: number }) {
  const { machine, kiosk, people, taught } = hall
  const { lesson, edition, revision } = taught
  const id = v4()
  await machine.device.keep({ kind: 'visit-began', visit: id, key: keyAt(kiosk, people[who]), pin })
  for (let i = 0; i < does.slices; i++) {
    pass(2 * minute)
    await machine.device.keep(studied(taught, id))
  }
  for (const item of taught.items.slice(0, does.answers)) {
    pass(2 * minute)
    const answer = rightAnswer(item) as never
    await machine.device.keep({
      kind: 'answered',
      visit: id,
      lesson,
      edition,
      revision,
      item: item.id,
      answer,
    })
  }
  pass(minute)
  await machine.device.keep({ kind: 'visit-ended', visit: id })
}

/** An hour in which the hall studies together: one stays until the end, one leaves early, the third is the host. */
async function together({ machine, kiosk, people }: Hall, pass: Pass) {
  const [session, visit] = [v4(), v4()]
  const keep = (body: EntryBody) => machine.device.keep(body)
  const keys = people.map((id) => keyAt(kiosk, id))
  const [stays = '', leaves = '', host = ''] = keys
  const what = { title: '第一季度集体学习', type: '三会一课', agenda: ['学一课'], lesson: null }
  await keep({ kind: 'visit-began', visit, key: host, pin })
  await keep({ kind: 'hall-opened', session, visit, ...what, secret: 'the-secret-of-this-screen' })
  pass(minute)
  for (const key of [stays, leaves]) await keep({ kind: 'hall-in', session, key, pin })
  pass(20 * minute)
  await keep({ kind: 'hall-out', session, key: leaves })
  pass(40 * minute)
  await keep({ kind: 'hall-closed', session, visit, confirmed: keys, headCount: 3, minutes: '学了一课。' })
  await keep({ kind: 'visit-ended', visit })
}

const story: EntryBody = {
  ...{ kind: 'story-told', title: '一杆秤', teller: '秤匠', text: '爷爷做秤，从不少一两。' },
  ...{ voice: null, consent: consentVersion },
}

/**
 * One finishes the lesson, another begins it after a night without power; then they study together, and a villager tells a
 * story. It is quiet for ten minutes afterwards.
 */
export async function day(hall: Hall, pass: Pass, night: () => Promise<void> = async () => undefined) {
  const { minutes, items } = hall.taught
  await visit(hall, 0, pass, { slices: Math.ceil(minutes / 2) + 1, answers: items.length })
  await night()
  await visit(hall, 1, pass, { slices: 2, answers: 1 })
  await together(hall, pass)
  await hall.machine.device.keep(story)
  pass(10 * minute)
}

/** A few minutes of both, for what is done thousands of times. */
export async function shortDay(hall: Hall, pass: Pass) {
  await visit(hall, 0, pass, { slices: 2, answers: 1 })
  await visit(hall, 1, pass, { slices: 1, answers: 0 })
  pass(10 * minute)
}

/**
 * What the ledger says of a hall: the events of its people in order and all that was derived from them, when they were
 * there together, and what was told.
 * @param until whatever happened after it, ms since 1970, is when it arrived, which tells nothing of the hall.
 */
export async function ledgerOf({ people, kiosk, village }: Hall, until = Infinity) {
  const isArrival = (instant: string) => (Date.parse(instant) > until ? 'later' : instant)
  const ours = new Map([
    [kiosk, 'kiosk'],
    [village, 'village'],
    ...people.map((id, i) => [id, `person-${i}`] as const),
  ])
  const plain = (value: unknown, events = new Map<string, string>()) =>
    [...ours, ...events]
      .reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(value))
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, isArrival)
  const saidOf = async (id: string) => {
    const events = (await eventsOf(id)).map(fromRow)
    const inOrder = events.toSorted((a, b) => (a.at + a.kind < b.at + b.kind ? -1 : 1))
    const names = new Map(inOrder.map((one, i) => [one.id, `event-${i}`]))
    const tables = { ...(await derivedOf(id)), attended: await attendedBy(id) }
    const derived = Object.entries(tables).map(([table, rows]) => [
      table,
      rows.map((row) => plain(row, names)).sort(),
    ])
    return {
      events: inOrder.map((one) => plain(one, names)),
      derived: Object.fromEntries(derived) as Record<string, string[]>,
    }
  }
  return {
    people: await Promise.all(people.map(saidOf)),
    sessions: (await sessionsAt(kiosk)).map((row) => plain(row)),
    stories: (await toldAt(kiosk)).map((row) => plain(row)),
  }
}

async function attendedBy(id: string) {
  const rows = await read.select().from(hallAttendance).where(eq(hallAttendance.personId, id))
  return rows.map((row) => ({ ...row, sessionId: 'session' }))
}

async function sessionsAt(kiosk: string) {
  const rows = await read.select().from(hallSession).where(eq(hallSession.kioskId, kiosk))
  return rows.map((row) => ({ ...row, id: 'session' }))
}

async function toldAt(kiosk: string) {
  const rows = await read.select().from(toldStory).where(eq(toldStory.kioskId, kiosk))
  return rows.map((row) => ({ ...row, id: 'story' }))
}
