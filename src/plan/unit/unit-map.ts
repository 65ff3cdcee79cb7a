// The map of a unit as pages and files show it: its sub-units by the indicators of the model, in roster order.
import type { CapabilityModel, Indicator } from '#record/capability/model.ts'
import type { Cell } from '#record/capability/unit/cell.ts'
import type { UnitNode } from '#plan/unit/around.server.ts'
import type { Sight } from '#plan/unit/sight.ts'

/** What stands in for a cell of which nothing is known. */
export const closedCell: Cell = { measured: null, share: null, levels: null }

/** One line; `id` is null for the members that belong to the unit itself and to none of its sub-units. */
export type MapRow = {
  id: string | null
  name: string
  /** People on the roster; null where that was not kept. */
  members: number | null
  cells: ReadonlyMap<string, Cell>
}

export type UnitMap = {
  unit: UnitNode
  /** Those above it, from the root down. */
  above: UnitNode[]
  sight: Sight
  /** The day whose figures these are; of today while `live`, null if nothing was published yet. */
  on: string | null
  /** True for the figures of now. */
  current: boolean
  /** First days of the months that can be chosen, the latest first. */
  months: string[]
  model: Pick<CapabilityModel, 'dimensions' | 'levels'>
  /** The unit with all below it. */
  whole: MapRow
  /** Its own members, then its sub-units in roster order. Empty if it has no sub-units. */
  rows: MapRow[]
}

/** The cell of a line. */
export const cellAt = ({ cells }: MapRow, indicator: string): Cell => cells.get(indicator) ?? closedCell

/** The indicator of the model, or null. */
export function indicatorIn({ model }: UnitMap, id: string | null): Indicator | null {
  const all = model.dimensions.flatMap(({ indicators }) => indicators)
  return all.find((one) => one.id === id) ?? null
}

/** How much of the unit can be seen: indicators whose share is open, and from how few to how many were measured. */
export function seenOf(map: UnitMap) {
  const cells = shownIndicators(map).map(({ cell }) => cell)
  const measured = cells.flatMap((cell) => cell.measured ?? [])
  return {
    indicators: cells.length,
    open: cells.filter(({ share }) => share !== null).length,
    fewest: measured.length > 0 ? Math.min(...measured) : null,
    most: measured.length > 0 ? Math.max(...measured) : null,
  }
}

/** Every indicator of the model with what is shown of it for the unit as a whole. */
export function shownIndicators({ model, whole }: UnitMap) {
  return model.dimensions.flatMap(({ indicators }) =>
    indicators.map(({ id, name }) => ({ id, name, cell: cellAt(whole, id) })),
  )
}
