// Signing in at a screen with a phone: the screen shows a code, the phone that is signed in agrees, the screen collects.
import { createHash, randomBytes } from 'node:crypto'
import { z } from 'astro/zod'
import { and, eq, gt, isNotNull, isNull } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { read, write } from '#db/database.server.ts'
import { kiosk as kioskTable, kioskAsk } from '#db/schema/kiosk.ts'
import { person, unit } from '#db/schema/people.ts'
import { settings } from '#env.ts'
import type { Asking } from '#kiosk/step.ts'
import { beginIn } from '#kiosk/visit/visit.server.ts'
import { requireSession, type Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'

/** A code is good for so long. */
const milliseconds = 2 * 60_000
/** Who agreed in its last second is let in all the same. */
const graceMilliseconds = 30_000

const hashOf = (code: string) => createHash('sha256').update(code).digest('base64url')
const later = (milliseconds: number) => new Date(now().getTime() + milliseconds).toISOString()

/** A code for a visit that wants to begin, and the address that the screen shows as a QR code. */
export async function askPhone(
  kiosk: Asking,
  visit: string,
): Promise<{ code: string; address: string; seconds: number }> {
  const code = randomBytes(16).toString('base64url')
  const row = {
    codeHash: hashOf(code),
    kioskId: kiosk.id,
    visitId: visit,
    expiresAt: later(milliseconds),
  }
  await write((tx) => tx.insert(kioskAsk).values(row))
  return { code, address: `${settings.origin}/hall/agree/${code}`, seconds: milliseconds / 1000 }
}

/** What the phone shows of a code; null if there is none such, or its kiosk was revoked. */
export async function askedWith(code: string, personId: string) {
  const [row] = await read
    .select({
      kiosk: kioskTable.name,
      unit: unit.name,
      expiresAt: kioskAsk.expiresAt,
      agreedBy: kioskAsk.personId,
    })
    .from(kioskAsk)
    .innerJoin(kioskTable, eq(kioskTable.id, kioskAsk.kioskId))
    .innerJoin(unit, eq(unit.id, kioskTable.unitId))
    .where(and(eq(kioskAsk.codeHash, hashOf(code)), isNull(kioskTable.revokedAt)))
  if (!row) return null
  const state =
    row.agreedBy === personId
      ? ('agreed' as const)
      : row.agreedBy !== null || row.expiresAt <= now().toISOString()
        ? ('over' as const)
        : ('open' as const)
  return { kiosk: row.kiosk, unit: row.unit, state }
}

export const AgreeForm = z.object({ code: z.string().max(60) })

/** Agrees on the phone. @throws Refusal `closed` if the code is over or somebody else's. */
export async function agreeVisit(session: Session | null, { code }: z.infer<typeof AgreeForm>) {
  const personId = requireSession(session).person.id
  const open = and(
    eq(kioskAsk.codeHash, hashOf(code)),
    gt(kioskAsk.expiresAt, now().toISOString()),
    isNull(kioskAsk.personId),
  )
  await write((tx) => tx.update(kioskAsk).set({ personId }).where(open))
  const asked = await askedWith(code, personId)
  if (asked?.state !== 'agreed')
    throw new Refusal('closed', '大屏上的二维码已经过期。', '请在大屏上换一张，再扫一次。')
  return { next: `/hall/agree/${code}` }
}

export type Redeemed = { is: 'waiting' } | { is: 'begun'; name: string; token: string }

/** The screen asks whether the phone has agreed. @throws Refusal `closed` if it did not in time, or the account is closed. */
export async function redeem(kiosk: Asking, visit: string): Promise<Redeemed> {
  const own = and(
    eq(kioskAsk.kioskId, kiosk.id),
    eq(kioskAsk.visitId, visit),
    gt(kioskAsk.expiresAt, later(-graceMilliseconds)),
  )
  const asks = await read.select({ personId: kioskAsk.personId }).from(kioskAsk).where(own)
  if (asks.length === 0) throw over()
  const personId = asks.find((ask) => ask.personId !== null)?.personId
  if (!personId) return { is: 'waiting' }
  const [who] = await read
    .select({ name: person.name })
    .from(person)
    .where(and(eq(person.id, personId), isNull(person.closedAt)))
  if (!who) throw over()
  const at = now()
  const token = await write(async (tx) => {
    await tx
      .update(kioskAsk)
      .set({ redeemedAt: at.toISOString() })
      .where(and(own, isNotNull(kioskAsk.personId)))
    return beginIn(tx, { id: visit, kioskId: kiosk.id, personId, how: 'phone' }, at)
  })
  if (token === null) throw over()
  return { is: 'begun', name: who.name, token }
}

const over = () => new Refusal('closed', '这张二维码已经过期。', '请换一张，再用手机扫。')
