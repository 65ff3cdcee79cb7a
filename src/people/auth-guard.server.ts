// What stands before and after better-auth: how often one may try, what a new password must be, and no way to
// skip the second factor. It holds for our own pages and for /api/auth alike.
import { APIError, createAuthMiddleware, getSessionFromCtx } from 'better-auth/api'
import {
  addressGroup,
  forgive,
  perAccount,
  perAddress,
  perSecondFactor,
  take,
  type Allowance,
} from '#people/limit.server.ts'
import { tidyNumber } from '#people/number.ts'
import { passwordProblem } from '#people/password.ts'
import { Refusal, refusalIn, refusalStatus, type RefusalKind } from '#refusal.ts'

/** The request header in which our own server tells better-auth the client's address; never taken from outside. */
export const addressHeader = 'x-lianxue-address'

type Context = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0]
type Tried = { allowance: Allowance; subject: string }

/** Said for an unknown number and for a wrong password alike. */
export const wrongSignIn = '账号或密码不对。'

/** Where a password is asked for again from somebody who is signed in. */
const asksPassword = new Set([
  '/change-password',
  '/two-factor/enable',
  '/two-factor/disable',
  '/two-factor/get-totp-uri',
  '/two-factor/generate-backup-codes',
])
const asksCode = new Set(['/two-factor/verify-totp', '/two-factor/verify-backup-code'])

/** A Refusal in better-auth's own kind of error. */
export function asApiError({ kind, message, hint }: Refusal): APIError {
  const status =
    refusalStatus[kind] === 429
      ? 'TOO_MANY_REQUESTS'
      : refusalStatus[kind] === 503
        ? 'SERVICE_UNAVAILABLE'
        : 'BAD_REQUEST'
  return new APIError(status, { code: 'REFUSED', kind, message, hint })
}

/** The Refusal behind an error of better-auth: ours as it was, the others by their status. */
export function asRefusal(error: unknown, message: string, hint = ''): Refusal {
  const own = refusalIn(error)
  if (own) return own
  if (!(error instanceof APIError) || (error.statusCode >= 500 && error.body?.code !== 'REFUSED')) throw error
  const body = error.body as
    { code?: string; kind?: RefusalKind; message?: string; hint?: string } | undefined
  if (body?.code === 'REFUSED' && body.kind) return new Refusal(body.kind, body.message ?? '', body.hint)
  return new Refusal('invalid', message, hint)
}

const clockTime = (at: Date) =>
  new Intl.DateTimeFormat('zh-CN', {
    timeZone: 'Asia/Shanghai',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at)

function tooMany(allowance: Allowance, until: Date): Refusal {
  if (allowance === perAddress)
    return new Refusal('too-many', '这里的登录次数太多。', `请在${clockTime(until)}以后再试。`)
  const what = allowance === perSecondFactor ? '验证码' : '密码'
  const way = '着急的话，请管理员打印一张口令条，用它重新设置后马上就能登录。'
  return new Refusal('too-many', `${what}错了太多次。`, `请在${clockTime(until)}以后再试。${way}`)
}

/** The person who is in the middle of signing in with a second factor, or who is signed in. */
async function personOf(ctx: Context): Promise<string | null> {
  const cookie = ctx.context.createAuthCookie('two_factor').name
  const pending = await ctx.getSignedCookie(cookie, ctx.context.secret)
  const challenge = pending ? await ctx.context.internalAdapter.findVerificationValue(pending) : null
  return challenge?.value ?? (await getSessionFromCtx(ctx))?.user.id ?? null
}

/** Whose tries this request uses up. */
async function tries(ctx: Context): Promise<Tried[]> {
  if (ctx.path === '/sign-in/username') {
    const number = tidyNumber(String(ctx.body?.username ?? ''))
    const address = addressGroup(ctx.headers?.get(addressHeader) ?? '')
    return [
      { allowance: perAddress, subject: address },
      { allowance: perAccount, subject: number },
    ]
  }
  if (asksPassword.has(ctx.path)) {
    const user = (await getSessionFromCtx(ctx))?.user as { username?: string } | undefined
    return user?.username ? [{ allowance: perAccount, subject: user.username }] : []
  }
  const personId = asksCode.has(ctx.path) ? await personOf(ctx) : null
  return personId ? [{ allowance: perSecondFactor, subject: personId }] : []
}

const counted = new WeakMap<object, Tried[]>()

/** Of a session that it could not delete better-auth would say that it has ended. */
async function endSession(ctx: Context): Promise<void> {
  const token = await ctx.getSignedCookie(ctx.context.authCookies.sessionToken.name, ctx.context.secret)
  if (token) await ctx.context.internalAdapter.deleteSession(token)
}

/** Before better-auth answers. */
export const before = createAuthMiddleware(async (ctx) => {
  const tried = await tries(ctx)
  for (const { allowance, subject } of tried) {
    const until = await take(allowance, subject)
    if (until) throw asApiError(tooMany(allowance, until))
  }
  counted.set(ctx.context, tried)
  if (ctx.path === '/sign-out') await endSession(ctx)
  if (ctx.path === '/change-password') {
    const user = (await getSessionFromCtx(ctx))?.user as { username?: string } | undefined
    const problem = passwordProblem(String(ctx.body?.newPassword ?? ''), user?.username ?? '')
    if (user && problem) throw asApiError(new Refusal('invalid', problem))
    return { context: { body: { ...ctx.body, revokeOtherSessions: true } } }
  }
  // A device is never trusted for later: the second factor is asked for at every sign-in.
  if (asksCode.has(ctx.path))
    return { context: { body: { ...ctx.body, trustDevice: false, disableSession: false } } }
  return undefined
})

/** After better-auth has answered: who succeeded has used up no tries. */
export const after = createAuthMiddleware(async (ctx) => {
  const { returned } = ctx.context
  if (returned instanceof APIError) return
  // Half a sign-in is no success: else guessing codes could start afresh with every right password.
  if (returned && typeof returned === 'object' && 'twoFactorRedirect' in returned) return
  for (const { allowance, subject } of counted.get(ctx.context) ?? []) {
    if (allowance !== perAddress) await forgive(allowance, subject)
  }
  const user = asksCode.has(ctx.path)
    ? (ctx.context.newSession?.user as { username?: string } | undefined)
    : undefined
  if (user?.username) await forgive(perAccount, user.username)
})
