// Which file a page of the site becomes, and how one file leads to another. Every way is relative, so that the export
// opens from any folder of any host.
import { posix } from 'node:path'

/** A static file cannot know a cookie, so each page is written once for each of these. Light and dark follow the system. */
export type Look = 'standard' | 'elder' | 'largest'

/** Where the pages of each look lie, and what stands in the reader's cookie for it. */
export const looks: Record<Look, { folder: string; cookie: string }> = {
  standard: { folder: '', cookie: 'standard.normal.auto' },
  elder: { folder: 'elder/', cookie: 'elder.normal.auto' },
  largest: { folder: 'elder/largest/', cookie: 'elder.max.auto' },
}

/** The file of a page: `/stories/hepu` becomes stories/hepu/index.html. */
export function fileOf(address: string, look: Look): string {
  const folder = address === '/' ? '' : `${address.slice(1)}/`
  return `${looks[look].folder}${folder}index.html`
}

/** The way from one file to another; it begins with a dot, because a script can import nothing else. */
export function wayFrom(from: string, to: string): string {
  const way = posix.relative(posix.dirname(from), to)
  return way.startsWith('.') ? way : `./${way}`
}
