import { expect, test } from 'vitest'
import { grade } from '#quiz/grade.ts'
import { answerFromForm } from '#quiz/kinds/registry.ts'
import { Item } from '#quiz/question.ts'
import { form } from '../../filled-form.ts'
import { samples } from '../../samples.ts'

const item = samples.multiple

// a, b and d are right, c is wrong.
test.each([
  [['a', 'b', 'd'], 3],
  [['d', 'b', 'a'], 3],
  [['a', 'b'], 2],
  [['a'], 1],
  [['a', 'c'], 0],
  [['c'], 0],
  [['a', 'b', 'c'], 1],
  [['a', 'b', 'c', 'd'], 2],
  [['a', 'a', 'a'], 1],
])('ticking %j earns %i of 3', (choices, earned) => {
  expect(grade(item, { kind: 'multiple', choices })).toEqual({ type: 'graded', earned, possible: 3 })
})

test('who ticked nothing is asked for at least one', () => {
  const answer = answerFromForm('multiple', form([]))
  expect('kind' in answer && grade(item, answer)).toEqual({
    type: 'incomplete',
    missing: '还没有选，请至少选一项，对的可能不止一项',
  })
})

test('ticks are read in the order of the page, each once', () => {
  const sent = form(['a', 'c', 'a'].map((id): [string, string] => ['choice', id]))
  expect(answerFromForm('multiple', sent)).toEqual({ kind: 'multiple', choices: ['a', 'c'] })
})

test('a tick on an option that is gone asks to reload', () => {
  expect(grade(item, { kind: 'multiple', choices: ['a', 'z'] })).toMatchObject({ type: 'incomplete' })
})

test('a thousand ticks are not read at all', () => {
  const sent = form(Array.from({ length: 1000 }, (_, i): [string, string] => ['choice', `x${i}`]))
  expect(answerFromForm('multiple', sent)).toMatchObject({ type: 'incomplete' })
})

// Rules by name; the missing one is right-minus-wrong, so that items stored long ago stay as they are.
test.each([
  ['all-or-nothing', ['a', 'b', 'd'], 1, 1],
  ['all-or-nothing', ['a', 'b'], 0, 1],
  ['all-or-nothing', ['a', 'b', 'c', 'd'], 0, 1],
  ['each-option', ['a', 'b', 'd'], 4, 4],
  ['each-option', ['a', 'b'], 3, 4],
  ['each-option', ['c'], 0, 4],
  ['each-option', ['a', 'b', 'c', 'd'], 3, 4],
  ['right-minus-wrong', ['a', 'b', 'c'], 1, 3],
  [undefined, ['a', 'b', 'c'], 1, 3],
])('by the rule %s, ticking %j earns %i of %i', (credit, choices, earned, possible) => {
  const by = Item.parse({ ...item, credit })
  expect(grade(by, { kind: 'multiple', choices })).toEqual({ type: 'graded', earned, possible })
})

test('a rule that nobody knows is refused with the names of those that are known', () => {
  expect(Item.safeParse({ ...item, credit: 'half' }).error?.issues[0]?.message).toBe(
    'credit 写 right-minus-wrong、all-or-nothing 或 each-option',
  )
})
