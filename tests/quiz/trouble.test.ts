import { expect, test } from 'vitest'
import { networkTrouble, trouble } from '#quiz/trouble.ts'

test('a refusal is shown in its own words', () => {
  expect(trouble({ status: 401, message: '请先登录再答题' })).toBe('请先登录再答题')
})

test('a fault of ours never shows the machine’s words', () => {
  expect(trouble({ status: 500, message: 'Cannot read properties of undefined' })).toBe(
    '没有存上，原因在我们这边。答案还在这里，请再按一次',
  )
})

test('a broken line says that the answer is safe and what to do', () => {
  expect(networkTrouble).toBe('网络断了，答案还在这里，请再按一次')
})
