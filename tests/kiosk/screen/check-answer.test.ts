import { expect, test } from 'vitest'
import { byTouch, oneTouch, outcomeOf } from '#kiosk/screen/check-answer.ts'
import { itemsIn } from '../../e2e/study.ts'
import { item } from './sample.ts'

const form = (...fields: [string, string][]) => {
  const made = new FormData()
  for (const [name, value] of fields) made.append(name, value)
  return made
}

test('one touch answers, is graded on the screen, and says what was answered', () => {
  const outcome = outcomeOf(item('itm-1'), form(['choice', 'true']))
  expect(outcome).toEqual({
    is: 'graded',
    answer: { kind: 'true-false', choice: true },
    right: true,
    said: '对',
    explained: [],
  })
  expect(outcomeOf(item('itm-1'), form(['choice', 'false']))).toMatchObject({ is: 'graded', right: false })
})

test('an answer that is not there yet is asked for', () => {
  expect(outcomeOf(item('itm-1'), form())).toMatchObject({ is: 'missing' })
})

test('what needs a keyboard is not asked at a screen', () => {
  const kinds = itemsIn('01-jiafeng-jiaxun', '01-sizhi')
  for (const one of kinds)
    expect(byTouch(one)).toBe(!['fill-in', 'short-answer', 'procedure'].includes(one.kind))
  expect(oneTouch(item('itm-1'))).toBe(true)
})
