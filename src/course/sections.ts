// The parts of a lesson by its `## ` headings, and the text that readers read.
import type { Nodes, Root, RootContent } from 'mdast'
import { literalProps } from '#course/check-component.ts'
import { componentShape } from '#course/components.ts'
import { joinLines } from '#course/join-lines.ts'
import type { List } from '#course/list.ts'
import { walk } from '#course/tree.ts'
import type { ComponentNode } from '#course/tree.ts'

/** One part of a lesson. */
export type Section = {
  /** `s1`, `s2` … in order; also the id of its heading on the page. */
  id: string
  title: string
  /** Everything that is read in it, the heading too; a line for each block. */
  text: string
}

/** The lesson's sections. What stands before the first heading is the lead and belongs to none. */
export function sectionsOf(tree: Root): Section[] {
  const sections: { id: string; title: string; nodes: RootContent[] }[] = []
  for (const node of tree.children) {
    if (node.type === 'heading' && node.depth === 2) {
      sections.push({ id: `s${sections.length + 1}`, title: wordsOf(node), nodes: [] })
    }
    sections.at(-1)?.nodes.push(node)
  }
  return sections.map(({ nodes, ...section }) => ({ ...section, text: textOf(nodes) }))
}

/** What stands before the first heading, as a section with the id `lead`; nothing if there is none. */
export function leadOf(tree: Root): Section[] {
  const first = tree.children.findIndex((node) => node.type === 'heading' && node.depth === 2)
  const text = textOf(first < 0 ? tree.children : tree.children.slice(0, first))
  return text === '' ? [] : [{ id: 'lead', title: '', text }]
}

/** The entries of a list, each a section under its own id. */
export function entrySections(list: List): Section[] {
  return list.entries.map(({ id, title, area, steps, risk, basis }) => {
    const told = steps.map(
      ({ text, who, limit }) => `${text}（${[who, limit].filter(Boolean).join('，')}）。`,
    )
    return { id, title, text: [title, area, ...told, risk ?? '', basis].filter(Boolean).join('\n') }
  })
}

/** All that is read in a lesson, the lead too. */
export function plainText(tree: Root): string {
  return textOf(tree.children)
}

/** True if the words stand in the text letter by letter; line ends and spaces are not letters. */
export function quotes(text: string, passage: string): boolean {
  const letters = (words: string) => words.replace(/\s+/g, '')
  return letters(passage) !== '' && letters(text).includes(letters(passage))
}

/** Ids of the items that `<Quiz>` shows, in order, with the component. */
export function quizzesOf(tree: Root): { item: string; node: ComponentNode }[] {
  return componentsOf(tree)
    .filter((node) => node.name === 'Quiz')
    .map((node) => ({ item: literalProps(node).item ?? '', node }))
}

/** Seconds of all recordings. */
export function mediaSeconds(tree: Root): number {
  return componentsOf(tree)
    .map((node) => Number(literalProps(node).seconds ?? 0))
    .reduce((sum, seconds) => sum + seconds, 0)
}

/** All components, in order. */
export function componentsOf(tree: Root): ComponentNode[] {
  return [...walk(tree)].map(({ node }) => node).filter((node) => node.type === 'mdxJsxFlowElement')
}

const blocks: ReadonlySet<string> = new Set(['paragraph', 'heading', 'code', 'tableCell'])

function textOf(nodes: RootContent[]): string {
  const lines: string[] = []
  for (const { node } of walk({ type: 'root', children: nodes })) {
    if (blocks.has(node.type)) lines.push(wordsOf(node))
    if (node.type === 'mdxJsxFlowElement') lines.push(...readProps(node))
  }
  return lines.filter((line) => line !== '').join('\n')
}

function readProps(node: ComponentNode): string[] {
  const props = literalProps(node)
  return (componentShape(node.name)?.read ?? []).map((name) => props[name] ?? '')
}

/** The words of one block without its markup. */
function wordsOf(block: Nodes): string {
  if ('value' in block) return block.value
  const words = [...walk({ type: 'root', children: [block as RootContent] })].map(({ node }) => {
    if (node.type === 'text') return joinLines(node.value)
    if (node.type === 'inlineCode') return node.value
    return node.type === 'break' ? '\n' : ''
  })
  return words.join('').trim()
}
