// What stands at the foot of every page of the export: what it is, from when, from where, and that the site decides.
import type { Exhibition } from '#export/here.ts'
import type { Node } from '#export/html.ts'
import { element } from '#export/markup.ts'

export const labelId = 'exported'

export function label({ name, origin, site, on }: Exhibition): Node {
  const from = site ? element('a', { href: site }, [site]) : origin
  const day = on.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日')
  const words = `这是导出的静态网页，只能读。导出日：${day}。来自：${name}（`
  return element('p', { id: labelId }, [words, from, '）。以后的更新和撤展以网站为准。'])
}
