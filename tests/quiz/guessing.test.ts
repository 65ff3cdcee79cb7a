import { expect, test } from 'vitest'
import { grade } from '#quiz/grade.ts'
import { guessing } from '#quiz/guessing.ts'
import type { Answer, Item } from '#quiz/question.ts'
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

/** Every answer that the form allows, each as likely as any other. */
function everyAnswer(item: Item): Answer[] {
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
  }
}

test.each(items)('who answers a $kind question blindly earns the share c on average', (item) => {
  const shares = everyAnswer(item)
    .map((answer) => grade(item, answer))
    .flatMap((result) => (result.type === 'graded' ? [result.earned / result.possible] : []))
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
  expect(guessing(item)).toBeCloseTo(mean, 12)
})

test('c of the samples', () => {
  expect(guessing(samples.single)).toBe(1 / 4)
  expect(guessing(samples['true-false'])).toBe(1 / 2)
  expect(guessing(samples.order)).toBe(1 / 4)
  expect(guessing(samples.match)).toBe(1 / 4)
  expect(guessing(samples['fill-in'])).toBe(0)
  expect(guessing(samples.multiple)).toBeCloseTo(0.378, 3)
})
