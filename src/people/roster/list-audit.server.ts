// The audit log as an audit administrator reads it. It holds ids only; names are looked up while they exist.
import { and, desc, eq, gte, lt, or, sql, type SQL } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { audit, person, unit } from '#db/schema/people.ts'
import { theProcess } from '#people/audit.server.ts'
import type { Post } from '#people/roster/assignment.ts'
import { today } from '#people/roster/find.server.ts'
import { idsIn, sayDetail } from '#people/roster/say-detail.ts'
import { isWhole, scopeOf } from '#people/roster/scope.ts'
import { placedUnder, underAny } from '#people/roster/under.ts'
import type { Session } from '#people/session.ts'

export type AuditFilter = {
  act?: string
  /** Staff number or name, of the actor or of the person acted upon. */
  who?: string
  /** First and last day, Asia/Shanghai. */
  fromOn?: string
  toOn?: string
  /** From 1. */
  page: number
}

export type AuditRow = {
  id: string
  at: string
  act: string
  /** Its names and units in words. */
  actor: string
  target: string
  /** What explains it, as a sentence; may be empty. */
  says: string
}

export const auditPageRows = 50

/** Rows that an audit administrator may see, latest first; `more` says whether another page follows. */
export async function listAudit(
  session: Session,
  filter: AuditFilter,
  posts: Post[] = [],
): Promise<{ rows: AuditRow[]; more: boolean }> {
  const found = await read
    .select({
      id: audit.id,
      at: audit.at,
      act: audit.act,
      detail: audit.detail,
      actorId: audit.actorId,
      target: audit.target,
    })
    .from(audit)
    .where(and(ofScope(scopeOf(session, 'audit-admin')), ...ofFilter(filter)))
    .orderBy(desc(audit.at), desc(audit.id))
    .limit(auditPageRows + 1)
    .offset((filter.page - 1) * auditPageRows)
  const rows = found.slice(0, auditPageRows)
  const names = await namesOf(rows.flatMap((row) => [row.actorId, row.target, ...idsIn(row.detail)]))
  const of = (id: string) => (id === theProcess ? '系统' : (names.get(id) ?? id))
  const post = (id: string) => posts.find((one) => one.id === id)?.name ?? id
  return {
    rows: rows.map(({ id, at, act, actorId, target, detail }) => {
      const says = sayDetail(act, detail, { of, post })
      return { id, at, act, actor: of(actorId), target: of(target), says }
    }),
    more: found.length > auditPageRows,
  }
}

/** Rows about a unit or a person of the scope; those about anything else belong to the whole. */
function ofScope(scope: string[]): SQL | undefined {
  if (isWhole(scope)) return undefined
  return sql`(${audit.target} in (select id from ${unit} where ${underAny(unit.path, scope)})
    or ${audit.target} in (select id from person where ${placedUnder(scope, today())}))`
}

function ofFilter(filter: AuditFilter): (SQL | undefined)[] {
  const midnight = (on: string) => new Date(`${on}T00:00:00+08:00`).toISOString()
  const dayAfter = (on: string) => new Date(Date.parse(midnight(on)) + 86_400_000).toISOString()
  return [
    filter.act ? eq(audit.act, filter.act) : undefined,
    filter.fromOn ? gte(audit.at, midnight(filter.fromOn)) : undefined,
    filter.toOn ? lt(audit.at, dayAfter(filter.toOn)) : undefined,
    filter.who ? ofWho(filter.who) : undefined,
  ]
}

function ofWho(who: string): SQL | undefined {
  const people = sql`(select id from ${person} where ${person.number} = ${who} or ${person.name} = ${who})`
  return or(sql`${audit.actorId} in ${people}`, sql`${audit.target} in ${people}`)
}

async function namesOf(ids: string[]): Promise<Map<string, string>> {
  const found = await read.all<{ id: string; said: string }>(sql`
    select id, name || ' ' || number as said from person where id in (select value from json_each(${JSON.stringify(ids)}))
    union all select id, name from unit where id in (select value from json_each(${JSON.stringify(ids)}))
    union all select id, name from kiosk where id in (select value from json_each(${JSON.stringify(ids)}))
    union all select id, title from notice where id in (select value from json_each(${JSON.stringify(ids)}))`)
  return new Map(found.map((row) => [row.id, row.said]))
}
