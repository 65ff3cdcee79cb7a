import { expect, test } from 'vitest'
import { believe, type Belief } from '#record/capability/belief.ts'
import { drawMap } from '#record/capability/map.ts'
import { expectedReduction, gapOf, nextStep, type Candidate } from '#record/capability/next-step.ts'
import type { Evidence } from '#record/evidence/evidence.ts'
import { sampleModel } from '../../support/capability.ts'
import { answered, observed } from '../../support/evidence.ts'

const today = '2026-11-22'
const cuts = sampleModel.cuts

function step(
  evidence: Record<string, Evidence[]>,
  targets: Record<string, number>,
  candidates: Candidate[],
) {
  const beliefs = new Map<string, Belief>(
    Object.entries(evidence).map(([id, pieces]) => [id, believe(pieces, today)]),
  )
  return nextStep(drawMap(sampleModel, targets, beliefs, today), beliefs, candidates)
}

function candidate(id: string, indicator: string, changes: Partial<Candidate> = {}): Candidate {
  const items = Array.from({ length: 6 }, () => ({ indicator, a: 1, b: 0, c: 0 }))
  return { id, title: id, href: `/${id}`, kind: 'scenario', minutes: 15, items, ...changes }
}

const practice = (share: number) => Array.from({ length: 8 }, (_, i) => answered(`p${i}`, { share }))
const low = [...practice(0), observed('o', { level: 2 })]
const high = [...practice(1), observed('o', { level: 5 }), answered('t', { kind: 'supervised-test' })]
const middling = [...practice(0.5), observed('o')]

test('the next step is where the gap is, with its reasons', () => {
  const best = step({ four: low, mediation: high }, { four: 3, mediation: 2 }, [
    candidate('mediation-test', 'mediation'),
    candidate('four-test', 'four'),
    candidate('four-practice', 'four', { kind: 'practice' }),
  ])
  expect(best?.candidate.id).toBe('four-test')
  expect(best?.indicator).toEqual({ id: 'four', name: '四议两公开' })
  expect(best?.reasons).toEqual([
    '目标三级，现在估计二级，还差一级。',
    '证据已有两种，再有一组就能看得更准。',
    '在可选的内容里，这一组最能说明问题。',
  ])
})

test.each<[string, Evidence[], number, Partial<Candidate>, string[]]>([
  ['nothing is known', [], 3, {}, ['目标三级，这一项未测。', '还没有证据，这一组是第一种。']],
  [
    'only practice is known and a scenario is offered',
    practice(1),
    4,
    {},
    ['目标四级，这一项未测。', '证据只有一种，做完这一组就有两种，能看到估计。'],
  ],
  [
    'only practice is known and more of it is offered',
    practice(1),
    4,
    { kind: 'practice' },
    ['目标四级，这一项未测。', '证据只有一种，这一组会更准，但还要有另一种才给出估计。'],
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
  expect(best?.reasons).toEqual([...reasons, '现在可选的只有这一组。'])
})

test('who has reached every target is told to do nothing', () => {
  expect(step({ mediation: high }, { mediation: 2 }, [candidate('more', 'mediation')])).toBeNull()
  expect(step({}, {}, [candidate('untargeted', 'mediation')])).toBeNull()
  expect(step({ four: low }, { four: 3 }, [candidate('elsewhere', 'hazard')])).toBeNull()
  expect(step({ four: low }, { four: 3 }, [])).toBeNull()
})

test('of two equal offers the shorter one is proposed, then the smaller id', () => {
  const offers = [candidate('b', 'four'), candidate('long', 'four', { minutes: 40 }), candidate('a', 'four')]
  expect(step({ four: low }, { four: 3 }, offers)?.candidate.id).toBe('a')
})

test('items that fit the person, and surer kinds, tell more', () => {
  const belief = believe(low, today)
  const items = (b: number) => Array.from({ length: 4 }, () => ({ a: 1.2, b, c: 0.2 }))
  expect(expectedReduction(belief, items(-1), 0.8)).toBeGreaterThan(expectedReduction(belief, items(2), 0.8))
  expect(expectedReduction(belief, items(-1), 0.8)).toBeGreaterThan(expectedReduction(belief, items(-1), 0.3))
  expect(expectedReduction(belief, [], 0.8)).toBe(0)
  expect(expectedReduction(belief, items(-1), 0.8)).toBeLessThan(belief.sd ** 2)
})

test('what is unknown has a gap too, and a higher target a greater one', () => {
  const unknown = believe([], today)
  const gaps = [2, 3, 4].map((target) => gapOf(unknown, target, cuts))
  expect(gaps).toEqual([...gaps].sort((a, b) => a - b))
  expect(gaps[0]).toBeGreaterThan(0)
  expect(gapOf(believe(low, today), 3, cuts)).toBeGreaterThan(gapOf(unknown, 3, cuts))
  expect(gapOf(believe(high, today), 3, cuts)).toBeLessThan(gapOf(unknown, 3, cuts))
})
