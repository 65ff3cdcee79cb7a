// What to study after a test: the lessons that teach what went worst, those not finished yet first.
import { publishedCourses } from '#course/library.server.ts'
import { indicatorNow } from '#record/capability/model.server.ts'
import { lessonsOf } from '#record/capability/belief.server.ts'

export type ToStudy = {
  title: string
  href: string
  minutes: number
  finished: boolean
  /** Names of indicators. */ because: string[]
}

/** Below this share of the points there is something to study. */
const strong = 0.8
const mostLessons = 5

type Area = { indicator: string; name: string; earned: number; possible: number }

/** Lessons for the indicators with less than four fifths of the points, the weakest first. */
export async function lessonsToStudy(person: string, areas: readonly Area[]): Promise<ToStudy[]> {
  const shareOf = ({ earned, possible }: Area) => earned / possible
  const weak = areas
    .filter((area) => area.possible > 0 && shareOf(area) < strong)
    .toSorted((a, b) => shareOf(a) - shareOf(b))
  if (weak.length === 0) return []
  const { finished } = await lessonsOf(person)
  const ranked = (await publishedCourses()).flatMap((course) =>
    course.lessons.flatMap((lesson) => {
      const teaches = new Set(lesson.indicators.map(indicatorNow))
      const taught = weak.filter(({ indicator }) => teaches.has(indicatorNow(indicator)))
      const [weakest] = taught
      if (!weakest) return []
      return [
        {
          ...{ title: lesson.title, href: `/courses/${course.slug}/${lesson.slug}`, minutes: lesson.minutes },
          ...{ finished: finished.has(lesson.id), because: taught.map(({ name }) => name) },
          rank: weak.indexOf(weakest),
        },
      ]
    }),
  )
  return ranked
    .toSorted(
      (a, b) =>
        Number(a.finished) - Number(b.finished) || a.rank - b.rank || b.because.length - a.because.length,
    )
    .slice(0, mostLessons)
    .map(({ rank: _, ...lesson }) => lesson)
}
