// What officers do with a village's own rules for good deeds: set them, stop, enter a deed, take back a mistake.
import { and, eq, isNull } from 'drizzle-orm'
import { v7 } from 'uuid'
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import { write } from '#db/database.server.ts'
import { unit } from '#db/schema/people.ts'
import { meritDeed, meritRule } from '#db/schema/village.ts'
import { forgetSheets } from '#kiosk/fleet/sheet.server.ts'
import type { EndMeritForm, EnterDeedForm, SetMeritForm } from '#kiosk/visitor/merit-forms.ts'
import { rulesInForce } from '#kiosk/visitor/merit.server.ts'
import { noteAct } from '#people/audit.server.ts'
import { findUnit } from '#people/roster/find.server.ts'
import { inScope, scopeOf } from '#people/roster/scope.ts'
import { WrongField } from '#people/roster/wrong-field.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'

const today = () => dayOf(now().toISOString())

/** Puts rules in force; deeds that were entered before stay as they were. @throws Refusal `not-yours`, WrongField */
export async function setMerit(by: Session, asked: SetMeritForm): Promise<void> {
  const { unit: place, title, agreedOn, rules } = asked
  if (agreedOn > today())
    throw new WrongField('agreedOn', 'invalid', '开会的那一天还没有到。', '开过会再来写。')
  await write(async (tx) => {
    const { id: unitId } = await findUnit(tx, scopeOf(by, 'officer'), place)
    const id = v7()
    const row = { id, unitId, title, agreedOn, rules, setBy: by.person.id, at: now().toISOString() }
    await tx.insert(meritRule).values(row)
    await noteAct(tx, by.person.id, 'merit-set', unitId)
  })
  forgetSheets()
}

/** The village stops: nothing of any household stays. @throws Refusal */
export async function endMerit(by: Session, { unit: place }: EndMeritForm): Promise<void> {
  await write(async (tx) => {
    const { id: unitId } = await findUnit(tx, scopeOf(by, 'officer'), place)
    const inForce = await rulesInForce(tx, unitId)
    if (!inForce) throw new Refusal('already-done', '这里没有在办，或者已经停了。')
    await tx.update(meritRule).set({ endedAt: now().toISOString() }).where(eq(meritRule.id, inForce.id))
    await tx.delete(meritDeed).where(eq(meritDeed.unitId, unitId))
    await noteAct(tx, by.person.id, 'merit-ended', unitId)
  })
  forgetSheets()
}

/** Writes down a deed of a household that wants it, with the words and points of the rule in force. @throws Refusal */
export async function enterDeed(by: Session, asked: EnterDeedForm): Promise<void> {
  const { unit: place, rule: ruleId, household, on, shown } = asked
  if (on > today()) throw new WrongField('on', 'invalid', '这一天还没有到。', '请选今天或以前的一天。')
  await write(async (tx) => {
    const { id: unitId } = await findUnit(tx, scopeOf(by, 'officer'), place)
    const rule = (await rulesInForce(tx, unitId))?.rules.find(({ id }) => id === ruleId)
    if (!rule) throw new WrongField('rule', 'invalid', '办法里没有这一条，可能刚刚改过。', '请刷新页面再选。')
    const { deed, points } = rule
    const row = { id: v7(), unitId, ruleId, household, deed, points, on, shown }
    await tx.insert(meritDeed).values({ ...row, enteredBy: by.person.id, at: now().toISOString() })
    await noteAct(tx, by.person.id, 'deed-entered', row.id)
  })
  forgetSheets()
}

/** Takes back what was entered by mistake, or is no longer wanted; who it was about goes. @throws Refusal */
export async function takeBackDeed(by: Session, { deed: id }: { deed: string }): Promise<void> {
  await write(async (tx) => {
    const [found] = await tx
      .select({ path: unit.path })
      .from(meritDeed)
      .innerJoin(unit, eq(unit.id, meritDeed.unitId))
      .where(and(eq(meritDeed.id, id), isNull(meritDeed.takenBackAt)))
    if (!found || !inScope(scopeOf(by, 'officer'), found.path))
      throw new Refusal('not-found', '没有找到这一条。', '它可能已经撤回，或者不在您管理的范围。')
    const gone = { takenBackAt: now().toISOString(), household: '' }
    await tx.update(meritDeed).set(gone).where(eq(meritDeed.id, id))
    await noteAct(tx, by.person.id, 'deed-taken-back', id)
  })
  forgetSheets()
}
