// The documents of a playlist as the screen shows them: what contents.json says of them, and their texts as pieces.
import { publishedCourses, itemsOf } from '#course/library.server.ts'
import { publishedStories } from '#course/texts.server.ts'
import type { PackLesson, PackStory } from '#kiosk/pack/contents.ts'
import { quotationsIn } from '#kiosk/pack/bare-tree.ts'
import { hallText } from '#kiosk/pack/hall-text.server.ts'
import type { Playlist } from '#kiosk/pack/playlist.ts'
import type { SitePages } from '#kiosk/pack/site-pages.server.ts'
import { cutOut } from '#kiosk/pack/with-pinyin.ts'
import { Refusal } from '#refusal.ts'
import type { Item } from '#quiz/question.ts'

export type PackText = {
  /** The whole page, for the styles that it asks for. */
  page: string
  /** Its text alone. */
  html: string
  quotations: { text: string; source: string; attribution: string }[]
}
export type StoryText = PackText & { shown: PackStory }
export type LessonText = PackText & { shown: PackLesson; items: Item[] }

const places = (id: string) => ({
  text: `/kiosk/pack/text/${id}.html`,
  pinyin: `/kiosk/pack/pinyin/${id}.html`,
})

const sourcesOf = (sources: readonly { work: string; place?: string | undefined }[]) =>
  sources.map(({ work, place }) => (place ? `${work}，${place}` : work))

/** The stories of a playlist that are on show, in its order. */
export async function storyTexts({ stories }: Playlist, pages: SitePages): Promise<StoryText[]> {
  const texts: StoryText[] = []
  for (const story of chosen(await publishedStories(), stories)) {
    const text = await textOf(story.id, pages)
    if (!text) continue
    const { id, slug, title, hall, path, summary, question, attribution, picture, recordingUrl } = story
    const recording = recordingUrl ? { src: recordingUrl, marks: story.recording?.marks ?? null } : null
    const own = { id, address: `/stories/${slug}`, title, hall, path, summary, question, attribution }
    const shown = { ...own, sources: sourcesOf(story.sources), picture, recording, ...places(id) }
    texts.push({ ...text, shown })
  }
  return texts
}

/** The lessons of a playlist that are on show, in its order. */
export async function lessonTexts({ lessons }: Playlist, pages: SitePages): Promise<LessonText[]> {
  const all = (await publishedCourses()).flatMap((course) =>
    course.lessons.map((lesson) => ({
      ...lesson,
      course: course.title,
      address: `/courses/${course.slug}/${lesson.slug}`,
    })),
  )
  const texts: LessonText[] = []
  for (const lesson of chosen(all, lessons)) {
    const text = await textOf(lesson.id, pages)
    if (!text) continue
    const items = [...(await itemsOf(lesson.revisionId)).values()]
    const { id, edition, address, title, course, summary, path, attribution, minutes } = lesson
    const own = { id, edition, revision: lesson.revisionId, address, title, course, summary, path }
    const sections = text.sections.filter(({ id: section }) => /^s\d+$/.test(section))
    const asked = items.map((item) => item.id)
    const shown = { ...own, attribution, minutes, sections, items: asked, recording: null, ...places(id) }
    texts.push({ ...text, shown, items })
  }
  return texts
}

function chosen<Document extends { id: string }>(all: readonly Document[], ids: 'all' | readonly string[]) {
  if (ids === 'all') return all
  const byId = new Map(all.map((each) => [each.id, each]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** Null for what was withdrawn meanwhile. */
async function textOf(id: string, pages: SitePages) {
  const page = await pages.page(`/kiosk/text/${id}`)
  const found = page && (await hallText(id).catch(nullWhenClosed))
  if (!page || !found) return null
  const quotations = quotationsIn(found.tree)
  return { page: page.html, html: cutOut(page.html, 'prose'), quotations, sections: found.sections }
}

function nullWhenClosed(error: unknown): null {
  if (error instanceof Refusal) return null
  throw error
}
