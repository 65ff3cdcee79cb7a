// The text of a lesson or story as a screen without a line can show it: each check becomes a place for it, and of films and
// attachments a sentence remains.
import type { Element, ElementContent, Root } from 'hast'

const sentence = (text: string): Element => ({
  type: 'element',
  tagName: 'p',
  properties: { className: ['note'] },
  children: [{ type: 'text', value: text }],
})

const stands: Record<string, (title: string, element: Element) => Element> = {
  'x-quiz': (_, { properties }) => ({
    type: 'element',
    tagName: 'div',
    properties: { dataItem: properties['item'] ?? '' },
    children: [],
  }),
  'x-video': (title) => sentence(`这里有一段视频《${title}》，请扫码到手机上看。`),
  'x-attachment': (title) => sentence(`这里有一份附件《${title}》，请扫码到手机上取。`),
}

/** The tree to be drawn; the one that is given stays as it is. */
export const bareTree = (tree: Root): Root => ({ ...tree, children: tree.children.map(bare) })

function bare<Node extends Root['children'][number] | ElementContent>(node: Node): Node {
  if (node.type !== 'element') return node
  const stand = Object.hasOwn(stands, node.tagName) ? stands[node.tagName] : undefined
  const title = String(node.properties['title'] ?? '').replace(/^《(.+)》$/, '$1')
  return (stand ? stand(title, node) : { ...node, children: node.children.map(bare) }) as Node
}

/** A quotation as it stands in a text. */
export type Quoted = { text: string; source: string; attribution: string }

/** All quotations of a tree, in order. */
export const quotationsIn = (tree: Root): Quoted[] => tree.children.flatMap(quotedIn)

function quotedIn(node: Root['children'][number]): Quoted[] {
  if (node.type !== 'element') return []
  if (node.tagName !== 'x-quote') return node.children.flatMap(quotedIn)
  const { work, attribution } = node.properties
  return [{ text: wordsOf(node), source: String(work), attribution: String(attribution) }]
}

const wordsOf = (node: ElementContent): string =>
  node.type === 'text' ? node.value : node.type === 'element' ? node.children.map(wordsOf).join('') : ''
