// Everything that a person's own page shows: hours owed and done, what to go on with, the map and the next steps.
import { now } from '#clock.server.ts'
import type { LessonChecks } from '#course/checks.server.ts'
import { dayOf, yearOf } from '#day.ts'
import { postHistoryOf, postsOn } from '#people/posts.server.ts'
import { suggestionsWanted } from '#people/suggestions.server.ts'
import { candidatesFor } from '#plan/candidates.server.ts'
import { libraryWorth } from '#plan/library-worth.ts'
import { owed } from '#plan/owed.ts'
import { named, personMapOf } from '#plan/person-map.server.ts'
import { requirements } from '#plan/requirements.server.ts'
import { accountWithCarry } from '#plan/year-account.ts'
import { lastMoves } from '#record/capability/belief.server.ts'
import { modelInUse } from '#record/capability/model.server.ts'
import { nextSteps } from '#record/capability/next-step.ts'
import { creditsOf } from '#record/hours/credited.server.ts'
import { versionsInForce } from '#record/versions.server.ts'

export type Overview = Awaited<ReturnType<typeof overviewOf>>

/**
 * Gathers the page of a person as of now, and the map as of a day: today unless another is named.
 * @param viewerId who looks.
 */
export async function overviewOf(personId: string, asOfOn?: string, viewerId = personId) {
  const at = now().toISOString()
  const today = dayOf(at)
  const { posts } = modelInUse()
  const [drawn, held, history, credits, inForce, moves, wanted] = await Promise.all([
    personMapOf(personId, asOfOn ?? today, viewerId),
    postsOn(personId, today),
    postHistoryOf(personId),
    creditsOf(personId),
    versionsInForce(),
    lastMoves(personId),
    suggestionsWanted(personId),
  ])
  const asHeld = ({ post, from, to }: (typeof history)[number]) => {
    const category = posts.get(post)?.category
    return category === undefined ? [] : [{ category, from, to }]
  }
  const { map, beliefs, evidence, lessons, begun } = drawn
  // A suggestion is for today; who wants none has none computed.
  const steps =
    wanted && drawn.asOfOn === today
      ? nextSteps(map, beliefs, await candidatesFor(personId, evidence, lessons, at))
      : null
  const rule = inForce.hourRule(at)
  return {
    ...drawn,
    /** Posts of today; `heldThen` are those of the day of the map. */
    held: named(held),
    meters: owed(requirements, history.flatMap(asHeld), credits, today),
    rule,
    account: rule.yearly
      ? accountWithCarry((year) => inForce.hourRule(`${year}-12-31T15:59:59.999Z`), credits, yearOf(at))
      : null,
    worth: libraryWorth(rule, courseMinutes(lessons), creditedThisYear(credits, today)),
    /** Whether this person wants suggestions. */
    wanted,
    /** Null where they are not wanted, or another day is looked at. */
    steps,
    resume: begun.flatMap(({ lesson }) => lessons.find(({ id }) => id === lesson) ?? [])[0] ?? null,
    moves: moves.filter((move) => move.asOfOn <= drawn.newestOn),
  }
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
