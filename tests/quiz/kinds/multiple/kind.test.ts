import { expect, test } from 'vitest'
import { grade } from '#quiz/grade.ts'
import { answerFromForm } from '#quiz/kinds/registry.ts'
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
