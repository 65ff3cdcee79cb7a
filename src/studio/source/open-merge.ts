// Opens the two texts that are to become one: theirs beside the result, or where there is no room for two, the result with
// theirs shown in it.
import { MergeView, unifiedMergeView } from '@codemirror/merge'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { chosen, conflictPlaces, placesField, type Conflict, type Place } from '#studio/source/conflicts.ts'
import { rootIn } from '#studio/source/look.ts'
import { reading, writing } from '#studio/source/writing.ts'

/** The result as it stands. */
export type Result = { text: string; places: readonly Place[] }

export type MergeEditor = {
  choose: (index: number, conflict: Conflict, choice: 'mine' | 'theirs' | 'both') => void
  /** Puts the caret on a place. */
  goTo: (index: number) => void
  destroy: () => void
}

const compared = {
  collapseUnchanged: { margin: 2, minSize: 6 },
  diffConfig: { scanLimit: 500, timeout: 500 },
}
const height = { maxHeight: '70vh' }

/** @param beside two columns. @param changed told of every change of the result */
export function openMerge(
  host: HTMLElement,
  { text, places }: Result,
  theirs: string,
  beside: boolean,
  changed: (result: Result) => void,
): MergeEditor {
  const root = rootIn(host)
  const result = [
    writing('合好的稿子'),
    conflictPlaces(places),
    EditorView.updateListener.of(({ docChanged, state, startState }) => {
      const now = state.field(placesField)
      if (docChanged || now !== startState.field(placesField))
        changed({ text: state.doc.toString(), places: now })
    }),
  ]
  const { view, destroy } = beside
    ? twoColumns(root, text, result, theirs)
    : oneColumn(root, text, result, theirs)
  return {
    choose: (index, conflict, choice) => view.dispatch(chosen(view.state, index, conflict, choice)),
    goTo: (index) => {
      const { from = 0 } = view.state.field(placesField)[index] ?? {}
      view.dispatch({
        selection: { anchor: from },
        effects: EditorView.scrollIntoView(from, { y: 'center' }),
      })
      view.focus()
    },
    destroy,
  }
}

function twoColumns(root: ShadowRoot, doc: string, extensions: Extension, theirs: string) {
  const merge = new MergeView({
    ...{ root, parent: root, ...compared },
    a: { doc: theirs, extensions: [writing('对方的稿子'), reading] },
    b: { doc, extensions },
  })
  merge.dom.tabIndex = -1
  Object.assign(merge.dom.style, { ...height, borderBottom: '1px solid var(--edge)' })
  return { view: merge.b, destroy: () => merge.destroy() }
}

function oneColumn(root: ShadowRoot, doc: string, extensions: Extension, theirs: string) {
  const unified = unifiedMergeView({ original: theirs, mergeControls: false, ...compared })
  const view = new EditorView({
    ...{ root, parent: root },
    state: EditorState.create({ doc, extensions: [extensions, unified, EditorView.theme({ '&': height })] }),
  })
  return { view, destroy: () => view.destroy() }
}
