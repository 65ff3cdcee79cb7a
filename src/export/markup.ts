// Makes the few elements that the export adds to pages.
import { escaped, type Element, type Node } from '#export/html.ts'

const empty = new Set(['meta', 'link', 'input'])

/** An element with its children; strings among them are words, not markup. */
export function element(
  name: string,
  attributes: Record<string, string>,
  children: readonly Node[] = [],
): Element {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`)
  return {
    name,
    attributes: new Map(Object.entries(attributes)),
    open: `<${name}${written.join('')}>`,
    children: children.map((child) => (typeof child === 'string' ? escaped(child) : child)),
    close: empty.has(name) ? '' : `</${name}>`,
  }
}
