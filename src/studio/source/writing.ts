// What every editor of a source has: lines that wrap, undo, lists that go on. Tab is left to the page, so that whoever has
// no mouse gets out again; the caret is the browser's own, so that input methods find their place.
import { defaultKeymap, history, historyKeymap, redo } from '@codemirror/commands'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view'
import { look } from '#studio/source/look.ts'
import { sourceLanguage } from '#studio/source/source-language.ts'

const phrases = EditorState.phrases.of({
  'Control character': '控制字符',
  'Selection deleted': '已删去选中的文字',
  '$ unchanged lines': '中间$行没有改动，点一下展开',
  'No diagnostics': '没有要改的',
})

/** @param label what it is called to who cannot see it */
export const writing = (label: string): Extension => [
  lineNumbers(),
  highlightActiveLineGutter(),
  history(),
  // Redo by Ctrl-Shift-Z on Windows too, as people know it from their word processor.
  keymap.of([{ key: 'Mod-Shift-z', run: redo }, ...defaultKeymap, ...historyKeymap]),
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0', spellcheck: 'false', lang: 'zh-CN' }),
  sourceLanguage,
  phrases,
  look,
]

/** Nothing can be written, but everything read, selected and reached by key. */
export const reading: Extension = [EditorState.readOnly.of(true), EditorView.editable.of(false)]
