// How the source editor looks: by the tokens of the house, which reach into its shadow root. It stands in one because the
// page's policy refuses style elements; in a shadow root the editor adopts its style sheet instead.
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** Where an editor may be mounted: a shadow root of its own inside the element. */
export const rootIn = (host: HTMLElement): ShadowRoot =>
  host.shadowRoot ?? host.attachShadow({ mode: 'open' })

const changed = (color: string) => ({
  background: 'none',
  textDecoration: `underline 2px ${color}`,
  textUnderlineOffset: '0.2em',
})

const theme = EditorView.theme({
  '&': {
    border: '1px solid var(--edge)',
    borderRadius: 'var(--corner)',
    background: 'var(--paper)',
    color: 'var(--ink)',
    fontSize: 'var(--t-body)',
    lineHeight: 'var(--lh-text)',
  },
  '&.cm-focused': { outline: '3px solid var(--ink)', outlineOffset: '3px' },
  '.cm-scroller': { fontFamily: 'var(--sans)', lineHeight: 'inherit', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--ink)', padding: 'var(--s-2) 0' },
  '.cm-line': { padding: '0 var(--s-3)' },
  '.cm-gutters': {
    background: 'var(--wall)',
    color: 'var(--ink-3)',
    borderInlineEnd: '1px solid var(--rule)',
    fontSize: 'var(--t-note)',
  },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '2em', paddingInline: '0 var(--s-1)' },
  '.cm-activeLine': { background: 'none' },
  '.cm-activeLineGutter': { background: 'none', color: 'var(--ink)', fontWeight: '600' },
  // What is wrong is a full dot and a wave, advice a ring and dots: shape tells them apart, not colour alone.
  '.cm-lintRange': { backgroundImage: 'none', textUnderlineOffset: '0.25em' },
  '.cm-lintRange-error': { textDecoration: 'underline wavy 2px var(--ochre)' },
  '.cm-lintRange-info': { textDecoration: 'underline dotted 2px var(--ink-3)' },
  '.cm-lintRange-active': { backgroundColor: 'var(--ochre-wash)' },
  '.cm-lintPoint:after': { borderBottomColor: 'var(--ochre)' },
  '.cm-gutter-lint': { width: '1.1em' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0 0.15em' },
  '.cm-lint-marker': {
    content: 'normal',
    width: '0.7em',
    height: '0.7em',
    margin: '0.5em auto 0',
    border: '2px solid var(--ochre)',
    borderRadius: '50%',
  },
  '.cm-lint-marker-error': { background: 'var(--ochre)' },
  '.cm-lint-marker-info': { borderColor: 'var(--ink-3)' },
  '.cm-tooltip': {
    maxWidth: 'min(32em, 90vw)',
    border: '1px solid var(--edge)',
    borderRadius: 'var(--corner)',
    background: 'var(--paper)',
    color: 'var(--ink)',
    font: '400 var(--t-note) / var(--lh-note) var(--sans)',
  },
  '.cm-diagnostic': { padding: 'var(--s-2) var(--s-3)', borderLeft: '4px solid var(--ochre)' },
  '.cm-diagnostic-info': { borderLeftColor: 'var(--edge)' },
  // Two texts compared.
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk': { backgroundColor: 'var(--wall)' },
  '&.cm-merge-b .cm-changedLine, .cm-inlineChangedLine': { backgroundColor: 'transparent' },
  '&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText': changed('var(--ink-3)'),
  '&.cm-merge-b .cm-changedText': changed('var(--celadon-mid)'),
  '.cm-deletedChunk': { color: 'var(--ink-2)', paddingInline: 'var(--s-3)' },
  '&.cm-merge-a .cm-changedLineGutter, .cm-deletedLineGutter': { background: 'var(--edge)' },
  '&.cm-merge-b .cm-changedLineGutter, .cm-inlineChangedLineGutter': { background: 'var(--celadon-mid)' },
  '.cm-collapsedLines': {
    padding: 'var(--s-1) var(--s-3)',
    background: 'var(--wall)',
    color: 'var(--ink-2)',
    fontSize: 'var(--t-note)',
  },
  '.conflict-name': {
    padding: '0 var(--s-3)',
    borderTop: '1px solid var(--ochre)',
    color: 'var(--ochre)',
    fontSize: 'var(--t-note)',
    fontWeight: '600',
  },
  '.settled': { borderColor: 'var(--rule)', color: 'var(--ink-2)', fontWeight: '400' },
})

/** CodeMirror writes “light” and “dark” rules of its own, stronger than a plain class; these are said as strongly. */
const overriding = EditorView.theme({
  '&.cm-editor.cm-merge-a .cm-changedText, &.cm-editor .cm-deletedChunk .cm-deletedText':
    changed('var(--ink-3)'),
  '&.cm-editor.cm-merge-b .cm-changedText': changed('var(--celadon-mid)'),
  '&.cm-editor .cm-line.conflict': { backgroundColor: 'var(--ochre-wash)' },
  '& .cm-collapsedLines:before, & .cm-collapsedLines:after': { content: '""', margin: '0' },
  '&.cm-editor .cm-collapsedLines': { background: 'var(--wall)', color: 'var(--ink-2)' },
  '&.cm-editor .cm-selectionBackground': { background: 'var(--heat-3)' },
})

const marked = HighlightStyle.define([
  { tag: tags.heading, fontWeight: '600' },
  { tag: tags.strong, fontWeight: '600' },
  { tag: tags.strikethrough, textDecoration: 'line-through' },
  { tag: [tags.meta, tags.processingInstruction, tags.contentSeparator], color: 'var(--ink-3)' },
  { tag: [tags.link, tags.url, tags.monospace, tags.attributeName], color: 'var(--ink-2)' },
  { tag: tags.angleBracket, color: 'var(--ink-3)' },
  { tag: tags.tagName, color: 'var(--celadon)' },
])

export const look = [theme, overriding, syntaxHighlighting(marked)]
