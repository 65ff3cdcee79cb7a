import { expect, test } from 'vitest'
import { grade } from '#quiz/grade.ts'
import { Item } from '#quiz/question.ts'
import { answerFromForm } from '#quiz/kinds/registry.ts'
import { form } from '../../filled-form.ts'
import { samples } from '../../samples.ts'

const item = samples['short-answer']

test('what was written waits for graders, worth the points of the rubric', () => {
  expect(grade(item, { kind: 'short-answer', text: '名单贴在公开栏。' })).toEqual({
    type: 'waiting',
    possible: 3,
  })
})

test.each(['', ' \n　'])('who wrote only %j is asked to write', (text) => {
  expect(grade(item, { kind: 'short-answer', text })).toMatchObject({ missing: '还没有写，请写几句话' })
})

test('longer than asked is said, counted in characters as people count them', () => {
  expect(grade(item, { kind: 'short-answer', text: '𠮷'.repeat(300) })).toMatchObject({ type: 'waiting' })
  expect(grade(item, { kind: 'short-answer', text: '字'.repeat(301) })).toMatchObject({
    missing: '写得太长，请控制在300字以内',
  })
  expect(answerFromForm('short-answer', form([['text', '字'.repeat(1001)]]))).toMatchObject({
    type: 'incomplete',
  })
})

test('a model answer that is too long for the learner, and two criteria with one id, are refused', () => {
  const refusal = (change: object) => Item.safeParse({ ...item, ...change }).error?.issues[0]?.message
  expect(refusal({ longest: 20, model: '长'.repeat(21) })).toBe('参考答案比 longest 还长')
  expect(refusal({ rubric: [...item.rubric, item.rubric[0]] })).toBe('rubric 里有两条用了同一个编号')
  expect(Item.parse({ ...item, longest: undefined })).toMatchObject({ longest: 300 })
})
