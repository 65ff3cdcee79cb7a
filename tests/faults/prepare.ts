// A folder as a site leaves it that has run before: the library is in it, and people who may sign in.
import { askedBy } from '#course/asked.server.ts'
import { itemsOf, publishedCourses } from '#course/library.server.ts'
import { closeDatabase, openDatabase, write } from '#db/database.server.ts'
import { person } from '#db/schema/people.ts'
import { hashSecret } from '#people/hash.server.ts'
import { setLogin } from '#people/login.server.ts'
import { noticeVersion } from '#people/notice.ts'
import { buildIfNeeded } from '#process/build.server.ts'
import { Learner, type Studied } from './learner.ts'
import { Served } from './process.ts'

export const password = '清风徐来水波不兴'
const at = '2026-01-01T00:00:00.000Z'

export type Prepared = { learners: Learner[]; lessons: Studied[] }

/**
 * Starts the site once on an empty folder, stops it, and enters so many people who have read the notice.
 * @param also what else is to be entered.
 */
export async function prepare(
  dataDir: string,
  people: number,
  also = async () => undefined as void,
): Promise<Prepared> {
  await buildIfNeeded(() => undefined)
  const site = await Served.on(dataDir)
  await site.start()
  await site.end('SIGTERM')
  await openDatabase(dataDir)
  try {
    const learners = Array.from({ length: people }, (_, i) => new Learner(`person-${i}`, `F00${i}`))
    await enter(learners)
    await also()
    return { learners, lessons: await findLessons() }
  } finally {
    await closeDatabase()
  }
}

async function enter(learners: Learner[]) {
  const hash = await hashSecret(password)
  await write(async (tx) => {
    for (const { person: id, number } of learners) {
      await tx.insert(person).values({ id, number, name: number, createdAt: at, noticeVersion, noticeAt: at })
      await setLogin(tx, id, number, hash)
    }
  })
}

/** The lessons with a question that a form of one field answers. */
async function findLessons(): Promise<Studied[]> {
  const found: Studied[] = []
  for (const { slug: course, lessons } of await publishedCourses())
    for (const { id, slug } of lessons) {
      const items = [...(await itemsOf((await askedBy(id)).revision)).values()]
      const item = items.find((one) => one.kind === 'single' || one.kind === 'true-false')
      if (item) found.push({ lesson: id, path: `/courses/${course}/${slug}`, item: item as Studied['item'] })
    }
  return found
}
