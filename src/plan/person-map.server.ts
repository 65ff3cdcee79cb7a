// The capability map of a person as of a day: evidence up to that day, aged to it, against the posts of that day.
import { now } from '#clock.server.ts'
import { lessonChecks, type LessonChecks } from '#course/checks.server.ts'
import { dayAfter, dayOf } from '#day.ts'
import { postsOn, type Held } from '#people/posts.server.ts'
import { believe } from '#record/capability/belief.ts'
import { beliefsFrom, evidenceOf, lessonsOf } from '#record/capability/belief.server.ts'
import { drawMap } from '#record/capability/map.ts'
import { targetsOf } from '#record/capability/model.ts'
import { indicatorNow, modelInUse, oldEvidence } from '#record/capability/model.server.ts'
import type { Evidence } from '#record/evidence/evidence.ts'

/**
 * Results go to the person first: others see what was shown today from tomorrow on.
 * @param asOfOn a day (Asia/Shanghai), today or before.
 * @param viewerId who looks.
 */
export async function personMapOf(personId: string, asOfOn: string, viewerId = personId) {
  const today = dayOf(now().toISOString())
  const { model, posts } = modelInUse()
  const [held, all, { finished, begun }, lessons] = await Promise.all([
    postsOn(personId, asOfOn),
    evidenceOf(personId, today),
    lessonsOf(personId, asOfOn),
    lessonChecks(),
  ])
  const newestOn = viewerId === personId || asOfOn < today ? asOfOn : dayAfter(today, -1)
  const evidence = newestOn === today ? all : upTo(all, newestOn)
  const known = held.flatMap(({ post }) => posts.get(post) ?? [])
  const beliefs = beliefsFrom(evidence, asOfOn)
  return {
    today,
    asOfOn,
    /** The last day of which evidence is in it. */
    newestOn,
    heldThen: named(held),
    map: drawMap(model, targetsOf(known), beliefs, asOfOn, coverage(lessons, finished)),
    beliefs,
    evidence,
    /** What no indicator of the model in force counts. */
    old: oldEvidence(evidence),
    /** The day of the first evidence, or null. */
    firstOn: firstDayOf(all),
    lessons,
    begun,
    beliefOf: (indicator: string) => beliefs.get(indicator) ?? believe([], asOfOn, model.cuts),
  }
}

/** Posts with their names. */
export function named(held: readonly Held[]): (Held & { postName: string })[] {
  const { posts } = modelInUse()
  return held.map((one) => ({ ...one, postName: posts.get(one.post)?.name ?? one.post }))
}

function upTo(all: ReadonlyMap<string, Evidence[]>, asOfOn: string): Map<string, Evidence[]> {
  const then = [...all].map(([indicator, pieces]): [string, Evidence[]] => [
    indicator,
    pieces.filter(({ at }) => dayOf(at) <= asOfOn),
  ])
  return new Map(then.filter(([, pieces]) => pieces.length > 0))
}

function firstDayOf(all: ReadonlyMap<string, Evidence[]>): string | null {
  const days = [...all.values()].flat().map(({ at }) => dayOf(at))
  return days.length === 0 ? null : days.reduce((first, day) => (day < first ? day : first))
}

/** Finished lessons by indicator: coverage, not evidence. */
function coverage(lessons: readonly LessonChecks[], finished: ReadonlySet<string>): Record<string, number> {
  const touched: Record<string, number> = {}
  for (const { id, indicators } of lessons) {
    if (finished.has(id))
      for (const indicator of new Set(indicators.map(indicatorNow)))
        touched[indicator] = (touched[indicator] ?? 0) + 1
  }
  return touched
}
