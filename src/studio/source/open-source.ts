// Opens the editor of a source in an element, and keeps it and the page in step without disturbing who is writing.
import { lintGutter, nextDiagnostic, setDiagnostics } from '@codemirror/lint'
import { diff } from '@codemirror/merge'
import { Compartment, EditorState, Transaction } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { rootIn } from '#studio/source/look.ts'
import { diagnosticsOf, rangeOf, type Mark } from '#studio/source/marks.ts'
import { reading, writing } from '#studio/source/writing.ts'

export type SourceEditor = {
  /** Shows another text: only what differs is changed, so that caret, place and undo stay. */
  show: (source: string) => void
  mark: (marks: readonly Mark[]) => void
  lock: (readonly: boolean) => void
  /** Puts the caret on a mark. */
  goTo: (mark: Mark) => void
  destroy: () => void
}

/** As parse.ts reads it: places count in this. CodeMirror itself knows one kind of line end only. */
const normalised = (source: string) => source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')

/** @param changed told of every text that was written, not of unfinished letters of an input method */
export function openSource(
  host: HTMLElement,
  source: string,
  changed: (source: string) => void,
): SourceEditor {
  const root = rootIn(host)
  const locked = new Compartment()
  /** The text that the page knows. */
  let known = normalised(source)
  /** What the page wanted to show while somebody was in the middle of a word. */
  let waiting: string | null = null

  function settle() {
    if (view.composing) return
    const text = view.state.doc.toString()
    if (text !== known) {
      // What was written is newer than what was to be shown.
      waiting = null
      known = text
      changed(text)
    } else if (waiting !== null) {
      const next = waiting
      waiting = null
      show(next)
    }
  }

  function show(next: string) {
    const text = normalised(next)
    if (text === known) return
    if (view.composing) return void (waiting = text)
    known = text
    const changes = diff(view.state.doc.toString(), text, { scanLimit: 500 }).map(
      ({ fromA, toA, fromB, toB }) => ({ from: fromA, to: toA, insert: text.slice(fromB, toB) }),
    )
    view.dispatch({ changes, annotations: Transaction.addToHistory.of(false) })
  }

  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: known,
      extensions: [
        lintGutter(),
        writing('课文的源文'),
        keymap.of([{ key: 'F8', run: nextDiagnostic }]),
        locked.of([]),
        EditorView.theme({ '&': { maxHeight: '70vh' } }),
        EditorView.updateListener.of(({ docChanged }) => void (docChanged && settle())),
        EditorView.domEventHandlers({ compositionend: () => void setTimeout(settle) }),
      ],
    }),
  })

  return {
    show,
    mark: (marks) => view.dispatch(setDiagnostics(view.state, diagnosticsOf(view.state.doc, marks))),
    lock: (readonly) => view.dispatch({ effects: locked.reconfigure(readonly ? reading : []) }),
    goTo: (mark) => {
      const { from } = rangeOf(view.state.doc, mark)
      view.dispatch({
        selection: { anchor: from },
        effects: EditorView.scrollIntoView(from, { y: 'center' }),
      })
      view.focus()
    },
    destroy: () => {
      const text = view.state.doc.toString()
      if (text !== known) changed(text)
      view.destroy()
    },
  }
}
