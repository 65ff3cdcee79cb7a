// How the editor shows what it cannot show as words: components as frames with a name, pictures as pictures.
import type { NodeViewRenderer, NodeViewRendererProps } from '@tiptap/core'
import type { ComponentForm } from '#studio/editor/component-forms.ts'

export type ComponentProps = [name: string, value: string | null][]

type Asks = {
  forms: readonly ComponentForm[]
  /** Opens the form of the component at a position. */
  edit: (position: number) => void
  /** Stems of the checks by id. */
  stemOf: (item: string) => string | undefined
  /** Where a file of the draft is served. */
  addressOf: (name: string) => string | undefined
}

/** A frame with the component's name, what its fields say, and the words within it to be written in place. */
export function componentView({ forms, edit, stemOf, addressOf }: Asks): NodeViewRenderer {
  return ({ node, editor, getPos }: NodeViewRendererProps) => {
    const form = forms.find(({ name }) => name === node.attrs['name'])
    const dom = element('section', 'component')
    const head = element('div', 'head')
    head.contentEditable = 'false'
    const name = element('b', 'name')
    const says = element('span', 'says')
    const what = form?.label ?? String(node.attrs['name'])
    const change = button('修改', `修改${what}`)
    const remove = button('删去', `删去${what}`)
    head.addEventListener('click', ({ target }) => {
      if (!isButton(target))
        editor
          .chain()
          .focus()
          .setNodeSelection(getPos() ?? 0)
          .run()
    })
    change.addEventListener('click', () => edit(getPos() ?? 0))
    remove.addEventListener('click', () => {
      const from = getPos()
      const size = from === undefined ? undefined : editor.state.doc.nodeAt(from)?.nodeSize
      if (from !== undefined && size)
        editor
          .chain()
          .focus()
          .deleteRange({ from, to: from + size })
          .run()
    })
    const changes = form && form.fields.length > 0 && form.name !== 'Quiz' ? [change] : []
    // What it shows is said in words above it.
    const picture = Object.assign(document.createElement('img'), { alt: '', hidden: true })
    head.append(name, says, ...changes, remove, picture)
    const content = element('div', 'inside')
    dom.append(head, content)
    const show = (props: ComponentProps) => {
      name.textContent = what
      says.textContent = props
        .map(([prop, value]) => said(form, prop, value ?? '', stemOf))
        .filter(Boolean)
        .join('；')
      const shown = props.flatMap(([prop, value]) =>
        isPicture(form, prop) ? (addressOf(value ?? '') ?? []) : [],
      )
      picture.hidden = shown.length === 0
      if (shown[0]) picture.src = shown[0]
    }
    show(node.attrs['props'] as ComponentProps)
    if (form?.children === 'nothing') content.hidden = true
    return {
      dom,
      contentDOM: content,
      update: (other) => {
        if (other.type !== node.type || other.attrs['name'] !== node.attrs['name']) return false
        show(other.attrs['props'] as ComponentProps)
        return true
      },
      // What happens in the head is no typing.
      stopEvent: ({ target }) => head.contains(target as Node),
      ignoreMutation: ({ type, target }) => type !== 'selection' && head.contains(target),
    }
  }
}

const isButton = (target: EventTarget | null) =>
  target instanceof Element && target.closest('button') !== null

const isPicture = (form: ComponentForm | undefined, prop: string) =>
  form?.fields.some(({ name, accept }) => name === prop && accept?.startsWith('image/')) ?? false

const longest = 60

function said(form: ComponentForm | undefined, prop: string, value: string, stemOf: Asks['stemOf']): string {
  if (prop === 'item') return stemOf(value) ?? `还没有题目 ${value}`
  const field = form?.fields.find(({ name }) => name === prop)
  const words = field?.options.find((option) => option.value === value)?.text ?? value
  const brief = words.length > longest ? `${words.slice(0, longest)}……` : words
  return `${field?.label ?? prop}：${brief}`
}

/** A picture of the draft, or its name while it is not there. */
export function imageView(
  addressOf: (name: string) => string | undefined,
  edit: (position: number) => void,
): NodeViewRenderer {
  return ({ node, getPos }: NodeViewRendererProps) => {
    const dom = element('span', 'picture')
    const { src, alt } = node.attrs as { src: string; alt: string | null }
    const address = addressOf(src)
    if (address) {
      const picture = document.createElement('img')
      Object.assign(picture, { src: address, alt: alt ?? '' })
      dom.append(picture)
    } else dom.append(`图片${src}还没有传上来`)
    const change = button(alt ? `图上有：${alt}` : '请写图上有什么')
    change.addEventListener('click', () => edit(getPos() ?? 0))
    dom.append(change)
    return { dom, stopEvent: (event) => change.contains(event.target as Node) }
  }
}

function element(tag: string, className: string): HTMLElement {
  return Object.assign(document.createElement(tag), { className })
}

function button(text: string, label = text): HTMLElement {
  const made = document.createElement('button')
  made.setAttribute('aria-label', label)
  return Object.assign(made, { type: 'button', className: 'plain', textContent: text })
}
