// What answers come to: points, error, and what the words of a result are made from.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { resultOf, standingOfColumns, type Mark } from '#assessment/attempt/grade-paper.ts'
import { Result } from '#assessment/attempt/result.ts'
import { errorOfShare } from '#assessment/attempt/score-error.ts'

const mark = (more: Partial<Mark> = {}): Mark => ({
  ...{ indicator: 'openness', standing: 'graded', share: 1, late: false, ...more },
})
const plain = { estimate: null, stopped: null, adaptive: false } as const

test('the error of right and wrong answers is near the binomial one, and never none', () => {
  const shares = [...Array<number>(18).fill(1), ...Array<number>(6).fill(0)]
  expect(errorOfShare(shares)).toBeCloseTo(Math.sqrt((0.75 * 0.25) / 23), 2)
  expect(errorOfShare(Array<number>(8).fill(1))).toBeCloseTo(0.1, 9)
  expect(errorOfShare([])).toBeCloseTo(0.5, 9)
})

test('the error holds: shares of papers drawn from a bank scatter about as far as it says', () => {
  // Banks of which a person knows 30 %, 70 % and 95 %, papers of 24.
  let state = 7
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  for (const known of [0.3, 0.7, 0.95]) {
    let squares = 0
    let errors = 0
    const papers = 4000
    for (let i = 0; i < papers; i++) {
      const shares = Array.from({ length: 24 }, (): number => (random() < known ? 1 : 0))
      squares += (shares.reduce((sum, one) => sum + one, 0) / 24 - known) ** 2
      errors += errorOfShare(shares)
    }
    const ratio = Math.sqrt(squares / papers) / (errors / papers)
    expect(ratio).toBeGreaterThan(0.7)
    expect(ratio).toBeLessThan(1.1)
  }
})

test('one point an item whatever its kind; blank counts nothing earned, withdrawn and waiting do not count yet', () => {
  const result = resultOf(
    [
      mark(),
      mark({ share: 1 / 3 }),
      mark({ indicator: 'powers', standing: 'blank', share: 0, late: true }),
      mark({ standing: 'withdrawn', share: 0 }),
      mark({ standing: 'waiting', share: 0 }),
    ],
    plain,
  )
  expect(result).toMatchObject({
    ...{ shown: 5, answered: 3, late: 1, withdrawn: 1, waiting: 1 },
    score: { earned: 1.333, possible: 3 },
    areas: [
      { indicator: 'openness', earned: 1.333, possible: 2 },
      { indicator: 'powers', earned: 0, possible: 1 },
    ],
  })
})

test('a question of an adaptive test that was shown and not answered is not held against anybody', () => {
  const marks = [mark(), mark({ standing: 'blank', share: 0 })]
  expect(resultOf(marks, { ...plain, adaptive: true }).score).toMatchObject({ earned: 1, possible: 1 })
})

test('whatever the answers, the result is one that can be stored, and its areas add up to the whole', () => {
  const marks = fc.array(
    fc.record({
      indicator: fc.constantFrom('a', 'b', 'c'),
      standing: fc.constantFrom('graded', 'waiting', 'blank', 'withdrawn'),
      share: fc.constantFrom(0, 0.25, 0.5, 1),
      late: fc.boolean(),
    } as const),
  )
  fc.assert(
    fc.property(marks, (made) => {
      const clean = made.map((one) => (one.standing === 'graded' ? one : { ...one, share: 0 }))
      const result = Result.parse(resultOf(clean, plain))
      const sum = (of: 'earned' | 'possible') => result.areas.reduce((total, area) => total + area[of], 0)
      expect(sum('earned')).toBeCloseTo(result.score.earned, 6)
      expect(sum('possible')).toBe(result.score.possible)
      expect(result.score.earned).toBeLessThanOrEqual(result.score.possible)
    }),
  )
})

test('the columns of a handed-in item say how it stands', () => {
  const of = (earned: number | null, possible: number | null, withdrawn = false) =>
    standingOfColumns({ earned, possible, withdrawn })
  expect(of(1, 3)).toEqual({ standing: 'graded', share: 1 / 3 })
  expect(of(null, 4)).toEqual({ standing: 'waiting', share: 0 })
  expect(of(null, null)).toEqual({ standing: 'blank', share: 0 })
  expect(of(1, 3, true)).toEqual({ standing: 'withdrawn', share: 0 })
})
