// Gathers the map of a unit for who asks: figures of now, of a month, or as they were published; all of them through
// the rule of what may be shown. No query is over persons.
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import { aroundUnit, type Around, type UnitNode } from '#plan/unit/around.server.ts'
import { daysOf, sizesOn } from '#plan/unit/months.server.ts'
import { yearBefore } from '#plan/unit/say-change.ts'
import { sightOf, type Sight } from '#plan/unit/sight.ts'
import { closedCell, type MapRow, type UnitMap } from '#plan/unit/unit-map.ts'
import type { Session } from '#people/session.ts'
import { modelInUse } from '#record/capability/model.server.ts'
import type { Cell } from '#record/capability/unit/cell.ts'
import { cellsOf, ownOf } from '#record/capability/unit/disclose.ts'
import { publishedTotals, sizesOf, totalsOf, totalsOn } from '#record/capability/unit/totals.server.ts'

/** Whose figures: how they are seen, and of which day; null for those of now. */
type Source = { sight: Sight; on: string | null }

/** The map of a unit with what is needed to ask for more of it. */
export type FoundMap = { map: UnitMap; around: Around }

/**
 * The map of a unit as this session may see it; null if it has no business there.
 * @param month `YYYY-MM` of the figures; of another than those that were kept, the latest are shown.
 */
export async function unitMapFor(
  session: Session,
  unitId: string,
  month: string | null,
): Promise<FoundMap | null> {
  const around = await aroundUnit(unitId)
  const sight = around && sightOf(session, around.unit.path)
  if (!around || !sight) return null
  const months = await daysOf(around.unit, sight)
  const chosen = months.find((on) => on.slice(0, 7) === month) ?? null
  const source = { sight, on: sight === 'published' ? (chosen ?? months[0] ?? null) : chosen }
  const nothing = sight === 'published' && source.on === null
  const [cells, sizes] = await Promise.all([
    nothing ? new Map<string, Map<string, Cell>>() : cellsAround(around.all, source),
    nothing ? new Map<string, number>() : sizesAt([around.unit, ...around.below], source.on),
  ])
  const { model } = modelInUse()
  return {
    around,
    map: {
      ...{ unit: around.unit, above: around.above, sight, months, model },
      on: source.on ?? (sight === 'live' ? dayOf(now().toISOString()) : null),
      current: sight === 'live' ? chosen === null : source.on === months[0],
      ...rowsOf(around, cells, sizes),
    },
  }
}

/** The cell of a unit a year before the day of its map, with that day; null if nothing was kept then. */
export async function yearAgo(
  { map, around }: FoundMap,
  indicator: string,
): Promise<{ cell: Cell | null; on: string } | null> {
  if (map.on === null) return null
  const on = yearBefore(map.on)
  if (!map.months.some((kept) => kept <= on)) return { cell: null, on }
  const cells = await cellsAround(around.all, { sight: map.sight, on }, [indicator])
  return { cell: cells.get(map.unit.id)?.get(indicator) ?? closedCell, on }
}

/** What may be shown of these units; `only` leaves out other indicators. */
async function cellsAround(units: readonly UnitNode[], { sight, on }: Source, only?: readonly string[]) {
  const ids = units.map(({ id }) => id)
  const totals =
    sight === 'published'
      ? await publishedTotals(ids, on ?? undefined)
      : await (on === null ? totalsOf(ids) : totalsOn(ids, on))
  const asked = only
    ? new Map([...totals].map(([id, all]) => [id, new Map([...all].filter(([one]) => only.includes(one)))]))
    : totals
  // What was published one by one is not of one day.
  return cellsOf(units, asked, sight === 'live')
}

const sizesAt = (units: readonly UnitNode[], on: string | null) => {
  const ids = units.map(({ id }) => id)
  return on === null ? sizesOf(ids) : sizesOn(ids, on)
}

function rowsOf(
  { unit, below }: Around,
  cells: ReadonlyMap<string, ReadonlyMap<string, Cell>>,
  sizes: ReadonlyMap<string, number>,
): { whole: MapRow; rows: MapRow[] } {
  const row = (key: string, id: string | null, name: string, members: number | null): MapRow => ({
    ...{ id, name, members },
    cells: cells.get(key) ?? new Map(),
  })
  const size = (id: string) => sizes.get(id) ?? null
  const members = size(unit.id)
  const whole = row(unit.id, unit.id, unit.name, members)
  if (below.length === 0) return { whole, rows: [] }
  const own = members === null ? null : members - below.reduce((sum, { id }) => sum + (size(id) ?? 0), 0)
  const subUnits = below.map(({ id, name }) => row(id, id, name, size(id)))
  return { whole, rows: own === 0 ? subUnits : [row(ownOf(unit.id), null, '本级', own), ...subUnits] }
}
