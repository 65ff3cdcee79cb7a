// What people change about their own sign-in: password, PIN, and having read the privacy notice.
import { eq } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { read, write } from '#db/database.server.ts'
import { account, person, pin } from '#db/schema/people.ts'
import type { AcceptNoticeForm, ChangePasswordForm, SetPinForm } from '#people/account.ts'
import { auth } from '#people/auth.server.ts'
import { asRefusal } from '#people/auth-guard.server.ts'
import { localBack } from '#people/back.ts'
import { hashPin, verifyPin, verifySecret } from '#people/hash.server.ts'
import { forgive, perAccount, take } from '#people/limit.server.ts'
import { noticeInForce } from '#people/notice.ts'
import { tidyNumber } from '#people/number.ts'
import { passwordProblem, pinProblem } from '#people/password.ts'
import { WrongField } from '#people/roster/wrong-field.ts'
import { requireSession, type Session } from '#people/session.ts'
import { forgetPerson } from '#people/session.server.ts'
import { requireGood, storePin } from '#people/slip.server.ts'
import { carryCookies, headersOf, type Visit } from '#people/visit.server.ts'
import { Refusal } from '#refusal.ts'

export const wrongPassword = '现在的密码不对。'

/** A wrong password is said beside the field in which it stands; being too late or too many is not. */
const atField = (field: string, refusal: Refusal) =>
  refusal.kind === 'invalid' ? new WrongField(field, 'invalid', refusal.message, refusal.hint) : refusal

/**
 * Changes the password; every other device is signed out, this one stays.
 * @throws Refusal `invalid` with what is wrong, `too-many`.
 */
export async function changePassword(session: Session | null, form: ChangePasswordForm, visit: Visit) {
  requireGood('password', passwordProblem(form.password, requireSession(session).person.number))
  const body = { currentPassword: form.current, newPassword: form.password, revokeOtherSessions: true }
  try {
    const answer = await auth().api.changePassword({ body, headers: headersOf(visit), returnHeaders: true })
    carryCookies(answer.headers, visit)
  } catch (error) {
    throw atField(
      'current',
      asRefusal(error, wrongPassword, '请再填一次；忘了密码，请管理员打印一张口令条。'),
    )
  }
  return { changed: 'password' as const }
}

async function requirePassword(number: string, personId: string, password: string) {
  const subject = tidyNumber(number)
  if (await take(perAccount, subject)) throw new Refusal('too-many', '密码错了太多次。', '请过十五分钟再试。')
  const [found] = await read
    .select({ hash: account.password })
    .from(account)
    .where(eq(account.userId, personId))
  if (!found?.hash || !(await verifySecret({ hash: found.hash, password })))
    throw new WrongField('proof', 'invalid', wrongPassword)
  await forgive(perAccount, subject)
}

/**
 * Sets the PIN for the screens of the village hall.
 * @throws Refusal `invalid` with what is wrong, `too-many`.
 */
export async function setPin(session: Session | null, form: SetPinForm) {
  const { person: self } = requireSession(session)
  requireGood('pin', pinProblem(form.pin, self.number))
  await requirePassword(self.number, self.id, form.proof)
  const hash = await hashPin(form.pin)
  await write((tx) => storePin(tx, self.id, hash, now().toISOString()))
  return { changed: 'pin' as const }
}

/** Whether a person has set a PIN. */
export async function hasPin(personId: string): Promise<boolean> {
  const kept = await read.select({ at: pin.setAt }).from(pin).where(eq(pin.personId, personId))
  return kept.length > 0
}

/**
 * True if this is the person's PIN, or was it when it was given; false too when they have none. Whoever asks counts the tries.
 * @param at when it was given.
 */
export async function checkPin(personId: string, given: string, at = now()): Promise<false | 'now' | 'then'> {
  const [kept] = await read.select().from(pin).where(eq(pin.personId, personId))
  if (!kept) return false
  if (await verifyPin(given, kept.hash)) return 'now'
  const former = kept.formerHash !== null && at.toISOString() < kept.setAt ? kept.formerHash : null
  return former !== null && (await verifyPin(given, former)) ? 'then' : false
}

/** Notes which version of the privacy notice a person has read, and when. */
export async function acceptNotice(session: Session | null, form: AcceptNoticeForm) {
  const { person: self } = requireSession(session)
  if (form.version !== noticeInForce())
    throw new Refusal('invalid', '个人信息说明刚刚有了新版本。', '请看一看新的内容。')
  const read = { noticeVersion: form.version, noticeAt: now().toISOString() }
  await write((tx) => tx.update(person).set(read).where(eq(person.id, self.id)))
  forgetPerson(self.id)
  return { next: localBack(form.back) ?? '/me' }
}
