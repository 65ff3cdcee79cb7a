// A unit with those above it and all that share a parent with one of them: what may be shown of it depends on these.
import { asc, eq, inArray, or } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { unit } from '#db/schema/people.ts'

/** A unit of the tree; `path` holds the ids from the root down to itself. */
export type UnitNode = { id: string; parentId: string | null; path: string; name: string }

export type Around = {
  unit: UnitNode
  /** From the root down to its parent. */
  above: UnitNode[]
  /** Its sub-units, in roster order. */
  below: UnitNode[]
  /** All of these, and the siblings of each. */
  all: UnitNode[]
}

/** The surroundings of a unit, or null if there is none of this id. */
export async function aroundUnit(id: string): Promise<Around | null> {
  const columns = { id: unit.id, parentId: unit.parentId, path: unit.path, name: unit.name }
  const [own] = await read.select(columns).from(unit).where(eq(unit.id, id))
  if (!own) return null
  const way = own.path.split('/').filter(Boolean)
  const all = await read
    .select(columns)
    .from(unit)
    .where(or(inArray(unit.parentId, way), eq(unit.id, way[0] ?? id)))
    .orderBy(asc(unit.path))
  return {
    unit: own,
    above: all.filter((one) => one.id !== id && own.path.startsWith(one.path)),
    below: all.filter(({ parentId }) => parentId === id),
    all,
  }
}
