// Settles the beginning and the end of a visit that were journalled: the PIN is checked now, as it could not be then.
import { and, eq, isNull } from 'drizzle-orm'
import { dayOf } from '#day.ts'
import { read, write } from '#db/database.server.ts'
import { kioskVisit } from '#db/schema/kiosk.ts'
import { person } from '#db/schema/people.ts'
import type { Settle } from '#kiosk/intake/settled.ts'
import { checkSealedPin, type PinAnswer } from '#kiosk/visit/pin.server.ts'
import { personByKey } from '#kiosk/visit/roster.server.ts'

const reasons: Record<Exclude<PinAnswer, 'right'>, string> = {
  wrong: 'PIN不对，这一次登录不算。',
  locked: 'PIN当天错了五次，已经停用，这一次登录不算。',
  none: '没有设过PIN，这一次登录不算。',
}
const unknown = '名字不在这台大屏的名单上，这一次登录不算。'
const noticeUnread = '本人还没有看过个人信息说明，这一次登录不算。'

/** A name and a PIN were given without a line. */
export const settleVisitBegan: Settle<'visit-began'> = async ({ id, kiosk, at, body }) => {
  const about = body.visit
  const refused = (reason: string) => ({ state: 'refused' as const, reason, about })
  const beganAt = new Date(at).toISOString()
  const personId = await personByKey(kiosk, body.key, dayOf(beganAt))
  if (!personId) return refused(unknown)
  const known = await visitThere(about)
  // Asked a second time, or it began over the line and only the reply was lost.
  if (known) {
    const same = known.kioskId === kiosk && known.personId === personId && known.state === 'checked'
    return same ? { state: 'settled', about } : refused(reasons.wrong)
  }
  const [who] = await read
    .select({ notice: person.noticeVersion })
    .from(person)
    .where(eq(person.id, personId))
  // A version that changed while the hall had no line cost nobody his hours: some version must have been read.
  if (!who?.notice) return refused(noticeUnread)
  const decide = await checkSealedPin({ id, kiosk, at }, personId, body.pin)
  const answer = await write(async (tx) => {
    const answer = await decide(tx)
    const state = answer === 'right' ? ('checked' as const) : ('refused' as const)
    const row = { id: about, kioskId: kiosk, personId, how: 'pin' as const, state, beganAt }
    await tx.insert(kioskVisit).values(row).onConflictDoNothing()
    return answer
  })
  return answer === 'right' ? { state: 'settled', about } : refused(reasons[answer])
}

async function visitThere(id: string) {
  const [row] = await read.select().from(kioskVisit).where(eq(kioskVisit.id, id))
  return row ?? null
}

/** Somebody left, or was idle for five minutes. */
export const settleVisitEnded: Settle<'visit-ended'> = async ({ kiosk, at, body }) => {
  const about = body.visit
  const visit = await visitThere(about)
  if (!visit) return { state: 'waiting', about }
  if (visit.kioskId !== kiosk)
    return { state: 'refused', reason: '这一次登录不在这台大屏上，没有记入。', about }
  const open = and(eq(kioskVisit.id, about), isNull(kioskVisit.endedAt))
  const ended = { endedAt: new Date(at).toISOString(), tokenHash: null }
  await write((tx) => tx.update(kioskVisit).set(ended).where(open))
  return { state: 'settled', about }
}
