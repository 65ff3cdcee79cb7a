// The forms of /account: what people change about their own sign-in.
import { z } from 'astro/zod'
import { longestPassword } from '#people/password.ts'

const password = z.string('请填写现在的密码。').max(longestPassword, '密码太长，请检查一下。')

export const changePasswordForm = z
  .object({
    /** The password in use. */
    current: password,
    password: z.string('请填写新密码。').max(longestPassword, '密码太长，请不要超过128个字符。'),
    again: z.string('请把新密码再填一次。').max(longestPassword),
  })
  .refine((form) => form.password === form.again, {
    path: ['again'],
    error: '两次填的新密码不一样，请再填一次。',
  })
export type ChangePasswordForm = z.output<typeof changePasswordForm>

export const setPinForm = z.object({
  /** The password, asked for again. */
  proof: password,
  /** Six digits. */
  pin: z.string('请填写六位数字。').max(6, 'PIN是六位数字，请再填一次。'),
})
export type SetPinForm = z.output<typeof setPinForm>

/** Starting, renewing or stopping the second factor asks for the password again. */
export const withPasswordForm = z.object({ current: password })
export type WithPasswordForm = z.output<typeof withPasswordForm>

/** Proving that the authenticator works. */
export const confirmSecondFactorForm = z.object({
  code: z.string('请填写手机上的六位数字。').max(20, '验证码是六位数字，请再填一次。'),
})
export type ConfirmSecondFactorForm = z.output<typeof confirmSecondFactorForm>

/** Having read the privacy notice. */
export const acceptNoticeForm = z.object({
  /** The version that was shown; an older one does not count. */
  version: z.string('请重新打开本页。').max(40),
  back: z.string().max(500).nullish(),
})
export type AcceptNoticeForm = z.output<typeof acceptNoticeForm>
