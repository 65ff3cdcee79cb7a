// The code on the screen that changes every half minute; the same text in a browser and in the process. Whoever has it has
// seen the screen, or was told of it within that minute: it makes a claim, and only the host's word makes hours of it.
import { base64url } from '#kiosk/signing.ts'

/** Milliseconds that a code stands on the screen. */
export const slotLength = 30_000
const letters = 12

/** Which half minute of a session it is, from 0. @param startedAt and `at` in ms by one clock. */
export function slotAt(startedAt: number, at: number): number {
  return Math.max(0, Math.floor((at - startedAt) / slotLength))
}

/** The code of a half minute: HMAC-SHA-256 under the secret of the session, shortened to 72 bits. */
export async function codeOf(secret: string, session: string, slot: number): Promise<string> {
  const bytes = (text: string) => new TextEncoder().encode(text)
  const how = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', bytes(secret), how, false, ['sign'])
  const mac = await crypto.subtle.sign('HMAC', key, bytes(`${session}|${slot}`))
  return base64url(new Uint8Array(mac)).slice(0, letters)
}

/** Where the picture on the screen leads a phone. */
export function checkInAddress(origin: string, session: string, slot: number, code: string): string {
  return `${origin}/hall/in?s=${session}&n=${slot}&c=${code}`
}

/** True while the code of a slot holds: in its half minute, and the one before and after it, because clocks differ. */
export function isInTime(slot: number, startedAt: number, at: number): boolean {
  return Math.abs(slot - Math.floor((at - startedAt) / slotLength)) <= 1
}
