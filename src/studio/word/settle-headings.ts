// The title of a document and the levels of its headings: the topmost that is left becomes ##, the next ###, then ####.
import type { Heading, PhrasingContent, RootContent } from 'mdast'
import { settled, type Block, type WordHeading } from '#studio/word/blocks.ts'
import { besides, type Losses } from '#studio/word/losses.ts'

const isHeading = (block: Block): block is WordHeading => block.type === 'word-heading'

export function settleHeadings(
  all: readonly Block[],
  lost: Losses,
): { title: string | null; body: RootContent[] } {
  const title = titleIn(all)
  const body = title ? all.slice(1) : all
  if (title?.children.some((node) => !isWord(node)))
    lost.add('标题里的脚注', besides(textOf(title.children)), '课名里不能有脚注，请移到正文里。')
  // A title that stands alone nowhere is a heading of the first level.
  const levelIn = ({ level }: WordHeading) => Math.max(1, level)
  const levels = [...new Set(body.filter(isHeading).map(levelIn))].toSorted((one, other) => one - other)
  const settle = (block: Block): RootContent => {
    if (!isHeading(block)) return block
    const rank = levels.indexOf(levelIn(block))
    if (rank > 2)
      lost.add(
        '第四级以下的标题',
        besides(textOf(block.children)),
        '课文的标题最多三级（##、###、####），它成了第三级；也可以改成正文。',
      )
    return settled(block, Math.min(4, rank + 2) as Heading['depth'])
  }
  return { title: title ? textOf(title.children).trim() : null, body: body.map(settle) }
}

/** The heading at the top, if there is no other of its kind. */
function titleIn(all: readonly Block[]): WordHeading | null {
  const [first] = all
  if (!first || !isHeading(first) || first.level > 1) return null
  const alike = all.filter((block) => isHeading(block) && block.level === first.level)
  return alike.length === 1 && textOf(first.children).trim() !== '' ? first : null
}

const isWord = (node: PhrasingContent): boolean =>
  'children' in node ? node.children.every(isWord) : node.type !== 'footnoteReference'

export const textOf = (nodes: readonly PhrasingContent[]): string =>
  nodes
    .map((node) => ('children' in node ? textOf(node.children) : 'value' in node ? node.value : ''))
    .join('')
