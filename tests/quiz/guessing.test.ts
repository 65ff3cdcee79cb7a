import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mulberry32 } from '#demo/random.ts'
import { grade } from '#quiz/grade.ts'
import { guessing } from '#quiz/guessing.ts'
import { Credit } from '#quiz/kinds/ticks.ts'
import { Item, type Answer } from '#quiz/question.ts'
import { blindAnswer } from '#quiz/say-answer.ts'
import { anyItem } from './invented.ts'
import { items, samples } from './samples.ts'

const permutations = (list: string[]): string[][] =>
  list.length === 0
    ? [[]]
    : list.flatMap((first) => permutations(list.filter((id) => id !== first)).map((rest) => [first, ...rest]))

const subsets = (list: string[]): string[][] =>
  list.reduce<string[][]>((sets, id) => [...sets, ...sets.map((set) => [...set, id])], [[]])

const everyPairing = (left: string[], right: string[]): Record<string, string>[] =>
  left.reduce<Record<string, string>[]>(
    (sets, id) => sets.flatMap((set) => right.map((other) => ({ ...set, [id]: other }))),
    [{}],
  )

const ids = (list: { id: string }[]) => list.map((part) => part.id)

/** Every answer that the form allows, each as likely as any other; null where they cannot all be listed. */
function everyAnswer(item: Item): Answer[] | null {
  switch (item.kind) {
    case 'single':
      return ids(item.options).map((choice) => ({ kind: item.kind, choice }))
    case 'multiple':
      return subsets(ids(item.options)).map((choices) => ({ kind: item.kind, choices }))
    case 'true-false':
      return [true, false].map((choice) => ({ kind: item.kind, choice }))
    case 'order':
      return permutations(ids(item.steps)).map((order) => ({ kind: item.kind, order }))
    case 'match':
      return everyPairing(ids(item.left), ids(item.right)).map((pairs) => ({ kind: item.kind, pairs }))
    case 'fill-in':
      return ['不知道', '随便'].map((text) => ({ kind: item.kind, text }))
    default:
      return null
  }
}

/** Mean share of points of answers that can be graded. */
function meanShare(item: Item, answers: Answer[]): number {
  const shares = answers
    .map((answer) => grade(item, answer))
    .flatMap((result) => (result.type === 'graded' ? [result.earned / result.possible] : []))
  return shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length)
}

const credits = Credit.options.map((credit) => Item.parse({ ...samples.multiple, credit }))

test.each([...items, ...credits])('the mean of all answers to a $kind question is the share c', (item) => {
  const answers = everyAnswer(item)
  if (answers) expect(guessing(item)).toBeCloseTo(meanShare(item, answers), 12)
})

test('a situation, by hand: the mean over choices, and from there on', () => {
  // s2 is worth 1 on average; s1 (3 + 1 + 2 + 1 + 0) / 3; the best path is worth 5.
  expect(guessing(samples.scenario)).toBeCloseTo(7 / 3 / 5, 12)
})

test('a procedure, by hand: one step of three, no number, and any ticks', () => {
  // Two of six faults are there. Of the 64 ways to tick, 2 earn 1 (one right), 1 earns 2 (both), 4 earn 1 (both and one wrong).
  expect(guessing(samples.procedure)).toBeCloseTo((1 / 3 + 0 + 8 / 64) / 4, 12)
})

test('where nothing is wrong, who ticks nothing by chance is right: 1 of 64', () => {
  const [, , judge] = samples.procedure.stages
  if (judge?.ask !== 'judge') throw new Error('The sample asks something else.')
  const sound = { ...judge, facts: { ...judge.facts, present: 28, approve: 15, noticeDays: 10 } }
  const stages = ['p1', 'p2'].map((id) => ({ ...sound, id }))
  expect(guessing(Item.parse({ ...samples.procedure, stages }))).toBeCloseTo(1 / 64, 12)
})

/** Within it the mean of the simulated answers lies; four standard errors of a share. */
const near = 0.02
const answers = 10_000

test.each([...items, ...credits])('who answers a $kind question blindly earns c on average', (item) => {
  const random = mulberry32(7)
  const blind = Array.from({ length: answers }, () => blindAnswer(item, random))
  expect(Math.abs(meanShare(item, blind) - guessing(item))).toBeLessThan(near)
})

test('whatever the question, blind answers are complete, earn c on average, and c is below 1', () => {
  const random = mulberry32(11)
  fc.assert(
    fc.property(anyItem, (item) => {
      const blind = Array.from({ length: 2000 }, () => blindAnswer(item, random))
      expect(blind.every((answer) => grade(item, answer).type !== 'incomplete')).toBe(true)
      expect(guessing(item)).toBeGreaterThanOrEqual(0)
      expect(guessing(item)).toBeLessThan(1)
      expect(Math.abs(meanShare(item, blind) - guessing(item))).toBeLessThan(0.06)
    }),
    { seed: 1, numRuns: 150 },
  )
})

test('c of the samples', () => {
  expect(guessing(samples.single)).toBe(1 / 4)
  expect(guessing(samples['true-false'])).toBe(1 / 2)
  expect(guessing(samples.order)).toBe(1 / 4)
  expect(guessing(samples.match)).toBe(1 / 4)
  expect(guessing(samples['fill-in'])).toBe(0)
  expect(guessing(samples.multiple)).toBeCloseTo(0.378, 3)
})
