import { expect, test } from 'vitest'
import { wrongIn } from '#people/wrong.ts'

test('what is missing is said beside its field', () => {
  expect(
    wrongIn({ message: 'invalid', fields: { number: ['请填写账号。', 'x'], other: undefined } }),
  ).toEqual({
    fields: { number: '请填写账号。', other: '' },
    whole: '',
  })
})

test('what the feature says stands at the field it belongs to, or above the form', () => {
  expect(wrongIn({ message: '账号或密码不对。' }, 'password')).toEqual({
    fields: { password: '账号或密码不对。' },
    whole: '',
  })
  expect(wrongIn({ message: '太多次。' })).toEqual({ fields: {}, whole: '太多次。' })
  expect(wrongIn(undefined)).toEqual({ fields: {}, whole: '' })
})
