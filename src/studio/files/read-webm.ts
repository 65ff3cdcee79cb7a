// What plays in a WebM and for how long (RFC 8794, RFC 9559). What a browser records is written as it comes and says no
// length: then the time of its last block is looked for, in files as small as recordings of sound are.
import type { FileBytes } from '#studio/files/file-bytes.server.ts'
import type { Recording } from '#studio/files/recording.ts'

/** Larger files are not walked through to their end. */
const mostWalked = 20 * 1024 * 1024

const ids = {
  ...{ head: 0x1a45dfa3, docType: 0x4282, segment: 0x18538067, info: 0x1549a966, scale: 0x2ad7b1 },
  ...{ duration: 0x4489, tracks: 0x1654ae6b, track: 0xae, trackType: 0x83, cluster: 0x1f43b675, time: 0xe7 },
  ...{ simpleBlock: 0xa3, group: 0xa0, block: 0xa1 },
}
/** Elements that are gone into: what they hold follows their head. */
const holders = new Set([ids.head, ids.segment, ids.info, ids.tracks, ids.track, ids.cluster, ids.group])

type Element = { id: number; at: number; size: number; next: number }

/** Null if it is none, or a part is missing. */
export async function readWebm(file: FileBytes): Promise<Recording | null> {
  const found = { docType: '', scale: 1_000_000, duration: 0, cluster: 0, last: 0, types: new Set<number>() }
  let at = 0
  while (at < file.size) {
    const element = await elementAt(file, at)
    if (!element) return null
    const { id, at: from, size, next } = element
    if (id === ids.cluster && (found.duration > 0 || file.size > mostWalked)) break
    const small = size <= 8 ? await file.read(from, size) : null
    if (id === ids.docType) found.docType = small?.toString('latin1').replace(/\0+$/, '') ?? ''
    else if (id === ids.scale && small) found.scale = unsigned(small)
    else if (id === ids.duration && small) found.duration = float(small)
    else if (id === ids.trackType && small) found.types.add(unsigned(small))
    else if (id === ids.time && small) found.cluster = unsigned(small)
    else if (id === ids.simpleBlock || id === ids.block)
      found.last = Math.max(found.last, found.cluster + relativeTime(await file.read(from, 11)))
    at = next
  }
  if (found.docType !== 'webm') return null
  const seconds = ((found.duration || found.last) * found.scale) / 1e9
  return {
    ...{ sound: found.types.has(2), film: found.types.has(1) },
    seconds: seconds > 0 && Number.isFinite(seconds) ? seconds : null,
  }
}

/** The element whose head stands there, or null if it reaches beyond the end. */
async function elementAt(file: FileBytes, at: number): Promise<Element | null> {
  const head = await file.read(at, 12)
  const idBytes = Math.clz32(head[0] ?? 0) - 23
  if (idBytes > 4 || head.length <= idBytes) return null
  const id = head.readUIntBE(0, idBytes)
  const length = sizeAt(head, idBytes)
  if (!length) return null
  const from = at + idBytes + length.bytes
  if (holders.has(id)) return { id, at: from, size: Infinity, next: from }
  const next = from + length.value
  return next > file.size ? null : { id, at: from, size: length.value, next }
}

/** A number whose leading zeros tell its length; all ones mean “unknown”, which only holders may say. */
function sizeAt(head: Buffer, at: number): { bytes: number; value: number } | null {
  const first = head[at] ?? 0
  const bytes = Math.clz32(first) - 23
  if (bytes > 8 || head.length < at + bytes) return null
  let value = first & (0xff >> bytes)
  for (let i = 1; i < bytes; i++) value = value * 256 + (head[at + i] ?? 0)
  return { bytes, value: value === 2 ** (7 * bytes) - 1 ? Infinity : value }
}

const unsigned = (bytes: Buffer) => bytes.reduce((sum, byte) => sum * 256 + byte, 0)
const float = (bytes: Buffer) =>
  bytes.length === 4 ? bytes.readFloatBE() : bytes.length === 8 ? bytes.readDoubleBE() : 0

/** A block begins with the number of its track and then its time, counted from its cluster. */
function relativeTime(block: Buffer): number {
  const track = sizeAt(block, 0)
  return track && block.length >= track.bytes + 2 ? block.readInt16BE(track.bytes) : 0
}
