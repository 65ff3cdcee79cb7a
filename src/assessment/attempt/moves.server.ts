// How an attempt moved the map: what was believed just before it and just after it, both as of that day, so that age
// moves nothing. Only first answers move it; the others were review.
import type { ItemRow } from '#assessment/attempt/attempt.server.ts'
import { indicatorName } from '#assessment/attempt/names.server.ts'
import { dayOf } from '#day.ts'
import type { Item } from '#quiz/question.ts'
import { believe, type Belief } from '#record/capability/belief.ts'
import { cutsInUse, indicatorNow } from '#record/capability/model.server.ts'
import { evidenceOf } from '#record/capability/belief.server.ts'
import { isMeasured, levelOf } from '#record/capability/level.ts'

type Estimate = { mean: number; sd: number; level: number }

export type Move = {
  indicator: string
  name: string
  /** Answers of the attempt that are evidence, and those that were review. */
  evidence: number
  review: number
  /** Null where less than two kinds of evidence were there: then no estimate is shown. */
  before: Estimate | null
  after: Estimate | null
}

/** One row for each indicator that was asked and answered, in the order of the paper. */
export async function movesOf(
  person: string,
  { handedAt }: { handedAt: string },
  rows: readonly ItemRow[],
  items: ReadonlyMap<string, Item>,
): Promise<Move[]> {
  const on = dayOf(handedAt)
  const all = await evidenceOf(person, on)
  const recorded = rows.filter(({ eventId }) => eventId !== null)
  const byIndicator = Map.groupBy(recorded, ({ itemId }) => indicatorNow(items.get(itemId)?.indicator ?? ''))
  return [...byIndicator].map(([indicator, own]) => {
    const events = new Set(own.map(({ eventId }) => eventId))
    const until = (all.get(indicator) ?? []).filter(
      ({ at, eventId }) => at <= handedAt || events.has(eventId),
    )
    const before = until.filter(({ eventId }) => !events.has(eventId))
    const evidence = until.length - before.length
    return {
      ...{ indicator, name: indicatorName(indicator), evidence, review: own.length - evidence },
      before: estimateIn(believe(before, on, cutsInUse())),
      after: estimateIn(believe(until, on, cutsInUse())),
    }
  })
}

function estimateIn(belief: Belief): Estimate | null {
  const { mean, sd } = belief
  return isMeasured(belief) ? { mean, sd, level: levelOf(mean, cutsInUse()) } : null
}
