import { expect, test } from 'vitest'
import { feedbackOn } from '#quiz/feedback.ts'
import { grade } from '#quiz/grade.ts'
import { Feedback, type Answer, type Item } from '#quiz/question.ts'
import { rightAnswer } from '#quiz/say-answer.ts'
import { filledForm } from './filled-form.ts'
import { items, samples } from './samples.ts'

const told = (item: Item, answer: Answer) =>
  feedbackOn(item, answer, grade(item, answer), filledForm(answer, item.id), around)
const around = { section: 's2', firstTry: true, note: '', event: null }

test('who leaves the answer incomplete learns what is missing and nothing of the key', () => {
  const answer = { kind: 'multiple' as const, choices: [] }
  expect(told(samples.multiple, answer)).toEqual({
    type: 'incomplete',
    message: '还没有选，请至少选一项，对的可能不止一项',
    sent: {},
  })
})

test.each(items)('who answered a $kind question gets points, the reason and the passage', (item) => {
  const feedback = told(item, rightAnswer(item))
  if (item.kind === 'short-answer')
    return expect(feedback).toMatchObject({
      type: 'incomplete',
      message: '这道题由老师评分，只在测评里答',
    })
  expect(Feedback.parse(feedback)).toMatchObject({
    rationale: '密解：三步都做到了',
    passage: '密文：退回、说明、留下记录',
    ...around,
  })
})

test('who walked through a situation learns what came of each step taken, and of no other', () => {
  const answer: Answer = { kind: 'scenario', chosen: { s1: 'b', s2: 'b' } }
  expect(told(samples.scenario, answer)).toMatchObject({
    ...{ earned: 0, possible: 5 },
    explained: ['第1步得0分。先把底价告诉他——密果：泄了密'],
  })
})

test('the fields that were sent come back, so that the page without script shows the choice again', () => {
  const answer = { kind: 'multiple' as const, choices: ['a', 'd'] }
  expect(told(samples.multiple, answer).sent).toEqual({ choice: ['a', 'd'] })
})
