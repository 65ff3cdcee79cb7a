// What mammoth has read of a document before it writes anything: the shape that is built upon here.

export type Numbering = { isOrdered: boolean; level: string }

export type WordParagraph = {
  type: 'paragraph'
  children: WordNode[]
  styleId: string | null
  styleName: string | null
  numbering: Numbering | null
}

export type WordRun = {
  type: 'run'
  children: WordNode[]
  styleName: string | null
  isBold: boolean
  isItalic: boolean
  isStrikethrough: boolean
  verticalAlignment: 'baseline' | 'superscript' | 'subscript'
}

export type WordLink = { type: 'hyperlink'; children: WordNode[]; href?: string; anchor?: string }

export type WordImage = {
  type: 'image'
  altText?: string
  readAsBuffer: () => Promise<Buffer>
}

export type WordCell = { type: 'tableCell'; children: WordNode[]; colSpan: number; rowSpan: number }
export type WordRow = { type: 'tableRow'; children: WordNode[] }
export type WordTable = { type: 'table'; children: WordNode[] }

export type NoteReference = { type: 'noteReference'; noteType: string; noteId: string }

export type WordNode =
  | WordParagraph
  | WordRun
  | WordLink
  | WordImage
  | WordTable
  | WordRow
  | WordCell
  | NoteReference
  | { type: 'text'; value: string }
  | { type: 'tab' }
  | { type: 'break'; breakType: string }
  | { type: 'checkbox'; checked: boolean }
  | { type: 'commentReference'; commentId: string }
  | { type: 'bookmarkStart' }

export type WordComment = { commentId: string; body: WordNode[]; authorName?: string }

export type WordDocument = {
  children: WordNode[]
  notes: { resolve: (reference: NoteReference) => { body: WordNode[] } | null }
  comments: WordComment[]
}

/** All nodes within, at any depth. */
export function* within(nodes: readonly WordNode[]): Generator<WordNode> {
  for (const node of nodes) {
    yield node
    if ('children' in node) yield* within(node.children)
  }
}

/** The words within, in reading order. */
export const plainWords = (nodes: readonly WordNode[]): string =>
  [...within(nodes)].map((node) => (node.type === 'text' ? node.value : '')).join('')
