import { expect, test } from 'vitest'
import { believe, type Belief } from '#record/capability/belief.ts'
import { drawMap, summaryOf } from '#record/capability/map.ts'
import { indicatorsOf } from '#record/capability/model.ts'
import type { Evidence } from '#record/evidence/evidence.ts'
import { sampleModel } from '../../support/capability.ts'
import { answered, history, observed, random } from '../../support/evidence.ts'

const today = '2026-11-22'

function beliefs(evidence: Record<string, Evidence[]>): Map<string, Belief> {
  return new Map(Object.entries(evidence).map(([id, pieces]) => [id, believe(pieces, today)]))
}

const good = [
  ...Array.from({ length: 12 }, (_, i) => answered(`g${i}`, { kind: 'supervised-test' })),
  observed('go', { level: 4 }),
]
const poor = good.map((piece) =>
  piece.kind === 'observation' ? { ...piece, level: 1 } : { ...piece, share: 0 },
)
const few = [answered('f1'), observed('f2')]
const oneKind = good.slice(0, 12)

const targets = { theory: 3, policy: 3, 'party-life': 3, discipline: 3 }

test('each indicator shows what is known of it, and against which target', () => {
  const known = beliefs({ theory: good, policy: poor, 'party-life': few, discipline: oneKind, law: good })
  const map = drawMap(sampleModel, targets, known, today, { theory: 2 })
  const [political, law] = map.dimensions
  expect(political?.indicators.map(({ status }) => status)).toEqual([
    'reached',
    'not-reached',
    'uncertain',
    'unmeasured',
  ])
  expect(political?.indicators[0]).toMatchObject({
    coverage: 2,
    pieces: 13,
    kinds: 2,
    provisional: true,
    target: 3,
  })
  expect(law?.indicators[0]).toMatchObject({ status: 'no-target', target: null })
  expect(law?.indicators[0]?.estimate?.probability).toBeNull()
})

test('what is not shown is not in the map either', () => {
  const map = drawMap(sampleModel, targets, beliefs({ discipline: oneKind }), today)
  const [political] = map.dimensions
  expect(political?.indicators[3]).toMatchObject({ estimate: null, pieces: 12, kinds: 1 })
  expect(map.dimensions[1]?.indicators[0]).toMatchObject({ estimate: null, pieces: 0, coverage: 0 })
  expect(political?.estimate).toBeNull()
})

test('a dimension is shown once all of its indicators are', () => {
  const ids = ['theory', 'policy', 'party-life', 'discipline']
  const known = beliefs(Object.fromEntries(ids.map((id) => [id, good])))
  const [political] = drawMap(sampleModel, targets, known, today).dimensions
  const one = known.get('theory')
  expect(political?.estimate?.mean).toBeCloseTo(one?.mean ?? NaN, 12)
  expect(political?.estimate?.sd).toBeCloseTo((one?.sd ?? NaN) / 2, 12)
})

test('the picture and the word say the same: 达标 when the solid part reaches the target, 未达标 when nothing does', () => {
  const next = random(5)
  for (let i = 0; i < 300; i += 1) {
    const pieces = history(next, 3 + Math.floor(next() * 40))
    const map = drawMap(sampleModel, { theory: 3 }, beliefs({ theory: pieces }), today)
    const indicator = map.dimensions[0]?.indicators[0]
    if (!indicator?.estimate) continue
    const { lower, upper, mean } = indicator.estimate
    expect(lower).toBeLessThan(mean)
    expect(mean).toBeLessThan(upper)
    expect(indicator.status).toBe(lower >= -0.5 ? 'reached' : upper <= -0.5 ? 'not-reached' : 'uncertain')
  }
})

test('who does not see the picture is told the same in a sentence', () => {
  expect(summaryOf(drawMap(sampleModel, targets, new Map(), today))).toBe(
    '能力图谱：二十四项指标都还未测，不代表低。',
  )
  const some = beliefs({ theory: good, policy: poor, law: good, four: few, facts: few, conflict: oneKind })
  expect(summaryOf(drawMap(sampleModel, targets, some, today))).toBe(
    '能力图谱：二十四项指标中已测五项，其中一项达到岗位目标；应急与平安四项均未测；廉洁与数字素养四项均未测。详见旁边的表。',
  )
  const all = beliefs(Object.fromEntries(indicatorsOf(sampleModel).map(({ id }) => [id, good])))
  expect(summaryOf(drawMap(sampleModel, targets, all, today))).toBe(
    '能力图谱：二十四项指标中已测二十四项，其中四项达到岗位目标。详见旁边的表。',
  )
})
