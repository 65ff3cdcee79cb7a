// Brings content/ into the library: only what changed, never over the studio's work, never removing anything.
import { now } from '#clock.server.ts'
import type { Candidate } from '#course/candidate.server.ts'
import { checkLibrary } from '#course/check-library.server.ts'
import { isMainFile } from '#course/library-files.ts'
import { shasOf, type NotedDocuments } from '#course/noted.server.ts'
import { knownDocuments, knownLibrary } from '#course/known.server.ts'
import type { KnownDocument } from '#course/known.server.ts'
import type { Problem } from '#course/problem.ts'
import { noteDocument, placing, publishFile } from '#course/publish.server.ts'
import { reconcile } from '#course/reconcile.ts'
import { storeMedia } from '#course/store-media.server.ts'

/** What an import did. Files are named relative to content/. */
export type ImportReport = {
  /** Files that became a new revision and are shown to readers. */
  published: string[]
  unchanged: string[]
  /** Files that the studio has changed since; the studio's version stays. */
  kept: string[]
  /** Files changed here and in the studio; the studio's version stays until somebody decides. */
  conflicts: string[]
  /** Files that are gone; what was imported from them is still shown. */
  missing: string[]
  /** Why files were refused; what was published from them before is still shown. */
  problems: Problem[]
}

export type ImportOptions = {
  contentDir: string
  dataDir: string
  /** Ids of the capability model; without them indicators are not checked. */
  indicators?: ReadonlySet<string>
  /**
   * For another folder than the installation's content/: what it and the library last agreed on. What was published is
   * noted there instead of in the library, so that the next start does not take content/ for the newer.
   */
  apart?: NotedDocuments
}

/** Imports courses, lessons, stories, cases and lists. A second run with nothing changed writes nothing. */
export async function importLibrary({
  contentDir,
  dataDir,
  indicators,
  apart,
}: ImportOptions): Promise<ImportReport> {
  const documents = await knownDocuments()
  const known = await knownLibrary(indicators ?? null)
  // Lessons of a course whose course.yaml is bad today go on under the course as it was imported.
  const { candidates, problems, files } = await checkLibrary(contentDir, known, (file) =>
    byFile(documents, file),
  )
  const report: ImportReport = {
    ...{ published: [], unchanged: [], kept: [], conflicts: [], missing: [] },
    problems,
  }
  for (const candidate of candidates) {
    await storeMedia(candidate.media.folder, candidate.media.stored, dataDir)
    const before = documents.get(candidate.id)
    if (apart) await settleApart(candidate, before, apart, report)
    else await settle(candidate, before, report)
  }
  if (apart) {
    report.missing.push(...missingApart(apart, candidates, files))
    return report
  }
  const there = new Set(candidates.map(({ id }) => id))
  const isGone = ({ id, file }: KnownDocument) => file !== null && !files.has(file) && !there.has(id)
  await noteMissing([...documents.values()].filter(isGone), report)
  return report
}

async function settle(candidate: Candidate, before: KnownDocument | undefined, report: ImportReport) {
  const decision = reconcile({
    file: candidate.hash,
    imported: before?.importedHash ?? null,
    current: before?.currentHash ?? null,
  })
  switch (decision) {
    case 'new':
    case 'publish':
      report.published.push(candidate.file)
      return publishFile(candidate, now().toISOString())
    case 'conflict':
      report.conflicts.push(candidate.file)
      return note(before, { ...placing(candidate), conflictHash: candidate.hash })
    case 'adopt':
      report.unchanged.push(candidate.file)
      return note(before, { ...placing(candidate), importedHash: candidate.hash })
    case 'keep':
      report.kept.push(candidate.file)
      return note(before, placing(candidate))
    case 'unchanged':
      report.unchanged.push(candidate.file)
      return note(before, placing(candidate))
  }
}

/** The same for another folder. */
async function settleApart(
  candidate: Candidate,
  before: KnownDocument | undefined,
  apart: NotedDocuments,
  report: ImportReport,
) {
  const { id, file, hash } = candidate
  const imported = apart.get(id)?.hash ?? before?.importedHash ?? null
  const decision = reconcile({ file: hash, imported, current: before?.currentHash ?? null })
  if (decision === 'conflict' || decision === 'keep') {
    report[decision === 'keep' ? 'kept' : 'conflicts'].push(file)
    return
  }
  if (decision === 'new' || decision === 'publish') {
    await publishFile(candidate, now().toISOString(), true)
    report.published.push(file)
  } else report.unchanged.push(file)
  apart.set(id, { hash, files: shasOf(candidate.kind, file, candidate) })
}

/** Main files that were noted in a folder and are not there any more; one that has moved is found under its id. */
function missingApart(apart: NotedDocuments, candidates: readonly Candidate[], files: ReadonlySet<string>) {
  const there = new Set(candidates.map(({ id }) => id))
  return [...apart].flatMap(([id, { files: noted }]) => {
    const main = Object.keys(noted).find(isMainFile)
    return main && !there.has(id) && !files.has(main) ? [main] : []
  })
}

/** Writes only what differs. */
async function note(before: KnownDocument | undefined, change: Partial<KnownDocument>) {
  if (!before) return
  const same = Object.entries(change).every(([name, value]) => before[name as keyof KnownDocument] === value)
  if (!same) await noteDocument(before.id, change)
}

/** A file that is gone is listed, never withdrawn; one that has moved is found under its id. */
async function noteMissing(gone: KnownDocument[], report: ImportReport) {
  for (const before of gone) {
    report.missing.push(before.file ?? '')
    if (!before.missingSince) await noteDocument(before.id, { missingSince: now().toISOString() })
  }
}

function byFile(documents: ReadonlyMap<string, KnownDocument>, file: string): KnownDocument | null {
  return [...documents.values()].find((each) => each.file === file) ?? null
}
