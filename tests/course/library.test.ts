import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importLibrary } from '#course/import.server.ts'
import { courseBySlug, itemsOf, lessonById, lessonBySlug, publishedCourses } from '#course/library.server.ts'
import { write } from '#db/database.server.ts'
import { document } from '#db/schema/library.ts'
import { freshDatabase } from '../support/database.ts'
import { LibraryFolder } from './library-folder.ts'

const place = freshDatabase()
const folder = new LibraryFolder()

beforeAll(async () => {
  await importLibrary({ contentDir: folder.path, dataDir: place.dataDir })
})
afterAll(() => folder.remove())

const withdraw = (id: string, reason: string | null) =>
  write((tx) =>
    tx
      .update(document)
      .set({ withdrawnAt: reason ? '2026-11-01T00:00:00.000Z' : null, withdrawnReason: reason })
      .where(eq(document.id, id)),
  )

test('the library lists its courses with their lessons in order', async () => {
  const [course] = await publishedCourses()
  expect(course).toMatchObject({ id: 'crs-jiafeng', slug: 'jiafeng', title: '家风家训', minutes: 4 })
  expect(course?.lessons.map(({ slug, title }) => [slug, title])).toEqual([
    ['sizhi', '四知：夜里的十斤金'],
    ['xiang', '六尺巷'],
  ])
  expect(await courseBySlug('jiafeng')).toEqual(course)
})

test('a lesson opens with its tree, sections, questions and neighbours', async () => {
  const lesson = await lessonBySlug('jiafeng', 'sizhi')
  expect(lesson).toMatchObject({
    id: 'lsn-sizhi',
    number: 1,
    edition: 1,
    meta: { title: '四知：夜里的十斤金' },
    place: { number: 1, total: 2 },
    next: { slug: 'xiang' },
    sections: [{ id: 'lead' }, { id: 's1', title: '那天夜里' }],
    tree: { type: 'root' },
  })
  expect((await lessonBySlug('jiafeng', 'xiang'))?.next).toBeNull()
  expect(await lessonById('lsn-sizhi')).toMatchObject({ courseId: 'crs-jiafeng', courseMinutes: 4 })
})

test('what a page gets holds no key, rationale or passage', async () => {
  const lesson = await lessonBySlug('jiafeng', 'sizhi')
  const shown = JSON.stringify([lesson, [...(lesson?.questions ?? [])]])
  expect(shown).toContain('王密为什么夜里来？')
  expect(shown).not.toMatch(/"key"|rationale|passage|他自己说/)
  const items = await itemsOf(lesson?.revisionId ?? '')
  expect(items.get('itm-sizhi-1')).toMatchObject({ key: 'b' })
})

test('what is not there is null', async () => {
  expect(await courseBySlug('none')).toBeNull()
  expect(await lessonBySlug('jiafeng', 'none')).toBeNull()
  expect(await lessonBySlug('none', 'sizhi')).toBeNull()
  expect(await lessonById('crs-jiafeng')).toBeNull()
})

test('a withdrawn lesson is gone from lists and says why at its address', async () => {
  await withdraw('lsn-sizhi', '引文归属有疑，正在复核')
  expect((await publishedCourses())[0]?.lessons.map(({ id }) => id)).toEqual(['lsn-xiang'])
  const refusal = {
    kind: 'closed',
    message: '这一课已撤展：引文归属有疑，正在复核。',
    hint: '你已有的学时不受影响。',
  }
  await expect(lessonBySlug('jiafeng', 'sizhi')).rejects.toMatchObject(refusal)
  await expect(lessonById('lsn-sizhi')).rejects.toMatchObject(refusal)
  // Minutes of a course that nobody can study are not asked for.
  const [left] = (await publishedCourses())[0]?.lessons ?? []
  expect((await lessonById('lsn-xiang'))?.courseMinutes).toBe(left?.minutes)
  await withdraw('lsn-sizhi', null)
  expect(await lessonBySlug('jiafeng', 'sizhi')).not.toBeNull()
})

test('lessons of a withdrawn course are closed with it', async () => {
  await withdraw('crs-jiafeng', '正在修订')
  expect(await publishedCourses()).toEqual([])
  await expect(courseBySlug('jiafeng')).rejects.toMatchObject({ message: '这门课程已撤展：正在修订。' })
  await expect(lessonBySlug('jiafeng', 'sizhi')).rejects.toMatchObject({ kind: 'closed' })
  await withdraw('crs-jiafeng', null)
})
