// The token that a hello gives: it names the kiosk and says until when, and only this process can make one.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { read } from '#db/database.server.ts'
import { kiosk } from '#db/schema/kiosk.ts'
import { settings } from '#env.ts'
import type { Asking } from '#kiosk/step.ts'
import { Refusal } from '#refusal.ts'

const milliseconds = 3_600_000

const sealOf = (claim: string) =>
  createHmac('sha256', settings.secret).update(`kiosk token ${claim}`).digest('base64url')

/** A token for an hour. */
export function tokenFor(kioskId: string): string {
  const claim = `${kioskId}.${now().getTime() + milliseconds}`
  return `${claim}.${sealOf(claim)}`
}

/** The kiosk behind the header `x-kiosk`. @throws Refusal `signed-out`: it has to say hello first, or was revoked. */
export async function kioskOf(header: string | string[] | undefined): Promise<Asking> {
  const [id = '', until = '', seal = ''] = String(header ?? '').split('.')
  const [given, expected] = [Buffer.from(seal), Buffer.from(sealOf(`${id}.${until}`))]
  const isOurs = given.length === expected.length && timingSafeEqual(given, expected)
  if (!isOurs || Number(until) < now().getTime())
    throw new Refusal('signed-out', '这台机器要先和服务器联系一次。', '请稍等，它会自己再联系。')
  const [found] = await read
    .select({ id: kiosk.id, unitId: kiosk.unitId, name: kiosk.name })
    .from(kiosk)
    .where(and(eq(kiosk.id, id), isNull(kiosk.revokedAt)))
  if (!found) throw new Refusal('signed-out', '这台机器已经停用。', '要再用，请管理员重新登记。')
  return found
}
