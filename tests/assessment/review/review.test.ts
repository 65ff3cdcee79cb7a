// 错题本 by replay: what enters, when it comes again, when it leaves; the same however the answers are cut up.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bookAfter, comingAfter, dueOn, type ToldAnswer } from '#assessment/review/review.ts'
import { chooseToPractise } from '#assessment/review/choose.ts'
import { sayComing } from '#assessment/review/say-coming.ts'
import { dayAfter } from '#day.ts'

const answer = (on: string, earned: number, item = 'itm-a', hour = '02'): ToldAnswer => ({
  ...{ item, at: `${on}T${hour}:00:00.000Z`, earned, possible: 2 },
})
const dueOf = (book: ReturnType<typeof bookAfter>, item = 'itm-a') => book.get(item)?.due ?? null

test('what was right from the start never enters; what was wrong comes again the next day', () => {
  expect(bookAfter([answer('2026-03-01', 2)]).size).toBe(0)
  expect(dueOf(bookAfter([answer('2026-03-01', 0)]))).toBe('2026-03-02')
  expect(dueOf(bookAfter([answer('2026-03-01', 2), answer('2026-03-05', 1)]))).toBe('2026-03-07')
})

test('answered rightly on its days it comes ever later, and leaves after two rights in a row and three weeks', () => {
  let book = bookAfter([answer('2026-03-01', 0)])
  const gaps: number[] = []
  for (let i = 0; i < 10 && book.size > 0; i++) {
    const { last, due } = [...book.values()][0] ?? { last: '', due: '' }
    gaps.push((Date.parse(due) - Date.parse(last)) / 86_400_000)
    book = bookAfter([answer(due, 2)], book)
  }
  expect(book.size).toBe(0)
  expect(gaps).toEqual([1, 3, 8])
})

test('a slip brings it back near, and one right answer after it is not enough to leave', () => {
  const answers = [answer('2026-03-01', 0), answer('2026-03-02', 2), answer('2026-03-05', 2)]
  const slipped = bookAfter([...answers, answer('2026-03-13', 0)])
  expect(slipped.get('itm-a')?.rights).toBe(0)
  expect(dueOf(slipped)).toBe('2026-03-14')
  const late = bookAfter([answer('2026-03-01', 1), answer('2026-06-01', 2)])
  expect(late.get('itm-a')?.rights).toBe(1)
})

test('what has left comes back with the next mistake, like one that is new', () => {
  const left = bookAfter(
    ['2026-03-02', '2026-03-05', '2026-03-13'].map((on) => answer(on, 2)),
    bookAfter([answer('2026-03-01', 0)]),
  )
  expect(left.size).toBe(0)
  expect(dueOf(bookAfter([answer('2026-09-01', 0)], left))).toBe('2026-09-02')
})

test('only the first answer of a day counts, by the day of Shanghai: who has just read the solution shows nothing', () => {
  const again = [0, 2, 2, 2, 2].map((earned, i) => answer('2026-03-01', earned, 'itm-a', `0${i}`))
  expect(bookAfter(again)).toEqual(bookAfter(again.slice(0, 1)))
  // 17:00 UTC is the next day there.
  const night = bookAfter([answer('2026-03-01', 0), answer('2026-03-01', 2, 'itm-a', '17')])
  expect(night.get('itm-a')?.last).toBe('2026-03-02')
})

test('what is due comes the longest due first; the rest is told by day', () => {
  const book = bookAfter([
    answer('2026-03-01', 0, 'itm-b'),
    answer('2026-03-01', 0, 'itm-a'),
    answer('2026-02-27', 1, 'itm-c'),
    answer('2026-03-02', 0, 'itm-d'),
    answer('2026-03-02', 1, 'itm-e'),
  ])
  expect(dueOn(book, '2026-03-02').map(({ item }) => item)).toEqual(['itm-c', 'itm-a', 'itm-b'])
  const coming = comingAfter(book, '2026-03-02')
  expect(coming).toEqual([
    { on: '2026-03-03', count: 1 },
    { on: '2026-03-04', count: 1 },
  ])
  expect(sayComing(coming, '2026-03-02')).toBe('明天1道，3月4日1道')
  const far = ['2026-03-09', '2026-03-10', '2026-03-11', '2026-03-20', '2026-04-01'].map((on) => ({
    on,
    count: 2,
  }))
  expect(sayComing(far, '2026-03-02')).toBe('3月9日2道，3月10日2道，3月11日2道，以后4道')
})

/** Answers over half a year, in the order of their time. */
const lives = fc
  .array(
    fc.record({
      day: fc.integer({ min: 0, max: 180 }),
      hour: fc.integer({ min: 0, max: 23 }),
      item: fc.constantFrom('itm-a', 'itm-b', 'itm-c'),
      earned: fc.integer({ min: 0, max: 2 }),
    }),
    { maxLength: 60 },
  )
  .map((all) =>
    all
      .map(({ day, hour, item, earned }) =>
        answer(dayAfter('2026-01-01', day), earned, item, String(hour).padStart(2, '0')),
      )
      .sort((a, b) => (a.at < b.at ? -1 : 1)),
  )

test('a replay in any pieces gives the same book', () => {
  fc.assert(
    fc.property(lives, fc.array(fc.nat(60), { maxLength: 5 }), (answers, cuts) => {
      const ends = [...cuts.map((cut) => Math.min(cut, answers.length)), answers.length].sort((a, b) => a - b)
      let book = bookAfter([])
      let from = 0
      for (const to of ends) {
        book = bookAfter(answers.slice(from, to), book)
        from = to
      }
      expect(book).toEqual(bookAfter(answers))
    }),
  )
})

test('questions do not meddle with each other, and what is in the book comes again within a year', () => {
  fc.assert(
    fc.property(lives, (answers) => {
      const book = bookAfter(answers)
      for (const item of ['itm-a', 'itm-b', 'itm-c'])
        expect(book.get(item)).toEqual(bookAfter(answers.filter((one) => one.item === item)).get(item))
      for (const { last, due } of book.values()) {
        expect(due > last).toBe(true)
        expect(due <= dayAfter(last, 366)).toBe(true)
      }
    }),
  )
})

test('practice takes what was never answered first, then what was answered longest ago; the same salt gives the same', () => {
  const items = Array.from({ length: 8 }, (_, i) => ({ id: `itm-${i}` }))
  const seen = new Map([
    ['itm-0', '2026-03-03'],
    ['itm-1', '2026-03-01'],
    ['itm-2', '2026-03-02'],
    ['itm-3', '2026-03-04'],
    ['itm-4', '2026-03-05'],
  ])
  const ids = chooseToPractise(items, seen, 'salt').map(({ id }) => id)
  expect(ids.slice(0, 3).toSorted()).toEqual(['itm-5', 'itm-6', 'itm-7'])
  expect(ids.slice(3)).toEqual(['itm-1', 'itm-2'])
  expect(chooseToPractise(items, seen, 'salt').map(({ id }) => id)).toEqual(ids)
  const orders = new Set(
    [...'abcdef'].map((salt) =>
      chooseToPractise(items, new Map(), salt)
        .map(({ id }) => id)
        .join(),
    ),
  )
  expect(orders.size).toBeGreaterThan(1)
})
