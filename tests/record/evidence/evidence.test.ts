import { expect, test } from 'vitest'
import { Evidence } from '#record/evidence/evidence.ts'
import { answered, history, observed, random } from '../../support/evidence.ts'

test('an answer and an observation are read back as they were stored', () => {
  for (const piece of [answered('a'), observed('b'), ...history(random(1), 60)]) {
    expect(Evidence.parse(JSON.parse(JSON.stringify(piece)))).toEqual(piece)
  }
})

test('a piece that claims what cannot be is refused', () => {
  const wrong = [
    answered('a', { share: 1.2 }),
    answered('a', { guessing: 1 }),
    answered('a', { calibration: { a: -1, b: 0, c: 0, version: '1' } }),
    observed('b', { level: 6 }),
    { ...answered('a'), level: 3 },
    { ...answered('a'), kind: 'hearsay' },
  ]
  for (const piece of wrong) expect(Evidence.safeParse(piece).success).toBe(false)
})
