// The search index of a pack, as files.
import { createHash } from 'node:crypto'
import { foundDocuments } from '#export/found-documents.server.ts'
import { searchIndexOf } from '#export/search-index.server.ts'
import { asJson, jsonType, type Made } from '#kiosk/pack/made.ts'
import { searchIds, shelfFolder, shelvesFor, type SearchIds } from '#kiosk/pack/search-place.ts'

/** The shelf of a document depends on nothing but its id and how many shelves there are. */
const shelfOf = (id: string, count: number) => createHash('sha256').update(id).digest().readUInt32BE() % count

/**
 * The index of Pagefind in shelves; its program stands on the first.
 * @param idAt id of each document by its address on the site.
 */
export async function searchFiles(idAt: ReadonlyMap<string, string>): Promise<Made[]> {
  const documents = await foundDocuments(new Set(idAt.keys()))
  const count = shelvesFor(documents.length)
  const byShelf = Map.groupBy(documents, ({ address }) => shelfOf(idAt.get(address) ?? '', count))
  const shelves = [...byShelf.keys()].toSorted((a, b) => a - b)
  const found: Record<string, string> = {}
  const made: Made[] = []
  for (const number of shelves) {
    const { files, ids } = await searchIndexOf(byShelf.get(number) ?? [])
    for (const [id, address] of ids) found[id] = idAt.get(address) ?? ''
    for (const { path, content } of files.toSorted((a, b) => (a.path < b.path ? -1 : 1)))
      if (number === shelves[0] || !isProgram.test(path))
        made.push({ path: `${shelfFolder(number)}${path}`, type: typeOf(path), body: Buffer.from(content) })
  }
  const sorted = Object.fromEntries(Object.entries(found).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  const ids: SearchIds = { shelves, documents: sorted }
  return [asJson(searchIds, ids), ...made]
}

const isProgram = /^(?:pagefind\.js|wasm\..+)$/
const typeOf = (path: string) =>
  path.endsWith('.js')
    ? 'text/javascript; charset=utf-8'
    : path.endsWith('.json')
      ? jsonType
      : 'application/octet-stream'
