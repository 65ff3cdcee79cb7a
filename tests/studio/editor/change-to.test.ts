// While somebody writes, what another one saved comes in: the text is theirs, the cursor stays where it was.
import { getSchema } from '@tiptap/core'
import { EditorState, TextSelection } from '@tiptap/pm/state'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseTree } from '#course/parse.ts'
import { changeTo } from '#studio/editor/change-to.ts'
import { extensions } from '#studio/editor/schema.ts'
import { toDocument } from '#studio/editor/to-document.ts'
import { lessonOf, randomBlocks } from './random-tree.ts'

const schema = getSchema(extensions())

function textOf(source: string) {
  const parsed = parseTree(source, 'x')
  if ('problem' in parsed) throw new Error(parsed.problem.message)
  return schema.nodeFromJSON(toDocument(parsed.tree).doc)
}

const stateOf = (source: string) => EditorState.create({ doc: textOf(source) })

test.each([
  ['before the cursor', '新的一段\n\n甲乙\n\n丙丁\n', 12],
  ['after the cursor', '甲乙\n\n丙丁\n\n- 新的\n', 6],
  ['in the same paragraph', '甲乙\n\n又丙丁\n', 7],
])('what changed %s leaves the cursor in its words', (_, source, cursor) => {
  const state = stateOf('甲乙\n\n丙丁\n')
  const there = state.apply(state.tr.setSelection(TextSelection.create(state.doc, 6)))
  const change = changeTo(there, textOf(source))
  expect(change?.doc.eq(textOf(source))).toBe(true)
  expect(change?.selection.from).toBe(cursor)
  expect(change?.doc.textBetween(cursor - 1, cursor + 1)).toBe('丙丁')
})

test('what is there already is not written again', () =>
  expect(changeTo(stateOf('甲\n'), textOf('甲\n'))).toBeNull())

test('any text becomes any other', () => {
  fc.assert(
    fc.property(randomBlocks, randomBlocks, (one, other) => {
      const [from, to] = [lessonOf(one), lessonOf(other)]
      if (from === null || to === null) return
      const state = stateOf(from)
      const change = changeTo(state, textOf(to))
      expect((change?.doc ?? state.doc).eq(textOf(to))).toBe(true)
    }),
    { numRuns: 100 },
  )
})
