// Our own process as `npm start` runs it, with a clock that can be moved and people who can sign in. Everything that the
// traces do to it goes over HTTP; what they ask here is only what a witness would look up afterwards.
import { and, eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { now, setClock } from '#clock.server.ts'
import { askedBy, forgetAsked } from '#course/asked.server.ts'
import { courseBySlug, itemsOf } from '#course/library.server.ts'
import { endSilentVisits } from '#course/study.server.ts'
import { read, write } from '#db/database.server.ts'
import { document, revision, revisionItem } from '#db/schema/library.ts'
import { person } from '#db/schema/people.ts'
import { credit, progress, refusedTime } from '#db/schema/record.ts'
import { requireSettings } from '#env.ts'
import { hashSecret } from '#people/hash.server.ts'
import { setLogin } from '#people/login.server.ts'
import { noticeVersion } from '#people/notice.ts'
import { startServer, stopOnSignal } from '#server.ts'
import { answerWith } from '../../../bench/process.ts'

// It stands still until a trace lets time pass, so that a slow machine makes nobody's study longer.
let clock = Date.now()
setClock(() => new Date(clock))
const running = await startServer(requireSettings())
stopOnSignal(running.close)
const hash = await hashSecret('清风徐来水波不兴')

answerWith({
  origin: () => running.origin,
  enter,
  advance,
  lesson: lessonOf,
  recordOf,
  newEdition,
  testKeys,
})

/** Somebody who has read the notice and may sign in. */
async function enter(number: string) {
  const id = v7()
  const at = now().toISOString()
  await write(async (tx) => {
    await tx.insert(person).values({ id, number, name: number, createdAt: at, noticeVersion, noticeAt: at })
    await setLogin(tx, id, number, hash)
  })
  return id
}

/** Moves the clock on, and does what the schedule would have done meanwhile. 0 sets it to the real time. */
async function advance(milliseconds: number) {
  clock = milliseconds === 0 ? Date.now() : clock + milliseconds
  if (milliseconds > 0) await endSilentVisits()
}

/** What the pages of a lesson know, and the keys, which whoever understood it knows too. */
async function lessonOf(id: string) {
  const lesson = await askedBy(id)
  return { ...lesson, keys: [...(await itemsOf(lesson.revision)).values()] }
}

/** The items of a course's test with their keys, which whoever knows the course knows too. */
async function testKeys(slug: string) {
  const course = await courseBySlug(slug)
  return course ? [...(await itemsOf(course.revisionId)).values()] : []
}

async function recordOf(personId: string) {
  const credits = await read.select().from(credit).where(eq(credit.personId, personId))
  const times = await read.select().from(progress).where(eq(progress.personId, personId))
  const refused = await read.select().from(refusedTime).where(eq(refusedTime.personId, personId))
  return {
    credited: credits.reduce((sum, { minutes }) => sum + minutes, 0),
    counted: times.reduce((sum, { seconds }) => sum + seconds, 0) / 60,
    refused: Object.fromEntries(refused.map(({ reason, seconds }) => [reason, seconds / 60])),
  }
}

/** Declares a new edition of a lesson, which reopens its hours. */
async function newEdition(lesson: string) {
  const { revision: before } = await askedBy(lesson)
  const id = v7()
  await write(async (tx) => {
    const [row] = await tx.select().from(revision).where(eq(revision.id, before))
    if (!row) throw new Error(`There is no revision ${before}.`)
    await tx.insert(revision).values({ ...row, id, number: row.number + 1, edition: row.edition + 1 })
    const items = await tx.select().from(revisionItem).where(eq(revisionItem.revisionId, before))
    await tx.insert(revisionItem).values(items.map((item) => ({ ...item, revisionId: id })))
    await tx
      .update(document)
      .set({ publishedRevisionId: id })
      .where(and(eq(document.id, lesson), eq(document.kind, 'lesson')))
  })
  forgetAsked()
}
