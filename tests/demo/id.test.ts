import { version } from 'uuid'
import { expect, test } from 'vitest'
import { idsFrom } from '#demo/id.ts'
import { randomFor } from '#demo/random.ts'

test('ids are UUIDs of version 7, the same every time, and those of one instant keep their order', () => {
  const make = () => {
    const id = idsFrom(randomFor('test'))
    return [1, 1, 1, 2, 1_790_000_000_000].map(id)
  }
  expect(make()).toEqual(make())
  expect(make().map(version)).toEqual([7, 7, 7, 7, 7])
  expect(make()).toEqual(make().sort())
})
