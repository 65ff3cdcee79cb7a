// Another state of the text, from a merge or another writer, put in place of what is shown: only what differs is
// replaced, so that the cursor stays in its words. It is not this writer's change, and not his to undo.
import type { Node } from '@tiptap/pm/model'
import type { EditorState, Transaction } from '@tiptap/pm/state'

/** The step from a state to a text; null if it is there already. */
export function changeTo(state: EditorState, text: Node): Transaction | null {
  const from = state.doc.content.findDiffStart(text.content)
  const end = state.doc.content.findDiffEnd(text.content)
  if (from === null || end === null) return null
  // Where the same letters stand twice, the two searches overlap.
  const overlap = Math.max(0, from - Math.min(end.a, end.b))
  const tr = asTheirs(state).replace(from, end.a + overlap, text.slice(from, end.b + overlap))
  if (tr.doc.eq(text)) return tr
  return asTheirs(state).replaceWith(0, state.doc.content.size, text.content)
}

const asTheirs = (state: EditorState) =>
  state.tr.setMeta('addToHistory', false).setMeta('preventUpdate', true)
