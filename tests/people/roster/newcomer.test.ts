import { expect, test } from 'vitest'
import { checkName, checkNumber, Newcomer } from '#people/roster/newcomer.ts'

test.each(['QX0001', 'abc', '12345678901234567890', '001', '110101', '530102199001011234'])(
  'a staff number of letters and digits is accepted: %s',
  (number) => expect(checkNumber(number)).toBeNull(),
)

test.each([
  ['11010519491231002X', '这像是身份证号。本平台不收身份证号，请换成单位编的工号。'],
  ['11010519491231002x', '这像是身份证号。本平台不收身份证号，请换成单位编的工号。'],
  ['440524188001010014', '这像是身份证号。本平台不收身份证号，请换成单位编的工号。'],
  ['110105491231002', '这像是身份证号。本平台不收身份证号，请换成单位编的工号。'],
  ['13800138000', '这像是手机号。本平台不收手机号，请换成单位编的工号。'],
  ['8613800138000', '这像是手机号。本平台不收手机号，请换成单位编的工号。'],
  ['', '写上工号。'],
  ['ab', '工号要3到20位。'],
  ['123456789012345678901', '工号要3到20位。'],
  ['QX-001', '工号只用字母和数字，不带空格和符号。'],
  ['工号001', '工号只用字母和数字，不带空格和符号。'],
  ['1.23E+05', '工号只用字母和数字，不带空格和符号。'],
])('a number that will not do says why: %s', (number, why) => expect(checkNumber(number)).toBe(why))

test.each(['张三', '阿依古丽·买买提', '欧阳修', '=1+1', '𠮷野'])('a name is accepted: %s', (name) =>
  expect(checkName(name)).toBeNull(),
)

test.each([
  ['', '写上姓名。'],
  ['张', '姓名要2到20个字。'],
  ['长'.repeat(21), '姓名要2到20个字。'],
  ['张\n三', '姓名里有换行或看不见的控制字符，请删去。'],
])('a name that will not do says why: %j', (name, why) => expect(checkName(name)).toBe(why))

test('full-width digits of an input method become plain ones, and outer space goes', () => {
  const typed = {
    number: ' ＱＸ００１ ',
    name: ' 张三 ',
    unitId: 'u',
    post: 'p',
    fromOn: '2026-03-01',
    main: true,
  }
  expect(Newcomer.parse(typed)).toMatchObject({ number: 'QX001', name: '张三' })
})

test('an empty form names every field in Chinese', () => {
  const empty = { number: null, name: null, unitId: null, post: null, fromOn: null, main: false }
  const issues = Newcomer.safeParse(empty).error?.issues.map((issue) => [issue.path[0], issue.message])
  expect(issues).toEqual([
    ['number', '写上工号。'],
    ['name', '写上姓名。'],
    ['unitId', '选一个单位。'],
    ['post', '选一个职务。'],
    ['fromOn', '写上日期。'],
  ])
})
