// Everything that a person's own page shows: hours owed and done, what to go on with, the map and the next step.
import { now } from '#clock.server.ts'
import { lessonChecks, type LessonChecks } from '#course/checks.server.ts'
import { dayOf, yearOf } from '#day.ts'
import { postHistoryOf, postsOn } from '#people/posts.server.ts'
import { libraryWorth } from '#plan/library-worth.ts'
import { owed } from '#plan/owed.ts'
import { requirements } from '#plan/requirements.server.ts'
import { accountWithCarry } from '#plan/year-account.ts'
import { believe } from '#record/capability/belief.ts'
import { beliefsFrom, evidenceOf, lastMoves, lessonsOf } from '#record/capability/belief.server.ts'
import { drawMap } from '#record/capability/map.ts'
import { targetsOf } from '#record/capability/model.ts'
import { modelInUse } from '#record/capability/model.server.ts'
import { nextStep, type Candidate } from '#record/capability/next-step.ts'
import { reviewDays } from '#record/evidence/collect.ts'
import type { Evidence } from '#record/evidence/evidence.ts'
import { parametersOf } from '#record/evidence/likelihood.ts'
import { creditsOf } from '#record/hours/credited.server.ts'
import { versionsInForce } from '#record/versions.server.ts'

export type Overview = Awaited<ReturnType<typeof overviewOf>>

/** Gathers the page of a person as of now. */
export async function overviewOf(personId: string) {
  const at = now().toISOString()
  const today = dayOf(at)
  const { model, posts } = modelInUse()
  const [held, history, credits, evidence, { finished, begun }, lessons, inForce, moves] = await Promise.all([
    postsOn(personId, today),
    postHistoryOf(personId),
    creditsOf(personId),
    evidenceOf(personId, today),
    lessonsOf(personId),
    lessonChecks(),
    versionsInForce(),
    lastMoves(personId),
  ])
  const known = held.flatMap(({ post }) => posts.get(post) ?? [])
  const asHeld = ({ post, from, to }: (typeof history)[number]) => {
    const category = posts.get(post)?.category
    return category === undefined ? [] : [{ category, from, to }]
  }
  const beliefs = beliefsFrom(evidence, today)
  const map = drawMap(model, targetsOf(known), beliefs, today, coverage(lessons, finished))
  const rule = inForce.hourRule(at)
  return {
    today,
    held: held.map((one) => ({ ...one, postName: posts.get(one.post)?.name ?? one.post })),
    meters: owed(requirements, history.flatMap(asHeld), credits, today),
    rule,
    account: rule.yearly
      ? accountWithCarry((year) => inForce.hourRule(`${year}-12-31T15:59:59.999Z`), credits, yearOf(at))
      : null,
    worth: libraryWorth(rule, courseMinutes(lessons), creditedThisYear(credits, today)),
    map,
    next: nextStep(map, beliefs, candidatesFrom(lessons, evidence, inForce.calibration, at)),
    resume: begun.flatMap(({ lesson }) => lessons.find(({ id }) => id === lesson) ?? [])[0] ?? null,
    evidence,
    moves,
    beliefOf: (indicator: string) => beliefs.get(indicator) ?? believe([], today, model.cuts),
  }
}

/** Finished lessons by indicator: coverage, not evidence. */
function coverage(lessons: readonly LessonChecks[], finished: ReadonlySet<string>): Record<string, number> {
  const touched: Record<string, number> = {}
  for (const { id, indicators } of lessons) {
    if (finished.has(id))
      for (const indicator of indicators) touched[indicator] = (touched[indicator] ?? 0) + 1
  }
  return touched
}

function courseMinutes(lessons: readonly LessonChecks[]) {
  const byCourse = Map.groupBy(lessons, ({ course }) => course)
  return [...byCourse].map(([id, all]) => ({ id, minutes: all.map(({ minutes }) => minutes) }))
}

function creditedThisYear(
  credits: readonly { courseId: string | null; period: number; minutes: number; hours: number }[],
  today: string,
) {
  const byCourse = new Map<string, number>()
  for (const { courseId, period, minutes, hours } of credits) {
    // What a passed test adds is not worth of the lessons.
    if (courseId !== null && minutes > 0 && String(period) === today.slice(0, 4))
      byCourse.set(courseId, (byCourse.get(courseId) ?? 0) + hours)
  }
  return byCourse
}

type CalibrationAt = Awaited<ReturnType<typeof versionsInForce>>['calibration']

/** Lessons as candidates: only the items whose answer would count as evidence now. */
function candidatesFrom(
  lessons: readonly LessonChecks[],
  evidence: ReadonlyMap<string, Evidence[]>,
  calibration: CalibrationAt,
  at: string,
): Candidate[] {
  const since = new Date(Date.parse(at) - reviewDays * 86_400_000).toISOString()
  const pieces = [...evidence.values()].flat()
  const recent = new Set(
    pieces.flatMap((piece) => (piece.kind !== 'observation' && piece.at > since ? [piece.item] : [])),
  )
  return lessons.map(({ id, title, href, minutes, items }) => ({
    id,
    title,
    href,
    kind: 'practice' as const,
    minutes,
    items: items
      .filter((item) => !recent.has(item.id))
      .map((item) => ({
        indicator: item.indicator,
        ...parametersOf({ ...item, calibration: calibration(item.id, item.revision, at) }),
      })),
  }))
}
