// What a folder of the library and the library last agreed on, kept in the folder itself so that it travels with it in
// Git. By it a change in the folder is told from one in the studio.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'astro/zod'
import type { Content } from '#course/content-hash.ts'
import { filesOf, type Placed } from '#course/library-files.ts'
import { lookAt, putFile } from '#course/library-folder.server.ts'
import { Refusal } from '#refusal.ts'

/** Its name; hidden, so that the import does not take it for content. */
export const notedFile = '.lianxue-library.json'

const sha = z.string().regex(/^[0-9a-f]{64}$/)
const Noted = z.object({
  madeBy: z.literal('lianxue content'),
  /** By id: the hash of the whole content, and the SHA-256 of each file by its path in the folder. */
  documents: z.record(z.string(), z.object({ hash: sha, files: z.record(z.string(), sha) })),
})

/** One document as it was exported to the folder or imported from it last. */
export type NotedDocument = z.infer<typeof Noted>['documents'][string]
export type NotedDocuments = Map<string, NotedDocument>

/** The SHA-256 of each file of a document, by its path. */
export function shasOf(kind: Placed['kind'], mainFile: string, content: Content): NotedDocument['files'] {
  const files = [...filesOf(kind, mainFile, content)]
  return Object.fromEntries(
    files.map(([path, of]) => [path, 'text' in of ? shaOfText(of.text) : of.stored.slice(0, 64)]),
  )
}

const shaOfText = (text: string) => createHash('sha256').update(text).digest('hex')

/** What is noted in a folder; empty where nothing is. @throws Refusal when it cannot be read. */
export async function readNoted(root: string): Promise<NotedDocuments> {
  const standing = await lookAt(root, notedFile)
  if (standing.type === 'none') return new Map()
  const text = standing.type === 'file' ? await readFile(join(root, notedFile), 'utf8') : ''
  const noted = Noted.safeParse(parsed(text)).data
  if (noted) return new Map(Object.entries(noted.documents))
  const hint = '恢复它原来的样子（例如解决 Git 的合并冲突），或删去它；删去后以站上最近一次导入为准。'
  throw new Refusal('invalid', `看不懂 ${join(root, notedFile)}，什么也没有改。`, hint)
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

/** Notes it; a note that says the same already is not written again. */
export async function writeNoted(root: string, before: string, documents: NotedDocuments): Promise<void> {
  const after = notedText(documents)
  if (after !== before) await putFile(root, notedFile, after)
}

/** As it stands in the file, in one order, so that Git shows what changed. */
export function notedText(documents: NotedDocuments): string {
  const sorted = <T>(entries: Iterable<[string, T]>) =>
    Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)))
  const rows = [...documents].map(([id, { hash, files }]): [string, NotedDocument] => [
    id,
    { hash, files: sorted(Object.entries(files)) },
  ])
  return `${JSON.stringify({ madeBy: 'lianxue content', documents: sorted(rows) }, null, 1)}\n`
}
