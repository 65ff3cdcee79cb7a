import { expect, test } from 'vitest'
import { grade } from '#quiz/grade.ts'
import { answerFromForm } from '#quiz/kinds/registry.ts'
import { form } from '../../filled-form.ts'
import { samples } from '../../samples.ts'

const item = samples['true-false']

test.each([
  [false, 1],
  [true, 0],
])('saying %s earns %i of 1', (choice, earned) => {
  expect(grade(item, { kind: 'true-false', choice })).toEqual({ type: 'graded', earned, possible: 1 })
})

test.each(['', 'yes', '对', 'TRUE'])('who said “%s” is asked for 对 or 错', (choice) => {
  expect(answerFromForm('true-false', form([['choice', choice]]))).toEqual({
    type: 'incomplete',
    missing: '还没有选，请选“对”或“错”',
  })
})
