// Judges everything that content/ holds, document by document and against each other: no id, address or item twice.
import { resolve } from 'node:path'
import type { Nodes } from 'hast'
import { needOf } from '#people/permission.ts'
import { courseCandidate, lessonCandidate, textCandidate } from '#course/candidate.server.ts'
import type { Candidate, Checked } from '#course/candidate.server.ts'
import { findLibrary } from '#course/find-library.server.ts'
import { nothingKnown } from '#course/known.ts'
import type { Known } from '#course/known.ts'
import { inReadingOrder } from '#course/problem.ts'
import type { Problem } from '#course/problem.ts'

/** What may enter the library, what may not and why, and every file that was looked at. */
export type CheckedLibrary = { candidates: Candidate[]; problems: Problem[]; files: ReadonlySet<string> }

/** A document as the library has it. */
type Before = { id: string; slug: string }

/**
 * Checks a content folder.
 * @param before the document that was imported from a file before, or null.
 */
export async function checkLibrary(
  contentDir: string,
  known: Known = nothingKnown,
  before: (file: string) => Before | null = () => null,
): Promise<CheckedLibrary> {
  const found = await findLibrary(resolve(contentDir))
  const candidates: Candidate[] = []
  const problems = [...found.problems]
  const seen = new Seen()
  const take = (checked: Checked) => {
    const faults =
      checked.type === 'refused'
        ? checked.problems
        : [
            ...seen.add(checked.candidate),
            ...changedId(checked.candidate, before(checked.candidate.file), known),
          ]
    problems.push(...faults)
    if (checked.type === 'refused' || faults.length > 0) return null
    candidates.push(checked.candidate)
    return checked.candidate
  }
  for (const course of found.courses) {
    const parent = take(await courseCandidate(course, known)) ?? before(course.file)
    if (!parent) continue
    for (const lesson of course.lessons) {
      take(await lessonCandidate(lesson, { id: parent.id, slug: course.slug }, known))
    }
  }
  for (const text of found.texts) take(await textCandidate(text, known))
  problems.push(...unknownLessons(candidates, known), ...deadLinks(candidates))
  return { candidates, problems: inReadingOrder(problems), files: found.files }
}

/** Ids and addresses already taken. */
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

/** The same file under an id that nobody had before: its old one would stay on show beside it. */
function changedId({ id, file }: Candidate, before: Before | null, { editions }: Known): Problem[] {
  if (!before || before.id === id || editions.has(id)) return []
  const message = `代号从 ${before.id} 改成了 ${id}。`
  return [{ file, line: 1, column: 1, message, mend: '改回原来的代号；真是另一份，放到另一个文件夹。' }]
}

/** Links within the site to pages that are not there. What links to them is shown all the same. */
function deadLinks(candidates: Candidate[]): Problem[] {
  const there = new Set(candidates.map(({ slug }) => `/${slug}`))
  return candidates.flatMap(({ file, tree }) =>
    linksIn(tree as Nodes)
      .map((link) => link.replace(/[?#].*/, ''))
      .filter((link) => link.startsWith('/') && !there.has(link) && !isFixedPage(link))
      .map((link) => {
        const mend = '核对地址，或删去这个链接。'
        return { file, line: 1, column: 1, message: `链接 ${link} 那里没有网页。`, mend }
      }),
  )
}

const isFixedPage = (link: string) => needOf('GET', link)?.pattern === link

const linksIn = (node: Nodes): string[] => [
  ...(node.type === 'element' && node.tagName === 'a' ? [String(node.properties['href'] ?? '')] : []),
  ...('children' in node ? node.children.flatMap(linksIn) : []),
]

/** Stories and cases that lead to a lesson which nobody has. They are shown all the same, without the link. */
function unknownLessons(candidates: Candidate[], { editions }: Known): Problem[] {
  const ids = new Set([...candidates.map(({ id }) => id), ...editions.keys()])
  return candidates.flatMap(({ file, meta: { lesson } }) =>
    typeof lesson !== 'string' || ids.has(lesson)
      ? []
      : [{ file, line: 1, column: 1, message: `没有课文 ${lesson}。`, mend: '改成已有课文的代号。' }],
  )
}
