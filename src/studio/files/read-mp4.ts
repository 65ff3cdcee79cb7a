// What plays in an MP4 or M4A and for how long (ISO/IEC 14496-12). Phones record in fragments, whose head says no length:
// then the samples of the fragments are added up.
import type { FileBytes } from '#studio/files/file-bytes.server.ts'
import type { Recording } from '#studio/files/recording.ts'

const mostHead = 32 * 1024 * 1024
const mostFragment = 4 * 1024 * 1024
const mostBoxes = 100_000
const mostTracks = 64

type Box = { type: string; from: number; to: number }
type Track = { id: number; kind: string; timescale: number; ticks: number; perSample: number }

/** Null if it is none, or a part is missing. */
export async function readMp4(file: FileBytes): Promise<Recording | null> {
  const boxes = await boxesOf(file)
  const head = boxes?.find(({ type }) => type === 'moov')
  if (!boxes || boxes[0]?.type !== 'ftyp' || !head || head.to - head.from > mostHead) return null
  const moov = await file.read(head.from, head.to - head.from)
  const tracks = tracksIn(moov)
  if (tracks.length > mostTracks) return null
  const has = (kind: string) => tracks.some((track) => track.kind === kind)
  const whole = lengthIn(moov)
  const seconds = whole > 0 ? whole : await addFragments(file, boxes, tracks)
  return { sound: has('soun'), film: has('vide'), seconds: seconds > 0 ? seconds : null }
}

/** The boxes of the file; null if one reaches beyond its end. */
async function boxesOf(file: FileBytes): Promise<Box[] | null> {
  const boxes: Box[] = []
  let at = 0
  while (at < file.size) {
    const box = boxAt(await file.read(at, 16), 0, file.size - at)
    if (!box || boxes.length >= mostBoxes) return null
    boxes.push({ type: box.type, from: at + box.from, to: at + box.to })
    at += box.to
  }
  return boxes
}

/** The box whose head stands there; `end` is where what holds it ends. Null if it does not fit. */
function boxAt(bytes: Buffer, at: number, end: number): Box | null {
  if (at + 8 > bytes.length) return null
  const short = bytes.readUInt32BE(at)
  if (short === 1 && at + 16 > bytes.length) return null
  const size = short === 0 ? end - at : short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short
  const from = at + (short === 1 ? 16 : 8)
  const to = at + size
  return to < from || to > end ? null : { type: bytes.toString('latin1', at + 4, at + 8), from, to }
}

function boxesIn(bytes: Buffer): { type: string; bytes: Buffer }[] {
  const found: { type: string; bytes: Buffer }[] = []
  for (let box = boxAt(bytes, 0, bytes.length); box; box = boxAt(bytes, box.to, bytes.length))
    found.push({ type: box.type, bytes: bytes.subarray(box.from, box.to) })
  return found
}

/** What lies at a path such as `mdia/hdlr`. */
function within(bytes: Buffer, path: string): Buffer[] {
  return path.split('/').reduce<Buffer[]>(
    (held, type) =>
      held.flatMap((one) =>
        boxesIn(one)
          .filter((box) => box.type === type)
          .map((box) => box.bytes),
      ),
    [bytes],
  )
}

/** Zero where the box is too short for it. */
const number = (bytes: Buffer | undefined, at: number) =>
  bytes && at + 4 <= bytes.length ? bytes.readUInt32BE(at) : 0
const flagsOf = (bytes: Buffer) => number(bytes, 0) & 0xffffff
/** Version 1 of a box has longer times before what is asked for. */
const versioned = (bytes: Buffer | undefined, short: number, long: number) =>
  bytes?.[0] === 1 ? long : short

function lengthIn(moov: Buffer): number {
  const [mvhd] = within(moov, 'mvhd')
  const timescale = number(mvhd, versioned(mvhd, 12, 20))
  const long = number(mvhd, 24) * 2 ** 32 + number(mvhd, 28)
  const ticks = versioned(mvhd, number(mvhd, 16), long)
  // All ones: it is not known.
  return timescale === 0 || ticks >= 0xffffffff ? 0 : ticks / timescale
}

function tracksIn(moov: Buffer): Track[] {
  const perSample = new Map(within(moov, 'mvex/trex').map((trex) => [number(trex, 4), number(trex, 12)]))
  return within(moov, 'trak').map((trak) => {
    const [tkhd] = within(trak, 'tkhd')
    const [mdhd] = within(trak, 'mdia/mdhd')
    const [hdlr] = within(trak, 'mdia/hdlr')
    const id = number(tkhd, versioned(tkhd, 12, 20))
    const timescale = number(mdhd, versioned(mdhd, 12, 20))
    const kind = hdlr?.toString('latin1', 8, 12) ?? ''
    return { id, kind, timescale, ticks: 0, perSample: perSample.get(id) ?? 0 }
  })
}

/** Seconds of the longest track. */
async function addFragments(file: FileBytes, boxes: Box[], tracks: Track[]): Promise<number> {
  for (const { type, from, to } of boxes) {
    if (type !== 'moof' || to - from > mostFragment) continue
    for (const traf of within(await file.read(from, to - from), 'traf')) {
      const [tfhd] = within(traf, 'tfhd')
      const track = tracks.find(({ id }) => id === number(tfhd, 4))
      if (!tfhd || !track) continue
      const perSample = ownDuration(tfhd) ?? track.perSample
      for (const trun of within(traf, 'trun')) track.ticks += ticksIn(trun, perSample)
    }
  }
  return Math.max(0, ...tracks.map(({ ticks, timescale }) => (timescale === 0 ? 0 : ticks / timescale)))
}

function ownDuration(tfhd: Buffer): number | null {
  const flags = flagsOf(tfhd)
  const at = 8 + (flags & 1 ? 8 : 0) + (flags & 2 ? 4 : 0)
  return flags & 8 ? number(tfhd, at) : null
}

function ticksIn(trun: Buffer, perSample: number): number {
  const flags = flagsOf(trun)
  const count = number(trun, 4)
  if (!(flags & 0x100)) return count * perSample
  const first = 8 + (flags & 1 ? 4 : 0) + (flags & 4 ? 4 : 0)
  const step = [0x100, 0x200, 0x400, 0x800].filter((flag) => flags & flag).length * 4
  let ticks = 0
  for (let at = first; at + step <= trun.length; at += step) ticks += number(trun, at)
  return ticks
}
