// What is deleted every night of screens in halls because its time is over.
import { and, asc, eq, gt, lt, not, sql } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { read, write } from '#db/database.server.ts'
import { kioskContact, kioskEnrolment, kioskEntry } from '#db/schema/kiosk.ts'
import { settings } from '#env.ts'
import { forgetOldClaims } from '#kiosk/hall/claim.server.ts'
import { settleWaiting } from '#kiosk/intake/settle.server.ts'
import { sweepVisits } from '#kiosk/visit/sweep.server.ts'
import { dropLeftVoices } from '#kiosk/visitor/drop-voice.server.ts'

const dayMilliseconds = 86_400_000
/** A screen that has been silent for longer than this will not come back with entries. */
const longestSilence = 400 * dayMilliseconds
/** What was settled among the newest contacts may be asked about soon; nothing hangs on these days. */
const keptAnyway = 2 * dayMilliseconds

/**
 * Deletes enrolments a day old, contacts that no entry can name any more, and what has waited for more than a year for an
 * entry that never came; whatever still waits is tried once more.
 */
export async function sweepKiosks(): Promise<void> {
  const at = now()
  const yesterday = new Date(at.getTime() - dayMilliseconds).toISOString()
  await write((tx) => tx.delete(kioskEnrolment).where(lt(kioskEnrolment.at, yesterday)))
  const kiosks = await read.selectDistinct({ id: kioskContact.kioskId }).from(kioskContact)
  for (const { id } of kiosks) await sweepContacts(id, at.getTime())
  await sweepVisits()
  await forgetOldClaims()
  await giveUpWaiting(new Date(at.getTime() - longestSilence).toISOString())
  await settleWaiting()
  await dropLeftVoices(settings.dataDir)
}

/**
 * A contact is named by the entries that were made until another was heard. Once all of those have come, and a hello has
 * named a newer one, it has served.
 */
async function sweepContacts(kioskId: string, at: number) {
  const ours = eq(kioskContact.kioskId, kioskId)
  const whole = await wholeUpTo(kioskId)
  const [served] = await read
    .select({ at: sql<number | null>`max(heard.at)` })
    .from(kioskContact)
    .innerJoin(sql`${kioskContact} AS heard`, sql`heard.id = ${kioskContact.heard}`)
    .where(and(ours, sql`${kioskContact.seq} <= ${whole}`))
  const past = Math.min(served?.at ?? 0, at - keptAnyway)
  await write((tx) => tx.delete(kioskContact).where(and(ours, lt(kioskContact.at, past))))
  await write((tx) => tx.delete(kioskContact).where(and(ours, lt(kioskContact.at, at - longestSilence))))
}

/** The number up to which all entries of a kiosk have come; those before its oldest contact have. */
async function wholeUpTo(kioskId: string): Promise<number> {
  const ours = eq(kioskContact.kioskId, kioskId)
  const [oldest] = await read
    .select({ seq: sql<number | null>`min(${kioskContact.seq})` })
    .from(kioskContact)
    .where(ours)
  const before = oldest?.seq ?? 0
  const later = and(eq(kioskEntry.kioskId, kioskId), gt(kioskEntry.seq, before))
  const next = sql`EXISTS (SELECT 1 FROM kiosk_entry AS next
    WHERE next.kiosk_id = ${kioskId} AND next.seq = kiosk_entry.seq + 1)`
  const look = () => read.select({ seq: kioskEntry.seq }).from(kioskEntry)
  const [first] = await look().where(later).orderBy(asc(kioskEntry.seq)).limit(1)
  if (first?.seq !== before + 1) return before
  const [last] = await look()
    .where(and(later, not(next)))
    .orderBy(asc(kioskEntry.seq))
    .limit(1)
  return last?.seq ?? before
}

async function giveUpWaiting(before: string) {
  const isOver = and(eq(kioskEntry.state, 'waiting'), lt(kioskEntry.receivedAt, before))
  const reason = '它所属的登录或活动一直没有送到。'
  await write((tx) => tx.update(kioskEntry).set({ state: 'refused', reason, sealed: null }).where(isOver))
}
