// What the checks found stands where they found it.
import { Text } from '@codemirror/state'
import { expect, test } from 'vitest'
import { diagnosticsOf, type Mark } from '#studio/source/marks.ts'

const doc = Text.of(['# 题目', '', '有𠀀字的一行。'])
const found = { severity: 'refused', message: '错了。', mend: '改好它。' } as const
const underlined = (mark: Omit<Mark, 'severity' | 'message' | 'mend'>) => {
  const [one] = diagnosticsOf(doc, [{ ...found, ...mark }])
  return one && doc.sliceString(one.from, one.to)
}

test('lines count from 1 and columns in UTF-16 units, the end is exclusive', () => {
  expect(underlined({ line: 1, column: 3, endLine: 1, endColumn: 5 })).toBe('题目')
  expect(underlined({ line: 3, column: 4, endLine: 3, endColumn: 5 })).toBe('字')
  expect(underlined({ line: 1, column: 3, endLine: 3, endColumn: 2 })).toBe('题目\n\n有')
})

test('without an end the rest of the line is underlined', () => {
  expect(underlined({ line: 3, column: 4 })).toBe('字的一行。')
})

test('a place that is gone since is moved to the nearest, never thrown', () => {
  expect(underlined({ line: 9, column: 99 })).toBe('')
  expect(underlined({ line: 0, column: 0, endLine: 0, endColumn: 0 })).toBe('')
  expect(underlined({ line: 3, column: 5, endLine: 1, endColumn: 1 })).toBe('')
})

test('message and mend are said together, what blocks is told from advice, in reading order', () => {
  const advice: Mark = { ...found, severity: 'advice', line: 1, column: 1 }
  expect(diagnosticsOf(doc, [{ ...found, line: 3, column: 1 }, advice])).toMatchObject([
    { severity: 'info', message: '错了。改好它。' },
    { severity: 'error', from: 6 },
  ])
})
