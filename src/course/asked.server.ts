// What a published lesson asks of a learner: its sections, items and minutes, as of its published revision.
import { itemsOf, lessonById } from '#course/library.server.ts'
import { quotes, type Section } from '#course/sections.ts'
import type { Nature } from '#record/hours/rule.ts'
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
  /** Nominal minutes of all published lessons of its course. */
  courseMinutes: number
  /** Whether its course is compulsory (必修) or a choice (选修). */
  nature: Nature
  sections: string[]
  items: string[]
  /** The section in which the passage of each item stands; null for the lead. */
  placeOf: ReadonlyMap<string, string | null>
}

/** Kept by lesson, since every beat asks; whoever publishes or withdraws calls `forgetAsked`. */
const kept = new Map<string, StudiedLesson>()
let forgotten = 0

/** Drops what is kept: call after publishing, withdrawing or importing has been committed. */
export function forgetAsked() {
  forgotten++
  kept.clear()
}

/** Grows with each change of what is published: whoever keeps something that was read from it compares. */
export const libraryState = () => forgotten

/**
 * The published state of a lesson.
 * @throws Refusal `not-found`, or `closed` with the reason if it was withdrawn.
 */
export async function askedBy(lessonId: string): Promise<StudiedLesson> {
  const there = kept.get(lessonId)
  if (there) return there
  const before = forgotten
  const lesson = await load(lessonId)
  // What was read before a publication must not be kept after it.
  if (before === forgotten) kept.set(lessonId, lesson)
  return lesson
}

async function load(lessonId: string): Promise<StudiedLesson> {
  const found = await lessonById(lessonId)
  if (!found) throw new Refusal('not-found', '没有找到这一课。', '它可能已撤展，请回到课程列表。')
  const items = await itemsOf(found.revisionId)
  const sections = found.sections.map((section) => section.id).filter((id) => /^s\d+$/.test(id))
  return {
    id: lessonId,
    course: found.courseId,
    title: found.title,
    edition: found.edition,
    revision: found.revisionId,
    minutes: found.minutes,
    courseMinutes: found.courseMinutes,
    nature: found.nature,
    sections,
    items: [...items.keys()],
    placeOf: new Map([...items].map(([id, { passage }]) => [id, placeIn(found.sections, passage)])),
  }
}

/** The section that the feedback on an answer leads to. */
function placeIn(sections: readonly Section[], passage: string): string | null {
  const found = sections.find((section) => quotes(section.text, passage))
  return found && /^s\d+$/.test(found.id) ? found.id : null
}
