// Finds the unit that names from the root down lead to, or says what must be made on the way, or why not.
import { checkUnitName } from '#people/roster/unit.ts'

/** Units by their names from the root, joined by "/". */
export type UnitPicture = Map<string, { id: string; path: string; inScope: boolean }>

/** A unit to make; `names` is its key in the picture. */
export type UnitToMake = { id: string; parentId: string; path: string; name: string; names: string }

export type UnitPlan = { unitId: string; make: UnitToMake[] } | { problem: string }

const notFound = (name: string) => ({
  problem: `没有找到单位“${name.slice(0, 30)}”，或它不在你管理的范围。从最上级写起，核对每一级的名称。`,
})

/** @param newId gives a fresh id at each call. */
export function planUnit(
  names: string[],
  known: UnitPicture,
  makeUnits: boolean,
  newId: () => string,
): UnitPlan {
  const keys = names.map((_, i) => names.slice(0, i + 1).join('/'))
  const depth = keys.findLastIndex((key) => known.has(key)) + 1
  const deepest = known.get(keys[depth - 1] ?? '')
  const missing = names.slice(depth)
  if (!deepest) return notFound(names[0] ?? '')
  if (missing.length === 0)
    return deepest.inScope ? { unitId: deepest.id, make: [] } : notFound(names.at(-1) ?? '')
  if (!deepest.inScope) return notFound(missing[0] ?? '')
  if (!makeUnits) {
    return {
      problem: `还没有单位“${missing[0]?.slice(0, 30)}”。核对名称；确要新建，勾选“新建不存在的单位”。`,
    }
  }
  if (names.length > 8) return { problem: '单位最多写8级。' }
  const problem = missing.map(checkUnitName).find((one) => one !== null)
  return problem ? { problem } : make(missing, keys, deepest, newId)
}

function make(
  missing: string[],
  keys: string[],
  deepest: { id: string; path: string },
  newId: () => string,
): UnitPlan {
  const made: UnitToMake[] = []
  for (const [i, name] of missing.entries()) {
    const parent = made[i - 1] ?? deepest
    const id = newId()
    const names = keys[keys.length - missing.length + i] ?? ''
    made.push({ id, parentId: parent.id, path: `${parent.path}${id}/`, name, names })
  }
  return { unitId: made.at(-1)?.id ?? deepest.id, make: made }
}
