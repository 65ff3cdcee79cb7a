// When age alone changes what is said of somebody: the stored day is compared with a look at every single day.
import { expect, test } from 'vitest'
import { dayAfter } from '#day.ts'
import { aged, believe } from '#record/capability/belief.ts'
import { isMeasured, level, status } from '#record/capability/level.ts'
import { standingOf } from '#record/capability/standing.ts'
import { answered, history, observed, random } from '../../support/evidence.ts'

const cuts = [-1.5, -0.5, 0.5, 1.5]
const on = '2026-11-27'

test('what was believed so many days ago is what the same evidence gives today', () => {
  const next = random(61)
  for (let n = 0; n < 60; n += 1) {
    const pieces = history(next, 1 + Math.floor(next() * 30))
    const days = Math.floor(next() * 2_000)
    const [then, now] = [believe(pieces, on, cuts), believe(pieces, dayAfter(on, days), cuts)]
    const later = aged(then, days)
    expect(later.mean).toBeCloseTo(now.mean, 9)
    expect(later.sd).toBeCloseTo(now.sd, 9)
  }
})

test('until the stored day nothing changes, and on it something does', () => {
  const next = random(62)
  let changes = 0
  let looked = 0
  for (let n = 0; n < 150; n += 1) {
    const belief = believe(history(next, 4 + Math.floor(next() * 30)), on, cuts)
    const target = 2 + Math.floor(next() * 3)
    const start = Math.floor(next() * 400)
    const daily = (days: number) => {
      const then = { ...aged(belief, days), kinds: belief.kinds }
      return `${status(then, target, cuts)} ${isMeasured(then) ? level(then, cuts) : null}`
    }
    const found = standingOf(belief, on, dayAfter(on, start), target, cuts)
    expect(`${found.status} ${found.level}`).toBe(daily(start))
    if (found.changesOn === null) {
      expect(found.status).toBe('unmeasured')
      continue
    }
    looked += 1
    let day = start
    while (dayAfter(on, day) < found.changesOn) {
      expect(daily(day), `${n}: ${day} of ${found.changesOn}`).toBe(daily(start))
      day += 1
    }
    if (daily(day) !== daily(start)) changes += 1
  }
  expect([looked > 80, changes]).toEqual([true, looked])
})

test('the day does not depend on the day on which it is computed', () => {
  const next = random(63)
  for (let n = 0; n < 80; n += 1) {
    const belief = believe(history(next, 20), on, cuts)
    const first = standingOf(belief, on, on, 3, cuts)
    if (first.changesOn === null) continue
    const before = dayAfter(first.changesOn, -1)
    expect(standingOf(belief, on, before, 3, cuts)).toEqual(first)
  }
})

test('in the end all is unmeasured again, and nobody has to look any more', () => {
  const belief = believe([answered('a', { at: `${on}T02:00:00.000Z` }), observed('b')], on, cuts)
  let day = on
  const said: string[] = []
  for (
    let standing = standingOf(belief, on, day, 3, cuts);
    ;
    standing = standingOf(belief, on, day, 3, cuts)
  ) {
    said.push(standing.status)
    if (standing.changesOn === null) break
    day = standing.changesOn
  }
  expect(said.at(-1)).toBe('unmeasured')
  expect(said.length).toBeGreaterThan(1)
})
