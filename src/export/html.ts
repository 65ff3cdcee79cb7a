// Reads the HTML of our own pages into a tree, and writes it back letter by letter. It is strict: what it does not
// understand, or what does not end where it should, is an error and never a guess.

/** `open` is its start tag as written, `close` its end tag, empty where it has none. */
export type Element = {
  name: string
  attributes: ReadonlyMap<string, string>
  open: string
  children: Node[]
  close: string
}
/** A string is text, a comment or the doctype, as written. */
export type Node = Element | string

const empty = new Set('area base br col embed hr img input link meta source track wbr'.split(' '))
/** Their content is no markup. */
const raw = new Set(['script', 'style', 'textarea', 'title'])

const attribute = /\s+([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g
const start = new RegExp(`<([a-zA-Z][\\w:-]*)((?:${attribute.source})*)\\s*(/?)>`, 'y')
const end = /<\/([a-zA-Z][\w:-]*)\s*>/y
const other = /<!--[^]*?-->|<![a-zA-Z][^>]*>|[^<]+/y

/** @throws Error at the first place that it does not understand. */
export function readHtml(html: string): Node[] {
  const root: Node[] = []
  const around: Element[] = []
  let at = 0
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at
    const found = pattern.exec(html)
    if (found) at = pattern.lastIndex
    return found
  }
  const add = (node: Node) => (around.at(-1)?.children ?? root).push(node)

  while (at < html.length) {
    const text = take(other)?.[0]
    const closed = text === undefined ? take(end) : null
    const opened = text === undefined && !closed ? take(start) : null
    if (text !== undefined) add(text)
    else if (closed) endElement(around.pop(), closed)
    else if (opened) {
      const element = startElement(opened)
      add(element)
      if (raw.has(element.name)) at = readRaw(html, at, element)
      else if (!hasEnded(element, opened.at(-1) === '/', around)) around.push(element)
    } else throw new Error(`The page cannot be read at “${html.slice(at, at + 60)}”.`)
  }
  if (around.length > 0) throw new Error(`<${around.at(-1)?.name}> has no end.`)
  return root
}

function startElement([open, name = '', attributes = '']: RegExpExecArray): Element {
  const pairs = [...attributes.matchAll(attribute)].map(([, key = '', double, single, bare]) => [
    key.toLowerCase(),
    decode(double ?? single ?? bare ?? ''),
  ])
  return {
    name: name.toLowerCase(),
    attributes: new Map(pairs as [string, string][]),
    open,
    children: [],
    close: '',
  }
}

function endElement(element: Element | undefined, [close, name = '']: RegExpExecArray) {
  if (element?.name !== name.toLowerCase()) throw new Error(`${close} ends <${element?.name ?? 'nothing'}>.`)
  element.close = close
}

/** A slash ends an element of a drawing; elsewhere browsers overlook it. */
function hasEnded({ name, open }: Element, slash: boolean, around: Element[]): boolean {
  if (empty.has(name)) return true
  if (slash && !around.some((one) => one.name === 'svg')) throw new Error(`${open} ends nothing.`)
  return slash
}

function readRaw(html: string, at: number, element: Element): number {
  const found = new RegExp(`</${element.name}\\s*>`, 'gi')
  found.lastIndex = at
  const close = found.exec(html)
  if (!close) throw new Error(`<${element.name}> has no end.`)
  if (close.index > at) element.children.push(html.slice(at, close.index))
  element.close = close[0]
  return found.lastIndex
}

/** The tree as HTML; unchanged it is the very text that was read. */
export function writeHtml(nodes: readonly Node[]): string {
  return nodes
    .map((node) => (typeof node === 'string' ? node : node.open + writeHtml(node.children) + node.close))
    .join('')
}

/**
 * Goes through the tree from the outside in. What `rule` returns for an element stands in its place and is not looked
 * into; where it returns undefined the element stays and its children are looked at.
 */
export function replace(nodes: readonly Node[], rule: (element: Element) => Node[] | undefined): Node[] {
  return nodes.flatMap((node): Node[] => {
    if (typeof node === 'string') return [node]
    return rule(node) ?? [{ ...node, children: replace(node.children, rule) }]
  })
}

/** All elements, outer ones first. */
export function* elementsIn(nodes: readonly Node[]): Generator<Element> {
  for (const node of nodes) {
    if (typeof node === 'string') continue
    yield node
    yield* elementsIn(node.children)
  }
}

/** The element under another name or with other attributes; null takes one away. */
export function altered(
  element: Element,
  changes: Record<string, string | null>,
  name = element.name,
): Element {
  const attributes = new Map(element.attributes)
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) attributes.delete(key)
    else attributes.set(key, value)
  }
  const written = [...attributes].map(([key, value]) => ` ${key}="${escaped(value)}"`)
  return {
    ...element,
    name,
    attributes,
    open: `<${name}${written.join('')}>`,
    close: empty.has(name) ? '' : `</${name}>`,
  }
}

/** Without its tags and comments; what is escaped stays so. */
export const textIn = (nodes: readonly Node[]): string =>
  nodes
    .map((node) => (typeof node === 'string' ? (node.startsWith('<') ? '' : node) : textIn(node.children)))
    .join('')

export const classesOf = ({ attributes }: Element): string[] => (attributes.get('class') ?? '').split(/\s+/)

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/** Text as it may stand in HTML, between tags and in a quoted attribute. */
export const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => signs[sign] ?? sign)

const names: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const decode = (text: string) =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(amp|lt|gt|quot|apos));/gi, (_, hex, number, name) =>
    name ? (names[name.toLowerCase()] ?? '') : String.fromCodePoint(hex ? parseInt(hex, 16) : Number(number)),
  )
