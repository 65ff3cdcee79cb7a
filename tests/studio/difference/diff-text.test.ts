// Two states of a text side by side: nothing is lost, and what is marked is what was changed.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changedRuns } from '#studio/difference/changed-runs.ts'
import { diffText, diffWords, extentOf, type Line } from '#studio/difference/diff-text.ts'

const words = (line: Line, without: 'added' | 'removed') =>
  line.type === 'changed'
    ? line.words
        .filter(({ type }) => type !== without)
        .map(({ text }) => text)
        .join('')
    : line.text
const beforeOf = (lines: Line[]) =>
  lines.filter(({ type }) => type !== 'added').map((line) => words(line, 'added'))
const afterOf = (lines: Line[]) =>
  lines.filter(({ type }) => type !== 'removed').map((line) => words(line, 'removed'))

const line = fc.constantFrom(
  '',
  '甲',
  '甲乙丙丁',
  '甲乙丙戊',
  '村里办事，门关着。',
  '村里办事，天黑了，门关着。',
  '𠀀字',
)
const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'))

test('both states can be read off the comparison, whatever was changed', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = diffText(before, after)
      expect(beforeOf(lines).join('\n')).toBe(before)
      expect(afterOf(lines).join('\n')).toBe(after)
    }),
  )
})

test('line numbers are those of the two texts', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const [a, b] = [before.split('\n'), after.split('\n')]
      for (const one of diffText(before, after)) {
        if ('before' in one) expect(words(one, 'added')).toBe(a[one.before - 1])
        if ('after' in one) expect(words(one, 'removed')).toBe(b[one.after - 1])
      }
    }),
  )
})

test('a text is the same as itself', () => {
  fc.assert(fc.property(text, (same) => diffText(same, same).every(({ type }) => type === 'same')))
})

test('what lies between two changes is equal on both sides', () => {
  const pieces = fc.array(fc.constantFrom('a', 'b', 'c', '', '\ud800'), { maxLength: 20 })
  fc.assert(
    fc.property(pieces, pieces, (a, b) => {
      let [atA, atB] = [0, 0]
      for (const { fromA, toA, fromB, toB } of changedRuns(a, b)) {
        expect(a.slice(atA, fromA)).toEqual(b.slice(atB, fromB))
        ;[atA, atB] = [toA, toB]
      }
      expect(a.slice(atA)).toEqual(b.slice(atB))
    }),
  )
})

test('one changed word in a paragraph is marked, the paragraph is not called new', () => {
  expect(diffText('一\n评完再退，已经晚了。\n三', '一\n评完再还，已经晚了。\n三')).toEqual([
    { type: 'same', before: 1, after: 1, text: '一' },
    {
      ...{ type: 'changed', before: 2, after: 2 },
      words: [
        { type: 'same', text: '评完再' },
        { type: 'removed', text: '退' },
        { type: 'added', text: '还' },
        { type: 'same', text: '，已经晚了。' },
      ],
    },
    { type: 'same', before: 3, after: 3, text: '三' },
  ])
})

test('a paragraph put in before a changed one does not hide which one was changed', () => {
  const lines = diffText('村里办事，门关着。', '先说一段别的话题。\n\n村里办事，天黑了，门关着。')
  expect(lines.map(({ type }) => type)).toEqual(['added', 'added', 'changed'])
})

test('Chinese is compared by words, not by whole sentences', () => {
  expect(diffWords('低保评议的前一晚', '低保评议的当天早上').filter(({ type }) => type === 'same')).toEqual([
    { type: 'same', text: '低保评议的' },
  ])
})

test('places and letters are counted as a reader would', () => {
  expect(extentOf(diffText('甲乙丙丁戊己\n同\n旧的一行', '甲乙丙丁戊己庚\n同'))).toEqual({
    ...{ places: 2, added: 1, removed: 4 },
  })
})

test('the largest source has every second line told apart, not one great change', () => {
  const lines = (mark: string) => Array.from({ length: 3000 }, (_, i) => `第${i}段${i % 2 ? mark : ''}。`)
  const found = diffText(lines('').join('\n\n'), lines('改').join('\n\n'))
  expect(found.filter(({ type }) => type === 'same')).toHaveLength(1500 + 2999)
})

test('texts beyond any source are compared in one piece instead of for minutes', () => {
  const many = (word: string) => Array.from({ length: 70_000 }, (_, i) => `${word}${i}`)
  expect(changedRuns(many('甲'), many('乙'))).toEqual([{ fromA: 0, toA: 70_000, fromB: 0, toB: 70_000 }])
})
