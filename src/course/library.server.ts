// The published courses and lessons as pages read them. Trees are stored drawn, so nothing is parsed here.
import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Root } from 'hast'
import { read } from '#db/database.server.ts'
import { document, item, revision, revisionItem } from '#db/schema/library.ts'
import { publicHalf } from '#quiz/public-half.ts'
import { Item } from '#quiz/question.ts'
import type { PublicQuestion } from '#quiz/question.ts'
import { Course } from '#course/course.ts'
import { Lesson } from '#course/lesson.ts'
import { asShown, openRows, requireOpen, rowAt, shown } from '#course/published.server.ts'
import type { Row, Shown } from '#course/published.server.ts'
import type { Section } from '#course/sections.ts'
import type { Nature } from '#record/hours/rule.ts'

export type PublishedLesson = Lesson & Shown & { courseId: string }

/** A course with its lessons in order; minutes is their sum. */
export type PublishedCourse = Course & Shown & { lessons: PublishedLesson[]; coverUrl: string | null }

/** A lesson with everything that its page shows. */
export type OpenLesson = Shown & {
  meta: Lesson
  course: PublishedCourse
  /** Which lesson of the course it is, from 1, and of how many. */
  place: { number: number; total: number }
  /** The lesson after it, or null. */
  next: PublishedLesson | null
  /** To be drawn by Lesson.astro. */
  tree: Root
  sections: Section[]
  /** What browsers may see of its items, by item id, in the order in which they stand in it. */
  questions: Map<string, PublicQuestion>
}

/** All published courses, in order; one may have no lesson yet. */
export async function publishedCourses(): Promise<PublishedCourse[]> {
  const lessons = await openRows('lesson')
  return (await openRows('course')).map((row) => asCourse(row, lessons))
}

/** The course at `/courses/<slug>`, or null. @throws Refusal `closed` if it was withdrawn. */
export async function courseBySlug(slug: string): Promise<PublishedCourse | null> {
  const row = await rowAt(`courses/${slug}`, 'course')
  if (!row) return null
  return asCourse(row, await lessonsOf(row.id))
}

/** The lessons of a course that readers see, in order. */
function lessonsOf(courseId: string): Promise<Row[]> {
  const own = and(eq(document.parentId, courseId), eq(document.kind, 'lesson'), isNull(document.withdrawnAt))
  return shown().where(own).orderBy(asc(document.position), asc(document.slug))
}

/** The lesson at `/courses/<course>/<lesson>`, or null. @throws Refusal `closed` if it or its course was withdrawn. */
export async function lessonBySlug(courseSlug: string, slug: string): Promise<OpenLesson | null> {
  const course = await courseBySlug(courseSlug)
  const row = course && (await rowAt(`courses/${courseSlug}/${slug}`, 'lesson'))
  if (!row) return null
  const index = course.lessons.findIndex((each) => each.id === row.id)
  const place = { number: index + 1, total: course.lessons.length }
  const next = course.lessons[index + 1] ?? null
  const { tree, sections, questions } = await contentOf(row.revisionId)
  return {
    ...asShown(row),
    meta: Lesson.parse(row.meta),
    course,
    place,
    next,
    tree,
    sections,
    questions,
  }
}

/** A published lesson by its permanent id with what its course says of it, or null. @throws Refusal `closed` if it or its course was withdrawn. */
export async function lessonById(
  id: string,
): Promise<(PublishedLesson & { sections: Section[]; nature: Nature; courseMinutes: number }) | null> {
  const [row] = await shown().where(and(eq(document.id, id), eq(document.kind, 'lesson')))
  if (!row) return null
  requireOpen(row)
  const [course] = await shown().where(eq(document.id, row.parentId ?? ''))
  if (course) requireOpen(course)
  const nature = course && Course.parse(course.meta).compulsory ? 'compulsory' : 'elective'
  const courseMinutes = (await lessonsOf(row.parentId ?? '')).reduce((sum, { minutes }) => sum + minutes, 0)
  return { ...asLesson(row), nature, courseMinutes, sections: (await contentOf(row.revisionId)).sections }
}

/** The items of a lesson's or course's revision with their keys, by id, in order. For grading only: never for a page. */
export async function itemsOf(revisionId: string): Promise<ReadonlyMap<string, Item>> {
  return (await contentOf(revisionId)).items
}

/** All that is read in a lesson revision, a line for each block. */
export async function textOf(revisionId: string): Promise<string> {
  return (await contentOf(revisionId)).sections.map(({ text }) => text).join('\n')
}

function asLesson(row: Row): PublishedLesson {
  return { ...Lesson.parse(row.meta), ...asShown(row), courseId: row.parentId ?? '' }
}

function asCourse(row: Row, lessons: readonly Row[]): PublishedCourse {
  const own = lessons.filter((each) => each.parentId === row.id).map(asLesson)
  const minutes = own.reduce((sum, each) => sum + each.minutes, 0)
  const course = Course.parse(row.meta)
  const file = row.files[course.cover?.src ?? '']
  return { ...course, ...asShown(row), minutes, lessons: own, coverUrl: file ? `/media/${file}` : null }
}

type Content = {
  tree: Root
  sections: Section[]
  items: ReadonlyMap<string, Item>
  questions: Map<string, PublicQuestion>
}

/** Revisions never change, so what was read once stays right. */
const contents = new Map<string, Content>()
const most = 200

async function contentOf(revisionId: string): Promise<Content> {
  const content = contents.get(revisionId) ?? (await readContent(revisionId))
  contents.delete(revisionId)
  contents.set(revisionId, content)
  for (const oldest of contents.keys()) {
    if (contents.size <= most) break
    contents.delete(oldest)
  }
  return content
}

async function readContent(revisionId: string): Promise<Content> {
  const [row] = await read
    .select({ tree: revision.tree, sections: revision.sections })
    .from(revision)
    .where(eq(revision.id, revisionId))
  if (!row) throw new Error(`There is no revision ${revisionId}.`)
  const bodies = await read
    .select({ body: item.body })
    .from(revisionItem)
    .innerJoin(item, and(eq(item.id, revisionItem.itemId), eq(item.revision, revisionItem.itemRevision)))
    .where(eq(revisionItem.revisionId, revisionId))
    .orderBy(asc(revisionItem.position))
  const items = new Map(bodies.map(({ body }) => Item.parse(body)).map((each) => [each.id, each]))
  const questions = new Map([...items].map(([id, each]) => [id, publicHalf(each)]))
  return { tree: row.tree as Root, sections: row.sections, items, questions }
}
