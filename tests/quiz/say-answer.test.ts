import fc from 'fast-check'
import { expect, test } from 'vitest'
import { grade } from '#quiz/grade.ts'
import type { Answer } from '#quiz/question.ts'
import { rightAnswer, sayAnswer } from '#quiz/say-answer.ts'
import { anyItem, anyPair } from './invented.ts'
import { samples } from './samples.ts'

test('the right answer gets every point, for any question of any kind', () => {
  fc.assert(
    fc.property(anyItem, (item) => {
      const result = grade(item, rightAnswer(item))
      return result.type === 'waiting' || (result.type === 'graded' && result.earned === result.possible)
    }),
    { numRuns: 300 },
  )
})

test.each<[keyof typeof samples, string]>([
  ['single', '当晚退回并说明'],
  ['multiple', '低保名单；村集体账目；工程招标结果'],
  ['true-false', '错'],
  ['order', '1. 支部会提议；2. 两委会商议；3. 党员大会审议；4. 村民会议决议'],
  ['match', '杨震：四知；羊续：悬鱼；于谦：空橐入京'],
  ['fill-in', '密答子知'],
  ['scenario', '1. 讲明关系，退出评标；2. 当面退回'],
  ['procedure', '第1问：公开；第2问：28人；第3问：到会人数不够、通知的日子不够'],
  ['short-answer', '密答：名单贴在公开栏，办法按文件走。'],
])('the right answer to a question of the kind %s is said by the words of the question', (kind, words) => {
  expect(sayAnswer(samples[kind], rightAnswer(samples[kind]))).toBe(words)
})

test.each<[string, keyof typeof samples, Answer, string]>([
  ['a wrong choice', 'single', { kind: 'single', choice: 'd' }, '转送给困难户'],
  ['what was typed', 'fill-in', { kind: 'fill-in', text: '人知 ' }, '人知 '],
  ['a part that the question does not hold any more', 'single', { kind: 'single', choice: 'z9' }, 'z9'],
  [
    'an answer to another kind of question',
    'single',
    { kind: 'true-false', choice: true },
    '题型后来改过，当时的答案无法照原样显示',
  ],
])('%s is said too', (_, kind, answer, words) => {
  expect(sayAnswer(samples[kind], answer)).toBe(words)
})

test('whatever was answered can be said', () => {
  fc.assert(
    fc.property(anyPair, ({ item, answer }) => typeof sayAnswer(item, answer) === 'string'),
    { numRuns: 500 },
  )
})
