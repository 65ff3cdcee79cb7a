// What a screen asks about cadres who sign in at it: POST /kiosk/visit/<name>, with the token of the kiosk.
import { z } from 'astro/zod'
import type { KioskStep } from '#kiosk/step.ts'
import { askPhone, redeem } from '#kiosk/visit/agree.server.ts'
import { ownPageOf } from '#kiosk/visit/own-page.server.ts'
import { signInWithPin } from '#kiosk/visit/sign-in.server.ts'
import { endVisit, setCookie, visitOf } from '#kiosk/visit/visit.server.ts'
import { Refusal } from '#refusal.ts'

const About = z.strictObject({ visit: z.uuid() })
const WithPin = z.strictObject({
  visit: z.uuid(),
  key: z.string().max(40),
  pin: z.string().regex(/^\d{6}$/),
})

function parse<T extends z.ZodType>(shape: T, body: unknown): z.output<T> {
  const parsed = shape.safeParse(body)
  if (parsed.success) return parsed.data
  throw new Refusal('invalid', '收到的内容不完整。', '请再试一次。')
}

const ask: KioskStep = (kiosk, { body }) => askPhone(kiosk, parse(About, body).visit)

const redeemed: KioskStep = async (kiosk, { body, res }) => {
  const result = await redeem(kiosk, parse(About, body).visit)
  if (result.is === 'waiting') return result
  setCookie(res, result.token)
  return { is: 'begun', name: result.name }
}

const pin: KioskStep = async (kiosk, { body, res }) => {
  const { name, token } = await signInWithPin(kiosk, parse(WithPin, body))
  setCookie(res, token)
  return { name }
}

const me: KioskStep = async (kiosk, { body, req }) =>
  ownPageOf(await visitOf(kiosk, req, parse(About, body).visit))

const end: KioskStep = async (_, { req, res }) => {
  await endVisit(req)
  setCookie(res, null)
  return { ended: true }
}

export const visitSteps: Record<string, KioskStep> = {
  'visit/ask': ask,
  'visit/redeem': redeemed,
  'visit/pin': pin,
  'visit/me': me,
  'visit/end': end,
}
