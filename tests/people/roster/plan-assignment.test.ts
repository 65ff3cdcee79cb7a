import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayBefore, isDay, type Held } from '#people/roster/assignment.ts'
import { planAssignment } from '#people/roster/plan-assignment.ts'

const held = (more: Partial<Held>): Held => ({
  ...{ id: 'a1', unitId: 'u1', post: 'p1', fromOn: '2024-01-01', toOn: null, main: true, mine: true },
  ...more,
})
const wanted = { unitId: 'u2', post: 'p2', fromOn: '2026-03-01', main: true }

test('the first assignment is added', () => {
  expect(planAssignment([], wanted, false)).toEqual({ kind: 'add', end: [] })
})

test('a second main post on the same days is refused', () => {
  expect(planAssignment([held({})], wanted, false)).toMatchObject({ kind: 'clash', held: { id: 'a1' } })
})

test('a second post that is not main stands beside the first', () => {
  expect(planAssignment([held({})], { ...wanted, main: false }, false)).toEqual({ kind: 'add', end: [] })
})

test('a main post that has ended is no hindrance', () => {
  expect(planAssignment([held({ toOn: '2026-02-28' })], wanted, false)).toEqual({ kind: 'add', end: [] })
})

test('a main post that ends on the very day still clashes', () => {
  expect(planAssignment([held({ toOn: '2026-03-01' })], wanted, false).kind).toBe('clash')
})

test('a promotion ends the former main post on the day before', () => {
  const plan = planAssignment([held({})], wanted, true)
  expect(plan).toMatchObject({ kind: 'add', end: [{ held: { id: 'a1' }, toOn: '2026-02-28' }] })
})

test('a former main post that begins later, or lies outside my units, is not ended', () => {
  expect(planAssignment([held({ fromOn: '2026-03-01' })], wanted, true).kind).toBe('clash')
  expect(planAssignment([held({ mine: false })], wanted, true).kind).toBe('clash')
})

test('the same assignment again is the same', () => {
  const again = { unitId: 'u1', post: 'p1', fromOn: '2024-01-01', main: true }
  expect(planAssignment([held({})], again, false)).toMatchObject({ kind: 'same', differs: [] })
  expect(planAssignment([held({ toOn: '2025-01-01' })], again, false)).toMatchObject({
    kind: 'same',
    differs: [],
  })
  expect(planAssignment([held({})], { ...again, fromOn: '2024-02-01' }, false)).toMatchObject({
    differs: ['fromOn'],
  })
  expect(planAssignment([held({})], { ...again, main: false }, false)).toMatchObject({ differs: ['main'] })
})

test('a post taken up again after it ended is a new assignment', () => {
  const again = { unitId: 'u1', post: 'p1', fromOn: '2025-06-01', main: true }
  expect(planAssignment([held({ toOn: '2025-01-01' })], again, false).kind).toBe('add')
})

const day = fc
  .date({ min: new Date('2000-01-02'), max: new Date('2050-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

test('however many assignments are asked for, a person has at most one main post on any day', () => {
  const asked = fc.record({
    unitId: fc.constantFrom('u1', 'u2', 'u3'),
    post: fc.constantFrom('p1', 'p2'),
    fromOn: day,
    main: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(fc.tuple(asked, fc.boolean()), { maxLength: 12 }), day, (all, on) => {
      const mains = all
        .reduce(add, [])
        .filter((one) => one.main && one.fromOn <= on && (one.toOn ?? '9999') >= on)
      expect(mains.length).toBeLessThanOrEqual(1)
    }),
  )
})

function add(before: Held[], [wish, endFormer]: [typeof wanted, boolean]): Held[] {
  const plan = planAssignment(before, wish, endFormer)
  if (plan.kind !== 'add') return before
  const ended = before.map((one) => ({
    ...one,
    toOn: plan.end.find((end) => end.held.id === one.id)?.toOn ?? one.toOn,
  }))
  return [...ended, { ...wish, id: `a${before.length}`, toOn: null, mine: true }]
}

test('days of the calendar only', () => {
  expect(['2024-02-29', '2026-12-31', '2000-02-29'].every(isDay)).toBe(true)
  expect(
    ['2026-02-29', '2026-04-31', '2026-13-01', '2026-1-1', '1900-01-01', '', '2100-02-29'].some(isDay),
  ).toBe(false)
  expect(dayBefore('2024-03-01')).toBe('2024-02-29')
})
