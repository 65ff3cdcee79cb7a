// What a session gives: looked at again whenever something about it arrives, so that no order of arrival changes hours. Who
// was there, stayed and was confirmed has one event; where it is not deserved any more, it is taken back in the record.
import { and, eq, gt, isNotNull, lt, ne } from 'drizzle-orm'
import { v5 } from 'uuid'
import { dayOf } from '#day.ts'
import type { Database } from '#db/database.server.ts'
import { hallAttendance, hallSession } from '#db/schema/hall.ts'
import { locate, type Located } from '#kiosk/hall/find.server.ts'
import { hallWorth, type Worth } from '#kiosk/hall/hall-rule.ts'
import { rowOf } from '#kiosk/hall/attendance.server.ts'
import { atOneTime, lengthOf, stayedFor, stayOf, type Held } from '#kiosk/hall/stay.ts'
import type { InForce } from '#record/ledger.ts'
import { recordIn } from '#record/record.server.ts'

type Row = typeof hallAttendance.$inferSelect

/** Names the events of sessions, so that asked twice they are the same. */
const namespace = '5d0b2f0e-6c53-4f6c-9a59-5c1a3c0f8a11'

/** Brings the events of a session in line with what is known of it. Nothing while it has not ended. */
export async function reckon(
  tx: Database,
  id: string,
  inForce: InForce,
  because: { by: string; reason: string } | null = null,
): Promise<void> {
  const found = await locate(tx, id)
  if (!found || found.held.endsAt === null) return
  const held = { startsAt: found.held.startsAt, endsAt: found.held.endsAt }
  const rule = inForce.hourRule(held.startsAt)
  const worth = hallWorth(rule, lengthOf(held))
  for (const row of await tx.select().from(hallAttendance).where(eq(hallAttendance.sessionId, id))) {
    const deserved =
      found.held.state !== 'dropped' &&
      row.state === 'confirmed' &&
      worth.hours > 0 &&
      stayedFor(rule.completionRatio, held, row)
    if (deserved && row.eventId === null) {
      if (await wasElsewhere(tx, held, row)) await note(tx, row, elsewhere)
      else await give(tx, found, held, row, worth, inForce)
    }
    if (!deserved && row.eventId !== null) await takeBack(tx, row, found, inForce, because)
  }
}

/** Whether somebody has hours of another session for the same time: nobody is in two halls. */
async function wasElsewhere(tx: Database, held: Held, row: Row): Promise<boolean> {
  const others = await tx
    .select({ row: hallAttendance, startsAt: hallSession.startsAt, endsAt: hallSession.endsAt })
    .from(hallAttendance)
    .innerJoin(hallSession, eq(hallSession.id, hallAttendance.sessionId))
    .where(
      and(
        ...[eq(hallAttendance.personId, row.personId), ne(hallAttendance.sessionId, row.sessionId)],
        ...[isNotNull(hallAttendance.eventId), lt(hallSession.startsAt, held.endsAt)],
        gt(hallSession.endsAt, held.startsAt),
      ),
    )
  return others.some(({ row: presence, startsAt, endsAt }) => {
    return endsAt !== null && atOneTime({ held, presence: row }, { held: { startsAt, endsAt }, presence })
  })
}

const elsewhere = '这段时间在另一场集体学习里已经记过学时，这一场不再记。'

const note = (tx: Database, { sessionId, personId }: Row, text: string) =>
  tx.update(hallAttendance).set({ note: text }).where(rowOf(sessionId, personId))

async function give(tx: Database, found: Located, held: Held, row: Row, worth: Worth, inForce: InForce) {
  const { sessionId, personId } = row
  const id = v5(`${sessionId} ${personId} ${row.inAt} ${row.outAt}`, namespace)
  const receipt = await recordIn(
    tx,
    {
      kind: 'attendance-recorded',
      ...{ id, person: personId, at: held.endsAt, on: dayOf(held.startsAt) },
      ...{ title: found.held.title, organiser: found.unit },
      ...{ meter: worth.meter, hours: worth.hours, basis: worth.basis },
      ...(worth.activity === null ? {} : { activity: worth.activity }),
      minutes: Math.max(1, Math.round(stayOf(held, row).minutes)),
      confirmedBy: row.confirmedBy ?? found.held.hostId,
    },
    inForce,
  )
  const given = receipt.id === id ? { eventId: id, note: null } : { note: twice }
  await tx.update(hallAttendance).set(given).where(rowOf(sessionId, personId))
}

const twice = '同一天同名的学习已经记过学时，这一场不再记。'

async function takeBack(
  tx: Database,
  { sessionId, personId, eventId, confirmedBy }: Row,
  { held }: Located,
  inForce: InForce,
  because: { by: string; reason: string } | null,
) {
  const corrects = eventId ?? ''
  await recordIn(
    tx,
    {
      kind: 'event-corrected',
      ...{ id: v5(`${corrects} taken back`, namespace), person: personId, corrects },
      at: held.endsAt ?? held.startsAt,
      reason: because?.reason ?? '后来送到的记录说明没有学满',
      correctedBy: because?.by ?? confirmedBy ?? held.hostId,
    },
    inForce,
  )
  await tx.update(hallAttendance).set({ eventId: null }).where(rowOf(sessionId, personId))
}
