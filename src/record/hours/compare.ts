// One record under two rule sets: what each training is worth by either, and why they differ.
import { exact } from '#record/hours/activity.ts'
import type { HourRule } from '#record/hours/rule.ts'
import type { Credit } from '#record/ledger.ts'

/** What one rule set gives for a course in a year, or for one entry from elsewhere. */
export type Side = { hours: number; points: number | null; lessons: number; reason: string }

export type Compared = {
  /** Id of the course, or null for an entry from elsewhere. */
  course: string | null
  /** Title of the entry, or of the last lesson of the course. */
  title: string
  meter: Credit['meter']
  period: number
  a: Side | null
  b: Side | null
  differs: boolean
  /** What one side has no row for, in a Chinese sentence; may be empty. The reason of each side is its own. */
  fewer: string
}

/** Sums of a meter in a year. */
export type Sum = { meter: Credit['meter']; period: number; a: number; b: number }

type Rule = Pick<HourRule, 'title' | 'completionRatio'>

/** Compares what was derived twice from the same events; newest year first, then in the order of the record. */
export function compareCredits(
  a: readonly Credit[],
  b: readonly Credit[],
  rules: { a: Rule; b: Rule },
): { rows: Compared[]; sums: Sum[] } {
  const [sidesA, sidesB] = [sidesOf(a), sidesOf(b)]
  const first = new Map([...b, ...a].map((credit) => [keyOf(credit), credit]))
  const rows = [...first].map(([key, { course, title, meter, period }]): Compared => {
    const [left, right] = [sidesA.get(key) ?? null, sidesB.get(key) ?? null]
    const fewer = `${sayFewer(left, right, rules.a)}${sayFewer(right, left, rules.b)}`
    return { course, title, meter, period, a: left, b: right, differs: differ(left, right), fewer }
  })
  return { rows: rows.sort((x, y) => y.period - x.period), sums: sumsOf(rows) }
}

const keyOf = ({ course, period, event, subject }: Credit) =>
  course === null ? `${event} ${subject}` : `${course} ${period}`

function sidesOf(credits: readonly Credit[]): Map<string, Side> {
  return new Map([...Map.groupBy(credits, keyOf)].map(([key, rows]) => [key, sideOf(rows)]))
}

/** The last lesson of a course tells the sum of all; beside lessons there is what a passed test adds. */
function sideOf(rows: readonly Credit[]): Side {
  const lessons = rows.filter(({ edition }) => edition !== null)
  const others = rows.filter(({ edition }) => edition === null)
  const points = rows.flatMap(({ points }) => points ?? [])
  return {
    hours: sum(rows.map(({ hours }) => hours)),
    points: points.length === 0 ? null : sum(points),
    lessons: lessons.length,
    reason: [...lessons.slice(-1), ...others].map(({ reason }) => reason).join(''),
  }
}

const sum = (amounts: readonly number[]) => exact(amounts.reduce((total, one) => total + one, 0))

/** Whether hours differ, or 学分 where both rule sets count them. */
function differ(a: Side | null, b: Side | null): boolean {
  if (!a || !b || a.hours !== b.hours) return true
  return a.points !== null && b.points !== null && a.points !== b.points
}

/** Fewer lessons are done where a larger share of the time is asked for. */
function sayFewer(side: Side | null, other: Side | null, { title, completionRatio }: Rule): string {
  const fewer = (other?.lessons ?? 0) - (side?.lessons ?? 0)
  if (fewer <= 0) return ''
  return `按${title}要学满标注时长的${Math.round(completionRatio * 100)}%，有${fewer}课的有效时间不够，不算学完。`
}

function sumsOf(rows: readonly Compared[]): Sum[] {
  const groups = Map.groupBy(rows, ({ meter, period }) => `${period} ${meter}`)
  return [...groups.values()].flatMap((same) => {
    const [one] = same
    if (!one) return []
    const side = (which: 'a' | 'b') => sum(same.map((row) => row[which]?.hours ?? 0))
    return [{ meter: one.meter, period: one.period, a: side('a'), b: side('b') }]
  })
}
