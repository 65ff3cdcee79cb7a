import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { importLibrary } from '#course/import.server.ts'
import { courseBySlug, itemsOf, lessonBySlug, publishedCourses } from '#course/library.server.ts'
import { read, write } from '#db/database.server.ts'
import { document, item, media, revision, revisionItem } from '#db/schema/library.ts'
import { freshDatabase } from '../support/database.ts'
import { courseFile, courseSource, itemsFile, lessonFile, LibraryFolder } from './library-folder.ts'
import { goodBody, goodItem, sourceOf } from './sample.ts'

const place = freshDatabase()
const testFile = 'courses/jiafeng/test.yaml'
/** As many as a paper asks; both lessons of the folder hold their passage. */
const testItems = Array.from({ length: 10 }, (_, i) => ({ ...goodItem, id: `itm-test-${i}` }))
let folder = new LibraryFolder()

const load = (indicators?: ReadonlySet<string>) =>
  importLibrary({ contentDir: folder.path, dataDir: place.dataDir, ...(indicators ? { indicators } : {}) })
const documentOf = async (id: string) => (await read.select().from(document).where(eq(document.id, id)))[0]
const revisionsOf = (id: string) =>
  read.select().from(revision).where(eq(revision.documentId, id)).orderBy(revision.number)

/** Everything stored, to see whether an import wrote anything. */
async function everything() {
  const tables = [document, revision, item, revisionItem, media]
  return JSON.stringify(await Promise.all(tables.map((table) => read.select().from(table))))
}

/** As the studio will: a newer revision beside the file's, shown to readers. */
async function studioChanges(id: string, hash: string) {
  const [latest] = (await revisionsOf(id)).slice(-1)
  if (!latest) throw new Error('There is no revision to change.')
  const next = { ...latest, id: `studio-${hash}`, number: latest.number + 1, origin: 'studio' as const, hash }
  await write(async (tx) => {
    await tx.insert(revision).values(next)
    await tx.update(document).set({ publishedRevisionId: next.id }).where(eq(document.id, id))
  })
}

beforeEach(async () => {
  await write(async (tx) => {
    for (const table of [revisionItem, item, media, revision, document]) await tx.delete(table)
  })
  folder.remove()
  folder = new LibraryFolder()
})
afterAll(() => folder.remove())

describe('importing content/', () => {
  test('new courses and lessons are published at once, with items and media', async () => {
    const report = await load()
    expect(report).toMatchObject({ unchanged: [], kept: [], conflicts: [], missing: [], problems: [] })
    expect(report.published).toEqual([courseFile, lessonFile, 'courses/jiafeng/02-xiang/index.mdx'])
    const [stored] = await revisionsOf('lsn-sizhi')
    expect(stored).toMatchObject({ number: 1, edition: 1, origin: 'file', minutes: 2, reviewer: '周文澜' })
    expect(await documentOf('lsn-sizhi')).toMatchObject({
      kind: 'lesson',
      slug: 'courses/jiafeng/sizhi',
      parentId: 'crs-jiafeng',
      position: 1,
      publishedRevisionId: stored?.id,
      file: lessonFile,
    })
    expect((await read.select().from(item)).map(({ id, lessonId }) => [id, lessonId])).toEqual([
      ['itm-sizhi-1', 'lsn-sizhi'],
      ['itm-xiang-1', 'lsn-xiang'],
    ])
  })

  test('files beside a lesson are stored by their hash and named so in its tree', async () => {
    await load()
    const [stored] = await revisionsOf('lsn-xiang')
    const files = Object.values(stored?.files ?? {})
    expect(Object.keys(stored?.files ?? {})).toEqual(['巷.svg', '表.csv'])
    expect(readdirSync(join(place.dataDir, 'media')).toSorted()).toEqual(
      expect.arrayContaining(files.toSorted()),
    )
    for (const file of files) expect(JSON.stringify(stored?.tree)).toContain(`"/media/${file}"`)
    expect((await read.select().from(media)).map(({ extension }) => extension).toSorted()).toEqual([
      'csv',
      'svg',
    ])
  })

  test('a second import with nothing changed writes nothing', async () => {
    await load()
    const before = await everything()
    const report = await load()
    expect(report.published).toEqual([])
    expect(report.unchanged).toHaveLength(3)
    expect(await everything()).toBe(before)
  })

  test('a changed file becomes a new revision, the earlier one stays', async () => {
    await load()
    folder.write(lessonFile, sourceOf(goodBody.replace('路过昌邑', '路经昌邑')))
    expect((await load()).published).toEqual([lessonFile])
    const revisions = await revisionsOf('lsn-sizhi')
    expect(revisions.map(({ number, edition }) => [number, edition])).toEqual([
      [1, 1],
      [2, 1],
    ])
    expect((await documentOf('lsn-sizhi'))?.publishedRevisionId).toBe(revisions[1]?.id)
  })

  test('a changed item or picture is a change of its lesson too', async () => {
    await load()
    folder.write(itemsFile, JSON.stringify([{ ...goodItem, revision: 2, stem: '王密为什么挑夜里来？' }]))
    folder.write('courses/jiafeng/02-xiang/表.csv', '日期,事项,备注\n')
    expect((await load()).published).toEqual([lessonFile, 'courses/jiafeng/02-xiang/index.mdx'])
    const shown = await lessonBySlug('jiafeng', 'sizhi')
    expect(shown?.questions.get('itm-sizhi-1')).toMatchObject({ revision: 2, stem: '王密为什么挑夜里来？' })
    expect(await read.select().from(item).where(eq(item.id, 'itm-sizhi-1'))).toHaveLength(2)
  })

  test('the test of a course is part of it: a changed item is a new revision, its lessons stay as they are', async () => {
    folder.write(testFile, JSON.stringify(testItems))
    await load()
    expect((await revisionsOf('crs-jiafeng'))[0]?.itemsSource).toBe(JSON.stringify(testItems))
    const shown = async () => {
      const course = await courseBySlug('jiafeng')
      return [...(await itemsOf(course?.revisionId ?? '')).values()].map(({ id, stem }) => `${id} ${stem}`)
    }
    expect(await shown()).toEqual(testItems.map(({ id, stem }) => `${id} ${stem}`))
    expect((await load()).published).toEqual([])
    const [first, ...rest] = testItems
    const reworded = { ...first, revision: 2, stem: '王密为什么挑夜里来？' }
    folder.write(testFile, JSON.stringify([reworded, ...rest]))
    expect((await load()).published).toEqual([courseFile])
    expect((await shown())[0]).toBe('itm-test-0 王密为什么挑夜里来？')
    folder.remove(testFile)
    expect((await load()).published).toEqual([courseFile])
    expect(await shown()).toEqual([])
  })

  test('what only the studio changed is kept', async () => {
    await load()
    await studioChanges('lsn-sizhi', 'studio')
    const before = await everything()
    expect(await load()).toMatchObject({ published: [], kept: [lessonFile], conflicts: [] })
    expect(await everything()).toBe(before)
  })

  test('what both changed is kept from the studio and waits for a decision, until the file is as it was', async () => {
    await load()
    await studioChanges('lsn-sizhi', 'studio')
    folder.write(lessonFile, sourceOf(goodBody.replace('路过昌邑', '路经昌邑')))
    expect(await load()).toMatchObject({ published: [], conflicts: [lessonFile] })
    expect(await documentOf('lsn-sizhi')).toMatchObject({
      publishedRevisionId: 'studio-studio',
      conflictHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(await revisionsOf('lsn-sizhi')).toHaveLength(2)
    folder.write(lessonFile, sourceOf(goodBody))
    expect(await load()).toMatchObject({ kept: [lessonFile], conflicts: [] })
    expect((await documentOf('lsn-sizhi'))?.conflictHash).toBeNull()
  })

  test('what both changed to the same is no conflict', async () => {
    await load()
    const changed = sourceOf(goodBody.replace('路过昌邑', '路经昌邑'))
    folder.write(lessonFile, changed)
    await load()
    const [, second] = await revisionsOf('lsn-sizhi')
    await write((tx) =>
      tx.update(document).set({ importedHash: 'earlier' }).where(eq(document.id, 'lsn-sizhi')),
    )
    expect(await load()).toMatchObject({ published: [], conflicts: [] })
    expect((await documentOf('lsn-sizhi'))?.importedHash).toBe(second?.hash)
  })

  test('a missing file is listed and its lesson stays, until it is there again', async () => {
    await load()
    const text = readFileSync(join(folder.path, lessonFile), 'utf8')
    folder.remove('courses/jiafeng/01-sizhi')
    expect((await load()).missing).toEqual([lessonFile])
    expect(await lessonBySlug('jiafeng', 'sizhi')).not.toBeNull()
    const since = (await documentOf('lsn-sizhi'))?.missingSince
    expect(since).toMatch(/Z$/)
    await load()
    expect((await documentOf('lsn-sizhi'))?.missingSince).toBe(since)
    folder.write(lessonFile, text)
    folder.write(itemsFile, JSON.stringify([goodItem]))
    expect((await load()).missing).toEqual([])
    expect((await documentOf('lsn-sizhi'))?.missingSince).toBeNull()
  })

  test('a moved lesson keeps its id and revisions, only its address changes', async () => {
    await load()
    folder.move('courses/jiafeng/01-sizhi', 'courses/jiafeng/03-yang-zhen')
    expect(await load()).toMatchObject({ published: [], missing: [] })
    expect(await documentOf('lsn-sizhi')).toMatchObject({ slug: 'courses/jiafeng/yang-zhen', position: 3 })
    expect(await lessonBySlug('jiafeng', 'sizhi')).toBeNull()
    expect((await publishedCourses())[0]?.lessons.map(({ slug }) => slug)).toEqual(['xiang', 'yang-zhen'])
  })
})

describe('a bad file', () => {
  test('is refused with its place and mend, the rest goes on, and what was published stays', async () => {
    await load()
    const before = await everything()
    folder.write(lessonFile, sourceOf(goodBody.replace('县令', '{process.env.SECRET}县令')))
    const report = await load()
    expect(report.unchanged).toEqual([courseFile, 'courses/jiafeng/02-xiang/index.mdx'])
    expect(report.missing).toEqual([])
    expect(report.problems).toEqual([
      {
        file: lessonFile,
        line: 20,
        column: 1,
        message: '这里有 {…} 表达式，课文里不能写程序。',
        mend: '删去它；要显示花括号，写成 \\{ 和 \\}。',
      },
    ])
    expect(await everything()).toBe(before)
  })

  test('that is new leaves the good ones published', async () => {
    folder.write('courses/jiafeng/02-xiang/index.mdx', '坏')
    const report = await load()
    expect(report.published).toEqual([courseFile, lessonFile])
    expect(report.problems.map(({ file }) => file)).toEqual(['courses/jiafeng/02-xiang/index.mdx'])
  })

  test('of a course keeps its lessons importable under the course as it was', async () => {
    await load()
    folder.write(courseFile, 'id: crs-jiafeng\n')
    folder.write(lessonFile, sourceOf(goodBody.replace('路过昌邑', '路经昌邑')))
    const report = await load()
    expect(report.published).toEqual([lessonFile])
    expect(report.problems[0]).toMatchObject({ file: courseFile, message: '少了“title”。' })
  })

  test('may be an item whose wording changed without a new revision', async () => {
    await load()
    folder.write(itemsFile, JSON.stringify([{ ...goodItem, key: 'a' }]))
    expect((await load()).problems.map(({ file, message }) => [file, message])).toEqual([
      [itemsFile, '题目 itm-sizhi-1 改过，revision 没有变。'],
    ])
  })

  test('may have the id, the item or the address of another', async () => {
    folder.write('courses/jiafeng/03-sizhi/index.mdx', sourceOf(goodBody, { id: 'lsn-c' }))
    folder.write('courses/jiafeng/03-sizhi/items.yaml', JSON.stringify([goodItem]))
    folder.write('courses/jiafeng/04-d/index.mdx', sourceOf(goodBody.replaceAll('sizhi', 'd')))
    folder.write('courses/jiafeng/04-d/items.yaml', JSON.stringify([{ ...goodItem, id: 'itm-d-1' }]))
    const report = await load()
    expect(report.problems.map(({ file, message }) => `${file} ${message}`)).toEqual([
      `courses/jiafeng/03-sizhi/index.mdx 代号 itm-sizhi-1 已经用在 ${lessonFile}。`,
      `courses/jiafeng/03-sizhi/index.mdx 网址和 ${lessonFile} 相同。`,
      `courses/jiafeng/04-d/index.mdx 代号 lsn-sizhi 已经用在 ${lessonFile}。`,
    ])
    expect(report.published).toHaveLength(3)
  })

  test('may be the test of a course: the course stays as it was, its lessons go on', async () => {
    folder.write(testFile, JSON.stringify(testItems))
    await load()
    const [first, ...rest] = testItems
    folder.write(testFile, JSON.stringify([{ ...first, revision: 2, passage: '课文里没有的话。' }, ...rest]))
    folder.write(lessonFile, sourceOf(goodBody.replace('路过昌邑', '路经昌邑')))
    const report = await load()
    expect(report.published).toEqual([lessonFile])
    expect(report.problems.map(({ file, message }) => `${file} ${message}`)).toEqual([
      `${testFile} 题目 itm-test-0 的 passage 在课文里找不到。`,
    ])
    expect(await revisionsOf('crs-jiafeng')).toHaveLength(1)
  })

  test('may ask an item of a lesson in the test of its course', async () => {
    folder.write(testFile, JSON.stringify([goodItem, ...testItems]))
    expect((await load()).problems.map(({ message }) => message)).toContain(
      `代号 itm-sizhi-1 已经用在 ${courseFile}。`,
    )
  })

  test('may name an indicator that the model does not have', async () => {
    expect((await load(new Set(['openness']))).problems.map(({ file }) => file)).toContain(lessonFile)
    expect((await load(new Set(['conflict-of-interest']))).problems).toEqual([])
  })

  test('may be a folder that cannot be an address, or one without its file', async () => {
    folder.write('courses/jiafeng/三/index.mdx', '')
    folder.write('courses/jiafeng/06-test/index.mdx', sourceOf(goodBody))
    folder.write('courses/jiafeng/05-leer/items.yaml', '[]')
    folder.write('courses/家风/course.yaml', courseSource)
    const problems = (await load()).problems.map(({ file, message }) => `${file} ${message}`)
    expect(problems.toSorted()).toEqual(
      [
        'courses/jiafeng/05-leer/index.mdx 缺少 index.mdx。',
        'courses/jiafeng/06-test 网址以 /test 结尾的是课程测试。',
        'courses/jiafeng/三 文件夹名“三”不合规定。',
        'courses/家风 文件夹名“家风”不能用作网址。',
      ].toSorted(),
    )
  })

  test('of 1 MB is refused without being read to its end', async () => {
    folder.write(lessonFile, sourceOf('好'.repeat(400_000)))
    expect((await load()).problems[0]).toMatchObject({
      file: lessonFile,
      message: '文件有257 KB，超过256 KB。',
    })
  })
})
