import fc from 'fast-check'
import { expect, test } from 'vitest'
import { freshClock, heard, restarted, shownAt, ticked, timesOf, type Clock } from '#kiosk/device/clock.ts'

const [minute, hour, year] = [60_000, 3_600_000, 31_536_000_000]
const start = Date.UTC(2026, 10, 20)

test('a screen that runs counts its minutes, and a contact begins them anew', () => {
  const ran = ticked(heard('c1', { mono: 500, wall: start }), {
    mono: 500 + 3 * minute,
    wall: start + 3 * minute,
  })
  expect(ran).toMatchObject({ contact: 'c1', up: 3 * minute, off: 0 })
  expect(timesOf(heard('c2', ran.last))).toEqual({ up: 0, off: 0 })
})

test('a night without power is told from the hours that it ran, over any number of restarts', () => {
  let clock = heard('c1', { mono: 0, wall: start })
  for (let day = 0; day < 30; day++) {
    clock = ticked(clock, { mono: 8 * hour, wall: clock.last.wall + 8 * hour })
    clock = restarted(clock, { mono: 0, wall: clock.last.wall + 16 * hour })
  }
  expect(timesOf(clock)).toEqual({ up: 30 * 8 * hour, off: 30 * 16 * hour })
})

test('a machine that slept with its lid closed was off meanwhile', () => {
  const clock = ticked(heard('c1', { mono: 0, wall: start }), { mono: minute, wall: start + minute + hour })
  expect(timesOf(clock)).toEqual({ up: minute, off: hour })
})

test('a machine that wakes up in 1970 and is corrected by years has still run only as long as it ran', () => {
  let clock = ticked(heard('c1', { mono: 0, wall: start }), { mono: hour, wall: start + hour })
  clock = restarted(clock, { mono: 0, wall: 0 })
  expect(clock.off).toBe(0)
  clock = ticked(clock, { mono: minute, wall: start + 2 * hour })
  clock = ticked(clock, { mono: 2 * minute, wall: start - year })
  expect(clock.up).toBe(hour + 2 * minute)
})

test('whatever the clocks say, neither time goes back, and running time is never more than the monotonic clock', () => {
  const step = fc.record({
    restart: fc.boolean(),
    mono: fc.integer({ min: -hour, max: 10 * hour }),
    wall: fc.integer({ min: -50 * year, max: 50 * year }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let clock: Clock = heard('c1', { mono: 0, wall: start })
      let ran = 0
      for (const { restart, mono, wall } of steps) {
        const before = clock
        const at = restart ? { mono: 0, wall } : { mono: before.last.mono + mono, wall }
        clock = restart ? restarted(before, at) : ticked(before, at)
        if (!restart) ran += Math.max(0, mono)
        expect(clock.up).toBeGreaterThanOrEqual(before.up)
        expect(clock.off).toBeGreaterThanOrEqual(before.off)
        expect(clock.up).toBeLessThanOrEqual(ran)
      }
    }),
  )
})

test('a wall clock gone mad is still shown as a day', () => {
  expect(shownAt(start)).toBe('2026-11-20T00:00:00.000Z')
  expect(shownAt(-5 * year)).toBe('1970-01-01T00:00:00.000Z')
  expect(shownAt(9_000 * year)).toMatch(/^9999-/)
  expect(freshClock({ mono: 0, wall: 0 }).contact).toBeNull()
})
