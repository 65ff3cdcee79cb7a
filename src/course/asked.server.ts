// What a published lesson asks of a learner: its sections, items and minutes, as of its published revision.
import { itemsOf, lessonById } from '#course/library.server.ts'
import { Refusal } from '#refusal.ts'

export type StudiedLesson = {
  id: string
  /** Id of its course. */
  course: string
  title: string
  edition: number
  revision: string
  /** Nominal minutes. */
  minutes: number
  sections: string[]
  items: string[]
}

/** Kept by lesson, since every beat asks; whoever publishes or withdraws calls `forgetAsked`. */
const kept = new Map<string, StudiedLesson>()

/** Drops what is kept: call after publishing, withdrawing or importing has been committed. */
export function forgetAsked() {
  kept.clear()
}

/**
 * The published state of a lesson.
 * @throws Refusal `not-found`, or `closed` with the reason if it was withdrawn.
 */
export async function askedBy(lessonId: string): Promise<StudiedLesson> {
  const lesson = kept.get(lessonId) ?? (await load(lessonId))
  kept.set(lessonId, lesson)
  return lesson
}

async function load(lessonId: string): Promise<StudiedLesson> {
  const found = await lessonById(lessonId)
  if (!found) throw new Refusal('not-found', '没有找到这一课。', '它可能已撤展，请回到课程列表。')
  const items = await itemsOf(found.revisionId)
  return {
    id: lessonId,
    course: found.courseId,
    title: found.title,
    edition: found.edition,
    revision: found.revisionId,
    minutes: found.minutes,
    sections: found.sections.map((section) => section.id).filter((id) => /^s\d+$/.test(id)),
    items: [...items.keys()],
  }
}
