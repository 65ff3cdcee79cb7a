import fc from 'fast-check'
import { expect, test } from 'vitest'
import { provesChange } from '#record/capability/unit/renewal.ts'
import { nobody, type Tally } from '#record/capability/unit/tally.ts'
import { rowOf, tallyOf, type Person } from './grove.ts'

const count = (persons: readonly (Person | null)[]): Tally =>
  tallyOf([rowOf(persons.filter((one) => one !== null))])

const person = fc.tuple(fc.nat(3), fc.nat(4))
/** A person as published and as of now; null while not measured there. */
const life = fc.tuple(fc.option(person), fc.option(person))
const still = person.map((one): [Person, Person] => [one, one])

const differing = (lives: readonly (readonly [Person | null, Person | null])[]) =>
  lives.filter(([before, after]) => JSON.stringify(before) !== JSON.stringify(after)).length

test('a cell is never renewed while fewer than five members differ, whoever comes, leaves or changes', () => {
  fc.assert(
    fc.property(fc.array(still, { maxLength: 40 }), fc.array(life, { maxLength: 4 }), (stay, move) => {
      const lives = [...stay, ...move]
      const [before, after] = [count(lives.map(([then]) => then)), count(lives.map(([, now]) => now))]
      expect(provesChange(before, after)).toBe(false)
    }),
    { numRuns: 2000 },
  )
})

test('what is proved is never more than differ', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(still, life), { maxLength: 30 }),
      fc.integer({ min: 1, max: 9 }),
      (lives, n) => {
        const [before, after] = [count(lives.map(([then]) => then)), count(lives.map(([, now]) => now))]
        if (provesChange(before, after, n)) expect(differing(lives)).toBeGreaterThanOrEqual(n)
      },
    ),
    { numRuns: 2000 },
  )
})

test('five who reach their target, five who came and five who left renew a cell', () => {
  const ten = { ...nobody, uncertain: 10, levels: [0, 5, 5, 0, 0] }
  expect(provesChange(ten, { ...ten, uncertain: 5, reached: 5 })).toBe(true)
  expect(provesChange(ten, { ...ten, uncertain: 6, reached: 4 })).toBe(false)
  expect(provesChange(ten, { ...ten, levels: [0, 0, 10, 0, 0] })).toBe(true)
  expect(provesChange(ten, { ...ten, uncertain: 15, levels: [5, 5, 5, 0, 0] })).toBe(true)
  expect(provesChange(ten, { ...ten, uncertain: 5, levels: [0, 0, 5, 0, 0] })).toBe(true)
})

test('what was never published begins with five', () => {
  const so = (n: number): Tally => ({ ...nobody, uncertain: n, levels: [0, 0, n, 0, 0] })
  expect(provesChange(null, so(4))).toBe(false)
  expect(provesChange(null, so(5))).toBe(true)
})
