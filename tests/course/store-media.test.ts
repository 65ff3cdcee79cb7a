import { existsSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { importLibrary } from '#course/import.server.ts'
import { read, write } from '#db/database.server.ts'
import { document, item, media, revision, revisionItem } from '#db/schema/library.ts'
import { freshDatabase } from '../support/database.ts'
import { courseFile, lessonFile, LibraryFolder } from './library-folder.ts'
import { goodBody, sourceOf } from './sample.ts'

const place = freshDatabase()
let folder = new LibraryFolder()
const load = () => importLibrary({ contentDir: folder.path, dataDir: place.dataDir })

beforeEach(async () => {
  await write(async (tx) => {
    for (const table of [revisionItem, item, media, revision, document]) await tx.delete(table)
  })
  folder.remove()
  folder = new LibraryFolder()
})
afterAll(() => folder.remove())

describe('a file beside a lesson', () => {
  const table = 'courses/jiafeng/02-xiang/表.csv'
  const picture = 'courses/jiafeng/02-xiang/巷.svg'

  test.each([
    [
      'a drawing with a script',
      picture,
      '<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>',
      '巷.svg 不能用：不能有 <script> 元素。',
    ],
    ['a drawing that is a page', picture, '<html></html>', '巷.svg 不能用：文件不是以 <svg> 开头。'],
    ['a table that is no text', table, new Uint8Array([0xff, 0xfe, 0x00]), '表.csv 不是 UTF-8 编码的文字。'],
    ['a table that is too large', table, 'a'.repeat(6 * 1024 * 1024), '表.csv 有6.0 MB。'],
  ])('%s is refused, with the lesson', async (_, file, text, message) => {
    folder.write(file, text)
    const report = await load()
    expect(report.problems.map((problem) => problem.message)).toEqual([message])
    expect(report.published).toEqual([courseFile, lessonFile])
  })

  test('that is not there is told at the place that names it', async () => {
    folder.remove(table)
    expect((await load()).problems[0]).toMatchObject({ line: 24, message: '找不到文件 表.csv。' })
  })

  test('is never read through a link to elsewhere', async () => {
    folder.remove(table)
    symlinkSync('/etc/passwd', join(folder.path, table))
    expect((await load()).problems[0]?.message).toBe('表.csv 不是普通的文件。')
  })

  test('that is a picture in name only is refused', async () => {
    const body = goodBody.replace('<Quiz', '![夜](夜.png)\n\n<Quiz')
    folder.write(lessonFile, sourceOf(body))
    folder.write('courses/jiafeng/01-sizhi/夜.png', 'MZ not a picture')
    expect((await load()).problems[0]?.message).toBe('夜.png 的内容不是 .png 文件。')
  })

  test('lost from the data folder is put there again', async () => {
    await load()
    const [stored] = await read.select().from(revision).where(eq(revision.documentId, 'lsn-xiang'))
    const kept = join(place.dataDir, 'media', stored?.files['表.csv'] ?? '?')
    rmSync(kept)
    await load()
    expect(existsSync(kept)).toBe(true)
  })
})
