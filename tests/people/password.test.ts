import { expect, test } from 'vitest'
import { passwordProblem, pinProblem } from '#people/password.ts'

test.each(['qingfengxulai', '清风徐来水波不兴', 'w8&Kx2!pQz', 'hefeng songxiangqi', '0193847562x'])(
  '%s is a good password',
  (password) => {
    expect(passwordProblem(password, 'A0280416')).toBeNull()
  },
)

test.each([
  ['abc123', '密码太短，至少要8个字符。可以用一句话的拼音。'],
  ['清风徐来', '密码太短，至少要8个字符。可以用一句话的拼音。'],
  ['x'.repeat(129), '密码太长，请不要超过128个字符。'],
  ['a0280416', '密码里不要写自己的账号，别人最先试的就是它。请换一个。'],
  ['Ａ0280416!!', '密码里不要写自己的账号，别人最先试的就是它。请换一个。'],
  ['12345678', '这个密码太常见，容易被猜中。请换一个。'],
  ['23456789', '这个密码太常见，容易被猜中。请换一个。'],
  ['98765432', '这个密码太常见，容易被猜中。请换一个。'],
  ['88888888', '这个密码太常见，容易被猜中。请换一个。'],
  ['PassWord1', '这个密码太常见，容易被猜中。请换一个。'],
])('%s is not', (password, said) => {
  expect(passwordProblem(password, 'A0280416')).toBe(said)
})

test('a short number may happen to stand in a password', () => {
  expect(passwordProblem('qingfeng001', '001')).toBeNull()
})

test.each(['280417', '937164', '102938'])('%s is a good PIN', (pin) =>
  expect(pinProblem(pin, 'A0280416')).toBeNull(),
)

test.each([
  ['12345', 'PIN是六位数字，请再填一次。'],
  ['abcdef', 'PIN是六位数字，请再填一次。'],
  ['000000', '这个PIN太容易猜中。请不要用重复或连着的数字。'],
  ['123456', '这个PIN太容易猜中。请不要用重复或连着的数字。'],
  ['654321', '这个PIN太容易猜中。请不要用重复或连着的数字。'],
  ['121212', '这个PIN太容易猜中。请不要用重复或连着的数字。'],
  ['123123', '这个PIN太容易猜中。请不要用重复或连着的数字。'],
  ['280416', 'PIN不要用账号的末六位。请换一个。'],
])('%s is not', (pin, said) => expect(pinProblem(pin, 'A0280416')).toBe(said))
