// Addresses of the site become ways from the page that they stand on; what the export does not hold leads to the site
// itself or is left out.
import { altered, classesOf, replace, type Element, type Node } from '#export/html.ts'
import { assetAt, leadTo, type Here } from '#export/here.ts'
import { element } from '#export/markup.ts'

const addressed = ['href', 'src', 'poster', 'data-reader', 'data-recording', 'component-url', 'renderer-url']
const isOfSite = (address: string | undefined) => address !== undefined && /^\/(?!\/)/.test(address)

/** The rule for one element. @param assets hears which files the page needs, as paths in the export. */
export function staticLinks(each: Element, here: Here, assets: Set<string>): Node[] | undefined {
  const named = addressed.filter((name) => isOfSite(each.attributes.get(name)))
  if (named.length === 0) return undefined
  const ways = named.map((name) => [name, leadTo(here, each.attributes.get(name) ?? '')] as const)
  const inside = () => replace(each.children, (one) => staticLinks(one, here, assets))
  if (ways.some(([, way]) => way === null)) return withoutLink(each, inside)
  for (const name of named) {
    const asset = assetAt(each.attributes.get(name) ?? '')
    if (asset) assets.add(asset)
  }
  return [{ ...altered(each, Object.fromEntries(ways)), children: inside() }]
}

/** A link inside a sentence leaves its words; one that stands for itself goes, and a button says why. */
function withoutLink(link: Element, inside: () => Node[]): Node[] {
  if (classesOf(link).includes('btn')) return [element('span', { class: 'note' }, ['这要在网站上做。'])]
  return classesOf(link).includes('line-link') ? [] : inside()
}

/** The main menu keeps what leads somewhere. */
export function staticMenu(nav: Element, here: Here): Element {
  const leads = (node: Node) =>
    typeof node === 'string' || leadTo(here, node.attributes.get('href') ?? '') !== null
  return { ...nav, children: nav.children.filter(leads) }
}
