// The tree of a lesson as the parser makes it, and how to walk it without recursion.
import type { Nodes, Parents, Root, RootContent } from 'mdast'
import type {} from 'remark-mdx'

/** A component between paragraphs. */
export type ComponentNode = Extract<RootContent, { type: 'mdxJsxFlowElement' }>
/** A tag inside a sentence. */
export type InlineTagNode = Extract<RootContent, { type: 'mdxJsxTextElement' }>

/** A node on the way, with those above it, the root first. */
export type Step = { node: Nodes; above: readonly Parents[] }

/** All nodes in reading order. Needs no call stack, so that depth can be judged instead of overflowing. */
export function* walk(tree: Root): Generator<Step> {
  const waiting: Step[] = [{ node: tree, above: [] }]
  for (let step = waiting.pop(); step; step = waiting.pop()) {
    yield step
    const { node, above } = step
    if (!('children' in node)) continue
    const path = [...above, node]
    for (const child of [...node.children].reverse()) waiting.push({ node: child, above: path })
  }
}

/** Where a node begins. */
export function placeOf(node: { position?: Nodes['position'] }): { line: number; column: number } {
  return { line: node.position?.start.line ?? 1, column: node.position?.start.column ?? 1 }
}
