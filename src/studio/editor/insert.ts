// What is put into a text: components with the inside that their kind wants, notes with their number.
import type { Editor, JSONContent } from '@tiptap/core'
import type { ComponentForm } from '#studio/editor/component-forms.ts'
import type { ComponentProps } from '#studio/editor/views.ts'

const words = (text: string, bold = false): JSONContent =>
  text === ''
    ? { type: 'paragraph' }
    : { type: 'paragraph', content: [{ type: 'text', text, ...(bold && { marks: [{ type: 'bold' }] }) }] }

const item = (content: JSONContent): JSONContent => ({ type: 'listItem', content: [content] })

/** What a new component holds until it is written. */
function inside(children: ComponentForm['children']): JSONContent[] {
  switch (children) {
    case 'nothing':
      return []
    case 'steps':
      return [{ type: 'orderedList', content: [item(words('第一步')), item(words('第二步'))] }]
    case 'bold-list':
      return [{ type: 'bulletList', content: [item(words('词', true))] }]
    default:
      return [words('')]
  }
}

/** Props in the order of the form; what is empty is left out. */
export const propsOf = (form: ComponentForm, values: Record<string, string>): ComponentProps =>
  form.fields.flatMap(({ name }): ComponentProps => (values[name] ? [[name, values[name]]] : []))

/** Puts a component after the block in which the cursor stands. */
export function insertComponent(editor: Editor, form: ComponentForm, values: Record<string, string>) {
  const { $to } = editor.state.selection
  const at = $to.depth === 0 ? $to.pos : $to.after(1)
  const node = {
    type: 'component',
    attrs: { name: form.name, props: propsOf(form, values) },
    content: inside(form.children),
  }
  editor.chain().focus().insertContentAt(at, node).run()
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

/** Puts a footnote at the cursor, and its words at the end of the text. */
export function insertFootnote(editor: Editor, text: string) {
  let last = 0
  editor.state.doc.descendants((node) => {
    if (node.type.name === 'footnoteDefinition') last = Math.max(last, Number(node.attrs['identifier']) || 0)
  })
  const attrs = { identifier: String(last + 1), label: String(last + 1) }
  editor
    .chain()
    .focus()
    .insertContent({ type: 'footnoteReference', attrs })
    .insertContentAt(editor.state.doc.content.size + 1, {
      type: 'footnoteDefinition',
      attrs,
      content: [words(text)],
    })
    .run()
}
