// A belief from 30 answers is made after every answer and by the hundred for a page of a unit: at most 0.3 ms.
import { test } from 'vitest'
import { believe } from '#record/capability/belief.ts'
import { answered, pick, random } from '../support/evidence.ts'

const next = random(30)

/** Thirty answers to calibrated items of one bank, no two alike. */
function thirtyAnswers() {
  return Array.from({ length: 30 }, (_, i) =>
    answered(`e${i}`, {
      kind: pick(next, ['practice', 'scenario', 'supervised-test'] as const),
      share: pick(next, [0, 0.5, 1, 1]),
      calibration: { a: 0.5 + 1.5 * next(), b: 4 * next() - 2, c: pick(next, [0, 0.25]), version: '2026-1' },
    }),
  )
}

test('a belief', async ({ bench }) => {
  const people = Array.from({ length: 400 }, thirtyAnswers)
  let person = 0
  await bench('from 30 answers, another person each time', () => {
    person = (person + 1) % people.length
    believe(people[person] ?? [], '2026-11-22')
  }).run()
})
