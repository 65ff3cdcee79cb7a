import { expect, test } from 'vitest'
import { percentOf } from '#record/capability/unit/cell.ts'
import { seatAtTop, seatsOf, type Part } from '#record/capability/unit/family.ts'
import { endsOf, everyMove, move, reversed, unseen, type Sorting } from '#record/capability/unit/slack.ts'

const levels: Sorting = {
  least: 10,
  secret: [0, 1, 2, 3, 4],
  face: (by, total) => by.reduce((face, n) => face * 101 + percentOf(n, total), 0),
}

const part = (id: string, ...by: number[]): Part => ({
  ...{ id, by, mayShow: true },
  total: by.reduce((sum, n) => sum + n, 0),
})

test('only moves between shares that are shown roughly are unseen', () => {
  expect(endsOf(unseen(levels, part('u', 1, 5, 13, 1, 0)))).toEqual([
    { from: 0, to: 3 },
    { from: 0, to: 4 },
    { from: 3, to: 0 },
    { from: 3, to: 4 },
  ])
  expect(reversed(move(1, 4))).toBe(move(4, 1))
})

test('what a unit was trusted to leave room for, its parts leave room for', () => {
  const parts = [part('a', 3, 4, 7, 5, 1), part('b', 1, 8, 12, 8, 1), part('c', 1, 9, 11, 9, 1)]
  const whole = { ...part('u', 5, 21, 30, 22, 3), unseen: everyMove, absorbed: everyMove, needs: [] }
  const seats = (...needs: number[]) => seatsOf(levels, { ...whole, needs }, parts)
  expect(seats().filter((seat) => seat?.needs.length === 0)).toHaveLength(3)
  // It is laid on the largest part that has room.
  expect(seats(move(0, 4)).map((seat) => seat?.needs)).toEqual([[], [], [move(0, 4)]])
  // Between the second level and the third nobody could move unseen in any of them, so not all are shown.
  expect(seats(move(1, 2)).filter((seat) => seat !== null).length).toBeLessThan(3)
})

test('a whole whose percents leave nobody over is not shown', () => {
  expect(seatAtTop(levels, part('u', 0, 10, 10, 0, 0))).toBeNull()
  expect(seatAtTop(levels, part('u', 0, 9, 10, 1, 0))).not.toBeNull()
})
