// A small county for the tests of the roster, and sessions of the people in it.
import { v7 } from 'uuid'
import { write } from '#db/database.server.ts'
import { grant, person, unit } from '#db/schema/people.ts'
import type { Post } from '#people/roster/assignment.ts'
import type { Role, Session } from '#people/session.ts'

const at = '2026-01-01T00:00:00.000Z'

export const posts: Post[] = [
  { id: 'village-secretary', name: '村党组织书记' },
  { id: 'village-director', name: '村委会主任' },
  { id: 'grid-worker', name: '网格员' },
]

/** Adds a unit under another (null: a root) without any checks. */
export async function plantUnit(name: string, parent: { id: string; path: string } | null) {
  const id = v7()
  const path = `${parent?.path ?? '/'}${id}/`
  const kind = 'township' as const
  await write((tx) =>
    tx.insert(unit).values({ id, parentId: parent?.id ?? null, path, name, kind, createdAt: at }),
  )
  return { id, path, name }
}

/** Adds a person with roles for units without any checks, and answers with their session. */
export async function plantPerson(
  number: string,
  ...grants: [Role, { id: string; path: string }][]
): Promise<Session> {
  const id = v7()
  await write((tx) => tx.insert(person).values({ id, number, name: `${number}的姓名`, createdAt: at }))
  for (const [role, { id: unitId }] of grants) {
    await write((tx) =>
      tx.insert(grant).values({ personId: id, role, unitId, grantedBy: 'process', grantedAt: at }),
    )
  }
  return {
    id: `session-of-${number}`,
    person: { id, number, name: `${number}的姓名` },
    grants: grants.map(([role, { id: unitId, path }]) => ({ role, unitId, path })),
    unitPaths: [],
    secondFactor: true,
    noticeVersion: null,
  }
}

/** 青溪县 with two townships, a village in each, and administrators of the county and of 白石镇. */
export async function plantCounty() {
  const county = await plantUnit('青溪县', null)
  const baishi = await plantUnit('白石镇', county)
  const yunling = await plantUnit('云岭村', baishi)
  const heshan = await plantUnit('鹤山镇', county)
  const shuikou = await plantUnit('水口村', heshan)
  return {
    ...{ county, baishi, yunling, heshan, shuikou },
    system: await plantPerson('admin-system', ['system-admin', county]),
    security: await plantPerson('admin-security', ['security-admin', county]),
    audit: await plantPerson('admin-audit', ['audit-admin', county]),
    baishiSystem: await plantPerson('baishi-system', ['system-admin', baishi]),
    baishiSecurity: await plantPerson('baishi-security', ['security-admin', baishi]),
  }
}
