// Lists of Word, which it writes as paragraphs: `mso-list:l0 level1 lfo1`, the sign itself in a span to be ignored. The
// styles are read from `data-style` (clean-paste.ts).

type Open = { list: Element; numbered: boolean }

/** Makes real lists of them, nested by their level. */
export function listsFromWord(page: Document): void {
  let open: Open[] = []
  for (const paragraph of page.body.querySelectorAll('p')) {
    const level = levelIn(paragraph)
    if (level === 0) continue
    const numbered = takeSign(paragraph)
    // A list goes on only where nothing else stands between.
    if (paragraph.previousElementSibling !== open[0]?.list) open = []
    open = open.slice(0, level)
    const same = open[level - 1]
    if (same && same.numbered !== numbered) open = open.slice(0, level - 1)
    while (open.length < level) open.push({ list: begin(page, paragraph, open.at(-1), numbered), numbered })
    const item = page.createElement('li')
    open.at(-1)?.list.append(item)
    item.append(...paragraph.childNodes)
    paragraph.remove()
  }
}

const levelIn = (paragraph: Element) =>
  Number(/mso-list:\s*l\d+\s+level(\d)/i.exec(paragraph.getAttribute('data-style') ?? '')?.[1] ?? 0)

/** Removes the sign of an item; true if it counts. */
function takeSign(paragraph: Element): boolean {
  const signs = [...paragraph.querySelectorAll('span')].filter((span) =>
    /mso-list:\s*ignore/i.test(span.getAttribute('data-style') ?? ''),
  )
  const text = signs.map(({ textContent }) => textContent).join('')
  for (const sign of signs) sign.remove()
  return /[0-9a-z一二三四五六七八九十]+[.)、．）]|[①-⑳]/i.test(text)
}

function begin(page: Document, paragraph: Element, above: Open | undefined, numbered: boolean): Element {
  const list = page.createElement(numbered ? 'ol' : 'ul')
  if (!above) paragraph.before(list)
  else (above.list.lastElementChild ?? above.list.appendChild(page.createElement('li'))).append(list)
  return list
}
