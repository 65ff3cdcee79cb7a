// How many minutes and 学时 an event is worth. Credit is for a lesson finished and checked, never for sitting;
// once per person, lesson, edition and year. Hours from elsewhere enter as they were approved, under the caps of the rule.
import { dayOf, yearOf } from '#day.ts'
import type { EventOf, Recorded } from '#record/events/event.ts'
import { exact, withinCaps, type Activity, type Cut } from '#record/hours/activity.ts'
import { lessonWorth } from '#record/hours/lesson-worth.ts'
import { isFinished, missing, standingAt } from '#record/hours/progress.ts'
import { activityOf, neededSeconds, pointsFor, type HourRule } from '#record/hours/rule.ts'
import { progressKey, type Credit, type Ledger } from '#record/ledger.ts'

/**
 * Credits a finished lesson. Nothing is credited if the record does not (or no longer) show that the lesson was done.
 */
export function creditLesson(ledger: Ledger, event: Recorded<EventOf<'lesson-completed'>>, rule: HourRule) {
  const done = standingAt(ledger.progress.get(progressKey(event.lesson, event.edition)), event.effectiveAt)
  const asked = { sections: event.sections, items: event.items, seconds: neededSeconds(rule, event.minutes) }
  if (!done || done.completedAt !== null || !isFinished(missing(done, asked))) return
  ledger.putProgress({ ...done, completedAt: event.effectiveAt, event: event.id })

  const period = yearOf(event.effectiveAt)
  const nature = event.nature ?? null
  const { lesson, course, minutes, courseMinutes } = event
  const worth = lessonWorth(ledger, rule, { lesson, course, minutes, courseMinutes, nature, period })
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
    nature,
    activity: null,
    ...worth,
    reason: `${worth.reason}${saySilent(done.silentSeconds)}`,
  })
}

/** Time that was told only after a silence is believed, and said. */
function saySilent(seconds: number): string {
  return seconds < 60 ? '' : `其中约${Math.round(seconds / 60)}分钟是断网时学、恢复后补报的。`
}

/** Credits hours that were earned elsewhere and approved, or a class whose host confirmed attendance. */
export function creditElsewhere(
  ledger: Ledger,
  event: Recorded<EventOf<'hours-imported'>> | Recorded<EventOf<'attendance-recorded'>>,
  rule: HourRule,
) {
  const attended = event.kind === 'attendance-recorded'
  const on = attended ? event.on : event.endOn
  const { nature = null, activity = null } = event
  const period = Number(on.slice(0, 4))
  const counted = activityOf(rule, activity)
  const { hours, why } = counted ? underCaps(ledger, counted, event, period) : { hours: event.hours, why: '' }
  const points =
    counted?.points === undefined ? pointsFor(rule, hours, nature) : exact(hours * counted.points)
  ledger.addCredit({
    event: event.id,
    meter: event.meter,
    period,
    on,
    subject: event.title,
    title: event.title,
    course: null,
    edition: null,
    minutes: attended ? event.minutes : 0,
    hours,
    points,
    nature,
    activity,
    rule: attended ? 'attendance' : 'imported',
    reason: `${sayOrigin(event)}${why && `按${rule.title}（${rule.id}@${rule.version}），${why}`}`,
  })
}

function sayOrigin(event: EventOf<'hours-imported'> | EventOf<'attendance-recorded'>): string {
  return event.kind === 'attendance-recorded'
    ? `${event.organiser || '主办单位'}组织，主持人已确认到场，记${event.hours}学时。${event.basis ? `${event.basis}。` : ''}`
    : `${event.organiser || '其他平台'}的记录，经核准转入${event.hours}学时。`
}

/** What of the approved hours the caps of an activity let through, after what is credited of it in that year. */
function underCaps(
  ledger: Ledger,
  activity: Activity,
  { title, hours: approved }: { title: string; hours: number },
  period: number,
): { hours: number; why: string } {
  const same = ledger.credits.filter((credit) => credit.activity === activity.id && credit.period === period)
  const sum = (rows: readonly Credit[]) => rows.reduce((total, row) => total + row.hours, 0)
  const before = { item: sum(same.filter(({ subject }) => subject === title)), year: sum(same) }
  const { hours, cut } = withinCaps(activity, approved, before)
  return { hours, why: cut ? sayCut(activity, cut, exact(before[cut]), hours) : '' }
}

function sayCut(
  { title, capPerItem, capPerYear }: Activity,
  cut: Cut,
  before: number,
  hours: number,
): string {
  const cap = cut === 'item' ? `每项最多${capPerItem}学时` : `全年最多${capPerYear}学时`
  const had = before > 0 ? `此前已记${before}学时，` : ''
  return `“${title}”${cap}，${had}这次计入${hours}学时。`
}
