// Which pages of the site go into the export: those that anyone may open and that make sense without a server.
import { lessonBySlug, publishedCourses } from '#course/library.server.ts'
import { publishedCases, publishedLists, publishedStories } from '#course/texts.server.ts'
import type { LessonParts } from '#export/static-lesson.ts'
import { needOf } from '#people/permission.ts'
import { Refusal } from '#refusal.ts'

/** Pages that are there whatever the library holds. */
export const standing = [
  '/',
  '/courses',
  '/stories',
  '/cases',
  '/cases/find',
  '/lists',
  '/capability',
  '/help',
  '/privacy',
  '/accessibility',
  '/channels',
]

/** Rows of the permission table that anyone may open and that are not exported, with the reason. */
export const leftOut: Record<string, string> = {
  'GET /help/studio': 'Who writes needs a server.',
  'GET /help/kiosk': 'The screens of halls need a server.',
  'GET /kiosk': 'A screen of a hall is enrolled at a server.',
  'GET /kiosk-worker.js': 'It keeps the packs of such a screen.',
  'GET /kiosk/text/[document]': 'It is made for packs.',
  'GET /feedback/answers': 'It is written while the site runs.',
  'GET /search': 'The export has a search page of its own.',
  'GET /withdrawn': 'It stands in place of what was withdrawn, and that is not exported.',
  'GET /healthz': 'It is about a running process.',
  'GET /robots.txt': 'The host decides.',
}

/** Every page of the export, as an address of the site. */
export async function publicAddresses(): Promise<string[]> {
  const courses = await publishedCourses()
  const addresses = [
    ...standing,
    ...courses.flatMap(({ slug, lessons }) => [
      `/courses/${slug}`,
      ...lessons.map((lesson) => `/courses/${slug}/${lesson.slug}`),
    ]),
    ...(await publishedStories()).map(({ slug }) => `/stories/${slug}`),
    ...(await publishedCases()).map(({ slug }) => `/cases/${slug}`),
    ...(await publishedLists()).map(({ slug }) => `/lists/${slug}`),
  ]
  for (const address of addresses)
    if (needOf('GET', address)?.need !== 'anyone') throw new Error(`${address} is not open to anyone.`)
  return addresses
}

/** Sections and questions of a lesson page; undefined for other pages, and for what was withdrawn just now. */
export async function lessonAt(address: string): Promise<LessonParts | undefined> {
  const [, course, lesson] = /^\/courses\/([^/]+)\/([^/]+)$/.exec(address) ?? []
  if (!course || !lesson) return undefined
  const found = await lessonBySlug(course, lesson).catch((error: unknown) => {
    if (error instanceof Refusal) return null
    throw error
  })
  return found ?? undefined
}
