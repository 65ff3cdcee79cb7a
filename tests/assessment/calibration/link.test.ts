import { describe, expect, test } from 'vitest'
import { calibrate } from '#assessment/calibration/calibrate.ts'
import { link, rescaled, type Anchor } from '#assessment/calibration/link.ts'
import { answersTo, bankOf } from './simulated.ts'

/** Twelve anchors in force, and the same as a calibration finds whose scale differs by slope 1.2 and shift −0.4. */
const known = { slope: 1.2, shift: -0.4 }
const anchors = (guessing = false): Anchor[] =>
  bankOf(12, 51, guessing).map((inForce, i) => ({
    id: `itm-${i}`,
    inForce,
    fresh: { a: inForce.a * known.slope, b: (inForce.b - known.shift) / known.slope, c: inForce.c },
  }))

const linked = (list: readonly Anchor[]) => {
  const found = link(list)
  if (found.type !== 'linked') throw new Error('Not linked.')
  return found
}

describe('a calibration of other people is put on the scale in force', () => {
  test.each([false, true])('slope and shift are recovered exactly (guessing: %s)', (guessing) => {
    const found = linked(anchors(guessing))
    expect(found.scale.slope).toBeCloseTo(known.slope, 6)
    expect(found.scale.shift).toBeCloseTo(known.shift, 6)
    expect(found.drifted).toEqual([])
    expect(found.anchors.map(({ id }) => id)).toEqual(anchors().map(({ id }) => id))
    for (const { inForce, fresh } of anchors(guessing)) {
      const back = rescaled(fresh, found.scale)
      expect(back.a).toBeCloseTo(inForce.a, 5)
      expect(back.b).toBeCloseTo(inForce.b, 5)
    }
  })

  test('an anchor that became easier (a leak, a new lesson) is named and moves nobody', () => {
    const list = anchors()
    const leaked = list[4]!
    list[4] = { ...leaked, fresh: { ...leaked.fresh, b: leaked.fresh.b - 1 } }
    const found = linked(list)
    expect(found.drifted.map(({ id }) => id)).toEqual(['itm-4'])
    expect(found.drifted[0]!.distance).toBeGreaterThan(0.05)
    expect(found.scale.slope).toBeCloseTo(known.slope, 6)
    expect(found.scale.shift).toBeCloseTo(known.shift, 6)
  })

  test('four of twelve that drift together are named too', () => {
    const list = anchors().map((anchor, i) =>
      i % 3 === 0 ? { ...anchor, fresh: { ...anchor.fresh, b: anchor.fresh.b + 0.8 } } : anchor,
    )
    const found = linked(list)
    expect(found.drifted.map(({ id }) => id)).toEqual(['itm-0', 'itm-3', 'itm-6', 'itm-9'])
    expect(found.scale.shift).toBeCloseTo(known.shift, 6)
  })

  test('fewer than five anchors are not trusted, nor anchors of which most disagree', () => {
    expect(link(anchors().slice(0, 4)).type).toBe('too-few')
    expect(link([])).toEqual({ type: 'too-few', anchors: [], drifted: [] })
    const scattered = anchors()
      .slice(0, 6)
      .map((anchor, i) => ({
        ...anchor,
        fresh: { ...anchor.fresh, b: anchor.fresh.b + [0, 3, -3, 6, -6, 0][i]! },
      }))
    expect(link(scattered).type).toBe('too-few')
  })

  test('through real calibrations: stronger and more varied people are found to be so', () => {
    const bank = bankOf(30, 61)
    const calibrated = (people: object) =>
      calibrate({ responses: answersTo(bank, { people: 3000, seed: 62, ...people }), model: '2pl' }).items
    const first = calibrated({})
    const second = calibrated({ seed: 63, mean: 0.6, sd: 1.3 })
    const found = linked(first.map((inForce, i) => ({ id: String(i), inForce, fresh: second[i]! })))
    expect(Math.abs(found.scale.slope - 1.3)).toBeLessThan(0.08)
    expect(Math.abs(found.scale.shift - 0.6)).toBeLessThan(0.08)
    expect(found.drifted.length).toBeLessThanOrEqual(1)
  })
})
