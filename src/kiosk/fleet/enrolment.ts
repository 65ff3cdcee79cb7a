// How a new screen is let in: it sends its public key, shows a code, and asks until an administrator has approved.
import { z } from 'astro/zod'
import { PublicKey } from '#kiosk/hello.ts'

/** POST /kiosk/enrol */
export const EnrolAsk = z.strictObject({ key: PublicKey })
/** The code to be read aloud to an administrator, e.g. `ACEF-3479`, and until when it holds (ISO). */
export type EnrolReply = { code: string; expiresAt: string }

/** POST /kiosk/enrolled, about every five seconds */
export const EnrolledAsk = z.strictObject({
  code: z.string().max(20),
  /** By the key that was sent, of `enrolledText(code)`. */
  signature: z.string().max(100),
})
export const enrolledText = (code: string) => `lianxue enrolled 1\n${code}`

/** `gone`: the code is over or unknown; the screen asks for another. `server` is what to verify with and to seal to. */
export type EnrolledReply =
  | { is: 'waiting' }
  | { is: 'gone' }
  | { is: 'enrolled'; kiosk: string; server: { signing: PublicKey; sealing: PublicKey } }
type PublicKey = z.infer<typeof PublicKey>

/** Letters and figures that are neither misread nor misheard. */
const letters = 'ACEFHJKMPRTWXY3479'
const length = 8

/** Random bytes as a code; null if one of them would make some letters likelier than others. */
export function writeEnrolCode(bytes: Uint8Array): string | null {
  const fair = [...bytes].filter((byte) => byte < 252).slice(0, length)
  if (fair.length < length) return null
  return fair
    .map((byte) => letters[byte % letters.length])
    .join('')
    .replace(/^(.{4})/, '$1-')
}

/** The code in what a person typed, or null if it is none. */
export function readEnrolCode(text: string): string | null {
  const typed = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-–—－]/g, '')
  const isCode = typed.length === length && [...typed].every((letter) => letters.includes(letter))
  return isCode ? typed.replace(/^(.{4})/, '$1-') : null
}
