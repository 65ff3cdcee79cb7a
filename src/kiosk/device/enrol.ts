// Asks to be let in: shows a code until an administrator has approved.
import type { Held } from '#kiosk/device/held.ts'
import type { Line } from '#kiosk/device/line.ts'
import { enrolledText, type EnrolledReply, type EnrolReply } from '#kiosk/fleet/enrolment.ts'
import { publicOf, sign } from '#kiosk/signing.ts'

/**
 * One question to the server.
 * @returns true once it was let in.
 * @throws Unreachable, Refused
 */
export async function askToEnrol({ pair, self, change }: Held, line: Line): Promise<boolean> {
  const { code } = self()
  if (code === null) {
    const asked = await line.post<EnrolReply>('/kiosk/enrol', { key: await publicOf(pair) }, null)
    await change((self) => ({ self: { ...self, code: asked.code } }))
    return false
  }
  const signature = await sign(pair.privateKey, enrolledText(code))
  const reply = await line.post<EnrolledReply>('/kiosk/enrolled', { code, signature }, null)
  if (reply.is === 'gone') await change((self) => ({ self: { ...self, code: null } }))
  if (reply.is !== 'enrolled') return false
  const { kiosk, server } = reply
  await change((self) => ({ self: { ...self, code: null, kiosk, server } }))
  return true
}
