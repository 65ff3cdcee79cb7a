// How a question block inside a lesson finds its question: the page that renders the lesson leaves them in Astro.locals.
import type { PublicQuestion } from '#quiz/question.ts'

/** The questions of the lesson being rendered, public halves only, in the order in which they stand in it. */
export interface LessonQuestions {
  /** The lesson's id. */
  id: string
  /** By item id. */
  questions: Map<string, PublicQuestion>
}

/** As much of Astro.locals as a question block reads. */
export interface LessonLocals {
  lesson?: LessonQuestions
}

/** What a block shows of an item: the question, its number from 1 and how many there are; null when it is not there. */
export function placeOf(lesson: LessonQuestions | undefined, item: string) {
  const question = lesson?.questions.get(item)
  if (!lesson || !question) return null
  const ids = [...lesson.questions.keys()]
  return { question, number: ids.indexOf(item) + 1, total: ids.length, lesson: lesson.id }
}
