// Leaving before the end, and names that the host writes in because somebody has no phone.
import { and, eq, gte, isNull, lte, or, sql } from 'drizzle-orm'
import type { z } from 'astro/zod'
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import { write, type Database } from '#db/database.server.ts'
import { hallAttendance } from '#db/schema/hall.ts'
import { assignment, person, unit } from '#db/schema/people.ts'
import { left, present, rowOf } from '#kiosk/hall/attendance.server.ts'
import { isOfficerOver, locate, noSession, requireRun } from '#kiosk/hall/find.server.ts'
import type { CheckOutForm, WriteInForm } from '#kiosk/hall/forms.ts'
import { tidyNumber } from '#people/number.ts'
import { underAny } from '#people/roster/under.ts'
import { WrongField } from '#people/roster/wrong-field.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'

/**
 * Somebody leaves before the end: oneself, or whom the host saw go; the host may also say that it was a slip.
 * @throws Refusal `not-yours`, `closed`
 */
export async function checkOut(
  session: Session,
  { session: id, person: who, undo }: z.infer<typeof CheckOutForm>,
) {
  const personId = who ?? session.person.id
  await write(async (tx) => {
    const found = await locate(tx, id)
    if (!found) throw noSession()
    const runs = found.held.hostId === session.person.id || isOfficerOver(session, found.path)
    if (!runs && (undo || personId !== session.person.id)) throw noSession()
    const [there] = await tx.select().from(hallAttendance).where(rowOf(id, personId))
    if (!there) throw noSession()
    if (found.held.state !== 'open' && !(runs && found.held.state === 'ended'))
      throw new Refusal('closed', '这一场没有在进行。', '记错了时间，请告诉主持人。')
    if (undo) await tx.update(hallAttendance).set({ outAt: null }).where(rowOf(id, personId))
    else await left(tx, id, personId, now().toISOString())
  })
}

/**
 * Writes somebody in by name or number: of the unit, of one below it, or of one above it.
 * @returns the name, to be said.
 * @throws WrongField `who`; Refusal `not-yours`, `closed` once the list was confirmed and 7 days have gone.
 */
export async function writeIn(
  session: Session,
  { session: id, who, since }: z.infer<typeof WriteInForm>,
): Promise<string> {
  const at = now().toISOString()
  return write(async (tx) => {
    const { held, path } = await requireRun(tx, session, id)
    if (held.state !== 'open' && held.state !== 'ended')
      throw new Refusal(
        'closed',
        '名单已经确认，或者还没有开始。',
        '漏了的人，请有学时管理权的同事补录学时。',
      )
    const found = await peopleCalled(tx, who, path, dayOf(at))
    const [one] = found
    if (!one)
      throw new WrongField('who', 'not-found', '本单位和上下级里没有这个人。', '请核对姓名，或改写工号。')
    if (found.length > 1) throw new WrongField('who', 'invalid', '有同名的人。', '请改写工号。')
    const inAt = since === 'start' || held.state === 'ended' ? held.startsAt : at
    await present(tx, id, one.id, { via: 'host', inAt })
    return one.name
  })
}

/** Who holds a post today in the unit, below it or above it, and is called so or has this number. */
async function peopleCalled(tx: Database, who: string, path: string, today: string) {
  const near = or(underAny(unit.path, [path]), sql`substr(${path}, 1, length(${unit.path})) = ${unit.path}`)
  return tx
    .selectDistinct({ id: person.id, name: person.name })
    .from(person)
    .innerJoin(assignment, eq(assignment.personId, person.id))
    .innerJoin(unit, eq(unit.id, assignment.unitId))
    .where(
      and(
        isNull(person.closedAt),
        or(eq(person.name, who), eq(sql`lower(${person.number})`, tidyNumber(who))),
        lte(assignment.fromOn, today),
        or(isNull(assignment.toOn), gte(assignment.toOn, today)),
        near,
      ),
    )
}
