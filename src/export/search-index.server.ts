// The search index of what has no server, an export or the pack of a kiosk: Pagefind, fed with the tokens of `segment()`,
// so that its own ways of cutting Chinese do not matter.
import { gunzipSync } from 'node:zlib'
import { close, createIndex, type IndexFile, type PagefindIndex } from 'pagefind'
import type { Folder } from '#export/folder.server.ts'
import type { FoundDocument } from '#export/found-document.ts'
import { spell } from '#export/spell.ts'
import { lettersOf, segment } from '#search/segment.ts'
import { pinyinOf } from '#search/sound.server.ts'

/** No language that Pagefind knows, so that it stems nothing. */
const language = 'zxx'

/** Of what Pagefind writes, its ready-made pages are not needed, nor its own copies of the texts. */
const isNeeded = /^(?:pagefind\.js|pagefind-entry\.json|wasm\.unknown\.pagefind|[^/]+\.pf_meta|index\/.+)$/

/** Writes search/pagefind/ and, for each document, the file that its result is drawn from. */
export async function writeSearchIndex(folder: Folder, documents: readonly FoundDocument[]): Promise<void> {
  const { files, ids } = await searchIndexOf(documents)
  for (const { path, content } of files) await folder.write(`search/pagefind/${path}`, content)
  const byAddress = new Map(documents.map((document) => [document.address, document]))
  for (const [id, address] of ids)
    await folder.write(`search/found/${id}.json`, JSON.stringify(byAddress.get(address)))
}

/** One process of Pagefind is for all of ours. */
let before: Promise<unknown> = Promise.resolve()

/** The files of an index, and under which id it names the address of each document. One is made at a time. */
export function searchIndexOf(
  documents: readonly FoundDocument[],
): Promise<{ files: IndexFile[]; ids: [id: string, address: string][] }> {
  const made = before.then(() => runPagefind(documents))
  before = made.catch(() => undefined)
  return made.then((files) => ({
    files: files.filter(({ path }) => isNeeded.test(path)),
    ids: idsIn(files),
  }))
}

/** The files of the index. Pagefind's own way of writing them says that it is done before they all are. */
async function runPagefind(documents: readonly FoundDocument[]): Promise<IndexFile[]> {
  try {
    const { index, errors } = await createIndex({ forceLanguage: language })
    if (!index) throw new Error(`Pagefind does not start: ${errors.join(' ')}`)
    for (const document of documents) await add(index, document)
    const { files, errors: problems } = await index.getFiles()
    if (problems.length > 0) throw new Error(`Pagefind: ${problems.join(' ')}`)
    return files
  } finally {
    await close()
  }
}

const written = (tokens: readonly string[]) => tokens.map(spell).join(' ')
const spelled = (text: string) => written(segment(text))

async function add(index: PagefindIndex, { address, title, summary, path, course, sections }: FoundDocument) {
  const headings = sections.map((section) => section.title)
  const lead = `${summary}\n${path}\n${course ?? ''}`
  const text = sections.map((section) => section.text).join('\n')
  const { errors } = await index.addCustomRecord({
    url: address,
    language,
    content: spelled(`${title}\n${lead}\n${text}`),
    meta: {
      title: spelled(title),
      letter: written([title, ...headings].flatMap(lettersOf)),
      sound: written([title, ...headings].flatMap(pinyinOf)),
      heading: spelled(headings.join('\n')),
      lead: spelled(lead),
    },
  })
  if (errors.length > 0) throw new Error(`Pagefind refuses ${address}: ${errors.join(' ')}`)
}

/** Under which id Pagefind will name each address. It says so only in the files that we leave out. */
function idsIn(files: readonly IndexFile[]): [id: string, address: string][] {
  const signature = 'pagefind_dcd'
  return files.flatMap(({ path, content }) => {
    const [, id] = /^fragment\/(.+)\.pf_fragment$/.exec(path) ?? []
    if (id === undefined) return []
    const text = gunzipSync(content).toString()
    if (!text.startsWith(signature)) throw new Error('Pagefind writes fragments in another way than before.')
    const { url } = JSON.parse(text.slice(signature.length)) as { url: string }
    return [[id, url]]
  })
}
