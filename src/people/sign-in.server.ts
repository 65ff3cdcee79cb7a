// Signing in and out. The answer to a form is where to go next; the cookies go with it.
import { auth } from '#people/auth.server.ts'
import { asRefusal, wrongSignIn } from '#people/auth-guard.server.ts'
import { localBack, withBack } from '#people/back.ts'
import { queueUp, type Ahead } from '#people/sign-in-queue.server.ts'
import { tidyNumber } from '#people/number.ts'
import type { SecondFactorForm, SignInForm } from '#people/sign-in.ts'
import type { Session } from '#people/session.ts'
import { readCode } from '#people/slip-code.ts'
import { carryCookies, headersOf, type Visit } from '#people/visit.server.ts'
import { endWaiting, findWaiting, keepWaiting, waitingPage, type Entered } from '#people/waiting.server.ts'

const home = '/me'

/**
 * Signs in with number and password.
 * @returns the headers that set the cookies, and whether the second factor is still to be given.
 * @throws Refusal `invalid` (the same for an unknown number and a wrong password), `too-many`, `busy`.
 */
export async function signIn(
  number: string,
  password: string,
  remember: boolean,
  headers: Headers,
): Promise<Entered> {
  const body = { username: tidyNumber(number), password, rememberMe: remember }
  try {
    const answer = await auth().api.signInUsername({ body, headers, returnHeaders: true })
    return { headers: answer.headers, secondFactor: 'twoFactorRedirect' in answer.response }
  } catch (error) {
    throw asRefusal(error, wrongSignIn, '请再试一次；忘了密码，请管理员打印一张口令条。')
  }
}

/** Who has to wait longer is shown the place in the queue at once; who is not in after so long, in any case. */
const patience = { seconds: 1, milliseconds: 1_500 }

/**
 * The form of /sign-in. Where the password cannot be checked at once, the answer leads to the page that waits for it.
 * @throws Refusal as `signIn`, and `busy`.
 */
export async function signInByForm(_session: Session | null, form: SignInForm, visit: Visit) {
  const { number, password, remember } = form
  const headers = headersOf(visit)
  const place = queueUp(() => signIn(number, password, remember, headers))
  const back = localBack(form.back)
  const entered = place.ahead().seconds > patience.seconds ? null : await Promise.race([place.done, late()])
  if (entered) return enter(entered, back, visit)
  keepWaiting({ place, back }, visit)
  return { next: waitingPage }
}

const late = () =>
  new Promise<null>((resolve) => setTimeout(() => resolve(null), patience.milliseconds).unref())

/** Hands over the cookies. */
function enter({ headers, secondFactor }: Entered, back: string | null, visit: Visit) {
  carryCookies(headers, visit)
  return { next: secondFactor ? withBack('/sign-in/second', back) : (back ?? home) }
}

/**
 * How it stands with the sign-in that this browser waits for: its place, or where to go now; null if it waits for none.
 * @throws Refusal as `signIn`, once.
 */
export async function waitedFor(visit: Visit): Promise<Ahead | { next: string } | null> {
  const waiting = findWaiting(visit)
  if (!waiting) return null
  const entered = await Promise.race([waiting.place.done, now()]).catch((error: unknown) => {
    endWaiting(visit)
    throw error
  })
  if (!entered) return waiting.place.ahead()
  endWaiting(visit)
  return enter(entered, waiting.back, visit)
}

const now = () => new Promise<null>((resolve) => setImmediate(() => resolve(null)))

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
