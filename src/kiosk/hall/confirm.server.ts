// The host's word at the end: who was there, and how many heads he counted. Only names that he ticked get hours. He is on
// the list like everybody and ticks himself; an officer over the unit can take back any name, his too.
import { eq, and, inArray } from 'drizzle-orm'
import type { z } from 'astro/zod'
import { now } from '#clock.server.ts'
import { write, type Database } from '#db/database.server.ts'
import { hallAttendance, hallSession, hallVote } from '#db/schema/hall.ts'
import { confirmed, rowOf } from '#kiosk/hall/attendance.server.ts'
import { isOfficerOver, requireRun, type HallSession } from '#kiosk/hall/find.server.ts'
import type { ConfirmForm, TakeOffForm } from '#kiosk/hall/forms.ts'
import { reckon } from '#kiosk/hall/reckon.server.ts'
import { noteAct } from '#people/audit.server.ts'
import type { Session } from '#people/session.ts'
import { versionsInForce } from '#record/versions.server.ts'
import { Refusal } from '#refusal.ts'

/** Days after the end in which a host confirms; later it takes an officer. */
export const hostDays = 7

/** True while a session that ended may still be confirmed by its host. */
export const isHostsTime = ({ endsAt }: Pick<HallSession, 'endsAt'>, at: number) =>
  endsAt !== null && at - Date.parse(endsAt) <= hostDays * 86_400_000

/**
 * Confirms names, also further ones whose check-in arrived later; whoever is not ticked stays a claim.
 * @throws Refusal `not-yours`; `closed` before the end, and for a host after 7 days.
 */
export async function confirmSession(
  session: Session,
  { session: id, person: ticked, head }: z.infer<typeof ConfirmForm>,
): Promise<void> {
  const inForce = await versionsInForce()
  const at = now()
  const by = session.person.id
  await write(async (tx) => {
    const { held, path } = await requireRun(tx, session, id)
    if (held.state !== 'ended' && held.state !== 'confirmed')
      throw new Refusal('closed', '这一场还没有结束。', '请先结束，再确认名单。')
    if (!isHostsTime(held, at.getTime()) && !isOfficerOver(session, path))
      throw new Refusal('closed', `结束已经超过${hostDays}天。`, '请单位的学时管理人来确认。')
    const there = await tx
      .select({ personId: hallAttendance.personId })
      .from(hallAttendance)
      .where(and(eq(hallAttendance.sessionId, id), inArray(hallAttendance.personId, ticked)))
    for (const { personId } of there) await confirmed(tx, id, personId, by)
    await closeList(tx, held, at.toISOString(), head)
    await noteAct(tx, by, 'hall-confirmed', id, { confirmed: there.length, headCount: head })
    await reckon(tx, id, inForce)
  })
}

/** The list is confirmed; who has answered which question is forgotten. */
export async function closeList(
  tx: Database,
  { id, confirmedAt }: HallSession,
  at: string,
  headCount: number,
) {
  await tx
    .update(hallSession)
    .set({ state: 'confirmed', confirmedAt: confirmedAt ?? at, headCount, asking: null })
    .where(eq(hallSession.id, id))
  await tx.delete(hallVote).where(eq(hallVote.sessionId, id))
}

/**
 * Takes a name back: what was given is corrected in the record, with the reason. For good; a mistake in this is mended by an
 * officer who enters the hours.
 * @throws Refusal `not-yours`, `already-done`
 */
export async function takeOff(
  session: Session,
  { session: id, person: personId, reason }: z.infer<typeof TakeOffForm>,
): Promise<void> {
  const inForce = await versionsInForce()
  const by = session.person.id
  await write(async (tx) => {
    await requireRun(tx, session, id)
    const there = await tx
      .update(hallAttendance)
      .set({ state: 'declined', note: `已撤下：${reason}` })
      .where(and(rowOf(id, personId), eq(hallAttendance.state, 'confirmed')))
      .returning({ personId: hallAttendance.personId })
    if (there.length === 0) throw new Refusal('already-done', '这个人不在确认过的名单里。')
    await noteAct(tx, by, 'hall-taken-off', id, { personId, reason })
    await reckon(tx, id, inForce, { by, reason })
  })
}
