// What the minutes of a lesson add to what its course is worth in a year, and why.
import { exact } from '#record/hours/activity.ts'
import { hoursFor, pointsFor, type HourRule, type Nature } from '#record/hours/rule.ts'
import { sayShare } from '#record/hours/say-rule.ts'
import type { Credit, Ledger } from '#record/ledger.ts'

/** A lesson that is to be credited. */
type LessonDone = {
  lesson: string
  course: string
  /** Its nominal minutes. */
  minutes: number
  /** Nominal minutes of its whole course that day; old records do not say. */
  courseMinutes: number | undefined
  nature: Nature | null
  /** The year. */
  period: number
}

type Worth = Pick<Credit, 'hours' | 'points' | 'rule' | 'reason'>

/**
 * What a lesson adds: 学时 of a course are those of its summed minutes, so this is the difference that they make. Where
 * the rule asks for (nearly) the whole course, nothing until that is reached, and then all that is not credited yet.
 */
export function lessonWorth(ledger: Ledger, rule: HourRule, done: LessonDone): Worth {
  const { minutes, courseMinutes, nature } = done
  const { wholeCourse } = rule
  const worth = (hours: number, why: string): Worth => {
    const [points, name] = [pointsFor(rule, hours, nature), `${rule.id}@${rule.version}`]
    return { hours, points, rule: name, reason: `${why}${sayPoints(hours, points, nature)}。` }
  }
  if (rule.per === 'lesson') {
    const hours = hoursFor(rule, minutes)
    return worth(hours, `本课${minutes}分钟，按${rule.title}记${hours}学时`)
  }
  const rows = rowsOf(ledger, done)
  const before = sum(rows.map((row) => row.minutes))
  const all = hoursFor(rule, before + minutes)
  const counted = `本课${minutes}分钟，本课程今年累计${before + minutes}分钟，按${rule.title}合计${all}学时`
  if (wholeCourse === undefined || courseMinutes === undefined)
    return worth(exact(all - hoursFor(rule, before)), counted)
  const finished = finishedMinutes(rows, done)
  if (finished >= wholeCourse * courseMinutes - 1e-6)
    return worth(exact(Math.max(0, all - sum(rows.map((row) => row.hours)))), counted)
  const reached = `本课程已学完${finished}分钟，共${courseMinutes}分钟`
  const reason = `本课${minutes}分钟，${reached}，学到${sayShare(wholeCourse)}%才记学时。`
  return { ...worth(0, ''), reason }
}

/** The lessons of its course that were credited in the year, without what a passed test adds. */
function rowsOf(ledger: Ledger, { course, period }: LessonDone): Credit[] {
  return ledger.credits.filter(
    (credit) => credit.course === course && credit.period === period && credit.edition !== null,
  )
}

/** Minutes of the course that are finished with this lesson; one that was finished in two editions counts once. */
function finishedMinutes(rows: readonly Credit[], { lesson, minutes }: LessonDone): number {
  const byLesson = new Map(rows.map((row) => [row.subject, row.minutes]))
  return sum([...byLesson.set(lesson, minutes).values()])
}

const sum = (amounts: readonly number[]) => amounts.reduce((total, one) => total + one, 0)

function sayPoints(hours: number, points: number | null, nature: Nature | null): string {
  if (points === null) return ''
  return `；本课加${hours}学时，按${nature === 'compulsory' ? '必修' : '选修'}折${points}学分`
}
