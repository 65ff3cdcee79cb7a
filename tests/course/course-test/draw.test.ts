// Which items are asked: the same when the page is loaded again, evenly from the lessons, new ones first.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { draw, type Drawable } from '#course/course-test/draw.ts'

const bank: fc.Arbitrary<Drawable[]> = fc
  .array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 6 })
  .map((sizes) =>
    sizes.flatMap((size, lesson) =>
      Array.from({ length: size }, (_, i) => ({ id: `itm-${lesson}-${i}`, lesson: `lsn-${lesson}` })),
    ),
  )
const asked = fc
  .tuple(bank, fc.integer({ min: 1, max: 20 }), fc.string(), fc.func(fc.boolean()))
  .map(([items, count, seed, wasSeen]) => {
    const seen = new Set(items.map(({ id }) => id).filter((id) => wasSeen(id)))
    const drawn = new Set(draw(items, count, seen, seed))
    return { items, count, seed, seen, drawn }
  })

test('as many as asked for, or all there are, each once, and the same again for the same person and try', () => {
  fc.assert(
    fc.property(asked, ({ items, count, seed, seen, drawn }) => {
      const again = draw(items, count, seen, seed)
      expect(new Set(again)).toEqual(drawn)
      expect(again).toHaveLength(Math.min(count, items.length))
      expect(drawn.size).toBe(again.length)
      // Whatever the order in which the items come from the library.
      expect(draw(items.toReversed(), count, seen, seed)).toEqual(again)
    }),
  )
})

test('no lesson is asked about twice more than another that has an item left', () => {
  fc.assert(
    fc.property(asked, ({ items, drawn }) => {
      const lessons = [...new Set(items.map(({ lesson }) => lesson))].map((lesson) => {
        const own = items.filter((one) => one.lesson === lesson)
        const taken = own.filter(({ id }) => drawn.has(id)).length
        return { taken, left: own.length - taken }
      })
      const most = Math.max(...lessons.map(({ taken }) => taken))
      for (const { taken, left } of lessons) if (left > 0) expect(taken).toBeGreaterThanOrEqual(most - 1)
    }),
  )
})

test('of a lesson nothing is asked again while something new is left', () => {
  fc.assert(
    fc.property(asked, ({ items, seen, drawn }) => {
      for (const again of items.filter(({ id }) => drawn.has(id) && seen.has(id))) {
        const left = items.filter((one) => one.lesson === again.lesson && !seen.has(one.id))
        expect(left.every(({ id }) => drawn.has(id))).toBe(true)
      }
    }),
  )
})

const items = [0, 1, 2, 3, 4].flatMap((lesson) =>
  [0, 1, 2].map((i) => ({ id: `itm-${lesson}-${i}`, lesson: `lsn-${lesson}` })),
)

test('two people, and two tries of one, are asked different things in a different order', () => {
  const draws = ['p/1/0', 'p/1/1', 'q/1/0', 'p/2/0'].map((seed) => draw(items, 10, new Set(), seed).join())
  expect(new Set(draws).size).toBe(draws.length)
})

test('the second try asks every item that the first did not', () => {
  const first = draw(items, 10, new Set(), 'p/1/0')
  const second = draw(items, 10, new Set(first), 'p/1/1')
  const left = items.map(({ id }) => id).filter((id) => !first.includes(id))
  expect(second).toEqual(expect.arrayContaining(left))
})

test('what remains of an uneven draw goes to lessons with something new', () => {
  const three = items.filter(({ lesson }) => lesson < 'lsn-3')
  const seen = new Set(three.filter(({ lesson }) => lesson !== 'lsn-1').map(({ id }) => id))
  for (const seed of ['a', 'b', 'c', 'd', 'e', 'f'])
    expect(draw(three, 7, seen, seed).filter((id) => id.startsWith('itm-1'))).toHaveLength(3)
})
