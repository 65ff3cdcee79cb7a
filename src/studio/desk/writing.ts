// What the desk holds of a draft between two saves, and what it sends.
import type { Opened, Saved } from '#studio/draft/save.server.ts'
import type { EditorNode } from '#studio/editor/document.ts'
import { withFields, withMeta } from '#studio/draft/frontmatter.ts'

/** The text as the page has it: in the editor, or as source. */
export type Text =
  { type: 'document'; frontmatter: string | null; doc: EditorNode } | { type: 'source'; source: string }

/** All that a later page needs to go on with what this one wrote. */
export type Written = {
  text: Text
  items: string | null
  /** The state from which it was written, for a merge. */
  base: { source: string; items: string | null }
  /** The published revision that has been merged in. */
  mergedIn?: string | undefined
}

type State = Pick<Opened, 'source' | 'document' | 'itemsSource'>

/** What the server has, as something to write on: in the editor if it can be opened there. */
export function writtenFrom({ source, document, itemsSource }: State): Written {
  const text: Text = document ? { type: 'document', ...document } : { type: 'source', source }
  return { text, items: itemsSource, base: { source, items: itemsSource } }
}

/** The same as source. */
export const asSource = ({ source, itemsSource }: State): Written => ({
  text: { type: 'source', source },
  items: itemsSource,
  base: { source, items: itemsSource },
})

/** The text with some fields of its frontmatter changed. */
export function withHead(text: Text, fields: Record<string, unknown>): Text {
  if (text.type === 'source') return { ...text, source: withMeta(text.source, fields) }
  return { ...text, frontmatter: withFields(text.frontmatter ?? '', fields) }
}

/** True if the server's state is what was sent: an earlier request arrived, and its reply was lost. */
export const hasArrived = (said: Saved, sent: Written) =>
  said.type === 'stale' && said.source === said.mine && said.itemsSource === sent.items

const wordsOf = (node: EditorNode): string =>
  node.text ?? (node.content ?? []).map(wordsOf).join(node.type === 'paragraph' ? '' : '\n')

/** The sentences of a text in reading order, for who reads them aloud. */
export function sentencesOf(text: Text): string[] {
  const words = text.type === 'document' ? wordsOf(text.doc) : text.source.replace(/^---[\s\S]*?\n---\n/, '')
  return words
    .split(/(?<=[。！？!?]["”’」』）)]*)|\n+/u)
    .map((sentence) => sentence.trim())
    .filter(Boolean)
}
