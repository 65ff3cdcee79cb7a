// How long an MP3 is: its frames are counted, because what its headers say of the length is often an estimate or missing.
import type { Recording } from '#studio/files/recording.ts'

const none = 0
/** kbit/s of Layer III by index (ISO/IEC 11172-3 and 13818-3); the first is “free”, which nobody uses. */
const rates1 = [none, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
const rates2 = [none, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
const samplings = [44_100, 48_000, 32_000]
/** Bytes that may stand between frames: a torn frame, or a picture that somebody put there. */
const farthest = 64 * 1024
/** Fewer frames are a coincidence. */
const fewest = 3

type Frame = { bytes: number; seconds: number }

/** The file, whole; null if it is no MP3. */
export function readMp3(bytes: Buffer): Recording | null {
  let at = afterTags(bytes)
  let frames = 0
  let seconds = 0
  while (at < bytes.length) {
    const frame = frameAt(bytes, at)
    if (frame) {
      frames++
      seconds += frame.seconds
      at += frame.bytes
      continue
    }
    const next = nextFrame(bytes, at)
    if (next < 0) break
    at = next
  }
  return frames < fewest ? null : { sound: true, film: false, seconds }
}

/** Behind the ID3v2 tags at the beginning; their size has seven bits to a byte. */
function afterTags(bytes: Buffer): number {
  let at = 0
  while (at + 10 <= bytes.length && bytes.toString('latin1', at, at + 3) === 'ID3') {
    const size = [6, 7, 8, 9].reduce((sum, i) => sum * 128 + ((bytes[at + i] ?? 0) & 0x7f), 0)
    at += 10 + size + ((bytes[at + 5] ?? 0) & 0x10 ? 10 : 0)
  }
  return at
}

/** Where two frames follow each other again, or -1. */
function nextFrame(bytes: Buffer, from: number): number {
  const last = Math.min(bytes.length - 4, from + farthest)
  for (let at = bytes.indexOf(0xff, from + 1); at >= 0 && at <= last; at = bytes.indexOf(0xff, at + 1)) {
    const frame = frameAt(bytes, at)
    if (frame && frameAt(bytes, at + frame.bytes)) return at
  }
  return -1
}

/** The frame of MPEG 1, 2 or 2.5 Layer III whose header stands there, or null. */
function frameAt(bytes: Buffer, at: number): Frame | null {
  if (at + 4 > bytes.length) return null
  const [sync = 0, kind = 0, rate = 0] = bytes.subarray(at, at + 3)
  const version = (kind >> 3) & 3
  if (sync !== 0xff || (kind & 0xe0) !== 0xe0 || version === 1 || ((kind >> 1) & 3) !== 1) return null
  const first = version === 3
  const kbit = (first ? rates1 : rates2)[rate >> 4] ?? none
  const full = samplings[(rate >> 2) & 3]
  if (kbit === none || full === undefined) return null
  const sampling = full / (first ? 1 : version === 2 ? 2 : 4)
  const samples = first ? 1152 : 576
  const length = Math.floor(((samples / 8) * kbit * 1000) / sampling) + ((rate >> 1) & 1)
  return { bytes: length, seconds: samples / sampling }
}
