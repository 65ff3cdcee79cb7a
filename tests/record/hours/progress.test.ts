import { expect, test } from 'vitest'
import { isFinished, missing, sayMissing } from '#record/hours/progress.ts'

const asked = { sections: ['s1', 's2', 's3'], items: ['itm-1', 'itm-2'], seconds: 540 }
const nothing = { sections: [], passed: [], seconds: 0 }
const all = { sections: ['s1', 's2', 's3'], passed: ['itm-1', 'itm-2'], seconds: 540 }

test.each([
  [nothing, '还有3节没看到，还有2道检查题没答对，有效学习还差9分钟。'],
  [{ ...all, sections: ['s1', 's3'] }, '还有1节没看到。'],
  [{ ...all, passed: ['itm-2'] }, '还有1道检查题没答对。'],
  [{ ...all, seconds: 539.5 }, '有效学习还差1分钟。'],
  [{ ...all, seconds: 61 }, '有效学习还差8分钟。'],
  [{ ...all, passed: [], seconds: 0 }, '还有2道检查题没答对，有效学习还差9分钟。'],
])('%j: %s', (done, text) => {
  const still = missing(done, asked)
  expect(isFinished(still)).toBe(false)
  expect(sayMissing(still)).toBe(text)
})

test('all that is asked for, or more, is enough', () => {
  for (const done of [
    all,
    { sections: [...all.sections, 's9'], passed: [...all.passed, 'itm-old'], seconds: 9999 },
  ]) {
    const still = missing(done, asked)
    expect(isFinished(still)).toBe(true)
    expect(sayMissing(still)).toBe('都完成了。')
  }
})

test('a lesson without sections and checks is finished by time alone', () => {
  expect(isFinished(missing({ ...nothing, seconds: 60 }, { sections: [], items: [], seconds: 60 }))).toBe(
    true,
  )
})
