// The places on which two people disagree while they are being settled: none is lost from sight, none is settled by chance.
import { history, redo, undo } from '@codemirror/commands'
import { EditorState, type TransactionSpec } from '@codemirror/state'
import { expect, test } from 'vitest'
import { mergeThree } from '#studio/difference/merge-three.ts'
import { beginMerge, chosen, conflictPlaces, placesField } from '#studio/source/conflicts.ts'

const merged = mergeThree('一\n二\n三\n四\n五\n', '一\n二我\n三\n五\n', '一\n二他\n三\n四他\n五\n')
const pieces = merged.type === 'conflict' ? merged.pieces : []
const conflicts = pieces.filter((piece) => piece.type === 'conflict')

/** An editor without a page. */
function desk() {
  const { text, places } = beginMerge(pieces)
  let state = EditorState.create({ doc: text, extensions: [history(), conflictPlaces(places)] })
  const target = {
    get state() {
      return state
    },
    dispatch: (tr: { state: EditorState }) => void (state = tr.state),
  }
  return {
    target,
    choose: (index: number, choice: 'mine' | 'theirs' | 'both') => {
      const conflict = conflicts[index]
      if (!conflict) throw new Error(`There is no place ${index}.`)
      state = state.update(chosen(state, index, conflict, choice)).state
    },
    write: (spec: TransactionSpec) => void (state = state.update(spec).state),
    text: () => state.doc.toString(),
    choices: () => state.field(placesField).map(({ choice }) => choice),
    words: () => state.field(placesField).map(({ from, to }) => state.sliceDoc(from, to)),
  }
}

test('at first one’s own words stand at each place, and nothing is settled', () => {
  const { text, choices, words } = desk()
  expect(text()).toBe('一\n二我\n三\n五\n')
  expect(words()).toEqual(['二我\n', ''])
  expect(choices()).toEqual([null, null])
})

test('a choice puts those words there, and may be changed', () => {
  const { choose, text, choices, words } = desk()
  choose(0, 'theirs')
  choose(1, 'theirs')
  expect(text()).toBe('一\n二他\n三\n四他\n五\n')
  choose(0, 'both')
  choose(1, 'mine')
  expect(text()).toBe('一\n二我\n二他\n三\n五\n')
  expect(words()).toEqual(['二我\n二他\n', ''])
  expect(choices()).toEqual(['both', 'mine'])
})

test('undoing a choice opens the place again, redoing settles it', () => {
  const { target, choose, text, choices } = desk()
  choose(0, 'theirs')
  choose(1, 'theirs')
  undo(target as never)
  expect([text(), choices()]).toEqual(['一\n二他\n三\n五\n', ['theirs', null]])
  undo(target as never)
  expect([text(), choices()]).toEqual(['一\n二我\n三\n五\n', [null, null]])
  redo(target as never)
  redo(target as never)
  expect([text(), choices()]).toEqual(['一\n二他\n三\n四他\n五\n', ['theirs', 'theirs']])
})

test('writing in a place settles it by hand; writing before it or in the next line does not', () => {
  const { write, text, choices, words } = desk()
  write({ changes: { from: 0, insert: '头' } })
  write({ changes: { from: text().indexOf('三'), insert: '又' } })
  expect(choices()).toEqual([null, null])
  expect(words()[0]).toBe('二我\n')
  write({ changes: { from: text().indexOf('我'), insert: '和' } })
  expect(choices()).toEqual(['by-hand', null])
  expect(words()[0]).toBe('二和我\n')
})

test('a place that was wiped out with all around it can still be settled', () => {
  const { write, choose, text, choices } = desk()
  write({ changes: { from: 0, to: text().length } })
  choose(0, 'theirs')
  expect(text()).toBe('二他\n')
  expect(choices()[0]).toBe('theirs')
})
