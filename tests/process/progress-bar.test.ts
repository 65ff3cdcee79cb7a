import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawBar, percentOf } from '#process/progress-bar.ts'

test('a bar shows how far it is, and is full only when all is done', () => {
  expect(drawBar(0, 3, '备份', 60)).toBe(`备份 ${'░'.repeat(30)}   0%`)
  expect(drawBar(2, 3, '备份', 60)).toBe(`备份 ${'█'.repeat(19)}${'░'.repeat(11)}  66%`)
  expect(drawBar(2_999, 3_000, '备份', 60)).toContain('░  99%')
  expect(drawBar(3, 3, '备份', 60)).toBe(`备份 ${'█'.repeat(30)} 100%`)
})

test('where there is nothing to do all is done', () => {
  expect(percentOf(0, 0)).toBe(100)
})

test('it never reaches the edge of the terminal, where it could not be drawn over', () => {
  const columns = (text: string) => [...text].reduce((sum, one) => sum + (one > '\u2e7f' ? 2 : 1), 0)
  fc.assert(
    fc.property(fc.nat(500), fc.nat(500), fc.integer({ min: 1, max: 200 }), (done, all, width) => {
      expect(columns(drawBar(done, all, '推算12人的学时和能力', width))).toBeLessThan(width + 1)
    }),
  )
})
