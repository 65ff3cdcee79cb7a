import { expect, test } from 'vitest'
import { tidyNumber } from '#people/number.ts'

test('a number is the same however an input method writes it', () => {
  expect(tidyNumber(' Ａ００1 ')).toBe('a001')
  expect(tidyNumber('A 001')).toBe('a001')
  expect(tidyNumber('工号-7')).toBe('工号-7')
})
