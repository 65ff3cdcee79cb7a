// What is pasted from Word or from a WeChat article, as a page that holds only what the editor's schema can take: lists
// that Word writes as paragraphs become lists, indents of full-width spaces go, pictures from elsewhere are left behind.

/** The HTML to be pasted, and how many pictures were left behind. */
export type Cleaned = { html: string; pictures: number }

/** @param read makes a document of HTML without running anything in it: a `DOMParser` */
export function cleanPaste(html: string, read: (html: string) => Document): Cleaned {
  const page = read(html.replace(/<!\[if[^\]]*\]>|<!\[endif\]>/gi, ''))
  for (const gone of page.querySelectorAll('style, script, meta, link, title, iframe, object, svg, noscript'))
    gone.remove()
  for (const element of [...page.body.querySelectorAll('*')]) if (/:/.test(element.tagName)) unwrap(element)
  const pictures = dropPictures(page)
  listsFromWord(page)
  for (const heading of page.querySelectorAll('h1, h5, h6'))
    rename(heading, heading.tagName === 'H1' ? 'h2' : 'h4')
  for (const block of page.querySelectorAll('p, section, div, li, h2, h3, h4')) dropIndent(block)
  return { html: page.body.innerHTML, pictures }
}

function dropPictures(page: Document): number {
  const all = [...page.querySelectorAll('img, picture, video, audio, canvas')]
  const seen = all.filter((one) => one.tagName === 'IMG' && !isSpacer(one))
  for (const one of all) one.remove()
  return seen.length
}

/** WeChat and Word send invisible pictures along. */
const isSpacer = (image: Element) =>
  ['width', 'height'].some((side) => /^[01]$/.test(image.getAttribute(side) ?? ''))

const levelIn = (paragraph: Element) =>
  Number(/mso-list:\s*\S+\s+level(\d)/i.exec(paragraph.getAttribute('style') ?? '')?.[1] ?? 0)

/** Word writes `mso-list:l0 level1 lfo1` and puts the sign itself into a span that is to be ignored. */
function listsFromWord(page: Document) {
  const open: HTMLElement[] = []
  let last: Element | null = null
  for (const paragraph of [...page.querySelectorAll('p')]) {
    const level = levelIn(paragraph)
    if (level === 0) continue
    const sign = [...paragraph.querySelectorAll('span')].find((span) =>
      /mso-list:\s*ignore/i.test(span.getAttribute('style') ?? ''),
    )
    const numbered = /[0-9a-z一二三四五六七八九十]+[.)、．）]/i.test(sign?.textContent ?? '')
    sign?.remove()
    if (last === null || paragraph.previousElementSibling !== last) open.length = 0
    open.length = Math.min(open.length, level)
    while (open.length < level) {
      const list = page.createElement(numbered ? 'ol' : 'ul')
      const within = open.at(-1)
      if (!within) paragraph.before(list)
      else (within.lastElementChild ?? within.appendChild(page.createElement('li'))).append(list)
      open.push(list)
    }
    const item = page.createElement('li')
    open.at(-1)?.append(item)
    item.append(paragraph)
    last = open[0] ?? null
  }
}

/** Spaces at the beginning of a paragraph are an indent, not words. */
function dropIndent(block: Element) {
  let node: Node | null = block.firstChild
  while (node && node.nodeType !== Node.TEXT_NODE) node = node.firstChild ?? node.nextSibling
  if (node?.nodeValue) node.nodeValue = node.nodeValue.replace(/^[\s\u3000\u00a0]+/, '')
}

function unwrap(element: Element) {
  element.replaceWith(...element.childNodes)
}

function rename(element: Element, tag: string) {
  const other = element.ownerDocument.createElement(tag)
  other.append(...element.childNodes)
  element.replaceWith(other)
}
