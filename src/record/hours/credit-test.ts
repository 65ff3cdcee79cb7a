// What the passed test of a course is worth: its lessons, without sitting through them, each once per edition and year
// like a finished one; and what the rule adds for a passed test, once per course and year.
import { dayOf, yearOf } from '#day.ts'
import type { EventOf, Recorded } from '#record/events/event.ts'
import { progressIn } from '#record/hours/count.ts'
import { lessonWorth } from '#record/hours/lesson-worth.ts'
import { pointsFor, type HourRule } from '#record/hours/rule.ts'
import type { Ledger } from '#record/ledger.ts'

type Tested = EventOf<'course-tested'>
type TestedLesson = Tested['lessons'][number]

/** True if the points reach the level of the test; sums of thirds may miss it by a rounding. */
export function passes({
  earned,
  possible,
  passShare,
}: Pick<Tested, 'earned' | 'possible' | 'passShare'>): boolean {
  return earned >= passShare * possible - 1e-6
}

/** What the row of the bonus is for. */
export const bonusSubject = (course: string) => `test:${course}`

/** Credits the lessons of a passed test; a failed one gives nothing. */
export function creditTest(ledger: Ledger, event: Recorded<Tested>, rule: HourRule) {
  if (!passes(event)) return
  for (const lesson of event.lessons) grant(ledger, event, lesson, rule)
  addBonus(ledger, event, rule)
}

/** Points as people read them, at most two decimals; never rounded up to a level that was not reached. */
export const sayPoints = (value: number) => String(Math.floor(value * 100 + 1e-6) / 100)

const passed = ({ earned, possible }: Tested) =>
  `通过课程测试（无人监考，${sayPoints(earned)}分/${sayPoints(possible)}分）`

/** What every row of one test has alike. */
const rowOf = (event: Recorded<Tested>) => ({
  event: event.id,
  meter: 'online' as const,
  period: yearOf(event.effectiveAt),
  on: dayOf(event.effectiveAt),
  course: event.course,
  nature: event.nature,
  activity: null,
})

function grant(ledger: Ledger, event: Recorded<Tested>, lesson: TestedLesson, rule: HourRule) {
  const before = progressIn(ledger, lesson.lesson, lesson.edition, event)
  if (before.completedAt !== null) return
  ledger.putProgress({ ...before, completedAt: event.effectiveAt, event: event.id })
  const row = rowOf(event)
  const { lesson: subject, title, edition, minutes } = lesson
  const courseMinutes = event.lessons.reduce((sum, one) => sum + one.minutes, 0)
  const worth = lessonWorth(ledger, rule, { ...row, lesson: subject, minutes, courseMinutes })
  const reason = `${passed(event)}，免学。${worth.reason}`
  ledger.addCredit({ ...row, subject, title, edition, minutes, ...worth, reason })
}

function addBonus(ledger: Ledger, event: Recorded<Tested>, rule: HourRule) {
  const { testBonusHours: hours = 0 } = rule
  const row = rowOf(event)
  const subject = bonusSubject(event.course)
  const had = ledger.credits.some((credit) => credit.subject === subject && credit.period === row.period)
  if (hours === 0 || had) return
  ledger.addCredit({
    ...row,
    subject,
    title: `${event.title}：课程测试`,
    edition: null,
    minutes: 0,
    hours,
    points: pointsFor(rule, hours, event.nature),
    rule: `${rule.id}@${rule.version}`,
    reason: `${passed(event)}，按${rule.title}另记${hours}学时，每门课程一年一次。`,
  })
}
