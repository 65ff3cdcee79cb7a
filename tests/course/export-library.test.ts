import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { exportLibrary } from '#course/export-library.server.ts'
import { importLibrary } from '#course/import.server.ts'
import { inFolder, openLibraryFolder } from '#course/library-folder.server.ts'
import { notedFile, notedText, readNoted } from '#course/noted.server.ts'
import { withdrawIn } from '#course/publish.server.ts'
import { read, write } from '#db/database.server.ts'
import { document, item, media, revision, revisionItem } from '#db/schema/library.ts'
import { contentDir } from '../record/published-rules.ts'
import { freshDatabase } from '../support/database.ts'
import { courseFile, itemsFile, lessonFile, LibraryFolder } from './library-folder.ts'

const place = freshDatabase()
const content = new LibraryFolder()
const around = mkdtempSync(join(tmpdir(), 'lianxue-export-'))
let dir = ''
let count = 0

const load = (from = content.path) => importLibrary({ contentDir: from, dataDir: place.dataDir })
const save = (overwrite = false, to = dir) => exportLibrary({ dir: to, dataDir: place.dataDir, overwrite })
const set = (id: string, change: Partial<typeof document.$inferInsert>) =>
  write((tx) => tx.update(document).set(change).where(eq(document.id, id)))
const emptyLibrary = () =>
  write(async (tx) => {
    for (const table of [revisionItem, item, media, revision, document]) await tx.delete(table)
  })

/** Takes another folder into the library, as `content:import -- --from` does. */
async function loadApart(from = dir) {
  const noted = await readNoted(from)
  const report = await importLibrary({ contentDir: from, dataDir: place.dataDir, apart: noted })
  writeFileSync(join(from, notedFile), notedText(noted))
  return report
}

/** Every file below a folder with its bytes, without the note. */
function filesIn(root: string, kinds: string[]): Record<string, string> {
  const found = kinds.flatMap((kind) =>
    readdirSync(join(root, kind), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  return Object.fromEntries(
    found.sort().map((file) => [relative(root, file), readFileSync(file).toString('base64')]),
  )
}
const kindsOf = (root: string) => readdirSync(root).filter((name) => !name.startsWith('.'))

/** As the studio publishes: another revision of the same document. */
async function studioChanges(id: string, hash: string, source: string) {
  const [row] = await read.select().from(revision).where(eq(revision.documentId, id)).orderBy(revision.number)
  if (!row) throw new Error(`There is no ${id}.`)
  const next = { ...row, id: `studio-${hash}`, number: 50, origin: 'studio' as const, hash, source }
  await write(async (tx) => {
    await tx.insert(revision).values(next)
    await tx.update(document).set({ publishedRevisionId: next.id }).where(eq(document.id, id))
  })
}
const studioHash = 'a'.repeat(64)

beforeEach(async () => {
  await emptyLibrary()
  dir = join(around, String((count += 1)), 'library')
})
afterAll(() => {
  content.remove()
  rmSync(around, { recursive: true, force: true })
})

test('the whole library goes to files, into an empty site and to files again without one changed byte', async () => {
  expect((await load(contentDir)).problems).toEqual([])
  const first = await save()
  expect(first).toMatchObject({ conflicts: [], refused: [], removed: [], same: 0 })
  const kinds = ['cases', 'courses', 'lists', 'stories']
  expect(kindsOf(dir)).toEqual(kinds)
  const exported = filesIn(dir, kinds)
  expect(exported).toEqual(filesIn(contentDir, kinds))
  expect(Object.keys(exported)).toHaveLength(first.written.length)

  await emptyLibrary()
  expect((await load(dir)).problems).toEqual([])
  const again = join(around, 'again')
  await save(false, again)
  expect(filesIn(again, kindsOf(again))).toEqual(exported)
  expect(readFileSync(join(again, notedFile))).toEqual(readFileSync(join(dir, notedFile)))
})

test('an export of what has not changed writes nothing', async () => {
  await load()
  await save()
  const times = () =>
    readdirSync(dir, { recursive: true }).map((name) => statSync(join(dir, String(name))).mtimeMs)
  const before = times()
  expect(await save()).toMatchObject({ written: [], removed: [], conflicts: [], documents: 3, same: 7 })
  expect(times()).toEqual(before)
})

describe('a change in the folder', () => {
  test('is listed and left alone with the other files of its document, until somebody says overwrite', async () => {
    await load()
    await save()
    writeFileSync(join(dir, itemsFile), '[]')
    await studioChanges('lsn-sizhi', studioHash, 'new text')
    const lesson = readFileSync(join(dir, lessonFile), 'utf8')
    expect(await save()).toMatchObject({ conflicts: [itemsFile], written: [] })
    expect(readFileSync(join(dir, itemsFile), 'utf8')).toBe('[]')
    expect(readFileSync(join(dir, lessonFile), 'utf8')).toBe(lesson)
    expect(await save(true)).toMatchObject({ conflicts: [], written: [lessonFile, itemsFile] })
    expect(readFileSync(join(dir, lessonFile), 'utf8')).toBe('new text')
  })

  test('is told from what the export itself wrote, so that a new revision goes out unasked', async () => {
    await load()
    await save()
    await studioChanges('lsn-sizhi', studioHash, 'new text')
    expect(await save()).toMatchObject({ conflicts: [], written: [lessonFile] })
  })

  test('is told without a note too, from what was imported last', async () => {
    await load()
    await save()
    rmSync(join(dir, notedFile))
    await studioChanges('lsn-sizhi', studioHash, 'new text')
    expect(await save()).toMatchObject({ conflicts: [], written: [lessonFile] })
    rmSync(join(dir, notedFile))
    await studioChanges('lsn-sizhi', 'b'.repeat(64), 'newer text')
    expect(await save()).toMatchObject({ conflicts: [lessonFile], written: [] })
  })

  test('comes back by an import, and the next start does not undo it', async () => {
    await load()
    await save()
    const changed = readFileSync(join(dir, lessonFile), 'utf8').replace('四知', '四知新编')
    writeFileSync(join(dir, lessonFile), changed)
    expect(await loadApart()).toMatchObject({ published: [lessonFile], conflicts: [], problems: [] })
    expect(await load()).toMatchObject({ published: [], kept: [lessonFile] })
    expect(await save()).toMatchObject({ written: [], conflicts: [] })
    writeFileSync(join(dir, lessonFile), changed.replace('四知新编', '四知再编'))
    expect(await loadApart()).toMatchObject({ published: [lessonFile], conflicts: [] })
  })

  test('meets a change of the studio as a conflict that nobody decides for the county', async () => {
    await load()
    await save()
    await studioChanges('lsn-sizhi', studioHash, 'new text')
    writeFileSync(
      join(dir, lessonFile),
      readFileSync(join(dir, lessonFile), 'utf8').replace('四知', '四知新编'),
    )
    expect(await loadApart()).toMatchObject({ published: [], conflicts: [lessonFile] })
    expect(await loadApart()).toMatchObject({ published: [], conflicts: [lessonFile] })
    expect(await save()).toMatchObject({ written: [], conflicts: [lessonFile] })
    rmSync(join(dir, 'courses/jiafeng/02-xiang'), { recursive: true })
    expect(await loadApart()).toMatchObject({ missing: ['courses/jiafeng/02-xiang/index.mdx'] })
  })
})

test('what was written in the studio gets its path from its address; what was moved leaves no second copy', async () => {
  await load()
  await save()
  await set('crs-jiafeng', { file: null, position: 3 })
  await set('lsn-sizhi', { file: null, slug: 'courses/jiafeng/qingfeng', position: 7 })
  const moved = ['courses/jiafeng/07-qingfeng/index.mdx', 'courses/jiafeng/07-qingfeng/items.yaml']
  expect(await save()).toMatchObject({ written: moved, removed: [lessonFile, itemsFile], conflicts: [] })
  expect(existsSync(join(dir, lessonFile))).toBe(false)
  const { written } = await save(false, `${dir}-fresh`)
  expect(written).toContain('courses/03-jiafeng/course.yaml')
  expect(written).toContain('courses/03-jiafeng/07-qingfeng/index.mdx')
})

test('a county keeps its own folders: what only came from there goes back to where it was', async () => {
  expect((await loadApart(content.path)).published).toHaveLength(3)
  const before = filesIn(content.path, ['courses'])
  expect(await save(false, content.path)).toMatchObject({ written: [], removed: [], conflicts: [], same: 7 })
  expect(filesIn(content.path, ['courses'])).toEqual(before)
  rmSync(join(content.path, notedFile))
})

test('withdrawn documents are written and named', async () => {
  await load()
  await write((tx) => withdrawIn(tx, 'lsn-sizhi', { at: '2026-03-10T02:00:00.000Z', reason: null }))
  expect(await save()).toMatchObject({ withdrawn: [lessonFile] })
  expect(existsSync(join(dir, lessonFile))).toBe(true)
})

describe('nothing outside the folder is touched', () => {
  test.each([
    '../../outside.yaml',
    'courses/../../course.yaml',
    '/etc/course.yaml',
    'courses/jiafeng\\..\\x/course.yaml',
    'courses/.git/course.yaml',
    'courses/jiafeng/hooks.sh',
    `courses/jia\u0000feng/course.yaml`,
    'courses/constructor/__proto__/course.yaml',
  ])('by the path %j', async (file) => {
    await load()
    await set('crs-jiafeng', { file })
    const report = await save()
    expect(report.refused.map(({ name }) => name)).toContain('crs-jiafeng（courses/jiafeng）')
    expect(readdirSync(join(dir, '..'))).toEqual(['library'])
    expect(report.written).not.toContain(file)
  })

  const hostile = ['courses/../../x', 'courses/a/b', 'stories/x', '../x', 'courses/..', 'courses/X']
  test.each(hostile)('by the address %j', async (slug) => {
    await load()
    await set('crs-jiafeng', { file: null, slug })
    expect((await save()).refused.map(({ name }) => name)).toContain(`crs-jiafeng（${slug}）`)
    expect(readdirSync(join(dir, '..'))).toEqual(['library'])
  })

  test.each([
    ['../../巷.svg', `${'0'.repeat(64)}.svg`],
    ['index.mdx', `${'0'.repeat(64)}.svg`],
    ['.htaccess', `${'0'.repeat(64)}.svg`],
    ['巷.svg', '../../../etc/passwd'],
    ['巷.svg', `${'0'.repeat(64)}.svg`],
  ])('by the picture %j stored as %j', async (name, stored) => {
    await load()
    await write((tx) =>
      tx
        .update(revision)
        .set({ files: { [name]: stored } })
        .where(eq(revision.documentId, 'lsn-xiang')),
    )
    const report = await save()
    expect(report.refused).toHaveLength(1)
    expect(existsSync(join(dir, 'courses/jiafeng/02-xiang'))).toBe(false)
  })

  test('by a symbolic link in the folder', async () => {
    await load()
    const outside = join(around, `outside-${count}`)
    mkdirSync(outside)
    mkdirSync(join(dir, 'courses/jiafeng'), { recursive: true })
    symlinkSync(outside, join(dir, 'courses/jiafeng/01-sizhi'))
    symlinkSync(join(outside, 'course.yaml'), join(dir, courseFile))
    const report = await save(true)
    expect(report.refused.map(({ name }) => name)).toEqual([courseFile, lessonFile])
    expect(report.refused[0]?.why).toContain('符号链接')
    expect(readdirSync(outside)).toEqual([])
  })

  test('by what the note in the folder claims', async () => {
    await load()
    await save()
    const victim = join(dir, '../victim')
    writeFileSync(victim, '')
    const sha = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
    const noted = await readNoted(dir)
    noted.set('crs-jiafeng', { hash: sha, files: { '../victim': sha, [courseFile]: sha } })
    writeFileSync(join(dir, notedFile), notedText(noted))
    expect(await save()).toMatchObject({ removed: [], conflicts: ['../victim'] })
    expect(existsSync(victim)).toBe(true)
  })
})

describe('a folder that cannot be used is named, with what to do', () => {
  test('one that is missing is made for an export, and asked for by an import', async () => {
    await expect(openLibraryFolder(dir, false)).rejects.toMatchObject({
      message: `没有文件夹 ${dir}。`,
      hint: '核对它的位置，或先建好它。',
    })
    await load()
    await save()
    expect(existsSync(join(dir, lessonFile))).toBe(true)
  })

  test('one that is a file, or lies below one', async () => {
    const file = join(around, `file-${count}`)
    writeFileSync(file, '')
    await expect(save(false, file)).rejects.toMatchObject({ message: `${file} 不是文件夹。` })
    await expect(save(false, join(file, 'x'))).rejects.toMatchObject({ hint: '换一个文件夹。' })
    await expect(openLibraryFolder(file, false)).rejects.toMatchObject({ hint: '换一个文件夹。' })
  })

  test('one below which something may not be read is called by its own path', () => {
    const error = Object.assign(new Error('EACCES'), { code: 'EACCES', path: '/srv/library/courses' })
    expect(inFolder('/srv/library', error)).toMatchObject({
      message: '没有权限读写 /srv/library/courses。',
      hint: '给运行服务的账号读写它的权限，或换一个文件夹。',
    })
    const bug = new TypeError('a bug')
    expect(inFolder('/srv/library', bug)).toBe(bug)
  })

  test('one whose note is broken, as after a conflict in Git', async () => {
    await load()
    await save()
    writeFileSync(join(dir, notedFile), '<<<<<<< HEAD')
    await expect(save()).rejects.toMatchObject({ message: expect.stringContaining('什么也没有改') as string })
  })
})
