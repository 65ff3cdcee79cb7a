// Who a request comes from. The cookie's signature is checked, then the session is found in memory, or by one
// select. Whoever changes a session, role, person or assignment says so here after the commit: forgetPerson.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import { read } from '#db/database.server.ts'
import { settings } from '#env.ts'
import { roles, type Grant, type Role, type Session } from '#people/session.ts'

type Kept = { session: Session; expiresAt: number; on: string }

const mostKept = 50_000
const kept = new Map<string, Kept>()
const idsOf = new Map<string, Set<string>>()
/** Rises with every eviction: a session read before one must not be kept after it. */
let evictions = 0

/** The prefix of all cookies of sign-in. */
export const cookiePrefix = 'lianxue'

/** Cookies carry Secure, and a name that browsers protect, wherever the site is reached by https. */
export const cookiesAreSecure = () => settings.origin.startsWith('https:')

const sessionCookie = () => `${cookiesAreSecure() ? '__Secure-' : ''}${cookiePrefix}.session_token`

const idOf = (token: string) => createHash('sha256').update(token).digest('base64url')

function cookieValue(header: string, name: string): string | null {
  const part = header.split(';').find((pair) => pair.trimStart().startsWith(`${name}=`))
  if (part === undefined) return null
  try {
    return decodeURIComponent(part.slice(part.indexOf('=') + 1).trim())
  } catch {
    return null
  }
}

/** The session token of a Cookie header, if the site itself signed it. */
export function tokenOf(cookieHeader: string | null | undefined): string | null {
  const value = cookieHeader ? cookieValue(cookieHeader, sessionCookie()) : null
  const dot = value?.lastIndexOf('.') ?? -1
  if (!value || dot < 1) return null
  const token = value.slice(0, dot)
  const signature = Buffer.from(value.slice(dot + 1))
  const expected = Buffer.from(createHmac('sha256', settings.secret).update(token).digest('base64'))
  return signature.length === expected.length && timingSafeEqual(signature, expected) ? token : null
}

/** The session behind a Cookie header, or null: none, not signed by us, expired, signed out, or account closed. */
export async function sessionOf(cookieHeader: string | null | undefined): Promise<Session | null> {
  const token = tokenOf(cookieHeader)
  if (!token) return null
  const id = idOf(token)
  const at = now()
  const on = dayOf(at.toISOString())
  const found = kept.get(id)
  // Posts begin and end at midnight, so what was read yesterday is read again.
  if (found?.on === on && found.expiresAt > at.getTime()) return found.session
  const before = evictions
  const loaded = await load(token, id, on)
  if (!loaded || loaded.expiresAt <= at.getTime()) return null
  if (before === evictions) keep(id, loaded)
  return loaded.session
}

function keep(id: string, entry: Kept) {
  if (kept.size >= mostKept) forgetId(kept.keys().next().value as string)
  kept.set(id, entry)
  const ids = idsOf.get(entry.session.person.id) ?? new Set()
  idsOf.set(entry.session.person.id, ids.add(id))
}

function forgetId(id: string) {
  const personId = kept.get(id)?.session.person.id
  kept.delete(id)
  const ids = personId === undefined ? undefined : idsOf.get(personId)
  ids?.delete(id)
  if (personId !== undefined && ids?.size === 0) idsOf.delete(personId)
}

/** Forgets the sessions of a person: the next request reads them anew. Call after the commit. */
export function forgetPerson(personId: string) {
  evictions++
  for (const id of [...(idsOf.get(personId) ?? [])]) forgetId(id)
}

/** Forgets one session. Call after the commit. */
export function forgetToken(token: string) {
  evictions++
  forgetId(idOf(token))
}

/** Forgets all sessions, e.g. after units were moved or a database was restored. Call after the commit. */
export function forgetEverybody() {
  evictions++
  kept.clear()
  idsOf.clear()
}

type Row = {
  id: string
  number: string
  name: string
  notice_version: string | null
  expires_at: number
  second_factor: number | null
  grants: string
  unit_paths: string
}

/** One select: session, person, rights with unit paths, and the units of today's posts. */
async function load(token: string, id: string, on: string): Promise<Kept | null> {
  const [row] = await read.all<Row>(sql`
    select p.id, p.number, p.name, p.notice_version, s.expires_at, l.two_factor_enabled as second_factor,
      (select json_group_array(json_object('role', g.role, 'unitId', g.unit_id, 'path', u.path))
        from "grant" g join unit u on u.id = g.unit_id where g.person_id = p.id) as grants,
      (select json_group_array(distinct u.path) from assignment a join unit u on u.id = a.unit_id
        where a.person_id = p.id and a.from_on <= ${on} and (a.to_on is null or a.to_on >= ${on})) as unit_paths
    from session s join login l on l.id = s.user_id join person p on p.id = l.id
    where s.token = ${token} and p.closed_at is null`)
  if (!row) return null
  const grants = (JSON.parse(row.grants) as Grant[]).filter((grant) =>
    (roles as readonly Role[]).includes(grant.role),
  )
  return {
    session: {
      id,
      person: { id: row.id, number: row.number, name: row.name },
      grants,
      unitPaths: JSON.parse(row.unit_paths) as string[],
      // Sessions from before the second factor was set up are deleted when it is (auth.server.ts),
      // so every session of such a login has given it.
      secondFactor: row.second_factor === 1,
      noticeVersion: row.notice_version,
    },
    expiresAt: Number(row.expires_at),
    on,
  }
}
