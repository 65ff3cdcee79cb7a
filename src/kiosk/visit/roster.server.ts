// The people of a hall: who has a post in the unit of a kiosk, as its screen may show them. A key means a person at one
// kiosk only, so what is read from a stolen screen names nobody elsewhere. Two small reads by index: nothing is cached,
// so whoever left the unit is off the next sheet.
import { createHmac } from 'node:crypto'
import { pinyin } from 'pinyin-pro'
import { and, eq, gte, isNull, lte, or } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import { read } from '#db/database.server.ts'
import { kiosk as kioskTable } from '#db/schema/kiosk.ts'
import { assignment, person } from '#db/schema/people.ts'
import { settings } from '#env.ts'
import type { HallSheet } from '#kiosk/hall-sheet.ts'
import type { Asking } from '#kiosk/step.ts'
import { maskNumber } from '#kiosk/visit/mask-number.ts'

const letters = 12

/** The key of a person at a kiosk. */
export const keyAt = (kioskId: string, personId: string) =>
  createHmac('sha256', settings.secret)
    .update(`kiosk roster ${kioskId} ${personId}`)
    .digest('base64url')
    .slice(0, letters)

/** People with a post in this very unit on a day (Asia/Shanghai), whose accounts are open. */
function peopleIn(unitId: string, on: string) {
  return read
    .selectDistinct({ id: person.id, name: person.name, number: person.number })
    .from(assignment)
    .innerJoin(person, eq(person.id, assignment.personId))
    .where(
      and(
        eq(assignment.unitId, unitId),
        isNull(person.closedAt),
        lte(assignment.fromOn, on),
        or(isNull(assignment.toOn), gte(assignment.toOn, on)),
      ),
    )
}

const today = () => dayOf(now().toISOString())

/** Who may sign in at a kiosk with name and PIN today, in the order of their names. */
export async function rosterOf({ id, unitId }: Pick<Asking, 'id' | 'unitId'>): Promise<HallSheet['roster']> {
  const people = await peopleIn(unitId, today())
  return people
    .map((one) => ({
      key: keyAt(id, one.id),
      name: one.name,
      number: maskNumber(one.number),
      letter: letterOf(one.name),
    }))
    .sort(bySound)
}

/** The letter under which a name is looked up: surnames have sounds of their own, 单 is under S. */
function letterOf(name: string): string {
  const [sound = ''] = pinyin(name, { surname: 'head', toneType: 'none', type: 'array' })
  const letter = sound.slice(0, 1).toUpperCase()
  return /^[A-Z]$/.test(letter) ? letter : '#'
}

type Row = HallSheet['roster'][number]

const bySound = (a: Row, b: Row) =>
  a.letter.localeCompare(b.letter) || a.name.localeCompare(b.name, 'zh-CN') || (a.key < b.key ? -1 : 1)

/**
 * The person behind a key of a kiosk, or null.
 * @param on the day (Asia/Shanghai) on which the person must have had a post in the kiosk's unit.
 */
export async function personByKey(kioskId: string, key: string, on = today()): Promise<string | null> {
  const [kiosk] = await read
    .select({ unitId: kioskTable.unitId })
    .from(kioskTable)
    .where(eq(kioskTable.id, kioskId))
  if (!kiosk) return null
  const people = await peopleIn(kiosk.unitId, on)
  return people.find((one) => keyAt(kioskId, one.id) === key)?.id ?? null
}

/** True if somebody may sign in with a PIN at the kiosks of a unit today. */
export async function isOf(unitId: string, personId: string): Promise<boolean> {
  return (await peopleIn(unitId, today())).some((one) => one.id === personId)
}
