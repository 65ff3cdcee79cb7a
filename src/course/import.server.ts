// Brings content/ into the library: only what changed, never over the studio's work, never removing anything.
import { resolve } from 'node:path'
import { now } from '#clock.server.ts'
import { courseCandidate, lessonCandidate } from '#course/candidate.server.ts'
import type { Candidate, Checked } from '#course/candidate.server.ts'
import { findCourses } from '#course/find-courses.server.ts'
import type { Found } from '#course/find-courses.server.ts'
import { knownDocuments, knownLibrary } from '#course/known.server.ts'
import type { KnownDocument } from '#course/known.server.ts'
import type { Known } from '#course/known.ts'
import { inReadingOrder } from '#course/problem.ts'
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
}

/** Imports courses and lessons. A second run with nothing changed writes nothing. */
export async function importLibrary({
  contentDir,
  dataDir,
  indicators,
}: ImportOptions): Promise<ImportReport> {
  const found = await findCourses(resolve(contentDir))
  const documents = await knownDocuments()
  const known = await knownLibrary(indicators ?? null)
  const report: ImportReport = {
    published: [],
    unchanged: [],
    kept: [],
    conflicts: [],
    missing: [],
    problems: [],
  }
  report.problems.push(...found.problems)
  const candidates = await candidatesOf(found, documents, known, report)
  for (const candidate of candidates) {
    await storeMedia(candidate.media.folder, candidate.media.stored, dataDir)
    await settle(candidate, documents.get(candidate.id), report)
  }
  const there = new Set(candidates.map(({ id }) => id))
  const isGone = ({ id, file }: KnownDocument) => file !== null && !found.files.has(file) && !there.has(id)
  await noteMissing([...documents.values()].filter(isGone), report)
  report.problems = inReadingOrder(report.problems)
  return report
}

async function candidatesOf(
  found: Found,
  documents: ReadonlyMap<string, KnownDocument>,
  known: Known,
  report: ImportReport,
): Promise<Candidate[]> {
  const candidates: Candidate[] = []
  const seen = new Seen()
  const take = (checked: Checked) => {
    const problems = checked.type === 'refused' ? checked.problems : seen.add(checked.candidate)
    report.problems.push(...problems)
    if (checked.type === 'refused' || problems.length > 0) return null
    candidates.push(checked.candidate)
    return checked.candidate
  }
  for (const course of found.courses) {
    // Lessons of a course whose course.yaml is bad today go on under the course as it was imported.
    const parent = take(courseCandidate(course)) ?? byFile(documents, course.file)
    if (!parent) continue
    for (const lesson of course.lessons) {
      take(await lessonCandidate(lesson, { id: parent.id, slug: course.slug }, known))
    }
  }
  return candidates
}

/** Ids and addresses already taken in this import. */
class Seen {
  private readonly ids = new Map<string, string>()
  private readonly slugs = new Map<string, string>()

  /** Notes a candidate, or says which other file has its id, its address or one of its items. */
  add(candidate: Candidate): Problem[] {
    const at = { file: candidate.file, line: 1, column: 1 }
    const problems: Problem[] = []
    for (const id of [candidate.id, ...candidate.items.map((item) => item.id)]) {
      const other = this.ids.get(id)
      if (!other) continue
      problems.push({ ...at, message: `代号 ${id} 已经用在 ${other}。`, mend: '换一个没用过的代号。' })
    }
    const other = this.slugs.get(candidate.slug)
    if (other) problems.push({ ...at, message: `网址和 ${other} 相同。`, mend: '给文件夹换一个名字。' })
    if (problems.length > 0) return problems
    this.slugs.set(candidate.slug, candidate.file)
    for (const id of [candidate.id, ...candidate.items.map((item) => item.id)])
      this.ids.set(id, candidate.file)
    return []
  }
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
      return publishFile(candidate, (before?.number ?? 0) + 1, now().toISOString())
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
