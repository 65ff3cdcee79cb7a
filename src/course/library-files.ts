// Where a document of the library lies among files, and how its files are called: the layout of content/.
import { basename, dirname } from 'node:path'
import type { Content } from '#course/content-hash.ts'
import { isFileName, mediaTypes } from '#course/media.ts'

/** What is needed to name the files of a document. */
export type Placed = {
  kind: 'course' | 'lesson' | 'story' | 'case' | 'list'
  /** Address without leading slash. */
  slug: string
  position: number
  /** The main file that it came from, relative to content/; null for what content/ never had. */
  file: string | null
}

const word = '[a-z0-9][a-z0-9-]*'
const mainFiles = {
  course: new RegExp(`^courses/${word}/course\\.yaml$`),
  lesson: new RegExp(`^courses/${word}/\\d{2,3}-${word}/index\\.mdx$`),
  story: new RegExp(`^stories/${word}/index\\.mdx$`),
  case: new RegExp(`^cases/${word}/index\\.mdx$`),
  list: new RegExp(`^lists/${word}/list\\.yaml$`),
} as const
const mainNames = { story: 'index.mdx', case: 'index.mdx', list: 'list.yaml' } as const

/**
 * The main file of a document, relative to the folder; of one without a file, where the folder has it already, else from
 * its slug.
 * @param courseFile the main file of a lesson's course; null where there is none.
 * @param noted the files that the folder has of it, as far as is noted there.
 * @returns null for a name that may not be a path of the library, such as one that leads out of the folder.
 */
export function mainFileOf(
  placed: Placed,
  courseFile: string | null,
  noted: readonly string[] = [],
): string | null {
  const there = noted.find((path) => isMainFile(path) && isFor(placed, courseFile, path))
  const file = placed.file ?? there ?? fileFromSlug(placed, courseFile)
  return file !== null && mainFiles[placed.kind].test(file) ? file : null
}

/** True for the path of a document's main file, whatever its kind. */
export const isMainFile = (path: string): boolean => Object.values(mainFiles).some((main) => main.test(path))

/** True if the import would find the document at its address and place in this file. */
function isFor({ kind, slug, position }: Placed, courseFile: string | null, path: string): boolean {
  if (dirname(path).replace(/\/\d{2,3}-/g, '/') !== slug) return false
  if (kind !== 'lesson') return true
  const [folder, lesson] = [dirname(dirname(path)), basename(dirname(path))]
  return courseFile !== null && folder === dirname(courseFile) && Number.parseInt(lesson) === position
}

function fileFromSlug({ kind, slug, position }: Placed, courseFile: string | null): string | null {
  const last = slug.slice(slug.lastIndexOf('/') + 1)
  const number = String(position).padStart(2, '0')
  if (kind === 'lesson') return courseFile && `${dirname(courseFile)}/${number}-${last}/index.mdx`
  if (kind !== 'course') return `${slug}/${mainNames[kind]}`
  return slug === `courses/${last}` ? `courses/${number}-${last}/course.yaml` : null
}

/** The file beside the main one that holds its items. */
function itemsFileOf(kind: Placed['kind'], mainFile: string): string {
  return `${dirname(mainFile)}/${kind === 'course' ? 'test' : 'items'}.yaml`
}

/** A text, or where its bytes lie among the media: `<hash>.<extension>`. */
type Whole = { text: string } | { stored: string }

/** All files of a document by their paths. */
export function filesOf(kind: Placed['kind'], mainFile: string, content: Content): Map<string, Whole> {
  const { source, itemsSource, files } = content
  const all = new Map<string, Whole>([[mainFile, { text: source }]])
  if (itemsSource !== null) all.set(itemsFileOf(kind, mainFile), { text: itemsSource })
  for (const [name, stored] of Object.entries(files)) all.set(`${dirname(mainFile)}/${name}`, { stored })
  return all
}

/** True if a file of this name may stand beside a text, and `<hash>.<extension>` may be its place among the media. */
export function isMediaFile(name: string, stored: string): boolean {
  return isFileName(name, Object.keys(mediaTypes)) && /^[0-9a-f]{64}\.[a-z0-9]{1,5}$/.test(stored)
}
