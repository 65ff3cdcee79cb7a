// The library as files, in the layout of content/: every published document, byte for byte as it is stored. What somebody
// changed in the folder is listed and left alone.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { and, eq } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { mediaOf } from '#db/place.ts'
import { document, revision } from '#db/schema/library.ts'
import type { Content } from '#course/content-hash.ts'
import { filesOf, isMediaFile, mainFileOf } from '#course/library-files.ts'
import { inFolder, lookAt, openLibraryFolder, putFile, shaOfFile } from '#course/library-folder.server.ts'
import {
  notedText,
  readNoted,
  shasOf,
  writeNoted,
  type NotedDocument,
  type NotedDocuments,
} from '#course/noted.server.ts'

/** What an export did. Files are named relative to the folder. */
export type ExportReport = {
  /** How many documents were looked at. */
  documents: number
  written: string[]
  /** How many files were the same already. */
  same: number
  /** Files of an earlier export that a document no longer has. */
  removed: string[]
  /** Files changed in the folder since; left alone, and the other files of their document too. */
  conflicts: string[]
  /** Documents that could not be written, and why in Chinese. */
  refused: { name: string; why: string }[]
  /** Main files of withdrawn documents, which are written like the others. */
  withdrawn: string[]
}

export type ExportOptions = {
  /** The folder; made where it is missing. */
  dir: string
  dataDir: string
  /** Writes over what somebody changed there. */
  overwrite: boolean
}

/** One file as it should be. */
type Wanted = { path: string; sha: string; content: string | { from: string } }
type Published = typeof document.$inferSelect & Content

/** Exports the library. A second run with nothing changed writes nothing. @throws Refusal about the folder. */
export async function exportLibrary({ dir, dataDir, overwrite }: ExportOptions): Promise<ExportReport> {
  const root = await openLibraryFolder(dir, true)
  const report: ExportReport = {
    ...{ documents: 0, written: [], same: 0, removed: [], conflicts: [], refused: [], withdrawn: [] },
  }
  try {
    const noted = await readNoted(root)
    const before = notedText(noted)
    const planned = await plan(noted, dataDir, report)
    const wanted = new Set([...planned.values()].flatMap(({ files }) => files.map(({ path }) => path)))
    for (const [id, { published, files, main }] of planned) {
      const last = noted.get(id)?.files ?? (await importedFiles(published, main))
      const isGone = ([path]: [string, string]) => !wanted.has(path)
      const gone = Object.entries(last).filter(isGone)
      if (await settle(root, { main, files, last, gone, overwrite }, report))
        noted.set(id, { hash: published.hash, files: shasOf(published.kind, main, published) })
    }
    await writeNoted(root, before, noted)
  } catch (error) {
    throw inFolder(dir, error)
  }
  return report
}

type Planned = { published: Published & { hash: string }; main: string; files: Wanted[] }

/** Names the files of every document; one whose names may not be written is refused here. */
async function plan(
  noted: NotedDocuments,
  dataDir: string,
  report: ExportReport,
): Promise<Map<string, Planned>> {
  const rows = await publishedDocuments()
  const pathsOf = (id: string) => Object.keys(noted.get(id)?.files ?? {})
  const courses = new Map(
    rows.flatMap((row) => (row.kind === 'course' ? [[row.id, mainFileOf(row, null, pathsOf(row.id))]] : [])),
  )
  const planned = new Map<string, Planned>()
  const taken = new Set<string>()
  for (const published of rows) {
    report.documents += 1
    const refuse = (why: string) => report.refused.push({ name: `${published.id}（${published.slug}）`, why })
    const course = courses.get(published.parentId ?? '') ?? null
    const main = mainFileOf(published, course, pathsOf(published.id))
    const names = Object.entries(published.files)
    const bad = names.find(([name, stored]) => !isMediaFile(name, stored))
    if (main === null) refuse('它的网址或文件名不能用作路径')
    else if (taken.has(main)) refuse(`另一份文件也叫 ${main}`)
    else if (bad) refuse(`它旁边的文件名“${bad[0]}”不能用`)
    else {
      taken.add(main)
      if (published.withdrawnAt) report.withdrawn.push(main)
      planned.set(published.id, { published, main, files: wantedOf(published, main, dataDir) })
    }
  }
  return planned
}

async function publishedDocuments(): Promise<Planned['published'][]> {
  const rows = await read
    .select({
      document,
      source: revision.source,
      items: revision.itemsSource,
      files: revision.files,
      hash: revision.hash,
    })
    .from(document)
    .innerJoin(revision, eq(revision.id, document.publishedRevisionId))
    .orderBy(document.slug, document.id)
  return rows.map(({ document: row, items, ...content }) => ({ ...row, ...content, itemsSource: items }))
}

function wantedOf(
  { kind, ...content }: Content & Pick<Published, 'kind'>,
  main: string,
  dataDir: string,
): Wanted[] {
  const shas = shasOf(kind, main, content)
  return [...filesOf(kind, main, content)].map(([path, of]) => ({
    path,
    sha: shas[path] ?? '',
    content: 'text' in of ? of.text : { from: join(mediaOf(dataDir), of.stored) },
  }))
}

/** The files as content/ had them at the last import, for a folder in which nothing is noted of the document. */
async function importedFiles(row: Published, main: string): Promise<NotedDocument['files']> {
  if (row.importedHash === null) return {}
  const [imported] = await read
    .select()
    .from(revision)
    .where(and(eq(revision.documentId, row.id), eq(revision.hash, row.importedHash)))
    .limit(1)
  return imported ? shasOf(row.kind, main, imported) : {}
}

type Settled = {
  main: string
  files: readonly Wanted[]
  /** The files as they last were in the folder, and those of them that nobody has any more. */
  last: NotedDocument['files']
  gone: readonly [path: string, sha: string][]
  overwrite: boolean
}

/** Writes one document with all its files, or none of them; true if the folder now has it as the library has it. */
async function settle(root: string, { main, files, last, gone, overwrite }: Settled, report: ExportReport) {
  const writes: Wanted[] = []
  const conflicts: string[] = []
  const refuse = (why: string) => (report.refused.push({ name: main, why }), false)
  for (const wanted of files) {
    const there = await lookAt(root, wanted.path)
    if (there.type === 'refused') return refuse(there.why)
    if (there.type === 'file' && there.sha === wanted.sha) continue
    if (there.type === 'file' && there.sha !== last[wanted.path] && !overwrite) conflicts.push(wanted.path)
    if (!(await isSound(wanted))) return refuse(`站上存的 ${wanted.path} 不见了或已损坏，请从备份恢复`)
    writes.push(wanted)
  }
  const removes: string[] = []
  for (const [path, sha] of gone) {
    const there = await lookAt(root, path)
    if (there.type === 'file' && (there.sha === sha || overwrite)) removes.push(path)
    else if (there.type !== 'none') conflicts.push(path)
  }
  report.conflicts.push(...conflicts)
  if (conflicts.length > 0) return false
  for (const { path, content } of writes) await putFile(root, path, content)
  for (const path of removes) await rm(join(root, path))
  report.written.push(...writes.map(({ path }) => path))
  report.same += files.length - writes.length
  report.removed.push(...removes)
  return true
}

/** A stored picture must still be what its name says. */
async function isSound({ content, sha }: Wanted): Promise<boolean> {
  if (typeof content === 'string') return true
  return (await shaOfFile(content.from).catch(() => '')) === sha
}
