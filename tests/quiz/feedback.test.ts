import { expect, test } from 'vitest'
import { feedbackOn } from '#quiz/feedback.ts'
import { grade } from '#quiz/grade.ts'
import { Feedback } from '#quiz/question.ts'
import { filledForm } from './filled-form.ts'
import { rightAnswer } from './invented.ts'
import { items, samples } from './samples.ts'

const around = { section: 's2', firstTry: true, note: '', event: null }

test('who leaves the answer incomplete learns what is missing and nothing of the key', () => {
  const answer = { kind: 'multiple' as const, choices: [] }
  const feedback = feedbackOn(samples.multiple, grade(samples.multiple, answer), filledForm(answer), around)
  expect(feedback).toEqual({
    type: 'incomplete',
    message: '还没有选，请至少选一项，对的可能不止一项',
    sent: {},
  })
})

test.each(items)('who answered a $kind question gets points, the reason and the passage', (item) => {
  const answer = rightAnswer(item)
  const feedback = feedbackOn(item, grade(item, answer), filledForm(answer, item.id), around)
  expect(Feedback.parse(feedback)).toMatchObject({
    rationale: '密解：三步都做到了',
    passage: '密文：退回、说明、留下记录',
    ...around,
  })
})

test('the fields that were sent come back, so that the page without script shows the choice again', () => {
  const answer = { kind: 'multiple' as const, choices: ['a', 'd'] }
  expect(
    feedbackOn(samples.multiple, grade(samples.multiple, answer), filledForm(answer), around).sent,
  ).toEqual({
    choice: ['a', 'd'],
  })
})
