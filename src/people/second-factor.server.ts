// Setting up the second factor: an authenticator on the phone (TOTP, RFC 6238), and backup codes on paper.
import { eq } from 'drizzle-orm'
import { read, write } from '#db/database.server.ts'
import { login, twoFactor } from '#db/schema/people.ts'
import { settings } from '#env.ts'
import type { ConfirmSecondFactorForm, WithPasswordForm } from '#people/account.ts'
import { wrongPassword } from '#people/account.server.ts'
import { noteAct } from '#people/audit.server.ts'
import { auth } from '#people/auth.server.ts'
import { asRefusal } from '#people/auth-guard.server.ts'
import { requireSession, type Session } from '#people/session.ts'
import { carryCookies, headersOf, type Visit } from '#people/visit.server.ts'

const retry = '请再填一次。'

/** `off`; `begun`: shown, not yet proved with a code; `on`. */
export type SecondFactorState = 'off' | 'begun' | 'on'

/** How far a person is with the second factor. */
export async function secondFactorOf(personId: string): Promise<SecondFactorState> {
  const [found] = await read
    .select({ on: login.twoFactorEnabled, secret: twoFactor.id })
    .from(login)
    .leftJoin(twoFactor, eq(twoFactor.userId, login.id))
    .where(eq(login.id, personId))
  return found?.on ? 'on' : found?.secret ? 'begun' : 'off'
}

/** The address in the QR code, labelled with site and number instead of better-auth's mail address. */
function labelled(totpUri: string, number: string): { uri: string; key: string } {
  const key = new URL(totpUri).searchParams.get('secret') ?? ''
  const issuer = encodeURIComponent(settings.site.name)
  const uri = `otpauth://totp/${issuer}:${encodeURIComponent(number)}?secret=${key}&issuer=${issuer}`
  return { uri, key: key.replace(/(.{4})(?=.)/g, '$1 ') }
}

/**
 * Makes a new secret and backup codes, to be proved with a first code.
 * @returns the address for the QR code, the key to type by hand, and the backup codes; none of it is shown again.
 * @throws Refusal `invalid`, `too-many`.
 */
export async function beginSecondFactor(session: Session | null, form: WithPasswordForm, visit: Visit) {
  const { person } = requireSession(session)
  try {
    const body = { password: form.current, method: 'totp' as const }
    const answer = await auth().api.enableTwoFactor({ body, headers: headersOf(visit) })
    if (!('totpURI' in answer)) throw new Error('The authenticator was not set up.')
    const { uri, key } = labelled(answer.totpURI, person.number)
    return { uri, key, backupCodes: answer.backupCodes }
  } catch (error) {
    throw asRefusal(error, wrongPassword, retry)
  }
}

/**
 * Proves the authenticator with a code. From now on every sign-in asks for one; other devices are signed out.
 * @throws Refusal `invalid`, `too-many`.
 */
export async function confirmSecondFactor(
  session: Session | null,
  form: ConfirmSecondFactorForm,
  visit: Visit,
) {
  const { person } = requireSession(session)
  const code = form.code.normalize('NFKC').replace(/\s/g, '')
  try {
    const answer = await auth().api.verifyTOTP({
      body: { code },
      headers: headersOf(visit),
      returnHeaders: true,
    })
    carryCookies(answer.headers, visit)
  } catch (error) {
    throw asRefusal(error, '验证码不对，或者已经过期。', '请看手机上现在的六位数字，再填一次。')
  }
  await write((tx) => noteAct(tx, person.id, 'second-factor-on', person.id))
  return { changed: 'second-factor-on' as const }
}

/** Ends the second factor, e.g. before changing phones. @throws Refusal `invalid`, `too-many`. */
export async function stopSecondFactor(session: Session | null, form: WithPasswordForm, visit: Visit) {
  const { person } = requireSession(session)
  try {
    const body = { password: form.current }
    const answer = await auth().api.disableTwoFactor({ body, headers: headersOf(visit), returnHeaders: true })
    carryCookies(answer.headers, visit)
  } catch (error) {
    throw asRefusal(error, wrongPassword, retry)
  }
  await write((tx) => noteAct(tx, person.id, 'second-factor-off', person.id))
  return { changed: 'second-factor-off' as const }
}

/** New backup codes in place of the old ones. @throws Refusal `invalid`, `too-many`. */
export async function renewBackupCodes(session: Session | null, form: WithPasswordForm, visit: Visit) {
  requireSession(session)
  try {
    const answer = await auth().api.generateBackupCodes({
      body: { password: form.current },
      headers: headersOf(visit),
    })
    return { backupCodes: answer.backupCodes }
  } catch (error) {
    throw asRefusal(error, wrongPassword, retry)
  }
}
