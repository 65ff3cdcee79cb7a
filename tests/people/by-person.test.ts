import { expect, test } from 'vitest'
import { byPerson } from '#people/by-person.ts'

const row = (id: string, post: string) => ({ id, name: id.toUpperCase(), post, unit: '云岭村', path: '/x/' })

test('who holds two posts in a unit stands there once, with both, where the first of them stood', () => {
  expect(
    byPerson([row('a', 'village-secretary'), row('b', 'grid-worker'), row('a', 'village-director')]),
  ).toEqual([
    { id: 'a', name: 'A', posts: ['village-secretary', 'village-director'] },
    { id: 'b', name: 'B', posts: ['grid-worker'] },
  ])
})
