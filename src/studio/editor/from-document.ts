// From what the editor holds back to the tree of a lesson. The tree is judged afterwards like any other source; nothing
// that stands in an editor's JSON is trusted.
import type { PhrasingContent, Root, RootContent } from 'mdast'
import { z } from 'astro/zod'
import { gather, type Mark as TreeMark } from '#course/marks.ts'
import { markNames, type EditorDocument, type EditorNode, type Mark } from '#studio/editor/document.ts'

/** @throws Error for a node that no lesson holds. */
export function fromDocument({ frontmatter, doc }: EditorDocument): Root {
  const head: RootContent[] = frontmatter === null ? [] : [{ type: 'yaml', value: frontmatter }]
  return { type: 'root', children: [...head, ...blocks(doc)] }
}

type Mdast = { type: string; children?: unknown; [field: string]: unknown }

/** Children fit because the editor's own schema says what may stand in what; the check has the last word. */
const as = <Node>(node: Mdast) => node as unknown as Node

/** Empty paragraphs are where a writer could have written; Markdown has none. */
const blocks = ({ content = [] }: EditorNode): RootContent[] =>
  content.filter((node) => !isEmpty(node)).map((node) => as<RootContent>(block(node)))

const isEmpty = ({ type, content = [] }: EditorNode) => type === 'paragraph' && !content.some(isWord)

function block(node: EditorNode): Mdast {
  const attrs = node.attrs ?? {}
  switch (node.type) {
    case 'paragraph':
      return { type: 'paragraph', children: inline(node.content) }
    case 'heading':
      return { type: 'heading', depth: attrs['level'], children: inline(node.content) }
    case 'blockquote':
      return { type: 'blockquote', children: blocks(node) }
    case 'bulletList':
      return { type: 'list', ordered: false, start: null, spread: attrs['spread'], children: blocks(node) }
    case 'orderedList': {
      const { start, spread } = attrs
      return { type: 'list', ordered: true, start, spread, children: blocks(node) }
    }
    case 'listItem': {
      const { checked, spread } = attrs
      return { type: 'listItem', checked, spread, children: blocks(node) }
    }
    case 'codeBlock': {
      const { language, meta } = attrs
      return { type: 'code', lang: language, meta, value: plain(node) }
    }
    case 'horizontalRule':
      return { type: 'thematicBreak' }
    case 'table':
      return table(node)
    case 'definition':
      return { type: 'definition', ...attrs }
    case 'footnoteDefinition':
      return { type: 'footnoteDefinition', ...attrs, children: blocks(node) }
    case 'component':
      return component(node)
    default:
      throw unknown(node)
  }
}

function table({ content: rows = [] }: EditorNode): Mdast {
  const align = (rows[0]?.content ?? []).map(({ attrs }) => attrs?.['align'] ?? null)
  const cell = ({ content = [] }: EditorNode) => ({
    type: 'tableCell',
    children: inline(content.flatMap(({ content: words = [] }) => words)),
  })
  const children = rows.map(({ content = [] }) => ({ type: 'tableRow', children: content.map(cell) }))
  return { type: 'table', align, children }
}

const Props = z.array(z.tuple([z.string(), z.string().nullable()]))

function component(node: EditorNode): Mdast {
  const attributes = Props.parse(node.attrs?.['props'] ?? []).map(([name, value]) => ({
    type: 'mdxJsxAttribute',
    name,
    value,
  }))
  return { type: 'mdxJsxFlowElement', name: node.attrs?.['name'], attributes, children: blocks(node) }
}

function inline(nodes: readonly EditorNode[] = []): PhrasingContent[] {
  const isCode = ({ type }: Mark) => type === 'code'
  return gather(
    settleBreaks(nodes).map((node) => {
      const marks = node.marks ?? []
      return {
        leaf: marks.some(isCode) ? { type: 'inlineCode', value: node.text ?? '' } : leaf(node),
        marks: marks.filter((mark) => !isCode(mark)).map(markOf),
      }
    }),
  )
}

/** No line end is the last of a paragraph, or of bold words: there Markdown would read a backslash. Links may end so. */
function settleBreaks(nodes: readonly EditorNode[]): EditorNode[] {
  const last = nodes.findLastIndex(isWord)
  return nodes.slice(0, last + 1).map((node, at, all) => {
    if (isWord(node) || !node.marks) return node
    const next = all.slice(at).find(isWord)
    const marks = node.marks.filter((mark) => holds(next, mark))
    return { ...node, marks }
  })
}

const isLink = ({ type }: Mark) => type === 'link' || type === 'linkReference'

const isWord = ({ type, marks = [] }: EditorNode) => type !== 'hardBreak' || marks.some(isLink)

const holds = (node: EditorNode | undefined, mark: Mark) =>
  node?.marks?.some((other) => JSON.stringify(other) === JSON.stringify(mark)) ?? false

function markOf({ type, attrs = {} }: Mark): TreeMark {
  if (type === 'link') return as<TreeMark>({ type, url: attrs['href'], title: attrs['title'] })
  if (type === 'linkReference') return as<TreeMark>({ type, ...attrs })
  const found = (Object.keys(markNames) as (keyof typeof markNames)[]).find(
    (name) => markNames[name] === type,
  )
  if (!found) throw unknown({ type })
  return { type: found }
}

function leaf(node: EditorNode): PhrasingContent {
  const { src, alt, title, ...attrs } = node.attrs ?? {}
  switch (node.type) {
    case 'text':
      return { type: 'text', value: node.text ?? '' }
    case 'softBreak':
      return { type: 'text', value: '\n' }
    case 'hardBreak':
      return { type: 'break' }
    case 'image':
      return as({ type: 'image', url: src, alt, title })
    case 'footnoteReference':
      return as({ type: 'footnoteReference', ...attrs })
    default:
      throw unknown(node)
  }
}

const plain = ({ content = [] }: EditorNode): string => content.map(({ text = '' }) => text).join('')

const unknown = ({ type }: EditorNode) => new Error(`No lesson holds ${type}.`)
