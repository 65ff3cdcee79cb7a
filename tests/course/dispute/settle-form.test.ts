import fc from 'fast-check'
import { expect, test } from 'vitest'
import { grantedSeconds, offeredMinutes, SettleForm } from '#course/dispute/settle-form.ts'

test('what the form offers is taken, and gives back exactly what was refused', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 86_400 }), (refused) => {
      expect(grantedSeconds(String(offeredMinutes(refused)), refused)).toBe(refused)
      expect(grantedSeconds('', refused)).toBe(refused)
      expect(grantedSeconds(null, refused)).toBe(refused)
    }),
  )
})

test('a part is given back to the second', () => {
  expect(grantedSeconds('1', 95)).toBe(60)
  expect(grantedSeconds('1.5', 95)).toBe(90)
})

test.each(['1.7', '95', '1e308', 'Infinity', 'NaN', '-1', '0', '两分钟', '1,5'])(
  '%s minutes of 95 seconds are refused with what is possible',
  (minutes) => {
    expect(() => grantedSeconds(minutes, 95)).toThrow(
      expect.objectContaining({ field: 'minutes', hint: '最多1分35秒，全部补回就不用改。' }),
    )
  },
)

test('an answer needs an outcome and words', () => {
  const wrong = (sent: object) =>
    SettleForm.safeParse({ dispute: 'd', outcome: 'upheld', answer: '好。', ...sent }).error?.issues.map(
      ({ path, message }) => [path[0], message],
    )
  expect(wrong({})).toBeUndefined()
  expect(wrong({ outcome: undefined })).toEqual([['outcome', '选“成立”或“不成立”。']])
  expect(wrong({ outcome: 'both' })).toEqual([['outcome', '选“成立”或“不成立”。']])
  expect(wrong({ answer: ' \n' })).toEqual([['answer', '写几句答复，本人会看到。']])
  expect(wrong({ answer: null })).toEqual([['answer', '写几句答复，本人会看到。']])
  expect(wrong({ answer: '字'.repeat(1001) })).toEqual([['answer', '写得太长了，请写在一千字以内。']])
  expect(wrong({ answer: 'a\0b' })).toEqual([['answer', '里面有看不见的字符，请删去后再提交。']])
})
