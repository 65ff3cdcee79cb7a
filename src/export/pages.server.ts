// Writes the pages of the export, each in every look.
import { fileOf, looks, type Look } from '#export/address.ts'
import type { Folder } from '#export/folder.server.ts'
import type { Exhibition, Here } from '#export/here.ts'
import { lessonAt } from '#export/public-addresses.server.ts'
import type { RenderPage } from '#export/render-page.server.ts'
import { searchAddress, searchPage } from '#export/search-page.ts'
import { readPage, staticPage } from '#export/static-page.ts'

/** Its frame becomes that of the search page. */
const plainest = '/channels'
const tellEvery = 100
const theLooks = Object.keys(looks) as Look[]

/** What was written, and what the pages fetch, as paths in the export. */
type Written = { exhibition: Exhibition; assets: ReadonlySet<string> }

/**
 * Writes every page of the exhibition. If some were withdrawn meanwhile, the others are written once more, so that
 * nothing leads to them.
 * @returns the exhibition without what was withdrawn.
 */
export async function writePages(
  folder: Folder,
  exhibition: Exhibition,
  renderPage: RenderPage,
  say: (line: string) => void,
): Promise<Written> {
  const assets = new Set<string>()
  const gone = new Set<string>()
  let done = 0
  for (const address of exhibition.addresses) {
    for (const look of theLooks)
      if (!(await writePage(folder, { ...exhibition, address, look }, renderPage, assets))) gone.add(address)
    done += 1
    if (done % tellEvery === 0) say(`已写好${done}个网页，共${exhibition.addresses.size}个`)
  }
  if (gone.size === 0) return { exhibition, assets }
  say(`刚才撤展了${gone.size}个网页，其余的再写一遍。`)
  for (const address of gone) for (const look of theLooks) await folder.drop(fileOf(address, look))
  const open = { ...exhibition, addresses: exhibition.addresses.difference(gone) }
  return writePages(folder, open, renderPage, say)
}

/** False for what was withdrawn a moment ago. */
async function writePage(
  folder: Folder,
  here: Here,
  renderPage: RenderPage,
  assets: Set<string>,
): Promise<boolean> {
  const isSearch = here.address === searchAddress
  const asked = isSearch ? plainest : here.address
  const html = await renderPage(asked, here.look)
  if (html === null) return false
  const page = readPage(html, asked)
  const made = staticPage(isSearch ? searchPage(page, here.look) : page, here, await lessonAt(asked))
  await folder.write(fileOf(here.address, here.look), made.html)
  for (const asset of made.assets) assets.add(asset)
  return true
}
