// Our own process as `npm start` runs it, with what measuring needs beside it: people who can sign in, group commit on
// and off, pages forgotten, the loop watched.
import { v7 } from 'uuid'
import { publishedCourses } from '#course/library.server.ts'
import { write } from '#db/database.server.ts'
import { groups } from '#db/queue.server.ts'
import { requireSettings } from '#env.ts'
import { hashSecret } from '#people/hash.server.ts'
import { setLogin } from '#people/login.server.ts'
import { noticeVersion } from '#people/notice.ts'
import { invalidateTags } from '#process/front-cache.server.ts'
import { startServer, stopOnSignal } from '#server.ts'
import { person } from '#db/schema/people.ts'
import { longestHold, watchLoop } from './hold.ts'
import { answerWith } from './process.ts'

const running = await startServer(requireSettings())
stopOnSignal(running.close)
const { jobs } = groups

answerWith({
  origin: () => running.origin,
  lesson: openLesson,
  enterPeople,
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
