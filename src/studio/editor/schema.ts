// What the editor may hold, as TipTap's extensions: what the safe profile lets through and nothing else. Names and
// attributes are those of document.ts, so that opening and saving without a change changes no byte.
import { Extension, Mark, mergeAttributes, Node, type AnyExtension } from '@tiptap/core'
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import StarterKit from '@tiptap/starter-kit'
import { checkLink } from '#course/check-link.ts'

/** What the editor's own views are told of the page around them. */
export type Around = {
  /** Draws a component; the schema alone does without. */
  componentView?: NonNullable<ReturnType<typeof nodeView>>
  imageView?: NonNullable<ReturnType<typeof nodeView>>
}

const nodeView = () => null as Node['config']['addNodeView'] | null

/** An attribute that is kept and not seen. */
const kept = (value: unknown = null) => ({ default: value, rendered: false })

/** Attributes of ours on TipTap's nodes. */
const ownAttributes = Extension.create({
  name: 'ownAttributes',
  addGlobalAttributes: () => [
    { types: ['bulletList', 'orderedList'], attributes: { spread: kept(false) } },
    { types: ['codeBlock'], attributes: { meta: kept() } },
    { types: ['tableCell', 'tableHeader'], attributes: { align: kept() } },
  ],
})

/** May begin with anything, or hold nothing, as in Markdown. */
const listItem = Node.create({
  name: 'listItem',
  content: 'block*',
  defining: true,
  addAttributes: () => ({ checked: kept(), spread: kept(false) }),
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
  addAttributes: () => ({ identifier: kept(''), label: kept(), referenceType: kept('full') }),
  renderHTML: () => ['span', { class: 'link-reference' }, 0],
})

/** A line end that was written within a paragraph. */
const softBreak = Node.create({
  name: 'softBreak',
  group: 'inline',
  inline: true,
  selectable: false,
  linebreakReplacement: false,
  renderHTML: () => ['span', { class: 'soft-break' }, ' '],
  renderText: () => '\n',
})

const footnoteReference = Node.create({
  name: 'footnoteReference',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes: () => ({ identifier: kept(''), label: kept() }),
  renderHTML: ({ node }) => [
    'sup',
    { class: 'footnote-reference' },
    `[${String(node.attrs['label'] ?? node.attrs['identifier'])}]`,
  ],
})

const footnoteDefinition = Node.create({
  name: 'footnoteDefinition',
  group: 'block',
  content: 'block*',
  defining: true,
  isolating: true,
  addAttributes: () => ({ identifier: kept(''), label: kept() }),
  renderHTML: ({ node }) => [
    'div',
    { class: 'footnote', 'data-label': `注 ${String(node.attrs['label'] ?? node.attrs['identifier'])}` },
    0,
  ],
})

/** Where a link by reference leads. */
const definition = Node.create({
  name: 'definition',
  group: 'block',
  atom: true,
  addAttributes: () => ({ identifier: kept(''), label: kept(), url: kept(''), title: kept() }),
  renderHTML: ({ node }) => [
    'p',
    { class: 'definition' },
    `${String(node.attrs['label'])}：${String(node.attrs['url'])}`,
  ],
})

const image = ({ imageView }: Around) =>
  Node.create({
    name: 'image',
    group: 'inline',
    inline: true,
    draggable: false,
    addAttributes: () => ({ src: kept(''), alt: kept(), title: kept() }),
    renderHTML: ({ node }) => ['span', { class: 'picture' }, String(node.attrs['alt'] ?? '')],
    ...(imageView && { addNodeView: imageView }),
  })

const component = ({ componentView }: Around) =>
  Node.create({
    name: 'component',
    group: 'block',
    content: 'block*',
    defining: true,
    isolating: true,
    addAttributes: () => ({ name: kept(''), props: kept([]) }),
    renderHTML: ({ node }) => ['div', { class: 'component', 'data-name': String(node.attrs['name']) }, 0],
    ...(componentView && { addNodeView: componentView }),
  })

const inOneParagraph = { content: 'paragraph' }

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
    TableHeader.extend(inOneParagraph),
    TableCell.extend(inOneParagraph),
  ]
}
