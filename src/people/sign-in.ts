// The forms of signing in: what a browser may send, and what is said when something is missing.
import { z } from 'astro/zod'
import { longestPassword } from '#people/password.ts'

const back = z.string().max(500).nullish()

/** Signing in by number and password. */
export const signInForm = z.object({
  /** Staff number. */
  number: z.string('请填写账号。').max(64, '账号太长，请检查一下。'),
  password: z.string('请填写密码。').max(longestPassword, '密码太长，请检查一下。'),
  /** Stay signed in on this device for a week; otherwise the session ends with the browser. */
  remember: z.boolean(),
  /** Local address to return to. */
  back,
})
export type SignInForm = z.output<typeof signInForm>

/** The second step: six digits of the authenticator, or one of the backup codes. */
export const secondFactorForm = z.object({
  code: z.string('请填写验证码。').max(40, '验证码太长，请检查一下。'),
  back,
})
export type SecondFactorForm = z.output<typeof secondFactorForm>

/** Signing out asks nothing. */
export const signOutForm = z.object({})
