// Claims of phones: a code that was seen on the screen. Where the hall has no line the server does not know the session
// yet; then the claim waits for it.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { and, count, eq, lt } from 'drizzle-orm'
import { v7 } from 'uuid'
import type { z } from 'astro/zod'
import { now } from '#clock.server.ts'
import { read, write, type Database } from '#db/database.server.ts'
import { hallClaim } from '#db/schema/hall.ts'
import { settings } from '#env.ts'
import { present, wrongly } from '#kiosk/hall/attendance.server.ts'
import { codeOf, isInTime, slotLength } from '#kiosk/hall/code.ts'
import { locate, type HallSession, type Located } from '#kiosk/hall/find.server.ts'
import type { CheckInForm } from '#kiosk/hall/forms.ts'
import { longestHours } from '#kiosk/hall/stay.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'

/** A code that a phone has seen, from the address that it was led to. */
export type Seen = { session: string; slot: number; code: string }

/** What somebody is told who scanned a code. */
export type Scanned =
  | { is: 'known'; found: Located; seen: Seen; at: string; seal: string }
  /** The hall has no line: the server has not heard of this session. */
  | { is: 'unknown'; seen: Seen; at: string; seal: string }
  | { is: 'refused'; message: string; hint: string }

/** The page holds when the code was seen, so that reading it does not make one late. */
const holdsMinutes = 10
const minute = 60_000

const sealOf = (personId: string, { session, slot, code }: Seen, at: string) =>
  createHmac('sha256', settings.secret)
    .update(`hall seen ${personId} ${session} ${slot} ${code} ${at}`)
    .digest('base64url')

const expired = { message: '这个码已经换了。', hint: '请再扫一次屏幕上现在的码。' }

/** Looks at what was scanned; changes nothing. */
export async function lookAt(session: Session, seen: Seen): Promise<Scanned> {
  const at = now()
  const found = await locate(read, seen.session)
  const iso = at.toISOString()
  const sealed = { seen, at: iso, seal: sealOf(session.person.id, seen, iso) }
  if (!found) return { is: 'unknown', ...sealed }
  const { secret, startsAt, state } = found.held
  const isRight = seen.code === (await codeOf(secret, seen.session, seen.slot))
  // Only a screen that has begun it shows a right code of a planned session: it has no line to say so.
  if (state === 'planned' && isRight) return { is: 'unknown', ...sealed }
  const why = whyNot(found.held, at.getTime())
  if (why) return { is: 'refused', ...why }
  const holds = isRight && isInTime(seen.slot, Date.parse(startsAt), at.getTime())
  return holds ? { is: 'known', found, ...sealed } : { is: 'refused', ...expired }
}

function whyNot({ state, startsAt }: HallSession, at: number): { message: string; hint: string } | null {
  if (state === 'planned') return { message: '这一场还没有开始。', hint: '开始以后再扫屏幕上的码。' }
  if (state === 'open' && at - Date.parse(startsAt) < longestHours * 60 * minute) return null
  return { message: '这一场已经结束，不能再报到。', hint: '确实在场的，请主持人把你写进名单。' }
}

/**
 * Checks in by phone, as of when the code was seen. @returns the id of the session, or that its hall has no line.
 * @throws Refusal `invalid` for a page that is too old, `closed` if the session ended meanwhile, `too-many`.
 */
export async function checkIn(
  session: Session,
  { session: id, slot, code, seen: at, seal }: z.infer<typeof CheckInForm>,
): Promise<string> {
  const personId = session.person.id
  const seen = { session: id, slot, code }
  const [given, expected] = [Buffer.from(seal), Buffer.from(sealOf(personId, seen, at))]
  const isOurs = given.length === expected.length && timingSafeEqual(given, expected)
  if (!isOurs || now().getTime() - Date.parse(at) > holdsMinutes * minute)
    throw new Refusal('invalid', '这一页放得太久了。', '请再扫一次屏幕上现在的码。')
  return write(async (tx) => {
    const found = await locate(tx, id)
    if (!found || found.held.state === 'planned') return keepClaim(tx, personId, seen, at)
    const why = whyNot(found.held, Date.parse(at))
    if (why) throw new Refusal('closed', why.message, why.hint)
    await present(tx, id, personId, { via: 'phone', inAt: at })
    return id
  })
}

/** So many claims of one person may wait. */
const mostWaiting = 20

async function keepClaim(tx: Database, personId: string, seen: Seen, at: string): Promise<'waiting'> {
  const own = eq(hallClaim.personId, personId)
  const [there] = await tx.select({ waiting: count() }).from(hallClaim).where(own)
  if ((there?.waiting ?? 0) >= mostWaiting)
    throw new Refusal('too-many', '等核对的报到已经有很多。', '请主持人把你写进名单。')
  const { session: sessionId, slot, code } = seen
  const [same] = await tx
    .select({ id: hallClaim.id })
    .from(hallClaim)
    .where(and(own, eq(hallClaim.sessionId, sessionId)))
  if (!same) await tx.insert(hallClaim).values({ id: v7(), sessionId, personId, slot, code, at })
  return 'waiting'
}

/** The place in time of what a screen did without a line is right to about so many minutes. */
const toleranceMinutes = 10

/**
 * Checks the claims that waited for a session which is now known, so that no new ones come; they count from the half minute
 * of their code.
 */
export async function settleClaims({
  id,
  secret,
  startsAt,
}: Pick<HallSession, 'id' | 'secret' | 'startsAt'>): Promise<void> {
  const claims = await read.select().from(hallClaim).where(eq(hallClaim.sessionId, id))
  if (claims.length === 0) return
  const checked = await Promise.all(
    claims.map(async (claim) => {
      const shown = Date.parse(startsAt) + claim.slot * slotLength
      const near = Math.abs(Date.parse(claim.at) - shown) <= toleranceMinutes * minute
      const holds = near && claim.code === (await codeOf(secret, id, claim.slot))
      return { ...claim, inAt: holds ? new Date(shown).toISOString() : null }
    }),
  )
  await write(async (tx) => {
    for (const { id: claim, personId, inAt } of checked) {
      if (inAt === null) await wrongly(tx, id, personId, '扫的码核对不上，没有签上。')
      else await present(tx, id, personId, { via: 'phone', inAt })
      await tx.delete(hallClaim).where(eq(hallClaim.id, claim))
    }
  })
}

/** What of somebody's check-ins still waits for its hall. */
export async function waitingClaims(personId: string): Promise<{ at: string }[]> {
  return read.select({ at: hallClaim.at }).from(hallClaim).where(eq(hallClaim.personId, personId))
}

const keptDays = 60

/** Claims whose session never came are forgotten; the process calls it every night. */
export async function forgetOldClaims(): Promise<void> {
  const since = new Date(now().getTime() - keptDays * 24 * 60 * minute).toISOString()
  await write((tx) => tx.delete(hallClaim).where(lt(hallClaim.at, since)))
}
