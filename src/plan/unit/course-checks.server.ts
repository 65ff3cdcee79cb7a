// The published courses with how many checks each holds on each indicator.
import { lessonChecks } from '#course/checks.server.ts'
import { publishedCourses } from '#course/library.server.ts'
import type { CourseChecks } from '#plan/unit/helpful-courses.ts'

/** Every published course, in the order of the library. */
export async function courseChecks(): Promise<CourseChecks[]> {
  const [courses, lessons] = await Promise.all([publishedCourses(), lessonChecks()])
  return courses.map(({ id, title, slug, minutes }) => {
    const items = lessons.filter(({ course }) => course === id).flatMap((lesson) => lesson.items)
    const checks = new Map<string, number>()
    for (const { indicator } of items) checks.set(indicator, (checks.get(indicator) ?? 0) + 1)
    return { id, title, minutes, href: `/courses/${slug}`, checks }
  })
}
