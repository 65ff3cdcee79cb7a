// Files of content/ that passed every check, in the shape in which they would enter the library.
import type { Item } from '#quiz/question.ts'
import { checkLesson } from '#course/check-lesson.ts'
import { contentHash } from '#course/content-hash.ts'
import { Course } from '#course/course.ts'
import type { FoundCourse, FoundLesson } from '#course/find-courses.server.ts'
import type { Known } from '#course/known.ts'
import { placeMedia } from '#course/place-media.ts'
import type { StoredMedia } from '#course/place-media.ts'
import type { Problem } from '#course/problem.ts'
import { readYaml } from '#course/read-yaml.ts'
import { toHast } from '#course/render.ts'
import type { Section } from '#course/sections.ts'
import { checkMedia } from '#course/store-media.server.ts'

/** A course or lesson as its files say it is. */
export type Candidate = {
  id: string
  kind: 'course' | 'lesson'
  slug: string
  parentId: string | null
  position: number
  file: string
  hash: string
  edition: number
  minutes: number
  source: string
  itemsSource: string | null
  /** Name → `<hash>.<extension>`. */
  files: Record<string, string>
  meta: Record<string, unknown>
  tree: unknown
  sections: Section[]
  items: Item[]
  reviewer: string | null
  /** The files beside it and where they lie. */
  media: { folder: string; stored: Map<string, StoredMedia> }
}

export type Checked = { type: 'checked'; candidate: Candidate } | { type: 'refused'; problems: Problem[] }

/** Judges course.yaml. */
export function courseCandidate(found: FoundCourse): Checked {
  const read = readYaml(found.source, Course, found.file)
  if (read.type === 'refused') return read
  const { slug, position, file, source } = found
  const content = { source, itemsSource: null, files: {} }
  const candidate: Candidate = {
    ...{ slug, position, file, ...content },
    id: read.value.id,
    kind: 'course',
    parentId: null,
    hash: contentHash(content),
    edition: 1,
    minutes: 0,
    meta: read.value,
    tree: {},
    sections: [],
    items: [],
    reviewer: null,
    media: { folder: '', stored: new Map() },
  }
  return { type: 'checked', candidate }
}

/** Judges a lesson with its items and files. */
export async function lessonCandidate(
  found: FoundLesson,
  parent: { id: string; slug: string },
  known: Known,
): Promise<Checked> {
  const { file, source, itemsFile, itemsSource } = found
  const checked = checkLesson({ file, source, itemsFile, items: itemsSource }, known)
  if (checked.type === 'refused') return checked
  const media = await checkMedia(found.folder, checked.media, file)
  if (media.type === 'refused') return media
  const { meta, tree, items, sections } = checked
  const files = namesOf(media.files)
  const candidate: Candidate = {
    ...{ file, source, itemsSource, files, meta, items, sections },
    id: meta.id,
    kind: 'lesson',
    slug: `${parent.slug}/${found.slug}`,
    parentId: parent.id,
    position: found.position,
    hash: contentHash({ source, itemsSource, files }),
    edition: meta.edition,
    minutes: meta.minutes,
    tree: placeMedia(toHast(tree), media.files),
    reviewer: meta.checkedBy,
    media: { folder: found.folder, stored: media.files },
  }
  return { type: 'checked', candidate }
}

function namesOf(files: ReadonlyMap<string, StoredMedia>): Record<string, string> {
  return Object.fromEntries([...files].map(([name, { hash, extension }]) => [name, `${hash}.${extension}`]))
}
