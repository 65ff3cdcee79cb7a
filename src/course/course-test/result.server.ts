// What came of a try, for the person: points, lessons granted, and after a fail what to study. Never an item or a key.
import type { TestItem } from '#course/course-test/paper.ts'
import type { PublishedCourse } from '#course/library.server.ts'
import { dayOf } from '#day.ts'
import { bonusSubject, passes } from '#record/hours/credit-test.ts'
import { answersOf, creditsFrom, type Try } from '#record/hours/tries.server.ts'

export type Result = {
  passed: boolean
  earned: number
  possible: number
  /** Points with which it is passed. */
  level: number
  /** Day of the try. */
  on: string
  /** The lessons of that day, and whether this try gave them; if not, they were credited before. */
  lessons: { title: string; minutes: number; granted: boolean }[]
  /** 学时 that it gave altogether, and of these what the rule adds for a passed test. */
  hours: number
  bonus: number
  /** After a fail: lessons of which something was wrong, the largest share first. */
  study: { title: string; href: string }[]
}

/** The result of a try. */
export async function resultOf(
  tested: Try,
  course: PublishedCourse,
  bank: readonly TestItem[],
): Promise<Result> {
  const passed = passes(tested)
  const credits = await creditsFrom(tested)
  const sum = (rows: typeof credits) => rows.reduce((total, { hours }) => total + hours, 0)
  const given = new Set(credits.map(({ subject }) => subject))
  const { earned, possible, passShare, lessons, effectiveAt } = tested
  return {
    ...{ passed, earned, possible, level: passShare * possible, on: dayOf(effectiveAt) },
    lessons: lessons.map(({ lesson, title, minutes }) => ({ title, minutes, granted: given.has(lesson) })),
    hours: sum(credits),
    bonus: sum(credits.filter(({ subject }) => subject === bonusSubject(course.id))),
    study: passed ? [] : await toStudy(tested, course, bank),
  }
}

async function toStudy(tested: Try, course: PublishedCourse, bank: readonly TestItem[]) {
  const lessonOf = new Map(bank.map(({ item, lesson }) => [item.id, lesson]))
  const answers = await answersOf(tested)
  const shares = course.lessons.map(({ id, title, slug }) => {
    const own = answers.filter(({ item }) => lessonOf.get(item) === id)
    const lost = own.reduce((sum, { earned, possible }) => sum + 1 - earned / possible, 0)
    return { title, href: `/courses/${course.slug}/${slug}`, share: own.length > 0 ? lost / own.length : 0 }
  })
  return shares
    .filter(({ share }) => share > 0)
    .toSorted((a, b) => b.share - a.share)
    .map(({ title, href }) => ({ title, href }))
}
