import { expect, test } from 'vitest'
import { items } from '../quiz/samples.ts'
import { randomFor } from '#demo/random.ts'
import { answerTest, knows } from '#demo/test-answer.ts'
import { grade } from '#quiz/grade.ts'
import type { Item } from '#quiz/question.ts'

const paper = { mayLeaveBlank: true, doubtful: false }

/** Mean share of points of many people of one ability. */
function shareOf(item: Item, theta: number, how = { mayLeaveBlank: false, doubtful: false }): number {
  const random = randomFor('people', theta)
  const shares = Array.from({ length: 400 }, () => {
    const answer = answerTest(random, theta, item, how)
    const graded = answer && grade(item, answer)
    return graded?.type === 'graded' ? graded.earned / graded.possible : 0
  })
  return shares.reduce((sum, share) => sum + share, 0) / shares.length
}

const graded = items.filter(({ kind }) => kind !== 'short-answer')

test('every answer is one that could have been handed in', () => {
  expect(graded.length).toBeGreaterThan(6)
  for (const item of graded) {
    const random = randomFor('answers', item.id)
    for (let i = 0; i < 50; i++) {
      const answer = answerTest(random, -1, item, paper)
      if (answer) expect(grade(item, answer).type).toBe('graded')
    }
  }
})

test('who can more gets more points, whatever the kind', () => {
  for (const item of graded) expect(shareOf(item, 2)).toBeGreaterThan(shareOf(item, -2) + 0.1)
})

test('an easy question is known by more than a hard one of the same nature', () => {
  const [item] = graded as [Item]
  expect(knows(0, { ...item, difficulty: 'easy' })).toBeGreaterThan(knows(0, { ...item, difficulty: 'hard' }))
})

test('where the key is in doubt the able miss it more often, and all choose the same wrong option', () => {
  const item = graded.find(({ kind }) => kind === 'single')
  if (item?.kind !== 'single') throw new Error('There is no choice among the samples.')
  const how = { mayLeaveBlank: false, doubtful: true }
  expect(shareOf(item, 2, how)).toBeLessThan(shareOf(item, -2, how) - 0.1)
  const random = randomFor('doubt')
  const chosen = Array.from({ length: 100 }, () => answerTest(random, 0, item, how))
  expect(new Set(chosen.map((answer) => answer?.kind === 'single' && answer.choice)).size).toBe(2)
})

test('a paper is sometimes left blank, a question of an adaptive test never', () => {
  const [item] = graded as [Item]
  const random = randomFor('blank')
  const blanks = (mayLeaveBlank: boolean) =>
    Array.from({ length: 400 }, () => answerTest(random, -2, item, { ...paper, mayLeaveBlank })).filter(
      (one) => !one,
    )
  expect(blanks(true).length).toBeGreaterThan(3)
  expect(blanks(false)).toEqual([])
})
