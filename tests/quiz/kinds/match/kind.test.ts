import { expect, test } from 'vitest'
import { grade } from '#quiz/grade.ts'
import { Item } from '#quiz/question.ts'
import { answerFromForm } from '#quiz/kinds/registry.ts'
import { form } from '../../filled-form.ts'
import { samples } from '../../samples.ts'

const item = samples.match

test.each([
  [{ l1: 'r2', l2: 'r3', l3: 'r1' }, 3],
  [{ l1: 'r2', l2: 'r1', l3: 'r3' }, 1],
  [{ l1: 'r4', l2: 'r4', l3: 'r4' }, 0],
  [{ l1: 'r2', l2: 'r2', l3: 'r2' }, 1],
])('the pairs %j earn %i of 3', (pairs, earned) => {
  expect(grade(item, { kind: 'match', pairs })).toEqual({ type: 'graded', earned, possible: 3 })
})

test('who left a side unmatched is told how many', () => {
  const answer = answerFromForm(
    'match',
    form([
      ['match-l1', 'r2'],
      ['match-l2', ''],
      ['match-l3', ''],
    ]),
  )
  expect('kind' in answer && grade(item, answer)).toEqual({
    type: 'incomplete',
    missing: '还有2项没有配上，请把每一项都配好',
  })
})

test.each<Record<string, string>>([
  { l1: 'r2', l2: 'r3', l3: 'r9' },
  { l1: 'r2', l2: 'r3', l3: 'r1', l4: 'r1' },
])('the pairs %j, made for another revision, ask to reload', (pairs) => {
  expect(grade(item, { kind: 'match', pairs })).toMatchObject({ missing: '这道题刚刚修改过，请刷新页面再答' })
})

test('field names that every object knows are not mistaken for answers', () => {
  const odd = Item.parse({
    ...item,
    left: [
      { id: 'constructor', text: '一' },
      { id: 'valueof', text: '二' },
    ],
    key: { constructor: 'r2', valueof: 'r1' },
  })
  expect(grade(odd, { kind: 'match', pairs: {} })).toMatchObject({
    missing: '还有2项没有配上，请把每一项都配好',
  })
  const sent = form([
    ['match-__proto__', 'r1'],
    ['match-constructor', 'r2'],
  ])
  const answer = answerFromForm('match', sent)
  expect('kind' in answer ? grade(odd, answer) : answer).toMatchObject({ type: 'incomplete' })
})

test('one right side may serve two left sides', () => {
  const shared = Item.parse({ ...item, key: { l1: 'r2', l2: 'r2', l3: 'r1' } })
  expect(grade(shared, { kind: 'match', pairs: { l1: 'r2', l2: 'r2', l3: 'r1' } })).toMatchObject({
    earned: 3,
  })
})
