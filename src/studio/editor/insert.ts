// What is put into a text: components with the inside that their kind wants, notes with their number.
import type { Editor, JSONContent } from '@tiptap/core'
import { Selection, TextSelection } from '@tiptap/pm/state'
import type { ComponentForm } from '#studio/editor/component-forms.ts'
import type { ComponentProps } from '#studio/editor/views.ts'

const words = (text: string, bold = false): JSONContent =>
  text === ''
    ? { type: 'paragraph' }
    : { type: 'paragraph', content: [{ type: 'text', text, ...(bold && { marks: [{ type: 'bold' }] }) }] }

const item = (content: JSONContent): JSONContent => ({ type: 'listItem', content: [content] })

/** What a new component holds until it is written. */
function inside(children: ComponentForm['children']): JSONContent[] | undefined {
  switch (children) {
    case 'nothing':
      return undefined
    case 'steps':
      return [{ type: 'orderedList', content: [item(words('第一步')), item(words('第二步'))] }]
    case 'bold-list':
      return [{ type: 'bulletList', content: [item(words('词', true))] }]
    default:
      return [words('')]
  }
}

/** Props in the order of the form; what is empty is left out. */
const propsOf = (form: ComponentForm, values: Record<string, string>): ComponentProps =>
  form.fields.flatMap(({ name }): ComponentProps => (values[name] ? [[name, values[name]]] : []))

/** Puts a block after the one in which the cursor stands, or in its place if that is empty, and the cursor into it. */
function insertBlock(editor: Editor, node: JSONContent) {
  editor
    .chain()
    .focus()
    .command(({ tr, state }) => {
      const { $to } = tr.selection
      const block = $to.depth === 0 ? null : $to.node(1)
      const isEmpty = block?.type.name === 'paragraph' && block.content.size === 0
      const at = $to.depth === 0 ? $to.pos : isEmpty ? $to.before(1) : $to.after(1)
      tr.replaceWith(at, isEmpty ? $to.after(1) : at, state.schema.nodeFromJSON(node))
      const { $from } = Selection.near(tr.doc.resolve(at + 1))
      // Words that only stand for what is to be written are selected, so that writing replaces them.
      const end = node.content ? tr.doc.resolve($from.end()) : $from
      tr.setSelection(TextSelection.between($from, end))
      return true
    })
    .scrollIntoView()
    .run()
}

/** An empty paragraph after the block in which the cursor stands: the way out of a table or component at the end. */
export const insertBelow = (editor: Editor) => insertBlock(editor, { type: 'paragraph' })

/** Puts a component after the block in which the cursor stands. */
export function insertComponent(editor: Editor, form: ComponentForm, values: Record<string, string>) {
  const attrs = { name: form.name, props: propsOf(form, values) }
  insertBlock(editor, { type: 'component', attrs, content: inside(form.children) })
}

/** Changes the props of the component at a position. */
export function changeComponent(
  editor: Editor,
  position: number,
  form: ComponentForm,
  values: Record<string, string>,
) {
  editor
    .chain()
    .command(({ tr }) => {
      tr.setNodeAttribute(position, 'props', propsOf(form, values))
      return true
    })
    .run()
}

/** Puts a footnote after the selected words, and what it says at the end of the text. */
export function insertFootnote(editor: Editor, text: string) {
  let last = 0
  editor.state.doc.descendants(({ type, attrs }) => {
    if (type.name.startsWith('footnote')) last = Math.max(last, Number(attrs['identifier']) || 0)
  })
  const attrs = { identifier: String(last + 1), label: String(last + 1) }
  const note = { type: 'footnoteDefinition', attrs, content: [words(text)] }
  editor
    .chain()
    .focus()
    .command(({ tr, state: { schema } }) => {
      tr.insert(tr.doc.content.size, schema.nodeFromJSON(note))
      tr.insert(tr.selection.to, schema.nodeFromJSON({ type: 'footnoteReference', attrs }))
      return true
    })
    .run()
}
