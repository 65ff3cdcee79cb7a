// What the editor may hold, as TipTap's extensions: what the safe profile lets through and nothing else. Names and
// attributes are those of document.ts, so that opening and saving without a change changes no byte.
import { Extension, Mark, mergeAttributes, Node, type AnyExtension } from '@tiptap/core'
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import StarterKit from '@tiptap/starter-kit'
import { checkLink } from '#course/check-link.ts'

/** What the editor's own views are told of the page around them. */
export type Around = {
  /** Draws a component; the schema alone does without. */
  componentView?: NonNullable<Node['config']['addNodeView']>
  imageView?: NonNullable<Node['config']['addNodeView']>
}

/**
 * An attribute of ours. It is not seen, and goes along when a writer copies from one place of an editor to another; what
 * stands in a page that somebody else made is taken only if it fits.
 */
const kept = (name: string, value: unknown = null, fits: (value: unknown) => boolean = isPlain) => ({
  [name]: {
    default: value,
    parseHTML: (element: HTMLElement) => {
      const found = readJson(element.getAttribute(`data-${name}`))
      return fits(found) ? found : value
    },
    renderHTML: (attributes: Record<string, unknown>) =>
      attributes[name] === value ? {} : { [`data-${name}`]: JSON.stringify(attributes[name]) },
  },
})

const isPlain = (value: unknown) => value === null || typeof value === 'string' || typeof value === 'boolean'

const areProps = (value: unknown) =>
  Array.isArray(value) &&
  value.every(
    (one) =>
      Array.isArray(one) &&
      one.length === 2 &&
      typeof one[0] === 'string' &&
      isPlain(one[1]) &&
      one[1] !== true,
  )

/** What is no JSON is like nothing at all. */
function readJson(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Attributes of ours on TipTap's nodes. */
const ownAttributes = Extension.create({
  name: 'ownAttributes',
  addGlobalAttributes: () => [
    { types: ['bulletList', 'orderedList'], attributes: kept('spread', false) },
    { types: ['codeBlock'], attributes: kept('meta') },
  ],
})

/** May begin with anything, or hold nothing, as in Markdown. */
const listItem = Node.create({
  name: 'listItem',
  content: 'block*',
  defining: true,
  addAttributes: () => ({ ...kept('checked'), ...kept('spread', false) }),
  parseHTML: () => [{ tag: 'li' }],
  renderHTML: ({ HTMLAttributes }) => ['li', HTMLAttributes, 0],
  addKeyboardShortcuts() {
    return {
      Enter: () => this.editor.commands.splitListItem(this.name),
      Tab: () => this.editor.commands.sinkListItem(this.name),
      'Shift-Tab': () => this.editor.commands.liftListItem(this.name),
    }
  },
})

const blockquote = Node.create({
  name: 'blockquote',
  group: 'block',
  content: 'block*',
  defining: true,
  parseHTML: () => [{ tag: 'blockquote' }],
  renderHTML: () => ['blockquote', 0],
  addKeyboardShortcuts() {
    return { 'Mod-Shift-b': () => this.editor.commands.toggleWrap(this.name) }
  },
})

/** Code may stand under other marks. */
const code = Mark.create({
  name: 'code',
  excludes: '',
  code: true,
  exitable: true,
  parseHTML: () => [{ tag: 'code' }],
  renderHTML: () => ['code', 0],
})

const linkReference = Mark.create({
  name: 'linkReference',
  inclusive: false,
  addAttributes: () => ({ ...kept('identifier', ''), ...kept('label'), ...kept('referenceType', 'full') }),
  parseHTML: () => [{ tag: 'span.link-reference' }],
  renderHTML: ({ HTMLAttributes }) => ['span', { class: 'link-reference', ...HTMLAttributes }, 0],
})

/** A line end that was written within a paragraph. */
const softBreak = Node.create({
  name: 'softBreak',
  group: 'inline',
  inline: true,
  selectable: false,
  linebreakReplacement: false,
  parseHTML: () => [{ tag: 'span.soft-break' }],
  renderHTML: () => ['span', { class: 'soft-break' }, ' '],
  renderText: () => '\n',
})

const footnoteReference = Node.create({
  name: 'footnoteReference',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes: () => ({ ...kept('identifier', ''), ...kept('label') }),
  parseHTML: () => [{ tag: 'sup.footnote-reference' }],
  renderHTML: ({ node, HTMLAttributes }) => [
    'sup',
    { class: 'footnote-reference', ...HTMLAttributes },
    `[${String(node.attrs['label'] ?? node.attrs['identifier'])}]`,
  ],
})

const footnoteDefinition = Node.create({
  name: 'footnoteDefinition',
  group: 'block',
  content: 'block*',
  defining: true,
  isolating: true,
  addAttributes: () => ({ ...kept('identifier', ''), ...kept('label') }),
  parseHTML: () => [{ tag: 'div.footnote' }],
  renderHTML: ({ node, HTMLAttributes }) => [
    'div',
    {
      class: 'footnote',
      ...HTMLAttributes,
      'data-shown': `注${String(node.attrs['label'] ?? node.attrs['identifier'])}`,
    },
    0,
  ],
})

/** Where a link by reference leads. */
const definition = Node.create({
  name: 'definition',
  group: 'block',
  atom: true,
  addAttributes: () => ({
    ...kept('identifier', ''),
    ...kept('label'),
    ...kept('url', ''),
    ...kept('title'),
  }),
  parseHTML: () => [{ tag: 'p.definition', priority: 60 }],
  renderHTML: ({ node, HTMLAttributes }) => [
    'p',
    { class: 'definition', ...HTMLAttributes },
    `${String(node.attrs['label'])}：${String(node.attrs['url'])}`,
  ],
})

const image = ({ imageView }: Around) =>
  Node.create({
    name: 'image',
    group: 'inline',
    inline: true,
    draggable: false,
    addAttributes: () => ({ ...kept('src', ''), ...kept('alt'), ...kept('title') }),
    parseHTML: () => [{ tag: 'span.picture' }],
    renderHTML: ({ node, HTMLAttributes }) => [
      'span',
      { class: 'picture', ...HTMLAttributes },
      String(node.attrs['alt'] ?? ''),
    ],
    ...(imageView && { addNodeView: imageView }),
  })

const component = ({ componentView }: Around) =>
  Node.create({
    name: 'component',
    group: 'block',
    content: 'block*',
    defining: true,
    isolating: true,
    addAttributes: () => ({ ...kept('name', ''), ...kept('props', [], areProps) }),
    parseHTML: () => [{ tag: 'div.component' }],
    renderHTML: ({ HTMLAttributes }) => ['div', { class: 'component', ...HTMLAttributes }, 0],
    ...(componentView && { addNodeView: componentView }),
  })

/** A cell holds one line of words, and has no style. */
const cell = <Cell extends typeof TableCell | typeof TableHeader>(kind: Cell) =>
  kind.extend({
    content: 'paragraph',
    addAttributes() {
      return { ...this.parent?.(), ...kept('align') }
    },
  })

/** The closed set. Without `around` it is the schema alone, which needs no page. */
export function extensions(around: Around = {}): AnyExtension[] {
  return [
    StarterKit.configure({
      ...{ blockquote: false, listItem: false, code: false, underline: false, trailingNode: false },
      heading: { levels: [1, 2, 3, 4, 5, 6] },
      link: {
        ...{ openOnClick: false, autolink: false, linkOnPaste: true },
        isAllowedUri: (address) => checkLink(address ?? '') === null,
        HTMLAttributes: { target: null, rel: null },
      },
    }),
    ownAttributes,
    listItem,
    blockquote,
    code,
    linkReference,
    softBreak,
    footnoteReference,
    footnoteDefinition,
    definition,
    image(around),
    component(around),
    Table.extend({
      addNodeView: () => null,
      // The width of columns is the reader's screen's business, and styles are not allowed.
      renderHTML: ({ HTMLAttributes }) => [
        'table',
        mergeAttributes(HTMLAttributes, { style: null }),
        ['tbody', 0],
      ],
    }).configure({ resizable: false }),
    TableRow,
    cell(TableHeader),
    cell(TableCell),
  ]
}
