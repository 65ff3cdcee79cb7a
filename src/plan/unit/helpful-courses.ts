// Which courses would help most people of a unit. It is computed from what is shown and from nothing else, so the
// order of the courses tells no more than the cells do.
import type { Cell, Shown } from '#record/capability/unit/cell.ts'

/** A course with how many checks it holds on each indicator. */
export type CourseChecks = {
  id: string
  title: string
  href: string
  minutes: number
  checks: ReadonlyMap<string, number>
}

/** An indicator with what is shown of it in the unit. */
export type ShownIndicator = { id: string; name: string; cell: Cell }

export type HelpfulCourse = { course: CourseChecks; reasons: string[] }

const mostCourses = 3
const mostReasons = 3

/** The courses that help most, the most helpful first; equal ones: the shorter first. Only those that help at all. */
export function helpfulCourses(
  indicators: readonly ShownIndicator[],
  courses: readonly CourseChecks[],
): HelpfulCourse[] {
  return courses
    .map((course) => {
      const parts = indicators
        .map((one) => ({ ...one, checks: course.checks.get(one.id) ?? 0 }))
        .map((part) => ({ ...part, worth: openPersons(part.cell) * part.checks }))
        .filter(({ worth }) => worth > 0)
        .sort((one, other) => other.worth - one.worth)
      return { course, parts, worth: parts.reduce((sum, part) => sum + part.worth, 0) }
    })
    .filter(({ worth }) => worth > 0)
    .sort(
      (one, other) =>
        other.worth - one.worth ||
        one.course.minutes - other.course.minutes ||
        (one.course.id < other.course.id ? -1 : 1),
    )
    .slice(0, mostCourses)
    .map(({ course, parts }) => ({ course, reasons: parts.slice(0, mostReasons).map(reasonOf) }))
}

/** About how many of the measured do not surely reach the target; 0 where that is hidden. */
function openPersons({ measured, share }: Cell): number {
  return measured === null || !share ? 0 : measured * (1 - shareOf(share.sure))
}

/** The middle of what a shown share may be. */
function shareOf(shown: Shown): number {
  if (shown.type === 'percent') return shown.percent / 100
  return shown.type === 'high' ? 0.9 : 0.1
}

function reasonOf({ name, cell, checks }: ShownIndicator & { checks: number }): string {
  return `${name}：已测${cell.measured}人，${openWords(cell)}；课里有${checks}道检查题。`
}

function openWords(cell: Cell): string {
  const sure = cell.share?.sure
  if (sure?.type === 'high') return '还不能说达标的不超过两成'
  if (sure?.type === 'low') return '还不能说达标的在八成以上'
  return `约${Math.round(openPersons(cell))}人还不能说达标`
}
