// Makes a page of the site one that needs no server. The rules in `withoutServer` say what becomes of each part that
// asks one; whoever adds such a part to a public page decides it there.
import { leadToFile, type Here } from '#export/here.ts'
import {
  altered,
  classesOf,
  elementsIn,
  readHtml,
  replace,
  writeHtml,
  type Element,
  type Node,
} from '#export/html.ts'
import { label, labelId } from '#export/label.ts'
import { element } from '#export/markup.ts'
import { inOwnWords } from '#export/only-on-site.ts'
import { policyFor } from '#export/policy.ts'
import { searchAddress } from '#export/search-page.ts'
import { heldOnlyLinks, staticForm } from '#export/static-form.ts'
import { keepsIsland, staticIsland, staticScript } from '#export/static-island.ts'
import { sectionList, type LessonParts } from '#export/static-lesson.ts'
import { staticLinks, staticMenu } from '#export/static-link.ts'

/** What static.css becomes. */
export const ownStyles = 'assets/static.css'

export type StaticPage = {
  html: string
  /** What it fetches, as paths in the export. */
  assets: string[]
}

/** The page as a tree. @throws Error if it is not as our layouts write it. */
export function readPage(html: string, address: string): Node[] {
  const page = readHtml(html)
  if (writeHtml(page) !== html) throw new Error(`${address} does not come back as it was read.`)
  return page
}

/** @param lesson what the islands of a lesson page are drawn from. */
export function staticPage(page: readonly Node[], here: Here, lesson?: LessonParts): StaticPage {
  const assets = new Set<string>()
  const islandsStay = keepsIsland(page)
  const readable = replace(inOwnWords(page, here), (each) => withoutServer(each, here, islandsStay, lesson))
  const relative = replace(readable, (each) => staticLinks(each, here, assets))
  const tidy = replace(relative, (each) => (heldOnlyLinks(each) ? [] : undefined))
  const labelled = [...elementsIn(tidy)].some(({ attributes }) => attributes.get('id') === labelId)
  if (!labelled) throw new Error(`${here.address} has no foot to say when it was exported.`)
  const whole = replace(tidy, (each) => (each.name === 'head' ? [staticHead(each, tidy, here)] : undefined))
  return { html: writeHtml(whole), assets: [...assets] }
}

function withoutServer(each: Element, here: Here, islandsStay: boolean, lesson?: LessonParts) {
  const classes = classesOf(each)
  if (each.name === 'nav' && classes.includes('nav')) return [staticMenu(each, here)]
  if (each.name === 'aside' && classes.includes('rail') && lesson)
    return [{ ...altered(each, { 'aria-label': '这一课' }), children: sectionList(lesson, here) }]
  if (each.name === 'details' && classes.includes('feedback')) return [label(here)]
  if (each.name === 'link' && each.attributes.get('rel') === 'modulepreload') return []
  return staticIsland(each, here, lesson) ?? staticScript(each, islandsStay) ?? staticForm(each, here)
}

function staticHead(head: Element, page: readonly Node[], here: Here): Element {
  const [charset = '', ...rest] = head.children
  const policy = policyFor(page, here.address === searchAddress)
  const added = [
    element('meta', { 'http-equiv': 'content-security-policy', content: policy }),
    element('meta', { name: 'referrer', content: 'same-origin' }),
  ]
  const own = element('link', { rel: 'stylesheet', href: leadToFile(here, ownStyles) })
  return { ...head, children: [charset, ...added, ...rest, own] }
}
