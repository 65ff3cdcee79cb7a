// The quiz game at the screen: which questions it asks, and where the answer to one can be read. Nothing of it is kept.
import type { Contents } from '#kiosk/pack/contents.ts'
import { questionOf } from '#kiosk/screen/frames.ts'
import type { View } from '#kiosk/screen/screen.ts'
import type { Item } from '#quiz/question.ts'

/** Seconds of a game with a clock. */
export const gameSeconds = 60
/** Questions of a game without one. */
export const gameQuestions = 8

/**
 * Questions in the order in which they are asked: that of the day first, the others as chance wants.
 * @param random from 0 to below 1, for each call another.
 */
export function questionsOf(contents: Contents, on: string, random: () => number): Item[] {
  const today = questionOf(on, contents)
  const rest = contents.game.flatMap((id) => contents.items[id] ?? []).filter(({ id }) => id !== today?.id)
  const mixed = rest
    .map((item) => ({ item, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
  return today ? [today, ...mixed] : mixed
}

/** The form that a browser would send with these options chosen. */
export function formOf(chosen: readonly string[]): FormData {
  const form = new FormData()
  for (const id of chosen) form.append('choice', id)
  return form
}

/** The story or lesson of the pack in which the answer stands; null where the pack has none. */
export function placeOf(item: Item, { lessons, stories }: Contents): { title: string; view: View } | null {
  const lesson = lessons.find(({ id, items }) => id === item.source || items.includes(item.id))
  if (lesson) return { title: lesson.title, view: { name: 'lesson', id: lesson.id } }
  const story = stories.find(({ id }) => id === item.source)
  return story ? { title: story.title, view: { name: 'story', id: story.id } } : null
}
