// A session from plan to end. Its people are in check-in.server.ts, what it gives in reckon.server.ts.
import { and, desc, eq, ne, or } from 'drizzle-orm'
import { randomBytes } from 'node:crypto'
import { v7 } from 'uuid'
import type { z } from 'astro/zod'
import { now } from '#clock.server.ts'
import { lessonById } from '#course/library.server.ts'
import { dayOf } from '#day.ts'
import { read, write, type Database } from '#db/database.server.ts'
import { hallSession } from '#db/schema/hall.ts'
import { unit as unitTable } from '#db/schema/people.ts'
import { present } from '#kiosk/hall/attendance.server.ts'
import { isScreenOf, mayHost, requireRun, type Located } from '#kiosk/hall/find.server.ts'
import type { EndForm, PlanForm } from '#kiosk/hall/forms.ts'
import { longestHours } from '#kiosk/hall/stay.ts'
import { outside, scopeOf } from '#people/roster/scope.ts'
import { underAny } from '#people/roster/under.ts'
import { WrongField } from '#people/roster/wrong-field.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'

/** Makes the rotating codes of one session. */
const newSecret = () => randomBytes(24).toString('base64url')

const mostListed = 40

/**
 * Plans a session, or begins it at once. @returns its id.
 * @throws WrongField; Refusal `not-yours` for a unit in which one has no post and no office.
 */
export async function planSession(session: Session, sent: z.infer<typeof PlanForm>): Promise<string> {
  const [unitId = '', kioskId = ''] = sent.place.split('|')
  const at = now().toISOString()
  const begins = sent.begin === 'now'
  const startsAt = begins ? at : plannedAt(sent.at, at)
  const lesson = sent.lesson === null ? null : await lessonById(sent.lesson)
  const { kind, title, agenda } = sent
  const held = {
    ...{ id: v7(), unitId, hostId: session.person.id, title, kind, agenda, startsAt, secret: newSecret() },
    kioskId: kioskId || null,
    lessonId: lesson?.id ?? null,
    edition: lesson?.edition ?? null,
    state: begins ? ('open' as const) : ('planned' as const),
  }
  await write(async (tx) => {
    const [unit] = await tx.select().from(unitTable).where(eq(unitTable.id, unitId))
    if (!unit || !mayHost(session, unit.path)) throw outside('单位')
    if (held.kioskId && !(await isScreenOf(tx, held.kioskId, unitId)))
      throw new WrongField('place', 'not-found', '这台大屏不在用了。', '请另选一个地方。')
    if (await hasTwin(tx, held))
      throw new WrongField('title', 'already-done', twinWords, '请换个题目，例如写明第几组。')
    await tx.insert(hallSession).values(held)
    if (begins) await present(tx, held.id, session.person.id, { via: 'host', inAt: startsAt })
  })
  return held.id
}

const twinWords = '这一天本单位已经有同名的一场，同一天同名的学习只记一次学时。'

function plannedAt(local: string | null, at: string): string {
  const planned = local && new Date(`${local}:00+08:00`)
  if (!planned || Number.isNaN(planned.getTime()))
    throw new WrongField('at', 'invalid', '选日期和时间。', '现在就开，请按“现在开始”。')
  if (planned.toISOString() <= at)
    throw new WrongField('at', 'invalid', '这个时间已经过了。', '请选以后的时间，或按“现在开始”。')
  return planned.toISOString()
}

/** True if the unit has another session of this title on the day: the record takes one title once a day. */
async function hasTwin(
  tx: Database,
  { id, unitId, title, startsAt }: { id: string; unitId: string; title: string; startsAt: string },
): Promise<boolean> {
  const same = await tx
    .select({ startsAt: hallSession.startsAt })
    .from(hallSession)
    .where(
      and(
        ...[eq(hallSession.unitId, unitId), eq(hallSession.title, title)],
        ...[ne(hallSession.state, 'dropped'), ne(hallSession.id, id)],
      ),
    )
  return same.some((other) => dayOf(other.startsAt) === dayOf(startsAt))
}

/** Begins a planned session now. @throws Refusal `not-yours`, `already-done` */
export async function openSession(session: Session, id: string): Promise<void> {
  const at = now().toISOString()
  await write(async (tx) => {
    const { held } = await requireRun(tx, session, id)
    if (held.state !== 'planned') throw new Refusal('already-done', '这一场已经开始过了。')
    if (await hasTwin(tx, { ...held, startsAt: at })) throw new Refusal('already-done', twinWords)
    await tx.update(hallSession).set({ state: 'open', startsAt: at }).where(eq(hallSession.id, id))
    await present(tx, id, held.hostId, { via: 'host', inAt: at })
  })
}

/** Calls a session off; nothing comes of it. @throws Refusal `not-yours`, `already-done` once the list was confirmed. */
export async function dropSession(session: Session, id: string): Promise<void> {
  await write(async (tx) => {
    const { held } = await requireRun(tx, session, id)
    if (held.state === 'confirmed')
      throw new Refusal('already-done', '名单已经确认，不能再作罢。', '记错了的人，请在名单里撤下。')
    await tx.update(hallSession).set({ state: 'dropped', asking: null }).where(eq(hallSession.id, id))
  })
}

/**
 * Ends a session, now or at an earlier minute of the day on which it began (or of the night after).
 * @throws WrongField `at`; Refusal `not-yours`, `already-done`
 */
export async function endSession(session: Session, { session: id, at }: z.infer<typeof EndForm>) {
  await write(async (tx) => {
    const { held } = await requireRun(tx, session, id)
    if (held.state !== 'open') throw new Refusal('already-done', '这一场没有在进行。')
    const endsAt = endOf(held.startsAt, at, now().getTime())
    await tx.update(hallSession).set({ state: 'ended', endsAt, asking: null }).where(eq(hallSession.id, id))
  })
}

function endOf(startsAt: string, minute: string | null, at: number): string {
  const start = Date.parse(startsAt)
  const latest = Math.min(at, start + longestHours * 3_600_000)
  if (minute === null) {
    if (at <= latest) return new Date(at).toISOString()
    throw new WrongField('at', 'invalid', '这一场开了半天还没有结束。', '请写下实际几点几分结束的。')
  }
  const sameDay = Date.parse(`${dayOf(startsAt)}T${minute}:00+08:00`)
  const end = sameDay > start ? sameDay : sameDay + 86_400_000
  if (Number.isNaN(end) || end > latest)
    throw new WrongField('at', 'invalid', '这个时间不在开始以后、现在以前。', '请写实际几点几分结束的。')
  return new Date(end).toISOString()
}

/** Keeps the minutes 纪要, as often as one likes. @throws Refusal `not-yours` */
export async function keepMinutes(session: Session, id: string, minutes: string): Promise<void> {
  await write(async (tx) => {
    await requireRun(tx, session, id)
    await tx.update(hallSession).set({ minutes }).where(eq(hallSession.id, id))
  })
}

/** What a host or an officer has before him: his own sessions and those of his units, the newest first. */
export async function runBy(session: Session): Promise<Located[]> {
  const mine = or(
    eq(hallSession.hostId, session.person.id),
    underAny(unitTable.path, scopeOf(session, 'officer')),
  )
  return read
    .select({ held: hallSession, unit: unitTable.name, path: unitTable.path })
    .from(hallSession)
    .innerJoin(unitTable, eq(unitTable.id, hallSession.unitId))
    .where(and(ne(hallSession.state, 'dropped'), mine))
    .orderBy(desc(hallSession.startsAt))
    .limit(mostListed)
}
