import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { read, write } from '#db/database.server.ts'
import { searchDocument, searchSection } from '#db/schema/search.ts'
import { find } from '#search/find.server.ts'
import {
  forgetDocument,
  indexDocument,
  indexIsStale,
  reindex,
  type Indexed,
} from '#search/index-document.server.ts'
import { freshDatabase } from '../support/database.ts'

freshDatabase()

const document = (change: Partial<Indexed> = {}): Indexed => ({
  ...{
    id: 'sto-yu',
    kind: 'story',
    address: '/stories/yu',
    title: '悬鱼',
    summary: '一条鱼。',
    path: '不敢腐',
  },
  ...{ course: null, indicators: ['openness'] },
  sections: [{ id: 's1', title: '庭里', text: '庭里\n羊续把鱼挂在庭里。' }],
  ...change,
})
const index = (doc: Indexed) => write((tx) => indexDocument(tx, doc))
const addresses = async (q: string) => {
  const found = await find({ q })
  return found.type === 'found' ? found.results.map(({ address }) => address) : []
}

beforeEach(() => reindex([]))

test('a published document is found at once, at the section that answers', async () => {
  await index(document())
  expect(await addresses('羊续')).toEqual(['/stories/yu#s1'])
})

test('a new revision takes the place of the old one', async () => {
  await index(document())
  await index(document({ title: '挂鱼', sections: [{ id: '', title: '', text: '公仪休爱吃鱼。' }] }))
  expect(await addresses('羊续')).toEqual([])
  expect(await addresses('公仪休')).toEqual(['/stories/yu'])
  expect(await read.select().from(searchSection)).toHaveLength(1)
})

test('what is withdrawn is found no more, and leaves nothing behind', async () => {
  await index(document())
  await write((tx) => forgetDocument(tx, 'sto-yu'))
  await write((tx) => forgetDocument(tx, 'never-there'))
  expect(await addresses('羊续')).toEqual([])
  expect(await read.select().from(searchSection)).toEqual([])
  expect(await read.all(sql`SELECT term FROM search_vocabulary`)).toEqual([])
})

test('a transaction that fails leaves the index as it was', async () => {
  await index(document())
  const failed = write(async (tx) => {
    await indexDocument(tx, document({ title: '别的', sections: [] }))
    throw new Error('no')
  })
  await expect(failed).rejects.toThrow('no')
  expect(await addresses('羊续')).toEqual(['/stories/yu#s1'])
})

test('the index is stale if documents are missing, left over, or indexed by older rules', async () => {
  expect(await indexIsStale(0)).toBe(false)
  await index(document())
  expect(await indexIsStale(1)).toBe(false)
  expect(await indexIsStale(2)).toBe(true)
  expect(await indexIsStale(0)).toBe(true)
  await write((tx) => tx.update(searchDocument).set({ version: 0 }))
  expect(await indexIsStale(1)).toBe(true)
})

test('indexing anew brings in what is given and forgets the rest', async () => {
  await index(document())
  const others = Array.from({ length: 7 }, (_, i) => document({ id: `sto-${i}`, address: `/stories/${i}` }))
  await reindex(others)
  expect(await indexIsStale(7)).toBe(false)
  expect((await addresses('羊续')).length).toBe(7)
})

test('a course and its lessons are found under the course', async () => {
  const course = { slug: 'gushi', title: '清廉故事' }
  await index(
    document({
      id: 'crs-gushi',
      kind: 'course',
      address: '/courses/gushi',
      title: course.title,
      sections: [],
    }),
  )
  await index(document({ id: 'lsn-yu', kind: 'lesson', address: '/courses/gushi/yu', course }))
  await index(document({ title: '别的故事' }))
  const found = await find({ q: '', course: 'gushi' })
  expect(found.type === 'found' && found.results.map(({ id }) => id)).toEqual(['crs-gushi', 'lsn-yu'])
})
