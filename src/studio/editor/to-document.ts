// From the tree of a lesson to what the editor holds. Only for a tree that the check lets pass: whatever else stands in
// it belongs to the source view.
import type { Nodes, PhrasingContent, Root, Table } from 'mdast'
import { componentShape } from '#course/components.ts'
import { spread, type Mark as TreeMark } from '#course/marks.ts'
import { markNames, type EditorDocument, type EditorNode, type Mark } from '#studio/editor/document.ts'

/** @throws Error for a node that the check refuses. */
export function toDocument(tree: Root): EditorDocument {
  const head = tree.children[0]
  const frontmatter = head?.type === 'yaml' ? head.value : null
  const body = head?.type === 'yaml' ? tree.children.slice(1) : tree.children
  return { frontmatter, doc: { type: 'doc', content: room(body) } }
}

/** Blocks to be written in. Where nothing stands yet there is an empty paragraph, or no cursor could get there. */
function room(nodes: readonly Nodes[]): EditorNode[] {
  return nodes.length === 0 ? [{ type: 'paragraph' }] : nodes.map(block)
}

function block(node: Nodes): EditorNode {
  switch (node.type) {
    case 'paragraph':
      return { type: 'paragraph', content: inline(node.children) }
    case 'heading':
      return { type: 'heading', attrs: { level: node.depth }, content: inline(node.children) }
    case 'blockquote':
      return { type: 'blockquote', content: room(node.children) }
    case 'list': {
      const { ordered, start = null, spread = false } = node
      const content = node.children.map(block)
      return ordered
        ? { type: 'orderedList', attrs: { start: start ?? 1, spread }, content }
        : { type: 'bulletList', attrs: { spread }, content }
    }
    case 'listItem': {
      const { checked = null, spread = false } = node
      return { type: 'listItem', attrs: { checked, spread }, content: room(node.children) }
    }
    case 'code': {
      const { lang = null, meta = null, value } = node
      return { type: 'codeBlock', attrs: { language: lang, meta }, content: textOf(value) }
    }
    case 'thematicBreak':
      return { type: 'horizontalRule' }
    case 'table':
      return table(node)
    case 'definition': {
      const { identifier, label = null, url, title = null } = node
      return { type: 'definition', attrs: { identifier, label, url, title } }
    }
    case 'footnoteDefinition': {
      const { identifier, label = null } = node
      return { type: 'footnoteDefinition', attrs: { identifier, label }, content: room(node.children) }
    }
    case 'mdxJsxFlowElement':
      return {
        type: 'component',
        attrs: { name: node.name, props: node.attributes.map(prop) },
        content: componentShape(node.name)?.children === 'nothing' ? [] : room(node.children),
      }
    default:
      throw unknown(node)
  }
}

/** Cells hold a paragraph each, as the editor's tables do. */
function table({ align, children: rows }: Table): EditorNode {
  const cell = (row: number, column: number, children: PhrasingContent[]): EditorNode => ({
    type: row === 0 ? 'tableHeader' : 'tableCell',
    attrs: { align: align?.[column] ?? null },
    content: [{ type: 'paragraph', content: inline(children) }],
  })
  return {
    type: 'table',
    content: rows.map(({ children: cells }, row) => ({
      type: 'tableRow',
      content: cells.map(({ children }, column) => cell(row, column, children)),
    })),
  }
}

function prop(attribute: { type: string; name?: string; value?: unknown }): [string, string | null] {
  const { type, name, value = null } = attribute
  const literal = value === null || typeof value === 'string'
  if (type !== 'mdxJsxAttribute' || typeof name !== 'string' || !literal) throw unknown({ type })
  return [name, value]
}

function inline(nodes: readonly PhrasingContent[]): EditorNode[] {
  return spread(nodes).flatMap(({ leaf, marks }) => {
    const held = marks.map(markOf)
    return words(leaf).map((node) => {
      const all = [...held, ...(node.marks ?? [])]
      return all.length > 0 ? { ...node, marks: all } : node
    })
  })
}

function markOf(mark: TreeMark): Mark {
  if (mark.type === 'link') return { type: 'link', attrs: { href: mark.url, title: mark.title ?? null } }
  if (mark.type !== 'linkReference') return { type: markNames[mark.type] }
  const { identifier, label = null, referenceType } = mark
  return { type: 'linkReference', attrs: { identifier, label, referenceType } }
}

function words(leaf: PhrasingContent): EditorNode[] {
  switch (leaf.type) {
    case 'text':
      return lines(leaf.value)
    case 'inlineCode':
      return textOf(leaf.value).map((text) => ({ ...text, marks: [{ type: 'code' }] }))
    case 'break':
      return [{ type: 'hardBreak' }]
    case 'image': {
      const { url, alt = null, title = null } = leaf
      return [{ type: 'image', attrs: { src: url, alt, title } }]
    }
    case 'footnoteReference': {
      const { identifier, label = null } = leaf
      return [{ type: 'footnoteReference', attrs: { identifier, label } }]
    }
    default:
      throw unknown(leaf)
  }
}

/** A line end within a paragraph is a node of its own: in text an editor would make a space of it. */
function lines(value: string): EditorNode[] {
  return value
    .split(/(\n)/)
    .filter((part) => part !== '')
    .map((part) => (part === '\n' ? { type: 'softBreak' } : { type: 'text', text: part }))
}

const textOf = (value: string): EditorNode[] => (value === '' ? [] : [{ type: 'text', text: value }])

const unknown = ({ type }: { type: string }) => new Error(`The editor has no place for ${type}.`)
