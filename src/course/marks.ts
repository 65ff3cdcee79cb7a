// Words and the marks around them: spread out as the editor holds them, and gathered to a tree again. A lesson is read
// through both, so that there is one tree for one look: bold within bold is bold once, two bold words side by side are
// one, and of two marks around the same words always the same one is outside.
import type { Nodes, PhrasingContent, Root } from 'mdast'

type MarkNode = Extract<
  PhrasingContent,
  { type: 'link' | 'linkReference' | 'strong' | 'emphasis' | 'delete' }
>

type Bare<Node> = Node extends unknown ? Omit<Node, 'children'> : never

/** A mark without the words that it stands around. */
export type Mark = Bare<MarkNode>

/** One leaf of a sentence under its marks, in no order: the order is `gather`'s. */
export type Run = { leaf: PhrasingContent; marks: readonly Mark[] }

/** The outer first, when two stand around the same words. */
const order: readonly string[] = ['link', 'linkReference', 'strong', 'emphasis', 'delete']

/** Leaves of a sentence in reading order. */
export function spread(nodes: readonly PhrasingContent[], marks: readonly Mark[] = []): Run[] {
  return nodes.flatMap((node): Run[] => {
    if (!isMark(node)) return [{ leaf: tidied(node), marks }]
    const { children, ...mark } = node
    // Nothing stands in it, but the check must see it.
    if (children.length === 0) return [{ leaf: node, marks }]
    const around = marks.some(({ type }) => type === node.type)
    return spread(children, around ? marks : [...marks, mark as Mark])
  })
}

/** A sentence of leaves: marks that many neighbours share stand outside those that few have. */
export function gather(runs: readonly Run[]): PhrasingContent[] {
  const children: PhrasingContent[] = []
  for (let at = 0; at < runs.length;) {
    const run = runs[at] as Run
    const outer = outermost(runs, at)
    if (outer) {
      const inner = runs.slice(at, at + outer.length).map((each) => without(each, outer.mark))
      children.push({ ...outer.mark, children: gather(inner) } as PhrasingContent)
    } else add(children, run.leaf)
    at += outer?.length ?? 1
  }
  return children
}

/** All sentences of a tree in their one form. */
export function tidyMarks(tree: Root): Root {
  return tidied(tree)
}

function tidied<Node extends Nodes>(node: Node): Node {
  if (!('children' in node)) return node
  const isSentence = ['paragraph', 'heading', 'tableCell', 'mdxJsxTextElement'].includes(node.type)
  const children = isSentence
    ? gather(spread(node.children as PhrasingContent[]))
    : (node.children as Nodes[]).map(tidied)
  return { ...node, children }
}

const isMark = (node: PhrasingContent): node is MarkNode => order.includes(node.type)

function outermost(runs: readonly Run[], at: number): { mark: Mark; length: number } | null {
  let longest: { mark: Mark; length: number } | null = null
  for (const type of order) {
    const mark = runs[at]?.marks.find((each) => each.type === type)
    if (!mark) continue
    const end = runs.findIndex(({ marks }, place) => place > at && !marks.some((each) => isSame(each, mark)))
    const length = (end < 0 ? runs.length : end) - at
    if (length > (longest?.length ?? 0)) longest = { mark, length }
  }
  return longest
}

/** The same mark, wherever it stands. */
function isSame(one: Mark, other: Mark): boolean {
  const said = ({ position: _, ...mark }: Mark) => JSON.stringify(mark, Object.keys(mark).toSorted())
  return one === other || (one.type === other.type && said(one) === said(other))
}

const without = ({ leaf, marks }: Run, mark: Mark): Run => ({
  leaf,
  marks: marks.filter((each) => !isSame(each, mark)),
})

function add(children: PhrasingContent[], leaf: PhrasingContent) {
  const last = children.at(-1)
  if (last?.type !== 'text' || leaf.type !== 'text') return void children.push(leaf)
  children[children.length - 1] = { ...last, value: last.value + leaf.value }
}
