// What publishers do with notices: send one to the screens of a unit and below, end it, see which screens have heard.
import { and, desc, eq, isNull } from 'drizzle-orm'
import { v7 } from 'uuid'
import { now } from '#clock.server.ts'
import { dayOf, daysIn } from '#day.ts'
import { read, write } from '#db/database.server.ts'
import { kiosk, notice } from '#db/schema/kiosk.ts'
import { unit } from '#db/schema/people.ts'
import type { HallSheet } from '#kiosk/hall-sheet.ts'
import { mostDays, type NoticeForm } from '#kiosk/fleet/notice-forms.ts'
import { reachOf, type Reach } from '#kiosk/fleet/reach.ts'
import { forgetSheets } from '#kiosk/fleet/sheet.server.ts'
import { noteAct } from '#people/audit.server.ts'
import { findUnit } from '#people/roster/find.server.ts'
import { inScope, scopeOf } from '#people/roster/scope.ts'
import { underAny } from '#people/roster/under.ts'
import { WrongField } from '#people/roster/wrong-field.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'

const mostListed = 100

/** Sends a notice to the screens of a unit and below. @throws WrongField, Refusal `not-yours` */
export async function pushNotice(by: Session, asked: NoticeForm): Promise<{ id: string }> {
  requireDays(asked)
  const { unit: place, says: text, ...said } = asked
  const id = v7()
  const at = now().toISOString()
  await write(async (tx) => {
    const { id: unitId } = await findUnit(tx, scopeOf(by, 'publisher'), place)
    await tx.insert(notice).values({ ...said, text, id, unitId, createdBy: by.person.id, at })
    await noteAct(tx, by.person.id, 'notice-pushed', id, { unitId })
  })
  forgetSheets()
  return { id }
}

function requireDays({ fromOn, toOn, from, to }: NoticeForm) {
  if (toOn < fromOn) throw new WrongField('toOn', 'invalid', '最后一天比第一天还早。', '请改其中一个。')
  if (toOn < dayOf(now().toISOString()))
    throw new WrongField('toOn', 'invalid', '最后一天已经过了。', '请选今天或以后的一天。')
  if (daysIn(fromOn, toOn) > mostDays)
    throw new WrongField('toOn', 'invalid', `一条通知最多放${mostDays}天。`, '要再放，到时重新发一条。')
  if ((from === null) !== (to === null))
    throw new WrongField(from === null ? 'from' : 'to', 'invalid', '几点到几点，两格都写，或者都空着。')
  if (from !== null && to !== null && to <= from)
    throw new WrongField('to', 'invalid', '到点要晚于起点。', '跨过零点的，分成两条发。')
}

/** Takes a notice from the screens: each at its next contact. @throws Refusal `not-found`, `already-done` */
export async function endNotice(by: Session, { notice: id }: { notice: string }): Promise<void> {
  await write(async (tx) => {
    const [found] = await tx
      .select({ endedAt: notice.endedAt, path: unit.path })
      .from(notice)
      .innerJoin(unit, eq(unit.id, notice.unitId))
      .where(eq(notice.id, id))
    if (!found || !inScope(scopeOf(by, 'publisher'), found.path))
      throw new Refusal('not-found', '没有找到这条通知。', '它可能不在您管理的范围。')
    if (found.endedAt) throw new Refusal('already-done', '这条通知已经收回。')
    await tx.update(notice).set({ endedAt: now().toISOString() }).where(eq(notice.id, id))
    await noteAct(tx, by.person.id, 'notice-ended', id)
  })
  forgetSheets()
}

/** A notice as its publisher sees it; `reach` is about its coming, or about its end once it was ended. */
export type Listed = HallSheet['notices'][number] & {
  state: 'running' | 'coming' | 'over' | 'ended'
  at: string
  reach: Reach
}

/** The notices of a publisher's units, those that count today first; the newest hundred. */
export async function listNotices(by: Session): Promise<Listed[]> {
  const scope = scopeOf(by, 'publisher')
  const today = dayOf(now().toISOString())
  const rows = await read
    .select({ notice, unit: { name: unit.name, path: unit.path } })
    .from(notice)
    .innerJoin(unit, eq(unit.id, notice.unitId))
    .where(underAny(unit.path, scope))
    .orderBy(desc(notice.at))
    .limit(mostListed)
  const screens = await read
    .select({ id: kiosk.id, name: kiosk.name, unit: unit.name, path: unit.path, helloAt: kiosk.helloAt })
    .from(kiosk)
    .innerJoin(unit, eq(unit.id, kiosk.unitId))
    .where(and(isNull(kiosk.revokedAt), underAny(unit.path, scope)))
    .orderBy(unit.path, kiosk.name)
  const listed = rows.map(
    ({ notice: { createdBy: _, unitId: __, endedAt, ...said }, unit: { name, path } }) => ({
      ...said,
      unit: name,
      state: stateOf({ ...said, endedAt }, today),
      reach: reachOf(screens, path, endedAt ?? said.at),
    }),
  )
  const order: Record<Listed['state'], number> = { running: 0, coming: 1, ended: 2, over: 2 }
  return listed.sort((a, b) => order[a.state] - order[b.state])
}

function stateOf(
  said: { fromOn: string; toOn: string; endedAt: string | null },
  today: string,
): Listed['state'] {
  if (said.endedAt) return 'ended'
  if (said.toOn < today) return 'over'
  return said.fromOn > today ? 'coming' : 'running'
}
