// The library as its keepers search it: by title, kind and how a document stands, thirty at a time.
import { beforeAll, expect, test } from 'vitest'
import { write } from '#db/database.server.ts'
import { document, revision } from '#db/schema/library.ts'
import { LibraryFilter } from '#studio/withdraw/library-filter.ts'
import { listLibrary } from '#studio/withdraw/list-library.server.ts'
import { lookAtDocument } from '#studio/withdraw/look-at-document.server.ts'
import { stoppedClock } from '../../record/happenings.ts'
import { freshDatabase } from '../../support/database.ts'
import { holding, publisher } from './publishers.ts'

freshDatabase()
stoppedClock('2026-03-10T02:00:00.000Z')

type Plan = Partial<typeof document.$inferInsert> & { title?: string; reviewBy?: string }

/** Puts a document with one revision into the library. */
async function add(id: string, { title = id, reviewBy = '2027-03-10', ...rest }: Plan = {}) {
  const at = '2026-01-01T00:00:00.000Z'
  const text = { source: '', files: {}, tree: {}, sections: [], minutes: 3, hash: id, author: '文件导入' }
  const own = { id: `${id}-1`, documentId: id, number: 1, edition: 1, origin: 'file' as const, createdAt: at }
  await write(async (tx) => {
    const place = { kind: 'lesson' as const, slug: `courses/a/${id}`, position: 1 }
    await tx.insert(document).values({ ...place, id, publishedRevisionId: `${id}-1`, ...rest })
    await tx.insert(revision).values({ ...own, ...text, meta: { title, reviewBy } })
  })
}

const listed = async (query: Record<string, unknown>) =>
  (await listLibrary(LibraryFilter.parse(query))).listed.map(({ id }) => id)

beforeAll(async () => {
  const withdrawn = { withdrawnAt: '2026-03-01T00:00:00.000Z', withdrawnReason: '在改' }
  await add('crs-a', { kind: 'course', slug: 'courses/a', position: 2, title: '家风' })
  await add('crs-b', { kind: 'course', slug: 'courses/b', position: 1, title: '程序', ...withdrawn })
  await add('lsn-a2', { parentId: 'crs-a', position: 2, title: '六尺巷' })
  await add('lsn-a1', { parentId: 'crs-a', title: '四知：100%没人看见', reviewBy: '2026-04-09' })
  await add('lsn-b1', { parentId: 'crs-b', title: '四议', reviewBy: '2026-01-01' })
  await add('sto-a', {
    kind: 'story',
    slug: 'stories/a',
    title: '悬鱼',
    reviewBy: '2026-04-10',
    ...withdrawn,
  })
  await add('cas-a', { kind: 'case', slug: 'cases/a', title: '礼金', conflictHash: 'x' })
  await add('lst-a', {
    kind: 'list',
    slug: 'lists/a',
    title: '清单',
    missingSince: '2026-02-01T00:00:00.000Z',
  })
})

test('all come in the order of the library: courses, their lessons, stories, cases, lists', async () => {
  expect(await listed({})).toEqual([
    ...['crs-b', 'crs-a', 'lsn-b1', 'lsn-a1', 'lsn-a2', 'sto-a', 'cas-a', 'lst-a'],
  ])
})

test.each<[string, Record<string, string>, string[]]>([
  ['on show', { state: 'open' }, ['crs-a', 'lsn-a1', 'lsn-a2', 'cas-a', 'lst-a']],
  ['withdrawn, a lesson also with its course', { state: 'withdrawn' }, ['crs-b', 'lsn-b1', 'sto-a']],
  ['due for another look within thirty days, and on show', { state: 'due' }, ['lsn-a1']],
  ['changed in the file and here', { state: 'conflict' }, ['cas-a']],
  ['whose file is gone', { state: 'missing' }, ['lst-a']],
  ['of one kind', { kind: 'story' }, ['sto-a']],
  ['with letters in the title', { q: ' 四 ' }, ['lsn-b1', 'lsn-a1']],
  ['with a sign that means much elsewhere', { q: '%' }, ['lsn-a1']],
  ['of a kind, a state and a title together', { q: '四', kind: 'lesson', state: 'open' }, ['lsn-a1']],
  ['of nothing that there is', { q: '无' }, []],
  ['of a kind that there is not, which is left out', { kind: 'book', q: '悬鱼' }, ['sto-a']],
])('those %s are found', async (_, query, ids) => {
  expect(await listed(query)).toEqual(ids)
  expect((await listLibrary(LibraryFilter.parse(query))).found).toBe(ids.length)
})

test('each says how it stands', async () => {
  const { listed } = await listLibrary(LibraryFilter.parse({}))
  expect(Object.fromEntries(listed.map(({ id, states }) => [id, states]))).toMatchObject({
    'lsn-a1': ['open', 'due'],
    'lsn-b1': ['withdrawn'],
    'cas-a': ['open', 'conflict'],
    'lst-a': ['open', 'missing'],
  })
})

test('a page of one document says whose it is, and who may withdraw it', async () => {
  const looked = await lookAtDocument(publisher, 'lsn-b1', 1)
  expect(looked).toMatchObject({ title: '四议', unitName: null, publishes: true, states: ['withdrawn'] })
  expect(looked?.course).toEqual({ id: 'crs-b', title: '程序', withdrawn: true })
  expect((await lookAtDocument(holding('trainer', '/county/'), 'lsn-b1', 1))?.publishes).toBe(false)
  expect(await lookAtDocument(publisher, 'lsn-none', 1)).toBeNull()
})

test('thirty stand on a page, and a page beyond the last is the last', async () => {
  for (let i = 0; i < 60; i++) await add(`lsn-many-${i}`, { title: `许多${i}`, position: 10 + i })
  const pageOf = (page: number) => listLibrary(LibraryFilter.parse({ q: '许多', page }))
  const [first, second, beyond] = [await pageOf(1), await pageOf(2), await pageOf(99)]
  expect([first.found, first.pages, first.listed.length]).toEqual([60, 2, 30])
  expect(second.listed.map(({ title }) => title).slice(0, 2)).toEqual(['许多30', '许多31'])
  expect(beyond).toEqual(second)
})
