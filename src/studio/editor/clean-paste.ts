// What is pasted from Word or from a WeChat article, as a page that holds only what the editor's schema can take: lists
// that Word writes as paragraphs become lists, indents of full-width spaces go, pictures from elsewhere are left behind.
import { checkLink } from '#course/check-link.ts'
import { listsFromWord } from '#studio/editor/paste-lists.ts'
import { tidyTables } from '#studio/editor/paste-tables.ts'

/** The HTML to be pasted, and how many pictures were left behind. */
export type Cleaned = { html: string; pictures: number }

/** @param read makes a document of HTML without running anything in it: a `DOMParser` */
export function cleanPaste(html: string, read: (html: string) => Document): Cleaned {
  if (isOurs(html)) return { html, pictures: 0 }
  const page = read(withoutStyles(html))
  const all = (selector: string) => [...page.body.querySelectorAll(selector)]
  for (const gone of all(silent)) gone.remove()
  for (const own of all('*')) if (own.tagName.includes(':')) unwrap(own)
  for (const link of all('a')) if (!leads(link)) unwrap(link)
  for (const styled of all(`[${styles}]`)) keepBold(styled)
  const pictures = dropPictures(all)
  listsFromWord(page)
  for (const heading of all('h1, h5, h6, p.MsoTitle'))
    rename(heading, /^H[56]$/.test(heading.tagName) ? 'h4' : 'h2')
  tidyTables(page)
  for (const block of all(blocks)) {
    dropIndent(block)
    if (isBlank(block)) block.remove()
  }
  return { html: page.body.innerHTML, pictures }
}

const silent =
  'style, script, meta, link, title, iframe, object, svg, noscript, template, input, button, select, textarea'
const blocks = 'p, section, div, li, blockquote, h2, h3, h4'

/** What was copied in an editor of ours: it holds what the schema writes, and neither styles nor pictures of others. */
const isOurs = (html: string) => /\sdata-pm-slice=/.test(html) && !/\sstyle=|<style|<img/i.test(html)

/** The policy of our pages would report each style, so they are words about an element before they are read. */
const styles = 'data-style'
const withoutStyles = (html: string) =>
  html
    .replace(/<!\[(if[^\]]*|endif)\]>/gi, '')
    .replace(/<style[\s>][\s\S]*?<\/style>/gi, '')
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, ` ${styles}=`))

/** Bold is the one thing that a style may say. */
function keepBold(element: Element) {
  const weight = /(?:^|;)\s*font-weight:\s*(\w+)/i.exec(element.getAttribute(styles) ?? '')?.[1] ?? ''
  if (/^(normal|[1-5]00)$/i.test(weight) && /^(B|STRONG)$/.test(element.tagName)) unwrap(element)
  if (!/^(bold|bolder|[6-9]00)$/i.test(weight)) return
  const bold = element.ownerDocument.createElement('strong')
  bold.append(...element.childNodes)
  element.append(bold)
}

/** Word's footnotes lead to places of the file that was left. */
function leads(link: Element): boolean {
  const address = link.getAttribute('href') ?? ''
  return !address.startsWith('#') && checkLink(address) === null
}

function dropPictures(all: (selector: string) => Element[]): number {
  const found = all('img, picture, video, audio, canvas, mp-common-mpaudio, mpvoice')
  const seen = found.filter((one) => one.tagName === 'IMG' && !isSpacer(one))
  for (const one of found) one.remove()
  return seen.length
}

/** Pages send invisible pictures along. */
const isSpacer = (image: Element) =>
  ['width', 'height', 'data-w'].some((side) => /^[01](px)?$/.test(image.getAttribute(side) ?? ''))

const textNode = 3

/** Spaces at the beginning of a paragraph are an indent, not words. True if nothing but spaces was found. */
function dropIndent(within: Node): boolean {
  return [...within.childNodes].every((node) => {
    if (node.nodeName === 'BR' || node.nodeName === 'TABLE') return false
    if (node.nodeType !== textNode) return dropIndent(node)
    node.nodeValue = (node.nodeValue ?? '').replace(/^[\s\u3000\u00a0]+/, '')
    return node.nodeValue === ''
  })
}

/** Lines that only keep a distance. */
const isBlank = (block: Element) =>
  /^[\s\u3000\u00a0\u200b]*$/.test(block.textContent) && !block.querySelector('hr, table')

function unwrap(element: Element) {
  element.replaceWith(...element.childNodes)
}

function rename(element: Element, tag: string) {
  const other = element.ownerDocument.createElement(tag)
  other.append(...element.childNodes)
  element.replaceWith(other)
}
