// Signing in and out. The answer to a form is where to go next; the cookies go with it.
import { auth } from '#people/auth.server.ts'
import { asRefusal, wrongSignIn } from '#people/auth-guard.server.ts'
import { localBack, withBack } from '#people/back.ts'
import { tidyNumber } from '#people/number.ts'
import type { SecondFactorForm, SignInForm } from '#people/sign-in.ts'
import type { Session } from '#people/session.ts'
import { readCode } from '#people/slip-code.ts'
import { carryCookies, headersOf, type Visit } from '#people/visit.server.ts'

const home = '/me'

/**
 * Signs in with number and password.
 * @returns the headers that set the cookies, and whether the second factor is still to be given.
 * @throws Refusal `invalid` (the same for an unknown number and a wrong password), `too-many`, `busy`.
 */
export async function signIn(number: string, password: string, remember: boolean, headers: Headers) {
  const body = { username: tidyNumber(number), password, rememberMe: remember }
  try {
    const answer = await auth().api.signInUsername({ body, headers, returnHeaders: true })
    return { headers: answer.headers, secondFactor: 'twoFactorRedirect' in answer.response }
  } catch (error) {
    throw asRefusal(error, wrongSignIn, '请再试一次；忘了密码，请管理员打印一张口令条。')
  }
}

/** The form of /sign-in. */
export async function signInByForm(_session: Session | null, form: SignInForm, visit: Visit) {
  const { headers, secondFactor } = await signIn(form.number, form.password, form.remember, headersOf(visit))
  carryCookies(headers, visit)
  const back = localBack(form.back)
  return { next: secondFactor ? withBack('/sign-in/second', back) : (back ?? home) }
}

/**
 * The form of /sign-in/second: six digits, or a backup code, which is then used up.
 * @throws Refusal `invalid`, `too-many`.
 */
export async function giveSecondFactor(_session: Session | null, form: SecondFactorForm, visit: Visit) {
  const digits = form.code.normalize('NFKC').replace(/\s/g, '')
  const isTotp = /^\d{6}$/.test(digits)
  const code = isTotp ? digits : (readCode(form.code) ?? form.code)
  const call = { body: { code }, headers: headersOf(visit), returnHeaders: true as const }
  try {
    const api = auth().api
    const answer = isTotp ? await api.verifyTOTP(call) : await api.verifyBackupCode(call)
    carryCookies(answer.headers, visit)
  } catch (error) {
    throw asRefusal(
      error,
      '验证码不对，或者已经过期。',
      '请看手机上现在的六位数字，再填一次；也可以回去重新登录。',
    )
  }
  return { next: localBack(form.back) ?? home }
}

/** Ends the session of this browser. */
export async function signOut(_session: Session | null, _form: unknown, visit: Visit) {
  const answer = await auth().api.signOut({ headers: headersOf(visit), returnHeaders: true })
  carryCookies(answer.headers, visit)
  return { next: '/' }
}
