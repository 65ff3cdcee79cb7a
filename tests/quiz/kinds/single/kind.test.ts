import { expect, test } from 'vitest'
import { grade } from '#quiz/grade.ts'
import { answerFromForm } from '#quiz/kinds/registry.ts'
import { form } from '../../filled-form.ts'
import { samples } from '../../samples.ts'

const item = samples.single

test.each([
  ['b', 1],
  ['a', 0],
  ['d', 0],
])('choosing %s earns %i of 1', (choice, earned) => {
  expect(grade(item, { kind: 'single', choice })).toEqual({ type: 'graded', earned, possible: 1 })
})

test('who chose nothing is asked to choose', () => {
  expect(answerFromForm('single', form([]))).toEqual({ type: 'incomplete', missing: '还没有选，请选一项' })
})

test('who chose an option that is gone is asked to reload', () => {
  expect(grade(item, { kind: 'single', choice: 'z' })).toEqual({
    type: 'incomplete',
    missing: '这道题刚刚修改过，请刷新页面再答',
  })
})

test.each(['<script>alert(1)</script>', '__proto__', '../../etc/passwd', 'A', 'a'.repeat(99)])(
  'a made-up choice %s is never graded',
  (choice) => {
    expect(answerFromForm('single', form([['choice', choice]]))).toMatchObject({ type: 'incomplete' })
  },
)

test('a file in place of a choice counts as no choice', () => {
  const upload = new FormData()
  upload.set('choice', new File(['b'], 'b'))
  expect(answerFromForm('single', upload)).toMatchObject({ type: 'incomplete' })
})
