// The search index of the export: Pagefind, fed with the tokens of `segment()`, so that its own ways of cutting Chinese
// do not matter.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { close, createIndex, type PagefindIndex } from 'pagefind'
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
  const dir = await mkdtemp(join(tmpdir(), 'lianxue-pagefind-'))
  try {
    await runPagefind(documents, dir)
    const files = (await readdir(dir, { recursive: true })).filter((path) => isNeeded.test(path))
    for (const path of files) await folder.copy(join(dir, path), `search/pagefind/${path}`)
    const byAddress = new Map(documents.map((document) => [document.address, document]))
    for (const [id, address] of await idsIn(join(dir, 'fragment')))
      await folder.write(`search/found/${id}.json`, JSON.stringify(byAddress.get(address)))
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

async function runPagefind(documents: readonly FoundDocument[], outputPath: string) {
  try {
    const { index, errors } = await createIndex({ forceLanguage: language })
    if (!index) throw new Error(`Pagefind does not start: ${errors.join(' ')}`)
    for (const document of documents) await add(index, document)
    const { errors: problems } = await index.writeFiles({ outputPath })
    if (problems.length > 0) throw new Error(`Pagefind: ${problems.join(' ')}`)
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
async function idsIn(dir: string): Promise<[id: string, address: string][]> {
  const signature = 'pagefind_dcd'
  const fragments = await readdir(dir).catch(() => [])
  return Promise.all(
    fragments.map(async (name) => {
      const text = gunzipSync(await readFile(join(dir, name))).toString()
      if (!text.startsWith(signature))
        throw new Error('Pagefind writes fragments in another way than before.')
      const { url } = JSON.parse(text.slice(signature.length)) as { url: string }
      return [name.replace(/\.pf_fragment$/, ''), url]
    }),
  )
}
