// Draws what the export's search found: where it stands, and the few lines that answer.
import type { FoundDocument } from '#export/found-document.ts'
import { bestPassage, markParts, type Part } from '#search/passage.ts'
import type { Wanted } from '#search/hits.ts'

const kinds = { course: '课程', lesson: '课文', story: '故事', case: '案例', list: '清单' }

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  ...inside: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  if (className) made.className = className
  made.append(...inside)
  return made
}

/** Search pages lie one folder below the first page, in every look. */
const wayTo = (address: string) => `..${address}/index.html`

const marked = (parts: readonly Part[]) =>
  parts.map(({ text, marked }) => (marked ? make('mark', '', text) : text))

function linkTo(address: string, ...inside: (Node | string)[]): HTMLAnchorElement {
  const link = make('a', '', ...inside)
  link.href = address
  return link
}

/** One sentence; more of them stand out. */
export const sentence = (text: string, stands: 'note' | 'say') => make('p', stands, text)

/** The results as a list. */
export function listOf(documents: readonly FoundDocument[], wanted: Wanted): HTMLElement {
  return make('ol', 'rows', ...documents.map((one) => resultOf(one, wanted)))
}

function resultOf(found: FoundDocument, wanted: Wanted): HTMLElement {
  const best = bestPassage(found.sections, wanted)
  const title = make('h2', '', linkTo(wayTo(found.address), ...marked(markParts(found.title, wanted))))
  const passage = make('p', '', ...(best ? marked(best.parts) : [found.summary]))
  const where = make('p', 'note', [kinds[found.kind], found.course, found.path].filter(Boolean).join('　'))
  if (best?.section.id)
    where.append('　', linkTo(`${wayTo(found.address)}#${best.section.id}`, best.section.title))
  return make('li', '', title, passage, where)
}

/** A button for the rest. */
export function moreButton(press: () => void): HTMLElement {
  const button = make('button', 'btn', '再看一些')
  button.onclick = press
  return button
}
