// The published stories, cases and lists as pages read them.
import { eq } from 'drizzle-orm'
import type { Root } from 'hast'
import { Case } from '#course/case.ts'
import { lessonById } from '#course/library.server.ts'
import { audioExtensions, isFileName } from '#course/media.ts'
import { List } from '#course/list.ts'
import { asShown, openRows, rowAt } from '#course/published.server.ts'
import type { Row, Shown } from '#course/published.server.ts'
import type { Section } from '#course/sections.ts'
import { Story } from '#course/story.ts'
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
/** All cases, in order. */
export const publishedCases = async () => (await openRows('case')).map(asCase)
/** All lists, in order. */
export const publishedLists = async () => (await openRows('list')).map(asList)

/** The story at `/stories/<slug>`, or null. @throws Refusal `closed` if it was withdrawn. */
export async function storyBySlug(slug: string): Promise<(PublishedStory & Drawn) | null> {
  const row = await rowAt(`stories/${slug}`, 'story')
  return row && { ...asStory(row), ...(await drawnOf(row.revisionId)) }
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
