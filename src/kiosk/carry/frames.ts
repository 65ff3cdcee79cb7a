// Bytes as a row of QR codes: frames that are numbered and checked, put together in any order and as often as one likes.
// A frame reads `<set>.<number>.<of>.<check>.<payload>`; a set is named by the checksum of all its bytes.
import { base64url, fromBase64url } from '#kiosk/signing.ts'

/** Letters of the payload of a frame: a code that old phones still read from a low screen. */
const mostLetters = 560
/** Frames that one set may have; more is no set of ours. */
const mostFrames = 2_000

export type Frame = {
  set: string
  /** From 1 to `of`. */
  number: number
  of: number
  payload: string
}

/** What was gathered of one set, by the number of the frame; may be kept as JSON. */
export type Gathered = { of: number; payloads: Record<number, string> }

/** At least one frame. */
export function split(bytes: Uint8Array): string[] {
  const text = base64url(bytes)
  const set = checksum(bytes)
  const of = Math.max(1, Math.ceil(text.length / mostLetters))
  return Array.from({ length: of }, (_, i) => {
    const head = `${set}.${i + 1}.${of}`
    const payload = text.slice(i * mostLetters, (i + 1) * mostLetters)
    return `${head}.${checksumOf(head + payload)}.${payload}`
  })
}

/** The frame in what a code held, with or without the address before it; null if it is none or was misread. */
export function readFrame(text: string): Frame | null {
  const found = /^(?:[^#]*#)?([0-9a-f]{8})\.(\d{1,4})\.(\d{1,4})\.([0-9a-f]{8})\.([\w-]*)$/.exec(text.trim())
  const [, set = '', i = '', all = '', check = '', payload = ''] = found ?? []
  const [number, of] = [Number(i), Number(all)]
  const isRight = number >= 1 && number <= of && of <= mostFrames
  return isRight && check === checksumOf(`${set}.${i}.${all}${payload}`) ? { set, number, of, payload } : null
}

/** With one frame more. */
export function gather(sets: Record<string, Gathered>, { set, number, of, payload }: Frame) {
  const before = sets[set]?.of === of ? sets[set].payloads : {}
  return { ...sets, [set]: { of, payloads: { ...before, [number]: payload } } }
}

/** The numbers of the frames that are not there yet. */
export function missingOf({ of, payloads }: Gathered): number[] {
  return Array.from({ length: of }, (_, i) => i + 1).filter((number) => payloads[number] === undefined)
}

/** The bytes of a set; null while something is missing, or where the frames do not belong together. */
export function join(set: string, gathered: Gathered): Uint8Array<ArrayBuffer> | null {
  if (missingOf(gathered).length > 0) return null
  const text = Array.from({ length: gathered.of }, (_, i) => gathered.payloads[i + 1]).join('')
  const bytes = fromBase64url(text)
  return bytes && checksum(bytes) === set ? bytes : null
}

const checksumOf = (text: string) => checksum(new TextEncoder().encode(text))

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1
  return rest
})

/** CRC-32 (ISO 3309), eight figures: finds what was misread, not what was forged; entries are signed. */
function checksum(bytes: Uint8Array): string {
  let rest = 0xffffffff
  for (const byte of bytes) rest = (rest >>> 8) ^ (table[(rest ^ byte) & 0xff] as number)
  return ((rest ^ 0xffffffff) >>> 0).toString(16).padStart(8, '0')
}
