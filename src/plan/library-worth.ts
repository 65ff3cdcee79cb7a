// How much of what is owed the library itself can give, said honestly: under most rules a short course gives little.
import { hoursFor, type HourRule } from '#record/hours/rule.ts'

/** A published course with the minutes of its lessons. */
export type CourseMinutes = { id: string; minutes: number[] }

/** 学时 that all courses together give, and what of that is not credited to this person yet this year. */
export function libraryWorth(
  rule: HourRule,
  courses: readonly CourseMinutes[],
  creditedByCourse: ReadonlyMap<string, number>,
): { whole: number; left: number } {
  const worth = courses.map(({ id, minutes }) => {
    const whole =
      rule.per === 'course' ? hoursFor(rule, sum(minutes)) : sum(minutes.map((m) => hoursFor(rule, m)))
    return { whole, left: Math.max(0, whole - (creditedByCourse.get(id) ?? 0)) }
  })
  return { whole: sum(worth.map(({ whole }) => whole)), left: sum(worth.map(({ left }) => left)) }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0)
