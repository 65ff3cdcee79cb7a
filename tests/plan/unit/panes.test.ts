// What is shut on the heat map of a unit is said once where it lies together, and no line changes its place.
import { expect, test } from 'vitest'
import { panesOf } from '#plan/unit/panes.ts'
import type { MapRow } from '#plan/unit/unit-map.ts'

const indicators = [{ id: 'one' }, { id: 'two' }]
const share = { type: 'percent', percent: 50 } as const
const cell = { measured: 20, share: { sure: share, possible: share }, levels: null }
const row = (name: string, ...open: string[]): MapRow => ({
  ...{ id: name, name, members: 20 },
  cells: new Map(open.map((id) => [id, cell])),
})

test('units of which nothing is open share one pane; who has one open cell keeps all of them', () => {
  const rows = [row('a'), row('b'), row('c', 'two'), row('d', 'one', 'two'), row('e')]
  expect(panesOf(rows, indicators)).toEqual([
    { type: 'closed', rows: 2 },
    { type: 'covered' },
    { type: 'cells' },
    { type: 'cells' },
    { type: 'closed', rows: 1 },
  ])
})

test('a unit of which the number measured may be told, and no share, is shut all the same', () => {
  const counted: MapRow = { ...row('a'), cells: new Map([['one', { ...cell, share: null }]]) }
  expect(panesOf([counted], indicators)).toEqual([{ type: 'closed', rows: 1 }])
})

test('of no units there is nothing to draw', () => {
  expect(panesOf([], indicators)).toEqual([])
})
