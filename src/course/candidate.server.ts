// Files of content/ that passed every check, in the shape in which they would enter the library.
import type { Root } from 'mdast'
import type { Item } from '#quiz/question.ts'
import { checkIndicators, checkLesson } from '#course/check-lesson.ts'
import type { MediaUse } from '#course/check-lesson.ts'
import { checkCase, checkStory } from '#course/check-text.ts'
import { checkTest } from '#course/check-test.ts'
import { contentHash } from '#course/content-hash.ts'
import { Course } from '#course/course.ts'
import type { FoundCourse, FoundLesson, FoundText } from '#course/find-library.server.ts'
import type { Known } from '#course/known.ts'
import { List } from '#course/list.ts'
import { placeMedia } from '#course/place-media.ts'
import type { StoredMedia } from '#course/place-media.ts'
import type { Problem } from '#course/problem.ts'
import { readYaml } from '#course/read-yaml.ts'
import { toHast } from '#course/render.ts'
import { entrySections, leadOf, sectionsOf } from '#course/sections.ts'
import type { Section } from '#course/sections.ts'
import { checkMedia } from '#course/store-media.server.ts'

/** A document as its files say it is. */
export type Candidate = {
  id: string
  kind: 'course' | 'lesson' | 'story' | 'case' | 'list'
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

/** What every kind has alike; each adds its own. */
type Own = Pick<Candidate, 'kind' | 'meta'> &
  Partial<Pick<Candidate, 'parentId' | 'edition' | 'minutes' | 'itemsSource' | 'sections' | 'items' | 'slug'>>

/** Judges the media, then puts everything together. `tree` is drawn with the addresses of its media. */
async function assemble(
  found: Pick<FoundText, 'slug' | 'position' | 'file' | 'source' | 'folder'>,
  uses: MediaUse[],
  tree: Root | null,
  own: Own,
): Promise<Checked> {
  const media = await checkMedia(found.folder, uses, found.file)
  if (media.type === 'refused') return media
  const { slug, position, file, source, folder } = found
  const files = namesOf(media.files)
  const { itemsSource = null } = own
  const candidate: Candidate = {
    ...{ slug, position, file, source, files, itemsSource },
    ...{ parentId: null, edition: 1, minutes: 0, sections: [], items: [] },
    id: String(own.meta['id']),
    hash: contentHash({ source, itemsSource, files }),
    tree: tree ? placeMedia(toHast(tree), media.files) : {},
    reviewer: typeof own.meta['checkedBy'] === 'string' ? own.meta['checkedBy'] : null,
    media: { folder, stored: media.files },
    ...own,
  }
  return { type: 'checked', candidate }
}

/** Judges course.yaml, its cover and its test. */
export async function courseCandidate(found: FoundCourse, known: Known): Promise<Checked> {
  const read = readYaml(found.source, Course, found.file)
  if (read.type === 'refused') return read
  const { cover } = read.value
  const uses = cover ? [{ name: cover.src, ...read.place(['cover', 'src']) }] : []
  const { testFile, testSource: itemsSource, lessons } = found
  const own = { kind: 'course' as const, meta: read.value, itemsSource }
  if (itemsSource === null) return assemble(found, uses, null, own)
  const test = checkTest(itemsSource, testFile, { course: read.value, lessons, known })
  return test.type === 'refused' ? test : assemble(found, uses, null, { ...own, items: test.items })
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
  const { meta, tree, items, media } = checked
  return assemble(found, media, tree, {
    ...{ kind: 'lesson', meta, items, itemsSource },
    slug: `${parent.slug}/${found.slug}`,
    parentId: parent.id,
    edition: meta.edition,
    minutes: meta.minutes,
    sections: [...leadOf(tree), ...sectionsOf(tree)],
  })
}

/** Judges a story, a case or a list. */
export async function textCandidate(found: FoundText, known: Known): Promise<Checked> {
  if (found.kind === 'list') return listCandidate(found, known)
  const check = found.kind === 'story' ? checkStory : checkCase
  const checked = check(found.source, found.file, known)
  if (checked.type === 'refused') return checked
  const { meta, tree, media } = checked
  const sections = [...leadOf(tree), ...sectionsOf(tree)]
  return assemble(found, media, tree, { kind: found.kind, meta, sections })
}

async function listCandidate(found: FoundText, known: Known): Promise<Checked> {
  const read = readYaml(found.source, List, found.file)
  if (read.type === 'refused') return read
  const problems = checkIndicators(read.value, known, { file: found.file, ...read.place(['indicators']) })
  if (problems.length > 0) return { type: 'refused', problems }
  const ids = read.value.entries.map(({ id }) => id)
  const twice = ids.findIndex((id, index) => ids.indexOf(id) < index)
  if (twice >= 0) {
    const at = { file: found.file, ...read.place(['entries', twice, 'id']) }
    const message = `代号 ${ids[twice]} 在这份清单里用了两次。`
    return { type: 'refused', problems: [{ ...at, message, mend: '给后一项换一个代号。' }] }
  }
  return assemble(found, [], null, { kind: 'list', meta: read.value, sections: entrySections(read.value) })
}

function namesOf(files: ReadonlyMap<string, StoredMedia>): Record<string, string> {
  return Object.fromEntries([...files].map(([name, { hash, extension }]) => [name, `${hash}.${extension}`]))
}
