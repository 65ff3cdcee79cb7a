// From a checked tree to what a page shows. Two steps: `toHast` gives plain elements that can be stored as JSON,
// `toElement` draws them with whatever JSX functions the page has. No evaluator is ever given: nothing can run.
import { toHast as mdastToHast } from 'mdast-util-to-hast'
import type { Handlers, State } from 'mdast-util-to-hast'
import { toJsxRuntime } from 'hast-util-to-jsx-runtime'
import type { Components, Jsx } from 'hast-util-to-jsx-runtime'
import type { Element, ElementContent, Root as HastRoot } from 'hast'
import type { Heading, Root, Table, Text } from 'mdast'
import { literalProps } from '#course/check-component.ts'
import { componentShape, elementName } from '#course/components.ts'
import { joinLines } from '#course/join-lines.ts'
import { clausesOf } from '#course/clauses.ts'
import type { ComponentNode } from '#course/tree.ts'
import { standsUpright } from '#course/upright.ts'

/** The JSX functions of the page that draws, e.g. those of `astro/jsx-runtime`. */
export type Runtime = { jsx: Jsx; jsxs: Jsx; Fragment: unknown }

/** Plain elements for a tree that has passed check.ts: components become `x-…`, sections get ids s1, s2 …. */
export function toHast(tree: Root): HastRoot {
  const drawn = mdastToHast(tree, {
    handlers: handlers(),
    clobberPrefix: 'note-',
    footnoteLabel: '注释',
    // Not a heading: `h2` are the sections.
    footnoteLabelTagName: 'p',
    footnoteLabelProperties: { className: ['kicker'] },
    footnoteBackLabel: '回到正文',
  })
  if (drawn.type !== 'root') throw new Error('A lesson is drawn from its root.')
  return storable(drawn)
}

/** Draws stored elements. `components` says what stands for `x-note`, `x-quiz` and the like. */
export function toElement(tree: HastRoot, runtime: Runtime, components: Record<string, unknown>): unknown {
  return toJsxRuntime(tree, {
    ...runtime,
    components: components as Partial<Components>,
    passKeys: false,
    elementAttributeNameCase: 'html',
    stylePropertyNameCase: 'css',
    // Otherwise the alignment of a table would become a style attribute, which the CSP forbids.
    tableCellAlignToStyle: false,
  })
}

function handlers(): Handlers {
  let sections = 0
  const heading = (state: State, node: Heading): Element => {
    const properties = node.depth === 2 ? { id: `s${++sections}` } : {}
    return { type: 'element', tagName: `h${node.depth}`, properties, children: state.all(node) }
  }
  return {
    heading,
    table: drawTable,
    text: (_, node: Text) => ({ type: 'text', value: joinLines(node.value) }),
    mdxJsxFlowElement: drawComponent,
  }
}

function drawComponent(state: State, node: ComponentNode): Element {
  const shape = componentShape(node.name)
  if (!shape || !node.name) throw new Error(`An unchecked tree was drawn: <${node.name}>.`)
  const element = part(elementName(node.name), shape.children === 'words' ? [] : state.all(node))
  element.properties = literalProps(node)
  if (shape.children === 'words') drawClauses(element, clausesOf(node))
  // Safari takes a list without bullets for no list unless it is told.
  const list = element.children.find((child) => child.type === 'element')
  if (shape.children === 'steps' || shape.children === 'bold-list')
    Object.assign(list?.properties ?? {}, { role: 'list' })
  return element
}

function drawClauses(element: Element, clauses: string[]) {
  if (standsUpright(clauses)) element.properties.upright = 'yes'
  element.children = clauses.map((clause) => part('span', [{ type: 'text', value: clause }]))
}

/** A table scrolls in a frame of its own on a narrow screen, and the frame can be reached by keyboard. */
function drawTable(state: State, node: Table): Element {
  const rows = node.children.map((row, index): Element => {
    const cells = row.children.map((cell, column): Element => {
      const align = node.align?.[column]
      const properties: Element['properties'] = align ? { className: [`to-${align}`] } : {}
      if (index === 0) properties.scope = 'col'
      return { type: 'element', tagName: index === 0 ? 'th' : 'td', properties, children: state.all(cell) }
    })
    return { type: 'element', tagName: 'tr', properties: {}, children: cells }
  })
  const [head, ...body] = rows
  const parts = [part('thead', head ? [head] : []), ...(body.length > 0 ? [part('tbody', body)] : [])]
  const table: Element = { ...part('table', parts), properties: { className: ['sheet'] } }
  const properties = { className: ['scroll'], role: 'region', ariaLabel: '表格', tabIndex: 0 }
  return { ...part('div', [table]), properties }
}

function part(tagName: string, children: ElementContent[]): Element {
  return { type: 'element', tagName, properties: {}, children }
}

/** Without places and other notes of the parser; check boxes of task lists become signs that can be read aloud. */
function storable<Node extends HastRoot | ElementContent>(node: Node): Node {
  if (node.type === 'element' && node.tagName === 'input') {
    const sign: ElementContent = { type: 'text', value: node.properties.checked ? '☑' : '☐' }
    return sign as Node
  }
  const { position: _place, data: _data, ...rest } = node
  if (!('children' in node)) return rest as Node
  return { ...rest, children: node.children.map((child) => storable(child as ElementContent)) } as Node
}
