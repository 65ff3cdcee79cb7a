import { expect, test } from 'vitest'
import { grade } from '#quiz/grade.ts'
import { answerFromForm } from '#quiz/kinds/registry.ts'
import { form } from '../../filled-form.ts'
import { samples } from '../../samples.ts'

const item = samples.order
const missing = (count: number) => ({
  type: 'incomplete',
  missing: `还有${count}步没有排好，请给每一步排好位置`,
})

// c, d, a, b is right.
test.each([
  ['cdab', 3],
  ['bcda', 2], // a chain in the wrong place still counts
  ['abcd', 2],
  ['cdba', 1],
  ['dcab', 1],
  ['badc', 0],
])('the order %s earns %i of 3', (order, earned) => {
  expect(grade(item, { kind: 'order', order: [...order] })).toEqual({ type: 'graded', earned, possible: 3 })
})

test('who left steps unplaced is told how many', () => {
  const answer = answerFromForm(
    'order',
    form([
      ['place-c', '1'],
      ['place-d', '2'],
      ['place-a', ''],
      ['place-b', ''],
    ]),
  )
  expect('kind' in answer && grade(item, answer)).toEqual(missing(2))
  expect(grade(item, { kind: 'order', order: [] })).toEqual(missing(4))
  expect(grade(item, { kind: 'order', order: ['c', 'c', 'd', 'a'] })).toEqual(missing(1))
})

test('who gave two steps one place is told which', () => {
  const sent = form([
    ['place-c', '1'],
    ['place-d', '2'],
    ['place-a', '2'],
    ['place-b', '4'],
  ])
  expect(answerFromForm('order', sent)).toEqual({
    type: 'incomplete',
    missing: '有两步都排在了第2位，请改一改',
  })
})

test('places are read as numbers, in whatever order the fields come', () => {
  const sent = form([
    ['place-b', '10'],
    ['place-a', '9'],
    ['place-d', '2'],
    ['place-c', '1'],
  ])
  expect(answerFromForm('order', sent)).toEqual({ kind: 'order', order: ['c', 'd', 'a', 'b'] })
})

test.each(['0', '-1', '1.5', '1e3', '第1位', '  ', '999'])('the place “%s” counts as not placed', (place) => {
  expect(answerFromForm('order', form([['place-a', place]]))).toEqual({ kind: 'order', order: [] })
})

test.each([[['c', 'd', 'a', 'z']], [['c', 'd', 'a', 'b', 'a']]])('the order %j asks to reload', (order) => {
  expect(grade(item, { kind: 'order', order })).toEqual({
    type: 'incomplete',
    missing: '这道题刚刚修改过，请刷新页面再答',
  })
})
