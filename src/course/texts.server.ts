// The published stories, cases and lists as pages read them.
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Root } from 'hast'
import { Case } from '#course/case.ts'
import { lessonById } from '#course/library.server.ts'
import { audioExtensions, isFileName } from '#course/media.ts'
import { List } from '#course/list.ts'
import { asShown, openRows, rowAt } from '#course/published.server.ts'
import type { Row, Shown } from '#course/published.server.ts'
import type { Section } from '#course/sections.ts'
import { Story, type Season } from '#course/story.ts'
import { read } from '#db/database.server.ts'
import { document, revision } from '#db/schema/library.ts'
import { Refusal } from '#refusal.ts'

export type PublishedStory = Story & Shown & { picture: string | null; recordingUrl: string | null }
export type PublishedCase = Case & Shown
export type PublishedList = List & Shown

/** What the page of a story or a case draws. */
export type Drawn = { tree: Root; sections: Section[] }

/** A lesson to which a story or a case leads. */
export type Behind = { title: string; href: string; minutes: number }

/** All stories, in order. */
export const publishedStories = async () => (await openRows('story')).map(asStory)
/** The stories of a season, in order. */
export const storiesOf = async (season: Season) =>
  (await openRows('story', sql`${revision.meta} ->> 'season' = ${season}`)).map(asStory)
/** All cases, in order. */
export const publishedCases = async () => (await openRows('case')).map(asCase)
/** All lists, in order. */
export const publishedLists = async () => (await openRows('list')).map(asList)

/** The story at `/stories/<slug>`, or null. @throws Refusal `closed` if it was withdrawn. */
export async function storyBySlug(slug: string): Promise<(PublishedStory & Drawn) | null> {
  const row = await rowAt(`stories/${slug}`, 'story')
  return row && { ...asStory(row), ...(await drawnOf(row.revisionId)) }
}

/** The story that hangs after the one with this id, the first after the last; null if there is no other. */
export async function storyAfter(id: string): Promise<{ title: string; href: string } | null> {
  const stories = await read
    .select({ id: document.id, slug: document.slug, title: sql<string>`${revision.meta} ->> 'title'` })
    .from(document)
    .innerJoin(revision, eq(revision.id, document.publishedRevisionId))
    .where(and(eq(document.kind, 'story'), isNull(document.withdrawnAt)))
    .orderBy(asc(document.position), asc(document.slug))
  const next = stories[stories.findIndex((story) => story.id === id) + 1] ?? stories[0]
  return next && next.id !== id ? { title: next.title, href: `/${next.slug}` } : null
}

/** The case at `/cases/<slug>`, or null. @throws Refusal `closed` if it was withdrawn. */
export async function caseBySlug(slug: string): Promise<(PublishedCase & Drawn) | null> {
  const row = await rowAt(`cases/${slug}`, 'case')
  return row && { ...asCase(row), ...(await drawnOf(row.revisionId)) }
}

/** The list at `/lists/<slug>`, or null. @throws Refusal `closed` if it was withdrawn. */
export async function listBySlug(slug: string): Promise<PublishedList | null> {
  const row = await rowAt(`lists/${slug}`, 'list')
  return row && asList(row)
}

/** Title and address of a lesson; null while nobody can read it. */
export async function lessonBehind(id: string | undefined): Promise<Behind | null> {
  const lesson = id === undefined ? null : await lessonById(id).catch(nullWhenClosed)
  if (!lesson) return null
  const [row] = await read.select({ slug: document.slug }).from(document).where(eq(document.id, lesson.id))
  return row ? { title: lesson.title, href: `/${row.slug}`, minutes: lesson.minutes } : null
}

function nullWhenClosed(error: unknown): null {
  if (error instanceof Refusal) return null
  throw error
}

async function drawnOf(revisionId: string): Promise<Drawn> {
  const [row] = await read
    .select({ tree: revision.tree, sections: revision.sections })
    .from(revision)
    .where(eq(revision.id, revisionId))
  if (!row) throw new Error(`There is no revision ${revisionId}.`)
  return { tree: row.tree as Root, sections: row.sections }
}

/** The first drawing of a story stands for it in lists. */
function asStory(row: Row): PublishedStory {
  const story = Story.parse(row.meta)
  const address = (file: string | undefined) => (file ? `/media/${file}` : null)
  const picture = Object.values(row.files).find((file) => !isFileName(file, audioExtensions))
  const recording = row.files[story.recording?.src ?? '']
  return { ...story, ...asShown(row), picture: address(picture), recordingUrl: address(recording) }
}

const asCase = (row: Row): PublishedCase => ({ ...Case.parse(row.meta), ...asShown(row) })
const asList = (row: Row): PublishedList => ({ ...List.parse(row.meta), ...asShown(row) })
