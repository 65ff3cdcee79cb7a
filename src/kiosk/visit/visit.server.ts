// A visit: a cadre at a screen, from signing in to leaving. Its cookie opens what is below /kiosk/visit and nothing else,
// at this kiosk only, five minutes from the last sign of life and three hours at most.
import { createHash, randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { and, eq, isNotNull, isNull, ne } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { read, write, type Database } from '#db/database.server.ts'
import { kioskVisit } from '#db/schema/kiosk.ts'
import { person } from '#db/schema/people.ts'
import type { Asking } from '#kiosk/step.ts'
import { isOf } from '#kiosk/visit/roster.server.ts'
import { cookiePrefix, cookiesAreSecure, cookieValue } from '#people/session.server.ts'
import { Refusal } from '#refusal.ts'

/** Without a sign of life a visit ends after so long. */
const idleMilliseconds = 5 * 60_000
/** And never lasts longer than this. */
export const longestMilliseconds = 3 * 3_600_000

export type Visit = { id: string; personId: string; name: string; how: 'phone' | 'pin'; beganAt: string }

const cookieName = () => `${cookiesAreSecure() ? '__Secure-' : ''}${cookiePrefix}.kiosk`
const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')

/** Sets the cookie of a visit, or clears it. It is gone with the browser, too: no time is named for which to keep it. */
export function setCookie(res: ServerResponse, token: string | null) {
  const how = `Path=/kiosk; HttpOnly; SameSite=Strict${cookiesAreSecure() ? '; Secure' : ''}`
  res.setHeader('Set-Cookie', `${cookieName()}=${token ?? ''}; ${how}${token === null ? '; Max-Age=0' : ''}`)
}

/** When a visit ends by itself if this was its last sign of life. */
const endsAt = (at: number, beganAt: string) =>
  new Date(Math.min(at + idleMilliseconds, Date.parse(beganAt) + longestMilliseconds)).toISOString()

/**
 * Begins a visit inside a job; whoever was signed in at this kiosk is not any more. The same visit of the same person
 * again, because the reply was lost, gets another cookie.
 * @returns the token for the cookie; null if the id stands for another visit, or for one that has ended.
 */
export async function beginIn(
  tx: Database,
  begun: { id: string; kioskId: string; personId: string; how: Visit['how'] },
  at: Date,
): Promise<string | null> {
  const token = randomBytes(32).toString('base64url')
  const beganAt = at.toISOString()
  const cookie = { tokenHash: hashOf(token), expiresAt: endsAt(at.getTime(), beganAt) }
  const same = and(
    eq(kioskVisit.kioskId, begun.kioskId),
    eq(kioskVisit.personId, begun.personId),
    eq(kioskVisit.state, 'checked'),
    isNull(kioskVisit.endedAt),
  )
  const stored = await tx
    .insert(kioskVisit)
    .values({ ...begun, ...cookie, state: 'checked', beganAt })
    .onConflictDoUpdate({ target: kioskVisit.id, set: cookie, setWhere: same })
    .returning({ id: kioskVisit.id })
  if (stored.length === 0) return null
  await tx
    .update(kioskVisit)
    .set(ended(at))
    .where(and(othersAt(begun.kioskId), ne(kioskVisit.id, begun.id)))
  return token
}

const ended = (at: Date) => ({ endedAt: at.toISOString(), tokenHash: null })
const othersAt = (kioskId: string) =>
  and(eq(kioskVisit.kioskId, kioskId), isNotNull(kioskVisit.tokenHash), isNull(kioskVisit.endedAt))

/**
 * The visit behind the cookie of a request at a kiosk; the request is a sign of life.
 * @param id of the visit that the screen means: a cookie that was left over from another one opens nothing.
 * @throws Refusal `closed`: no cookie, of another kiosk, ended, or the person's account or post is gone.
 */
export async function visitOf(kiosk: Asking, req: IncomingMessage, id: string): Promise<Visit> {
  const token = cookieValue(req.headers.cookie ?? '', cookieName())
  const visit = token ? await findBy(hashOf(token), kiosk) : null
  if (visit?.id !== id) throw new Refusal('closed', '已经退出。', '要接着用，请重新登录。')
  await write((tx) => stayIn(tx, visit, now().getTime()))
  return visit
}

async function findBy(tokenHash: string, kiosk: Asking): Promise<Visit | null> {
  const at = now().toISOString()
  const [row] = await read
    .select({
      id: kioskVisit.id,
      personId: kioskVisit.personId,
      name: person.name,
      how: kioskVisit.how,
      beganAt: kioskVisit.beganAt,
      expiresAt: kioskVisit.expiresAt,
    })
    .from(kioskVisit)
    .innerJoin(person, eq(person.id, kioskVisit.personId))
    .where(
      and(
        eq(kioskVisit.tokenHash, tokenHash),
        eq(kioskVisit.kioskId, kiosk.id),
        isNull(kioskVisit.endedAt),
        isNull(person.closedAt),
      ),
    )
  if (!row || (row.expiresAt ?? '') <= at) return null
  // A PIN is good in the own unit only; whoever came with the phone proved more than a post.
  if (row.how === 'pin' && !(await isOf(kiosk.unitId, row.personId))) return null
  return row
}

/** Notes a sign of life of a visit that has not ended. */
export async function stayIn(tx: Database, visit: Pick<Visit, 'id' | 'beganAt'>, at: number): Promise<void> {
  const open = and(eq(kioskVisit.id, visit.id), isNull(kioskVisit.endedAt), isNotNull(kioskVisit.tokenHash))
  await tx
    .update(kioskVisit)
    .set({ expiresAt: endsAt(at, visit.beganAt) })
    .where(open)
}

/** Ends whatever visit the cookie of a request stands for; its cookie opens nothing from then on. */
export async function endVisit(req: IncomingMessage): Promise<void> {
  const token = cookieValue(req.headers.cookie ?? '', cookieName())
  if (!token) return
  await write((tx) =>
    tx
      .update(kioskVisit)
      .set(ended(now()))
      .where(eq(kioskVisit.tokenHash, hashOf(token))),
  )
}
