// Islands as they can be without a server. One that works on the device alone stays; a question becomes something to
// think about; of any other a sentence remains.
import { leadToFile, type Here } from '#export/here.ts'
import { classesOf, elementsIn, writeHtml, type Element, type Node } from '#export/html.ts'
import { element } from '#export/markup.ts'
import { linksScript } from '#export/scripts.server.ts'
import { onlyOnSite } from '#export/static-form.ts'
import { questionToThinkAbout, type LessonParts } from '#export/static-lesson.ts'

/** They ask no server, so they come along with their scripts. */
const stay = ['CaseFinder']

const staysHere = ({ name, attributes }: Element) =>
  name === 'astro-island' && stay.some((each) => attributes.get('opts')?.includes(`"name":"${each}"`))
export const keepsIsland = (page: readonly Node[]) => [...elementsIn(page)].some(staysHere)

/** The rule for one island; undefined for what is none, and for one that stays as it is. */
export function staticIsland(island: Element, here: Here, lesson?: LessonParts): Node[] | undefined {
  if (island.name !== 'astro-island') return undefined
  if (staysHere(island)) return [island, element('script', { defer: '', src: leadToFile(here, linksScript) })]
  const form = [...elementsIn(island.children)].find(({ name }) => name === 'form')
  const item = form && classesOf(form).includes('ask') ? form.attributes.get('id') : undefined
  return lesson && item ? questionToThinkAbout(item, lesson) : [onlyOnSite(here)]
}

const loader = 'import(b.dataset.reader)'
/** A module is not loaded from a folder of the own computer, a plain script is. */
const plainLoader = 'document.head.appendChild(document.createElement(`script`)).src=b.dataset.reader'

/**
 * The rule for scripts and styles in the page: they belong to islands, and go where none stays. The few characters that
 * wait for 读给我听 stay everywhere.
 */
export function staticScript(each: Element, islandsStay: boolean): Node[] | undefined {
  if (each.name !== 'script' && each.name !== 'style') return undefined
  if (each.attributes.has('defer')) return [each]
  const text = writeHtml(each.children)
  if (text.includes(loader)) return [{ ...each, children: [text.replace(loader, plainLoader)] }]
  return islandsStay ? [each] : []
}
