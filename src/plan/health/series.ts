// From the figures that were noted of units to what may be shown of them, month by month. Pure.
import type { Count, FigureId } from '#plan/health/figure.ts'
import { figureIds } from '#plan/health/figure.ts'
import { provesChange } from '#record/capability/unit/renewal.ts'
import type { Tally } from '#record/capability/unit/tally.ts'

/** What was noted of a unit on the first day of a month. */
export type NotedMonth = { unitId: string; on: string; health: Readonly<Record<string, Count>> }

/** Figures by unit, each as what is counted of its members: so they are shown by the rule for cells of the map. */
export type HealthTotals = Map<string, Map<string, Tally>>

/** A figure is a share of members like that at target: all whom it is about are measured. */
export const asTally = ({ of, all }: Count): Tally => ({
  ...{ reached: of, notReached: all - of, uncertain: 0, noTarget: 0 },
  levels: [0, 0, all, 0, 0],
})

/** Months as they were noted, the earliest first. */
export function liveMonths(rows: readonly NotedMonth[]): Map<string, HealthTotals> {
  return new Map(
    inOrder(rows).map(([on, own]) => [on, new Map(own.map((row) => [row.unitId, talliesOf(row)]))]),
  )
}

/** Months that begin a quarter. */
export const quarterly = ['01', '04', '07', '10'] as const
const beginsQuarter = (on: string) => quarterly.some((month) => on.slice(5, 7) === month)

/**
 * What of them was published at each quarter: a figure is renewed only if enough members differ from when it was
 * published last. A unit that is noted for the first time need not wait for the quarter.
 * @param rows all quarters from the first on, and the first month of each unit.
 */
export function publishedMonths(rows: readonly NotedMonth[]): Map<string, HealthTotals> {
  const shown: HealthTotals = new Map()
  return new Map(
    inOrder(rows).map(([on, own]) => {
      for (const row of own) {
        const before = shown.get(row.unitId)
        if (before && !beginsQuarter(on)) continue
        const now = new Map(before)
        for (const [id, tally] of talliesOf(row)) {
          if (provesChange(before?.get(id) ?? null, tally)) now.set(id, tally)
        }
        shown.set(row.unitId, now)
      }
      return [on, new Map(shown)]
    }),
  )
}

const inOrder = (rows: readonly NotedMonth[]) =>
  [...Map.groupBy(rows, ({ on }) => on)].sort(([one], [other]) => (one < other ? -1 : 1))

/** A figure that did not exist when the month was noted has none. */
function talliesOf({ health }: NotedMonth): Map<FigureId, Tally> {
  return new Map(
    figureIds.flatMap((id) => {
      const count = health[id]
      return count ? [[id, asTally(count)] as const] : []
    }),
  )
}
