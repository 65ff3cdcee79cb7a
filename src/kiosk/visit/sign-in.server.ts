// Signing in at a screen with name and PIN while there is a line.
import { eq } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { read, write } from '#db/database.server.ts'
import { person } from '#db/schema/people.ts'
import type { Asking } from '#kiosk/step.ts'
import { checkPinAt, type PinAnswer } from '#kiosk/visit/pin.server.ts'
import { personByKey } from '#kiosk/visit/roster.server.ts'
import { beginIn } from '#kiosk/visit/visit.server.ts'
import { noticeInForce } from '#people/notice.ts'
import { Refusal } from '#refusal.ts'

const refusals: Record<Exclude<PinAnswer, 'right'>, () => Refusal> = {
  wrong: () =>
    new Refusal(
      'invalid',
      'PIN不对。',
      '一天里错五次，今天就只能用手机扫码登录；没有到五次的，可以再输一次。',
    ),
  locked: () =>
    new Refusal('too-many', 'PIN今天错了五次，这台大屏上先停用。', '请用手机扫码登录，或明天再试。'),
  none: () => new Refusal('closed', '还没有设PIN。', '请用手机扫码登录，再到“账号与密码”里设一个。'),
}

/** @throws Refusal: a wrong or locked PIN, none, the name is not on the list, the notice was not read. */
export async function signInWithPin(
  kiosk: Asking,
  { visit, key, pin }: { visit: string; key: string; pin: string },
): Promise<{ name: string; token: string }> {
  const personId = await personByKey(kiosk.id, key)
  const [who] = personId
    ? await read
        .select({ name: person.name, notice: person.noticeVersion })
        .from(person)
        .where(eq(person.id, personId))
    : []
  if (!personId || !who)
    throw new Refusal('not-found', '名单里没有这个人了。', '名单刚刚更新过，请重新选名字。')
  const answer = await checkPinAt(kiosk.id, personId, pin)
  if (answer !== 'right') throw refusals[answer]()
  if (who.notice !== noticeInForce())
    throw new Refusal('closed', '还没有看过新的个人信息说明。', '请先在手机上登录，看过说明，再到这里来。')
  const at = now()
  const token = await write((tx) => beginIn(tx, { id: visit, kioskId: kiosk.id, personId, how: 'pin' }, at))
  if (token === null) throw new Refusal('closed', '这一次登录已经结束。', '请重新选名字登录。')
  return { name: who.name, token }
}
