import { describe, expect, test } from 'vitest'
import { calibrate } from '#assessment/calibration/calibrate.ts'
import { calibrateDimension, type AnsweredItem } from '#assessment/calibration/calibrate-dimension.ts'
import { sayCalibration } from '#assessment/calibration/say-calibration.ts'
import { settleShares } from '#assessment/calibration/settle-shares.ts'
import type { ItemParameters } from '#record/evidence/likelihood.ts'
import { random } from '../../support/evidence.ts'
import { answersTo, bankOf, normals } from './simulated.ts'

const bank = bankOf(8, 101)
const rows = answersTo(bank, { people: 800, seed: 102 })
const items = (inForce: (at: number) => ItemParameters | null = () => null): AnsweredItem[] =>
  bank.map((_, at) => ({
    ...{ id: `itm-${at}`, revision: 1, guessing: 0, inForce: inForce(at) },
    shares: new Map(rows.map((row, person) => [`p${String(person).padStart(3, '0')}`, row[at] ?? 0])),
  }))

describe('the items of one dimension', () => {
  test('the first time these people are the scale', () => {
    const one = calibrateDimension('meeting', items())
    expect(one).toMatchObject({ people: 800, scale: { type: 'first' }, waiting: [] })
    expect(one.items.every(({ found }) => found !== null)).toBe(true)
  })

  test('with a scale in force and too few anchors nothing is found, and it says what is missing', () => {
    const one = calibrateDimension(
      'meeting',
      items((at) => (at < 3 ? bank[at]! : null)),
    )
    expect(one).toMatchObject({ items: [], scale: { type: 'too-few' } })
    expect(sayCalibration('议事', one).join('\n')).toContain('至少要5道前后对得上的锚题，现在只有3道')
  })

  test('linked, everything is counted in the units in force, errors too', () => {
    const alone = calibrateDimension('meeting', items())
    const twice = calibrateDimension(
      'meeting',
      items((at) => (at < 7 ? { ...bank[at]!, a: bank[at]!.a / 2, b: 2 * bank[at]!.b + 1 } : null)),
    )
    if (twice.scale.type !== 'linked') throw new Error('Not linked.')
    expect(twice.scale.scale.slope).toBeCloseTo(2, 0)
    const [last, lastAlone] = [twice.items[7]!, alone.items[7]!]
    const { slope, shift } = twice.scale.scale
    expect(last.found!.b).toBeCloseTo(slope * lastAlone.found!.b + shift, 6)
    expect(last.found!.a).toBeCloseTo(lastAlone.found!.a / slope, 6)
    expect(last.errors.b).toBeCloseTo(slope * lastAlone.errors.b!, 6)
  })

  test('an item with a wrong key gets no parameters, and the report sends to its statistics', () => {
    const turned = items().map((item, at) =>
      at === 2
        ? { ...item, shares: new Map([...item.shares].map(([person, share]) => [person, 1 - share])) }
        : item,
    )
    const one = calibrateDimension('meeting', turned)
    expect(one.items.filter(({ found }) => !found).map(({ id }) => id)).toEqual(['itm-2'])
    expect(sayCalibration('议事', one).find((line) => line.includes('itm-2'))).toContain('请看这道题的统计')
  })
})

describe('answers that are partly right', () => {
  /** Half of the items are worth four points, each of which is got or not. */
  const bank = bankOf(16, 111)
  const next = random(112)
  const normal = normals(next)
  const shares = Array.from({ length: 3000 }, () => {
    const theta = normal()
    return bank.map(({ a, b }, i) => {
      const points = i < 8 ? 4 : 1
      const p = 1 / (1 + Math.exp(-a * (theta - b)))
      return (
        Array.from({ length: points }, () => (next() < p ? 1 : 0)).reduce<number>(
          (sum, one) => sum + one,
          0,
        ) / points
      )
    })
  })
  const slopes = (responses: (number | null)[][]) => {
    const { items } = calibrate({ responses, model: '2pl' })
    return items.slice(0, 8).reduce((sum, { a }, i) => sum + a / bank[i]!.a, 0) / 8
  }

  test('would flatten the curves if taken as they are, and do not once a lot settled them', () => {
    expect(slopes(shares)).toBeLessThan(0.85)
    expect(Math.abs(slopes(settleShares(shares)) - 1)).toBeLessThan(0.07)
  })

  test('the lot keeps their mean, leaves whole answers and gaps alone, and falls the same every time', () => {
    const settled = settleShares([...shares, shares[0]!.map(() => null)])
    expect(settled).toEqual(settleShares([...shares, shares[0]!.map(() => null)]))
    expect(settled.at(-1)).toEqual(bank.map(() => null))
    settled.slice(0, -1).forEach((row, person) => {
      expect(row.every((share, i) => share === 0 || share === 1 || share === shares[person]![i])).toBe(true)
      expect(row.slice(8)).toEqual(shares[person]!.slice(8))
    })
    for (let i = 0; i < 8; i += 1) {
      const mean = (list: (number | null)[][]) =>
        list.slice(0, 3000).reduce((sum, row) => sum + (row[i] ?? 0), 0) / 3000
      expect(Math.abs(mean(settled) - mean(shares))).toBeLessThan(0.03)
    }
  })
})
