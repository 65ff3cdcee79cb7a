// The tree of units as an administrator sees it.
import { inArray, or } from 'drizzle-orm'
import { read, type Database } from '#db/database.server.ts'
import { unit } from '#db/schema/people.ts'
import { inScope, scopeOf } from '#people/roster/scope.ts'
import { underAny } from '#people/roster/under.ts'
import type { UnitKind } from '#people/roster/unit.ts'
import type { Role, Session } from '#people/session.ts'

/** A unit in the order of the tree; `names` leads to it from the root, `mine` if it lies in the scope. */
export type TreeUnit = {
  id: string
  parentId: string | null
  path: string
  name: string
  kind: UnitKind
  names: string
  /** 0 for a root. */
  depth: number
  mine: boolean
}

/** The tree for a page: the units over which the session holds one of the roles. */
export const unitsOf = (session: Session, ...roles: Role[]) => listUnits(read, scopeOf(session, ...roles))

const inChinese = new Intl.Collator('zh-CN')

/** The units of the scope and those above them, each before those below it, siblings by name. */
export async function listUnits(db: Database, scope: string[]): Promise<TreeUnit[]> {
  const above = scope.flatMap((path) => path.split('/').filter(Boolean))
  const rows = await db
    .select({ id: unit.id, parentId: unit.parentId, path: unit.path, name: unit.name, kind: unit.kind })
    .from(unit)
    .where(or(underAny(unit.path, scope), inArray(unit.id, above)))
  const children = Map.groupBy(
    rows.sort((a, b) => inChinese.compare(a.name, b.name)),
    (row) => row.parentId,
  )
  const below = (parent: { id: string; names: string; depth: number } | null): TreeUnit[] =>
    (children.get(parent?.id ?? null) ?? []).flatMap((row) => {
      const names = parent ? `${parent.names}/${row.name}` : row.name
      const one = { ...row, names, depth: (parent?.depth ?? -1) + 1, mine: inScope(scope, row.path) }
      return [one, ...below(one)]
    })
  return below(null)
}
