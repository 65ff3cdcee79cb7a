// The form behind a slip: what its bearer sets.
import { z } from 'astro/zod'
import { longestPassword } from '#people/password.ts'

export const slipForm = z
  .object({
    /** The code on the slip. */
    code: z.string('请填写口令条上的口令。').max(40, '口令太长，请照口令条再填一次。'),
    password: z.string('请填写新密码。').max(longestPassword, '密码太长，请不要超过128个字符。'),
    again: z.string('请把新密码再填一次。').max(longestPassword),
    /** Six digits for the screens of the village hall; may be set later. */
    pin: z.string().max(6, 'PIN是六位数字，请再填一次。').nullish(),
  })
  .refine((form) => form.password === form.again, {
    path: ['again'],
    error: '两次填的密码不一样，请再填一次。',
  })
export type SlipForm = z.output<typeof slipForm>
