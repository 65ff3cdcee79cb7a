// What contents.json is put together from in the browser: an outline and a part for each document, so that one changed lesson
// is one small thing to fetch.
import type { Contents, PackLesson, PackQuotation, PackStory } from '#kiosk/pack/contents.ts'
import type { Playlist } from '#kiosk/pack/playlist.ts'
import { slotsOf } from '#kiosk/pack/slots.ts'
import type { Item } from '#quiz/question.ts'

export const outlineAddress = '/kiosk/pack/outline.json'
export const gameAddress = '/kiosk/pack/game.json'
export const partAddress = (id: string) => `/kiosk/pack/part/${id}.json`

/** What the playlist says, and the ids of what there is of it. */
export type Outline = Pick<Playlist, 'title' | 'slots'> & { stories: string[]; lessons: string[] }

type Quoted = Omit<PackQuotation, 'of'>
export type StoryPart = { shown: PackStory; quotations: Quoted[] }
export type LessonPart = { shown: PackLesson; quotations: Quoted[]; items: Item[] }

/** Puts together what the screen shows. @param game items of the quiz game. */
export function assemble(
  { title, slots, ...ids }: Outline,
  game: readonly Item[],
  part: (id: string) => StoryPart | LessonPart,
): Contents {
  const [stories, lessons] = [ids.stories.map(part) as StoryPart[], ids.lessons.map(part) as LessonPart[]]
  const quotations = [...stories, ...lessons].flatMap(({ shown, quotations: own }) =>
    own.map((each) => ({ ...each, of: shown.id })),
  )
  const items = [...lessons.flatMap((lesson) => lesson.items), ...game]
  const shown = { stories: stories.map((each) => each.shown), lessons: lessons.map((each) => each.shown) }
  return {
    title,
    slots: slotsOf(slots, { stories: shown.stories, quotations }),
    ...shown,
    quotations,
    items: Object.fromEntries(items.map((item) => [item.id, item])),
    game: game.map(({ id }) => id),
  }
}
