import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ageFactor, ageInDays, halfLifeDays, kindWeight, weigh } from '#record/evidence/weight.ts'

const noon = '2026-11-01T04:00:00.000Z'

test('the surer it is that a person did it alone and for real, the more it counts', () => {
  const { practice, scenario, procedure, observation } = kindWeight
  expect(practice).toBeLessThan(kindWeight['unsupervised-test'])
  expect(kindWeight['unsupervised-test']).toBeLessThan(kindWeight['supervised-test'])
  expect([scenario, procedure]).toEqual([kindWeight['supervised-test'], kindWeight['supervised-test']])
  expect(scenario).toBeLessThan(observation)
  expect(Object.values(kindWeight).every((weight) => weight > 0 && weight <= 1)).toBe(true)
})

test('what was shown today counts in full, after two years by half', () => {
  expect(weigh({ kind: 'observation', at: noon }, '2026-11-01')).toBe(1)
  expect(weigh({ kind: 'practice', at: noon }, '2026-11-01')).toBe(0.3)
  expect(halfLifeDays).toBe(730)
  expect(weigh({ kind: 'observation', at: noon }, '2028-10-31')).toBe(0.5)
})

test('a situation walked through at home counts like any test that nobody watched', () => {
  for (const kind of ['scenario', 'procedure'] as const) {
    expect(weigh({ kind, at: noon }, '2026-11-01')).toBe(0.8)
    expect(weigh({ kind, at: noon, unsupervised: true }, '2026-11-01')).toBe(0.5)
  }
  expect(weigh({ kind: 'practice', at: noon, unsupervised: true }, '2026-11-01')).toBe(0.3)
})

test('a day begins and ends at midnight in Shanghai', () => {
  expect(ageInDays('2026-10-31T15:59:59.999Z', '2026-11-01')).toBe(1)
  expect(ageInDays('2026-10-31T16:00:00.000Z', '2026-11-01')).toBe(0)
  expect(ageInDays('2026-11-01T15:59:59.999Z', '2026-11-01')).toBe(0)
  expect(ageInDays('2026-11-01T16:00:00.000Z', '2026-11-02')).toBe(0)
})

test('a clock that runs ahead never makes evidence count more than in full', () => {
  expect(ageInDays('2030-01-01T00:00:00.000Z', '2026-11-01')).toBe(0)
  expect(ageFactor('2030-01-01T00:00:00.000Z', '2026-11-01')).toBe(1)
})

test('evidence never gains weight with age and fades to nothing', () => {
  const day = fc.integer({ min: 0, max: 60_000 })
  const on = (days: number) =>
    new Date(Date.parse('2026-11-01') + days * 86_400_000).toISOString().slice(0, 10)
  fc.assert(
    fc.property(day, day, (one, other) => {
      const [early, late] = one < other ? [one, other] : [other, one]
      expect(ageFactor(noon, on(late))).toBeLessThanOrEqual(ageFactor(noon, on(early)))
    }),
  )
  expect(ageFactor(noon, '2126-11-01')).toBeLessThan(1e-14)
})
