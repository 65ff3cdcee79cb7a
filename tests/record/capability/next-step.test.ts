import fc from 'fast-check'
import { expect, test } from 'vitest'
import { believe, type Belief } from '#record/capability/belief.ts'
import { drawMap } from '#record/capability/map.ts'
import {
  expectedReduction,
  gapOf,
  nextSteps,
  type Candidate,
  type CandidateItem,
} from '#record/capability/next-step.ts'
import type { Evidence } from '#record/evidence/evidence.ts'
import { sampleModel } from '../../support/capability.ts'
import { answered, observed } from '../../support/evidence.ts'

const today = '2026-11-22'
const cuts = sampleModel.cuts

function stepsFor(
  evidence: Record<string, Evidence[]>,
  targets: Record<string, number>,
  candidates: Candidate[],
) {
  const beliefs = new Map<string, Belief>(
    Object.entries(evidence).map(([id, pieces]) => [id, believe(pieces, today)]),
  )
  return nextSteps(drawMap(sampleModel, targets, beliefs, today), beliefs, candidates)
}
const step = (...given: Parameters<typeof stepsFor>) => stepsFor(...given)[0] ?? null

const itemsOf = (indicator: string, kind: CandidateItem['kind'], weight: number, count = 6) =>
  Array.from({ length: count }, () => ({ indicator, kind, weight, chance: 1, a: 1, b: 0, c: 0 }))

/** A test of six situations at full weight, unless told otherwise. */
function candidate(id: string, indicator: string, changes: Partial<Candidate> = {}): Candidate {
  const items = itemsOf(indicator, 'scenario', 0.8)
  return { id, title: id, href: `/${id}`, sort: 'test', size: '6道题', minutes: 15, items, ...changes }
}

const practice = (share: number) => Array.from({ length: 8 }, (_, i) => answered(`p${i}`, { share }))
const low = [...practice(0), observed('o', { level: 2 })]
const high = [...practice(1), observed('o', { level: 5 }), answered('t', { kind: 'supervised-test' })]
const middling = [...practice(0.5), observed('o')]
const asPractice = { items: itemsOf('four', 'practice', 0.3) }

test('the next step is where the gap is, with its reasons', () => {
  const best = step({ four: low, mediation: high }, { four: 3, mediation: 2 }, [
    candidate('mediation-test', 'mediation'),
    candidate('four-test', 'four'),
    candidate('four-practice', 'four', asPractice),
  ])
  expect(best?.candidate.id).toBe('four-test')
  expect(best?.indicator).toEqual({ id: 'four', name: '四议两公开' })
  expect(best?.reasons).toEqual([
    '目标三级，现在估计二级，证据不足，还不能说到了没有。',
    '证据已有两种，再有一组就能看得更准。',
    '现在能做的测评里，这一份最能说明问题。',
  ])
})

test('of each way of going on the best is told, what tells most first', () => {
  const offers = (sort: Candidate['sort'], weight: number) =>
    ['four', 'mediation'].map((indicator) =>
      candidate(`${sort}-${indicator}`, indicator, { sort, items: itemsOf(indicator, 'practice', weight) }),
    )
  const steps = stepsFor({ four: low, mediation: middling }, { four: 4, mediation: 3 }, [
    ...offers('lesson', 0.1),
    ...offers('practice', 0.3),
    ...offers('test', 0.2),
  ])
  expect(steps.map(({ candidate }) => candidate.id)).toEqual(['practice-four', 'test-four', 'lesson-four'])
  expect(steps.map(({ reasons }) => reasons.at(-1))).toEqual([
    '可练的指标里，练这一项最能说明问题。',
    '现在能做的测评里，这一份最能说明问题。',
    '可选的课里，这一课最能说明问题。',
  ])
})

test.each<[string, Evidence[], number, Partial<Candidate>, string[]]>([
  ['nothing is known', [], 3, {}, ['目标三级，这一项未测。', '还没有证据，这是第一批。']],
  [
    'only practice is known and a scenario is offered',
    practice(1),
    4,
    {},
    ['目标四级，这一项未测。', '证据只有一种，做完就有两种，应能看到估计。'],
  ],
  [
    'little is known and little of another kind is offered',
    [answered('p')],
    4,
    { items: itemsOf('four', 'scenario', 0.05, 1) },
    ['目标四级，这一项未测。', '证据只有一种，做完就有两种。'],
  ],
  [
    'only practice is known and more of it is offered',
    practice(1),
    4,
    asPractice,
    ['目标四级，这一项未测。', '证据只有一种，这一组会更准，但还要有另一种才给出估计。'],
  ],
  [
    'only tests are known and what is drawn may be of another kind',
    [answered('t', { kind: 'unsupervised-test' })],
    4,
    { items: [...itemsOf('four', 'unsupervised-test', 0.5), ...itemsOf('four', 'scenario', 0.5)] },
    ['目标四级，这一项未测。', '证据只有一种，这一组里可能有另一种。'],
  ],
  [
    'what is known of two kinds is too old for an estimate',
    [answered('p', { at: '2012-01-01T00:00:00.000Z' }), observed('o', { at: '2012-01-01T00:00:00.000Z' })],
    3,
    {},
    ['目标三级，这一项未测。', '证据有两种，但太少或者太旧，这一组是新的。'],
  ],
  [
    'the estimate is good but not sure',
    middling,
    3,
    {},
    ['目标三级，现在估计三级，把握还不到八成。', '证据已有两种，再有一组就能看得更准。'],
  ],
  [
    'two levels are missing',
    low,
    4,
    {},
    ['目标四级，现在估计二级，还差两级。', '证据已有两种，再有一组就能看得更准。'],
  ],
])('when %s, the reasons say so', (_, evidence, target, changes, reasons) => {
  const best = step({ four: evidence }, { four: target }, [candidate('only', 'four', changes)])
  expect(best?.reasons).toEqual([...reasons, '现在能做的测评只有这一份。'])
})

test('who has reached every target is told to do nothing', () => {
  expect(stepsFor({ mediation: high }, { mediation: 2 }, [candidate('more', 'mediation')])).toEqual([])
  expect(stepsFor({}, {}, [candidate('untargeted', 'mediation')])).toEqual([])
  expect(stepsFor({ four: low }, { four: 3 }, [candidate('elsewhere', 'hazard')])).toEqual([])
  expect(stepsFor({ four: low }, { four: 3 }, [candidate('empty', 'four', { items: [] })])).toEqual([])
  expect(stepsFor({ four: low }, { four: 3 }, [])).toEqual([])
})

test('of two equal offers the shorter one is proposed, one without a limit last, then the smaller id', () => {
  const offers = [
    candidate('b', 'four'),
    candidate('endless', 'four', { minutes: null }),
    candidate('long', 'four', { minutes: 40 }),
    candidate('a', 'four'),
  ]
  expect(step({ four: low }, { four: 3 }, offers)?.candidate.id).toBe('a')
  expect(step({ four: low }, { four: 3 }, offers.slice(1, 3))?.candidate.id).toBe('long')
})

test('the numbers of a step are those of its indicators, and add up', () => {
  const both = candidate('both', 'four', {
    items: [...itemsOf('four', 'scenario', 0.5), ...itemsOf('mediation', 'scenario', 0.5, 2)],
  })
  const best = step({ four: low }, { four: 3, mediation: 3, hazard: 3 }, [both])
  expect(best?.reasons).toContain('还问到另外一项还不能说达标的指标。')
  expect(best?.gains.map(({ indicator }) => indicator.id)).toEqual(['four', 'mediation'])
  for (const { gap, sd, sdAfter, gain } of best?.gains ?? []) {
    expect(sdAfter).toBeLessThan(sd)
    expect(gain).toBeCloseTo(gap * (sd ** 2 - sdAfter ** 2), 12)
  }
  const sum = best?.gains.reduce((total, { gain }) => total + gain, 0)
  expect(best?.value).toBeCloseTo(sum ?? NaN, 12)
})

test('items that fit the person, surer kinds, and those that are surely asked, tell more', () => {
  const belief = believe(low, today)
  const told = (b: number, weight: number, chance = 1) =>
    expectedReduction(
      belief,
      Array.from({ length: 4 }, () => ({ a: 1.2, b, c: 0.2, weight, chance })),
    )
  expect(told(-1, 0.8)).toBeGreaterThan(told(2, 0.8))
  expect(told(-1, 0.8)).toBeGreaterThan(told(-1, 0.3))
  expect(told(-1, 0.8)).toBeGreaterThan(told(-1, 0.8, 0.5))
  expect(told(-1, 0.8, 0.5)).toBeCloseTo(told(-1, 0.4), 12)
  expect(expectedReduction(belief, [])).toBe(0)
  expect(told(-1, 0.8)).toBeLessThan(belief.sd ** 2)
})

test('more to be asked never makes an offer worth less', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({ b: fc.double({ min: -3, max: 3, noNaN: true }), chance: fc.constantFrom(0.2, 1) }),
        {
          maxLength: 12,
        },
      ),
      (asked) => {
        const items = asked.map((one) => ({ a: 1, c: 0.2, weight: 0.5, ...one }))
        const values = items.map((_, i) => expectedReduction(believe(low, today), items.slice(0, i + 1)))
        expect(values).toEqual(values.toSorted((a, b) => a - b))
      },
    ),
    { numRuns: 30 },
  )
})

test('what is unknown has a gap too, and a higher target a greater one', () => {
  const unknown = believe([], today)
  const gaps = [2, 3, 4].map((target) => gapOf(unknown, target, cuts))
  expect(gaps).toEqual([...gaps].sort((a, b) => a - b))
  expect(gaps[0]).toBeGreaterThan(0)
  expect(gapOf(believe(low, today), 3, cuts)).toBeGreaterThan(gapOf(unknown, 3, cuts))
  expect(gapOf(believe(high, today), 3, cuts)).toBeLessThan(gapOf(unknown, 3, cuts))
})
