import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hash, shuffled } from '#quiz/shuffled.ts'

const abc = ['a', 'b', 'c'].map((id) => ({ id }))

test('every order but the key’s comes up, about equally often', () => {
  const counts = new Map<string, number>()
  for (let seed = 0; seed < 6000; seed++) {
    const order = shuffled(abc, `itm-${seed}`, ['b', 'a', 'c'])
      .map((part) => part.id)
      .join('')
    counts.set(order, (counts.get(order) ?? 0) + 1)
  }
  expect([...counts.keys()].sort()).toEqual(['abc', 'acb', 'bca', 'cab', 'cba'])
  for (const count of counts.values()) expect(Math.abs(count - 1200)).toBeLessThan(150)
})

test('the same seed gives the same order, whatever order the list comes in', () => {
  fc.assert(
    fc.property(fc.string(), fc.shuffledSubarray(abc, { minLength: 3 }), (seed, list) => {
      expect(shuffled(list, seed, ['c', 'a', 'b'])).toEqual(shuffled(abc, seed, ['c', 'a', 'b']))
    }),
  )
})

test('the hash never changes, or every page would shuffle anew', () => {
  expect(hash('itm-sizhi-1/a')).toBe(2219296648)
})
