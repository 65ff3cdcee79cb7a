// The published lessons with what their checks can show: for choosing what to learn next, and for coverage.
import {
  itemsOf,
  publishedCourses,
  type PublishedCourse,
  type PublishedLesson,
} from '#course/library.server.ts'
import { guessing } from '#quiz/guessing.ts'
import { indicatorNow } from '#record/capability/model.server.ts'
import type { Item } from '#quiz/question.ts'

export type LessonChecks = {
  id: string
  title: string
  href: string
  /** Id of its course. */
  course: string
  minutes: number
  /** Indicators that the lesson teaches, as the model in force has them. */
  indicators: string[]
  items: {
    id: string
    revision: number
    indicator: string
    difficulty: Item['difficulty']
    guessing: number
  }[]
}

/** Every published lesson, in the order of the library. */
export async function lessonChecks(): Promise<LessonChecks[]> {
  const courses = await publishedCourses()
  return Promise.all(courses.flatMap((course) => course.lessons.map((lesson) => checksOf(course, lesson))))
}

async function checksOf(course: PublishedCourse, lesson: PublishedLesson): Promise<LessonChecks> {
  const { id, title, minutes, indicators, revisionId } = lesson
  const items = [...(await itemsOf(revisionId)).values()].map((item) => ({
    id: item.id,
    revision: item.revision,
    indicator: indicatorNow(item.indicator),
    difficulty: item.difficulty,
    guessing: guessing(item),
  }))
  return {
    id,
    title,
    minutes,
    indicators: [...new Set(indicators.map(indicatorNow))],
    course: course.id,
    href: `/courses/${course.slug}/${lesson.slug}`,
    items,
  }
}
