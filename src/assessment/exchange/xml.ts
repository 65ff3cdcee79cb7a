// XML as a tree, within caps: depth, elements. Names without their prefix. What declares anything never gets here
// (src/sheet/xml-text.ts), and is refused once more.
import { SaxesParser } from 'saxes'
import { UnreadableFile } from '#sheet/limits.ts'

/** An element. */
export type Xml = {
  name: string
  prefix: string
  /** Address of its namespace; empty if it has none. */
  uri: string
  /** By name without prefix. */
  attributes: Record<string, string>
  children: Xml[]
  /** Elements and words in their order. */
  content: (Xml | string)[]
  /** Where it ends in the text. */
  end: number
}

const most = { depth: 64, elements: 400_000 }

const broken = () =>
  new UnreadableFile('文件里的XML坏了，读不下去。', '请在原来的软件里重新保存一次，再上传。')

/** @throws UnreadableFile if it is no XML, too deep or too large. */
export function parseXml(text: string): Xml {
  const parser = new SaxesParser({ xmlns: true })
  const open: Xml[] = []
  let root: Xml | null = null
  let elements = 0
  const fail = (): never => {
    throw broken()
  }
  parser.on('error', ({ message }) => {
    if (!/undefined entity/.test(message)) fail()
    throw new UnreadableFile(
      '文件里有XML不认识的符号，如&nbsp;。',
      '把&nbsp;都改成&#160;，或在原来的软件里重新导出，再上传。',
    )
  })
  parser.on('doctype', fail)
  parser.on('opentag', ({ local, prefix, uri, attributes }) => {
    if (open.length >= most.depth || ++elements > most.elements)
      throw new UnreadableFile('文件里的XML太深或太大，没有读。', '请分成几份，一份一份上传。')
    const pairs = Object.values(attributes).map((one) => [one.local, one.value] as const)
    const node: Xml = {
      ...{
        name: local,
        prefix,
        uri,
        attributes: Object.fromEntries(pairs),
        children: [],
        content: [],
        end: 0,
      },
    }
    const parent = open.at(-1)
    parent?.children.push(node)
    parent?.content.push(node)
    root ??= node
    open.push(node)
  })
  parser.on('closetag', () => {
    const node = open.pop()
    if (node) node.end = parser.position
  })
  const words = (text: string) => void open.at(-1)?.content.push(text)
  parser.on('text', words)
  parser.on('cdata', words)
  parser.write(text).close()
  return root ?? fail()
}

/** All words of an element, in their order. */
export function wordsOf(node: Xml): string {
  return node.content.map((one) => (typeof one === 'string' ? one : wordsOf(one))).join('')
}

/** The first element of this name within, at any depth. */
export function findXml(node: Xml, name: string): Xml | null {
  for (const one of node.children) {
    const found = one.name === name ? one : findXml(one, name)
    if (found) return found
  }
  return null
}

/** All elements within for which it holds, at any depth, outermost first. */
export function allXml(node: Xml, holds: (one: Xml) => boolean): Xml[] {
  return node.children.flatMap((one) => [...(holds(one) ? [one] : []), ...allXml(one, holds)])
}

/** Text as XML holds it; characters that XML 1.0 has not are for the caller to refuse. */
export const xmlEscape = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\t', '&#9;')
