// The blocks of a document in its order: headings with the levels of Word, paragraphs, lists, quotes, tables.
import type { Blockquote, Heading, PhrasingContent, RootContent } from 'mdast'
import { levelOf, type HeadingLevels } from '#studio/word/heading-levels.ts'
import { countOf, takeNumber } from '#studio/word/list-number.ts'
import { nestLists, type ListEntry } from '#studio/word/lists.ts'
import { besides, excerpt } from '#studio/word/losses.ts'
import { runsOf, sentence, sentences, type Gathered } from '#studio/word/sentence.ts'
import { plainWords, type WordNode, type WordParagraph } from '#studio/word/word-model.ts'
import { tableBlocks } from '#studio/word/word-tables.ts'

/** A heading before it is settled which level it gets. */
export type WordHeading = { type: 'word-heading'; level: number; children: PhrasingContent[] }
export type Block = RootContent | WordHeading

type Piece = Block | ListEntry
type Way = Gathered & {
  levels: HeadingLevels
  /** Whether headings may stand here: not in notes, cells and frames. */
  inside: boolean
}

/** More letters are no heading, whatever the style says. */
const longestHeading = 120

export function blocks(nodes: readonly WordNode[], way: Way): Block[] {
  return joinQuotes(nestLists(nodes.flatMap((node) => pieces(node, way))))
}

function pieces(node: WordNode, way: Way): Piece[] {
  if (node.type === 'table') {
    const unfold = (nodes: readonly WordNode[]) =>
      blocks(nodes, { ...way, inside: true }).filter((block) => block.type !== 'word-heading')
    return tableBlocks(node, way, unfold)
  }
  if (node.type !== 'paragraph') return paragraphs([node], way)
  const { number, rest } = takeNumber(node.children)
  if (/^(?:toc|目录)\s*\d/i.test(node.styleName ?? '')) {
    way.lost.add('目录', '目录所在处', '不必补：平台按小节标题自动列出目录。')
    return []
  }
  const level = levelOf(way.levels, node)
  if (level !== null && !way.inside) {
    const heading = headingOf(rest, number, level, way)
    if (heading) return heading
  }
  return listed(node, number, rest, way) ?? quoted(node, withNumber(number, rest), way)
}

/** A counted number as the first words of a paragraph. */
function withNumber(number: string, nodes: WordNode[]): WordNode[] {
  if (number === '') return nodes
  const gap = /[、．）：]$/u.test(number) ? '' : ' '
  return [{ type: 'text', value: `${number}${gap}` }, ...nodes]
}

/** A heading, and behind it the pictures that stood in it; null if it is too long for one. */
function headingOf(nodes: WordNode[], number: string, level: number, way: Way): Block[] | null {
  const text = plainWords(nodes)
  if (text.length > longestHeading) {
    way.lost.add('太长的标题', besides(text), `标题在${longestHeading}个字以内；这一段作为正文留下了。`)
    return null
  }
  const runs = runsOf(text.trim() === '' ? nodes : withNumber(number, nodes), way)
  const pictures = runs.filter(({ leaf }) => leaf.type === 'image')
  // Bold in a heading is how it looks.
  const words = runs
    .filter(({ leaf }) => leaf.type !== 'image')
    .map(({ leaf, marks }) => ({ leaf, marks: marks.filter(({ type }) => type !== 'strong') }))
  const children = sentence(words)
  const heading: Block[] = children.length > 0 ? [{ type: 'word-heading', level, children }] : []
  return [...heading, ...pictures.map(({ leaf }): Block => ({ type: 'paragraph', children: [leaf] }))]
}

function listed(node: WordParagraph, number: string, rest: WordNode[], way: Way): ListEntry[] | null {
  if (!node.numbering) return null
  const ordered = node.numbering.isOrdered
  const start = number === '' ? null : countOf(number)
  // Without a number of its own, or with one whose wording is cited, it is a paragraph.
  if (ordered && start === null) return null
  const children = paragraphs(rest, way)
  const level = Math.min(8, Number(node.numbering.level) || 0)
  return children.length === 0 ? [] : [{ type: 'entry', level, ordered, start: start ?? 1, children }]
}

const quoteNames = /^(?:intense quote|quote|block text|引用|明显引用|引文)$/i

function quoted(node: WordParagraph, nodes: WordNode[], way: Way): RootContent[] {
  const children = paragraphs(nodes, way)
  if (children.length === 0) return []
  if (quoteNames.test(node.styleName ?? '')) return [{ type: 'blockquote', children }]
  suggest(node, way)
  return children
}

const paragraphs = (nodes: readonly WordNode[], way: Way) =>
  sentences(runsOf(nodes, way)).map((children) => ({ type: 'paragraph' as const, children }))

/** What looks like a heading and has no style of one is told, never made one: only its writer knows. */
function suggest({ children }: WordParagraph, { lost, inside }: Way) {
  const text = plainWords(children).trim()
  if (inside || text === '' || text.length > 30 || /[。；，！？：,.;:!?]$/u.test(text)) return
  const isBold = children.every(
    (node) => plainWords([node]).trim() === '' || (node.type === 'run' && node.isBold),
  )
  if (!isBold && !/^(?:第[一二三四五六七八九十\d]+[章节部]|[一二三四五六七八九十]+、)/u.test(text)) return
  lost.add(
    '像标题的段落',
    besides(text),
    '如果它是小节标题，请在编辑器里选中它，设为“小节标题”；不是就不用动。',
    `“${excerpt(text)}”像标题，但没有用标题样式`,
  )
}

/** Quotes one after the other are one. */
function joinQuotes(all: readonly Block[]): Block[] {
  const joined: Block[] = []
  for (const block of all) {
    const last = joined.at(-1)
    if (block.type === 'blockquote' && last?.type === 'blockquote')
      joined[joined.length - 1] = { ...last, children: [...last.children, ...block.children] } as Blockquote
    else joined.push(block)
  }
  return joined
}

/** A heading whose level is settled. */
export const settled = (heading: WordHeading, depth: Heading['depth']): Heading => ({
  type: 'heading',
  depth,
  children: heading.children,
})
