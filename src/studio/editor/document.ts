// What the editor holds: a ProseMirror document in JSON, with the node and mark names of TipTap's extensions where it
// has one. Everything that a lesson may hold has its place here, so that nothing is lost by opening and saving.

/** A mark on text: bold, italic, strike, code, link, linkReference. */
export type Mark = { type: string; attrs?: Record<string, unknown> }

/** A node: text has `text`, everything else may have `content`. */
export type EditorNode = {
  type: string
  attrs?: Record<string, unknown>
  content?: EditorNode[]
  text?: string
  marks?: Mark[]
}

/** A lesson in the editor; the frontmatter is a form of its own and stays as it is. */
export type EditorDocument = { frontmatter: string | null; doc: EditorNode }

/** TipTap's name of a mark by that of the tree; links carry attributes and are apart. */
export const markNames = { strong: 'bold', emphasis: 'italic', delete: 'strike' } as const
