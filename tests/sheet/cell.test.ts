import fc from 'fast-check'
import { expect, test } from 'vitest'
import { guardCell, plainCell, tidyText } from '#sheet/cell.ts'
import { naughty } from '../archive/naughty.ts'

test.each(['=1+1', '+86', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', "'=1", "''@x"])(
  '%j opens as text in a spreadsheet',
  (cell) => {
    expect(guardCell(cell)).toBe(`'${cell}`)
  },
)

test.each(['8', '张三', "'单引号", '2026-03-01', '', "it's"])('%j stays as it is', (cell) => {
  expect(guardCell(cell)).toBe(cell)
})

test('what was made harmless comes back as it was', () => {
  for (const text of naughty.map(tidyText)) expect(plainCell(guardCell(text))).toBe(text)
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', '=', "'", "'=", '@', '＋'),
      (text, start) => {
        const tidy = tidyText(start + text)
        expect(plainCell(guardCell(tidy))).toBe(tidy)
      },
    ),
  )
})

test('no cell that leaves begins with what a spreadsheet computes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(guardCell(text)).not.toMatch(/^[=+\-@\t\r]/)
    }),
  )
})

test('text is tidied once and for all', () => {
  expect(tidyText('  张\u0000三\r\n\uD800 ')).toBe('张 三 \uFFFD')
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => tidyText(tidyText(text)) === tidyText(text)))
})
