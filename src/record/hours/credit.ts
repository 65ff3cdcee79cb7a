// How many minutes and 学时 an event is worth. Credit is for a lesson finished and checked, never for sitting;
// once per person, lesson, edition and year. Hours from elsewhere enter as they were approved.
import { dayOf, yearOf } from '#day.ts'
import type { EventOf, Recorded } from '#record/events/event.ts'
import { isFinished, missing, standingAt } from '#record/hours/progress.ts'
import { hoursFor, neededSeconds, type HourRule } from '#record/hours/rule.ts'
import { progressKey, type Ledger } from '#record/ledger.ts'

/**
 * Credits a finished lesson. 学时 of a course are those of its summed minutes, so this row adds the difference
 * that its minutes make. Nothing is credited if the record does not (or no longer) show that the lesson was done.
 */
export function creditLesson(ledger: Ledger, event: Recorded<EventOf<'lesson-completed'>>, rule: HourRule) {
  const done = standingAt(ledger.progress.get(progressKey(event.lesson, event.edition)), event.effectiveAt)
  const asked = { sections: event.sections, items: event.items, seconds: neededSeconds(rule, event.minutes) }
  if (!done || done.completedAt !== null || !isFinished(missing(done, asked))) return
  ledger.putProgress({ ...done, completedAt: event.effectiveAt, event: event.id })

  const period = yearOf(event.effectiveAt)
  const before = minutesIn(ledger, rule.per === 'course' ? event.course : null, period)
  const sum = before + event.minutes
  const hours = hoursFor(rule, sum) - hoursFor(rule, before)
  ledger.addCredit({
    event: event.id,
    meter: 'online',
    period,
    on: dayOf(event.effectiveAt),
    subject: event.lesson,
    title: event.title,
    course: event.course,
    edition: event.edition,
    minutes: event.minutes,
    hours,
    rule: `${rule.id}@${rule.version}`,
    reason: sayWhy(rule, event.minutes, sum),
  })
}

/** Minutes credited so far for a course in a year; none where each lesson stands alone. */
function minutesIn(ledger: Ledger, course: string | null, period: number): number {
  if (course === null) return 0
  const rows = ledger.credits.filter((credit) => credit.course === course && credit.period === period)
  return rows.reduce((sum, credit) => sum + credit.minutes, 0)
}

function sayWhy(rule: HourRule, minutes: number, sum: number): string {
  if (rule.per === 'lesson') return `本课${minutes}分钟，按${rule.title}记${hoursFor(rule, minutes)}学时。`
  return `本课${minutes}分钟，本课程今年累计${sum}分钟，按${rule.title}合计${hoursFor(rule, sum)}学时。`
}

/** Credits hours that were earned elsewhere and approved, or a class whose host confirmed attendance. */
export function creditElsewhere(
  ledger: Ledger,
  event: Recorded<EventOf<'hours-imported'>> | Recorded<EventOf<'attendance-recorded'>>,
) {
  const attended = event.kind === 'attendance-recorded'
  const on = attended ? event.on : event.endOn
  ledger.addCredit({
    event: event.id,
    meter: event.meter,
    period: Number(on.slice(0, 4)),
    on,
    subject: event.title,
    title: event.title,
    course: null,
    edition: null,
    minutes: attended ? event.minutes : 0,
    hours: event.hours,
    rule: attended ? 'attendance' : 'imported',
    reason: attended
      ? `${event.organiser || '主办单位'}组织，主持人已确认到场，记${event.hours}学时。`
      : `${event.organiser || '其他平台'}的记录，经核准转入${event.hours}学时。`,
  })
}
