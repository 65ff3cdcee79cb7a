// Our own process as `npm start` runs it, with what measuring needs beside it: people who can sign in, group commit on
// and off, pages forgotten, the loop watched.
import { createHmac, randomBytes } from 'node:crypto'
import { inArray } from 'drizzle-orm'
import { v7 } from 'uuid'
import { setClock } from '#clock.server.ts'
import { askedBy } from '#course/asked.server.ts'
import { itemsOf, publishedCourses } from '#course/library.server.ts'
import { write } from '#db/database.server.ts'
import { groups } from '#db/queue.server.ts'
import { requireSettings, settings } from '#env.ts'
import { hashSecret } from '#people/hash.server.ts'
import { setLogin } from '#people/login.server.ts'
import { noticeVersion } from '#people/notice.ts'
import { invalidateTags } from '#process/front-cache.server.ts'
import { startServer, stopOnSignal } from '#server.ts'
import { login, person, session } from '#db/schema/people.ts'
import { longestHold, watchLoop } from './hold.ts'
import { answerWith } from './process.ts'

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
    const times = {
      createdAt: new Date(),
      updatedAt: new Date(),
      expiresAt: new Date(Date.now() + 30 * 86_400_000),
    }
    for (const { id: userId } of logins) {
      const token = randomBytes(24).toString('base64url')
      await tx.insert(session).values({ id: v7(), token, userId, ...times })
      const signed = `${token}.${createHmac('sha256', settings.secret).update(token).digest('base64')}`
      cookies.push(`lianxue.session_token=${encodeURIComponent(signed)}`)
    }
  })
  return cookies
}

/** What a page of a lesson knows, and the keys. */
async function lessonWithKeys(id: string) {
  const lesson = await askedBy(id)
  return { sections: lesson.sections, items: [...(await itemsOf(lesson.revision)).values()] }
}

/** Lets time run faster, so that people who answer as fast as requests can be sent are not held up for it. */
function hurry(times: number): void {
  const [began, at] = [performance.now(), Date.now()]
  setClock(() => new Date(at + (performance.now() - began) * times))
}
