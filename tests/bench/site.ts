// Our own process as `npm start` runs it, with what measuring needs beside it: people who can sign in, group commit on
// and off, pages forgotten, the loop watched.
import { count, eq, inArray } from 'drizzle-orm'
import { v7 } from 'uuid'
import { itemRowsOf, itemsOf } from '#assessment/attempt/attempt.server.ts'
import { setClock } from '#clock.server.ts'
import { askedBy } from '#course/asked.server.ts'
import { itemsOf as itemsOfLesson, publishedCourses } from '#course/library.server.ts'
import { ownerMark } from '#course/owner.server.ts'
import { read, write } from '#db/database.server.ts'
import { groups } from '#db/queue.server.ts'
import { requireSettings } from '#env.ts'
import { hashSecret } from '#people/hash.server.ts'
import { setLogin } from '#people/login.server.ts'
import { noticeVersion } from '#people/notice.ts'
import { invalidateTags } from '#process/front-cache.server.ts'
import { startServer, stopOnSignal } from '#server.ts'
import { attempt } from '#db/schema/assessment.ts'
import { login, person } from '#db/schema/people.ts'
import { event } from '#db/schema/record.ts'
import { fieldsOf, rightAnswer } from '#quiz/say-answer.ts'
import { longestHold, watchLoop } from './hold.ts'
import { answerWith } from './process.ts'
import { openSession } from './sessions.ts'

const running = await startServer(requireSettings())
stopOnSignal(running.close)
const { jobs } = groups

answerWith({
  origin: () => running.origin,
  lesson: openLesson,
  enterPeople,
  enterSignedIn,
  lessonWithKeys,
  hurry,
  papers,
  handedIn,
  cpu: cpuMilliseconds,
  memory: () => process.memoryUsage().rss,
  groupCommit: (on: boolean) => void (groups.jobs = on ? jobs : 1),
  forgetPages: () => invalidateTags(['library']),
  watchLoop,
  longestHold,
})

/** The first lesson there is. */
async function openLesson(): Promise<{ id: string; path: string }> {
  const course = (await publishedCourses()).find(({ lessons }) => lessons.length > 0)
  const lesson = course?.lessons[0]
  if (!course || !lesson) throw new Error('There is no lesson to measure.')
  return { id: lesson.id, path: `/courses/${course.slug}/${lesson.slug}` }
}

/** People who have read the notice and may sign in; one slow hash does for all of them. */
async function enterPeople({ numbers, password }: { numbers: string[]; password: string }): Promise<void> {
  const hash = await hashSecret(password)
  const at = new Date().toISOString()
  await write(async (tx) => {
    for (const number of numbers) {
      const id = v7()
      await tx.insert(person).values({ id, number, name: number, createdAt: at, noticeVersion, noticeAt: at })
      await setLogin(tx, id, number, hash)
    }
  })
}

/** People who are signed in already, as their cookies; for more of them than passwords can be checked in time. */
async function enterSignedIn(count: number): Promise<string[]> {
  const numbers = Array.from({ length: count }, () => v7())
  await enterPeople({ numbers, password: v7() })
  const cookies: string[] = []
  await write(async (tx) => {
    const logins = await tx.select({ id: login.id }).from(login).where(inArray(login.username, numbers))
    for (const { id } of logins) cookies.push(await openSession(tx, id))
  })
  return cookies
}

/** What a page of a lesson knows, and the keys. */
async function lessonWithKeys(id: string) {
  const lesson = await askedBy(id)
  return { sections: lesson.sections, items: [...(await itemsOfLesson(lesson.revision)).values()] }
}

/** The attempts of people that run, with right answers to all of their questions, in the order of the numbers. */
async function papers(numbers: string[]) {
  const found = await attemptsOfAll(numbers)
  return Promise.all(
    found.map(async ({ id, personId }) => {
      const rows = await itemRowsOf(read, id)
      const items = await itemsOf(rows)
      const answers = rows.flatMap(({ itemId }) => {
        const item = items.get(itemId)
        return item ? [{ item: itemId, fields: fieldsOf(rightAnswer(item)) }] : []
      })
      return { attempt: id, owner: ownerMark(personId), answers }
    }),
  )
}

/** How many of them have handed in, with an event for every answer and one for the attempt. */
async function handedIn(numbers: string[]): Promise<number> {
  let whole = 0
  for (const { id, personId, handedAt } of await attemptsOfAll(numbers)) {
    const rows = await itemRowsOf(read, id)
    const [events] = await read.select({ all: count() }).from(event).where(eq(event.personId, personId))
    if (handedAt !== null && events?.all === rows.length + 1) whole++
  }
  return whole
}

async function attemptsOfAll(numbers: string[]) {
  const found = await read
    .select({ id: attempt.id, personId: attempt.personId, handedAt: attempt.handedAt, number: person.number })
    .from(attempt)
    .innerJoin(person, eq(person.id, attempt.personId))
    .where(inArray(person.number, numbers))
  return found.sort((a, b) => numbers.indexOf(a.number) - numbers.indexOf(b.number))
}

/** Processor time of the process so far, ms: a figure that holds also on a machine that others use. */
function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Lets time run faster, so that people who answer as fast as requests can be sent are not held up for it. */
function hurry(times: number): void {
  const [began, at] = [performance.now(), Date.now()]
  setClock(() => new Date(at + (performance.now() - began) * times))
}
