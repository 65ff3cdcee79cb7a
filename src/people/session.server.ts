// Who a request comes from. A session is found in memory by the whole of its signed cookie; otherwise the signature is
// checked and one select asks for it. Whoever changes a session, role, person or assignment says so here after the
// commit: forgetPerson.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import { read } from '#db/database.server.ts'
import { settings } from '#env.ts'
import { roles, type Grant, type Role, type Session } from '#people/session.ts'

type Kept = { session: Session; expiresAt: number; on: string }

const mostKept = 50_000
/** By signed token, so that what is found here needs no second check: that would cost as much as all else. */
const kept = new Map<string, Kept>()
/** The signed tokens of a person. */
const tokensOf = new Map<string, Set<string>>()
/** Rises with every eviction: a session read before one must not be kept after it. */
let evictions = 0

/** The prefix of all cookies of sign-in. */
export const cookiePrefix = 'lianxue'

/** Cookies carry Secure, and a name that browsers protect, wherever the site is reached by https. */
export const cookiesAreSecure = () => settings.origin.startsWith('https:')

const sessionCookie = () => `${cookiesAreSecure() ? '__Secure-' : ''}${cookiePrefix}.session_token`

/** A token as it stands in the cookie. */
const sign = (token: string) =>
  `${token}.${createHmac('sha256', settings.secret).update(token).digest('base64')}`

const idOf = (token: string) => createHash('sha256').update(token).digest('base64url')

/** A cookie of a Cookie header, or null. */
export function cookieValue(header: string, name: string): string | null {
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
  return value && tokenIn(value)
}

function tokenIn(signed: string): string | null {
  const dot = signed.lastIndexOf('.')
  if (dot < 1) return null
  const token = signed.slice(0, dot)
  const [given, expected] = [Buffer.from(signed), Buffer.from(sign(token))]
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : null
}

/** The session behind a Cookie header, or null: none, not signed by us, expired, signed out, or account closed. */
export async function sessionOf(cookieHeader: string | null | undefined): Promise<Session | null> {
  const signed = cookieHeader ? cookieValue(cookieHeader, sessionCookie()) : null
  if (!signed) return null
  const at = now()
  const on = dayOf(at.toISOString())
  const found = kept.get(signed)
  // Posts begin and end at midnight, so what was read yesterday is read again.
  if (found?.on === on && found.expiresAt > at.getTime()) return found.session
  const token = tokenIn(signed)
  if (!token) return null
  const before = evictions
  const loaded = await load(token, idOf(token), on)
  if (!loaded || loaded.expiresAt <= at.getTime()) return null
  if (before === evictions) keep(signed, loaded)
  return loaded.session
}

function keep(signed: string, entry: Kept) {
  if (kept.size >= mostKept) forgetSigned(kept.keys().next().value as string)
  kept.set(signed, entry)
  const tokens = tokensOf.get(entry.session.person.id) ?? new Set()
  tokensOf.set(entry.session.person.id, tokens.add(signed))
}

function forgetSigned(signed: string) {
  const personId = kept.get(signed)?.session.person.id
  kept.delete(signed)
  const tokens = personId === undefined ? undefined : tokensOf.get(personId)
  tokens?.delete(signed)
  if (personId !== undefined && tokens?.size === 0) tokensOf.delete(personId)
}

/** Forgets the sessions of a person: the next request reads them anew. Call after the commit. */
export function forgetPerson(personId: string) {
  evictions++
  for (const signed of [...(tokensOf.get(personId) ?? [])]) forgetSigned(signed)
}

/** Forgets one session. Call after the commit. */
export function forgetToken(token: string) {
  evictions++
  forgetSigned(sign(token))
}

/** Forgets all sessions, e.g. after units were moved or a database was restored. Call after the commit. */
export function forgetEverybody() {
  evictions++
  kept.clear()
  tokensOf.clear()
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
