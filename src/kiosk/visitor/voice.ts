// The voice of a family story on its way: cut into parts that fit into entries, and put together again.
import { base64url, fromBase64url } from '#kiosk/signing.ts'

/** Seconds that a story may take. */
export const longestVoice = 180
/** What a recorder may add while it stops. */
export const longestTaken = longestVoice + 5

/** Bytes of a part: with its wrapping and sealing it fits into an entry. */
const partBytes = 45_000

/** The parts of a recording, base64url. */
export function cutVoice(bytes: Uint8Array): string[] {
  const parts = Math.ceil(bytes.length / partBytes)
  return Array.from({ length: parts }, (_, i) =>
    base64url(bytes.subarray(i * partBytes, (i + 1) * partBytes)),
  )
}

/** @param parts by number. @returns null if one is missing or is no base64url. */
export function joinVoice(parts: ReadonlyMap<number, string>, count: number): Uint8Array | null {
  const pieces = Array.from({ length: count }, (_, i) => fromBase64url(parts.get(i) ?? '?'))
  const whole = pieces.filter((piece) => piece !== null)
  if (whole.length < count) return null
  const bytes = new Uint8Array(whole.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of whole) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}
