// Forms of our pages as they can be without a server: looks become links, the search stays a form, everything else
// says in one sentence that it is done on the site.
import type { Look } from '#export/address.ts'
import { altered, classesOf, elementsIn, textIn, type Element, type Node } from '#export/html.ts'
import { leadTo, leadToLook, leadToSite, type Here } from '#export/here.ts'
import { element } from '#export/markup.ts'

/** What stands in place of a form or an island that asks a server. */
export function onlyOnSite(here: Here): Node {
  const way = leadToSite(here)
  const link = way ? [element('a', { href: way }, ['去网站上这一页'])] : []
  return element('p', { class: 'note' }, ['这要在网站上做。', ...link])
}

/** The rule for one form; undefined for what is none. */
export function staticForm(form: Element, here: Here): Node[] | undefined {
  if (form.name !== 'form') return undefined
  const action = form.attributes.get('action')
  if (action === '/search') return [altered(form, { action: leadTo(here, '/search') })]
  if (action === '/looks') return [looksAsLinks(form, here)]
  return [onlyOnSite(here)]
}

function looksAsLinks(form: Element, here: Here): Element {
  const children = form.children.flatMap((node): Node[] => {
    if (typeof node === 'string') return [node]
    if (node.name === 'input') return []
    return node.name === 'button' ? lookAsLink(node, here) : [node]
  })
  return { ...altered(form, { method: null, action: null }, 'div'), children }
}

/** What each word of /looks leads to; dark and light are left to the system. */
const lookOf: Record<string, Look> = { standard: 'standard', elder: 'elder', normal: 'elder', max: 'largest' }

function lookAsLink(button: Element, here: Here): Node[] {
  const look = lookOf[button.attributes.get('value') ?? '']
  if (!look) return []
  return [altered(button, { name: null, value: null, href: leadToLook(here, look) }, 'a')]
}

/** True for a paragraph that held links alone, none of which lead anywhere. */
export function heldOnlyLinks(paragraph: Element): boolean {
  const empty = [...elementsIn(paragraph.children)].length === 0 && textIn(paragraph.children).trim() === ''
  return classesOf(paragraph).includes('acts') && empty
}
