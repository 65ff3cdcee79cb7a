// Whether a person may begin a supervised test: there is a sitting open with the code that is said in the room, and it is
// for their unit.
import { and, eq, isNull } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { sitting } from '#db/schema/assessment.ts'
import { unit } from '#db/schema/people.ts'
import { forgive, take, type Allowance } from '#people/limit.server.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'

/** Six digits could be tried through; a person who mistypes needs two or three tries. */
const perCode: Allowance = { name: 'sitting', tries: 10, minutes: 15 }

const wrongCode = () =>
  new Refusal('invalid', '场次码不对，或者这一场没有开。', '请看监考人写出来的六位数字，再填一次。')

/**
 * The open sitting of a test with this code, for somebody of the unit for which it is held.
 * @throws Refusal `invalid` if there is none or it is one’s own, `not-yours` for people of other units, `too-many` after ten wrong codes.
 */
export async function requireSitting(session: Session, assessment: string, code: string): Promise<string> {
  const until = await take(perCode, session.person.id)
  if (until) throw new Refusal('too-many', '场次码填错太多次。', '请过十五分钟再试，或找监考人。')
  const digits = code.normalize('NFKC').replace(/\s/g, '')
  const [open] = await read
    .select({ id: sitting.id, path: unit.path, invigilator: sitting.invigilatorId })
    .from(sitting)
    .innerJoin(unit, eq(unit.id, sitting.unitId))
    .where(and(eq(sitting.code, digits), eq(sitting.assessmentId, assessment), isNull(sitting.closedAt)))
  if (!open) throw wrongCode()
  if (!session.unitPaths.some((path) => path.startsWith(open.path)))
    throw new Refusal(
      'not-yours',
      '这一场是别的单位的。',
      '请找监考人核对场次；你的任职单位不对的话，找管理员。',
    )
  if (open.invigilator === session.person.id)
    throw new Refusal('invalid', '这一场是你自己开的，不能自己给自己监考。', '请另一位教员开场，再来做。')
  await forgive(perCode, session.person.id)
  return open.id
}
