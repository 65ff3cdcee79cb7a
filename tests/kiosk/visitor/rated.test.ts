import { beforeAll, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { feedback } from '#db/schema/people.ts'
import { opennessOf } from '#kiosk/visitor/openness.server.ts'
import { hallPage } from '#kiosk/visitor/openness.ts'
import { giveFeedback } from '#people/feedback.server.ts'
import { realLibrary } from '../../course/real-library.ts'
import { entryOf } from '../../support/kiosk.ts'
import { arrive, hall, reasonOf, statesOf, kindOf } from './hall.ts'

realLibrary()
const here = hall()
let unit: string
beforeAll(() => {
  unit = here.place.yunling.id
})

const lesson = '/courses/jiafeng-jiaxun/sizhi'
const rate = (page: string, stars: number) => entryOf(here.screen, { kind: 'rated', page, stars })

test('stars on a lesson count once, with the revision that is shown and with nobody', async () => {
  const entry = await rate(lesson, 4)
  for (let i = 0; i < 3; i++) await arrive([entry])
  const rows = await read.select().from(feedback).where(eq(feedback.page, lesson))
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({ id: entry.id, stars: 4, text: '', origin: 'hall', personId: null })
  expect(rows[0]?.documentId).toBe('lsn-sizhi')
  expect(rows[0]?.revisionId).not.toBeNull()
})

test('a month of stars from one screen all count, though they come in one minute', async () => {
  const entries = await Promise.all(Array.from({ length: 45 }, () => rate(lesson, 3)))
  await arrive(entries)
  expect(new Set(await statesOf(entries))).toEqual(new Set(['settled']))
  const rows = await read.select().from(feedback).where(eq(feedback.stars, 3))
  expect(rows).toHaveLength(45)
})

test('stars on what is withdrawn are refused in words that say so', async () => {
  const entry = await rate('/stories/nowhere', 3)
  await arrive([entry])
  expect(await reasonOf(entry)).toBe('评的这一件已经撤展，没有记下。')
})

test('the openness of a village is kept with it, and told from five on only', async () => {
  const entries = await Promise.all([3, 4, 4, 5].map((stars) => rate('/hall', stars)))
  await arrive(entries)
  expect(await opennessOf(unit)).toEqual({ figures: null })
  await arrive([await rate('/hall', 1)])
  expect((await opennessOf(unit))?.figures).toEqual({ count: 5, mean: 3.4, by: [1, 0, 1, 2, 1] })
  expect(await opennessOf(here.place.shuikou.id)).toBeNull()
})

test('nobody rates a village from elsewhere', async () => {
  const before = await opennessOf(unit)
  const form = new FormData()
  form.set('page', hallPage(unit))
  form.set('stars', '1')
  expect(await kindOf(giveFeedback(form, '192.0.2.1'))).toBe('invalid')
  form.set('text', '说一句')
  await giveFeedback(form, '192.0.2.1')
  expect(await opennessOf(unit)).toEqual(before)
})
