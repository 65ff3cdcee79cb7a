// Pages for packs without a build: the same tree as the site draws, in plain elements, and a program of two files.
import { toElement, type Runtime } from '#course/render.ts'
import { bareTree } from '#kiosk/pack/bare-tree.ts'
import { hallText } from '#kiosk/pack/hall-text.server.ts'
import type { SitePages } from '#kiosk/pack/site-pages.server.ts'
import { escaped } from '#export/html.ts'

const children = (value: unknown): string =>
  Array.isArray(value) ? value.map(children).join('') : typeof value === 'string' ? value : ''
type Props = Record<string, unknown>
const jsx = (type: unknown, props: Props) => {
  const { children: inside, ...rest } = props
  const written = Object.entries(rest).map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
  const all = [inside]
    .flat()
    .map((each) => (typeof each === 'string' && !each.startsWith('<') ? escaped(each) : each))
  return typeof type === 'string' ? `<${type}${written.join('')}>${children(all)}</${type}>` : children(all)
}
const runtime = { jsx, jsxs: jsx, Fragment: Symbol('fragment') } as unknown as Runtime
const figure = ({ src = '', alt = '' }: Props) =>
  `<figure><img src="${String(src)}" alt="${escaped(String(alt))}"></figure>`

/** What the build made, and what the screen's page names of it. */
export const program: Record<string, string> = {
  '/_astro/Kiosk.js': 'import("./Loop.js")',
  '/_astro/Loop.js': 'export {}',
  '/_astro/Kiosk.css': 'p{color:red}',
  '/_astro/text.css': 'h2{color:blue}',
  '/_astro/other.js': 'never asked for',
}

export const plainPages: SitePages = {
  page: async (address) => {
    if (address === '/kiosk')
      return {
        html: '<html><head><link rel="stylesheet" href="/_astro/Kiosk.css"></head><script src="/_astro/Kiosk.js"></script></html>',
        policy: "default-src 'none'",
      }
    const found = await hallText(address.slice('/kiosk/text/'.length))
    if (!found) return null
    // Pictures are drawn as the site draws them; other components stand by their names.
    const text = toElement(bareTree(found.tree), runtime, { 'x-figure': (props: Props) => figure(props) })
    const html = String(text).replace(/<x-figure([^>]*)><\/x-figure>/g, '<img$1>')
    return {
      html: `<html><head><link rel="stylesheet" href="/_astro/text.css"></head><div class="prose">${html}</div></html>`,
      policy: '',
    }
  },
  file: async (address) => (program[address] === undefined ? null : Buffer.from(program[address])),
}
