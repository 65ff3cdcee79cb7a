// Files made byte by byte, as programs and phones write them.
import { strToU8, zipSync } from 'fflate'

const u32 = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, i) => bytes.writeUInt32BE(value, i * 4))
  return bytes
}
const box = (type: string, ...inside: Uint8Array[]) => {
  const bytes = Buffer.concat(inside)
  return Buffer.concat([u32(bytes.length + 8), Buffer.from(type, 'latin1'), bytes])
}

type Mp4 = { kinds?: ('soun' | 'vide')[]; seconds?: number; filler?: number; fragments?: number }

/** 1000 ticks a second; `filler` bytes of sound or film; fragments of one second each, then the head says no length. */
export function mp4({ kinds = ['vide', 'soun'], seconds = 0, filler = 100, fragments = 0 }: Mp4): Buffer {
  const traks = kinds.map((kind, i) => {
    const tkhd = box('tkhd', u32(7, 0, 0, i + 1, 0, 0))
    const mdhd = box('mdhd', u32(0, 0, 0, 1000, 0, 0))
    const hdlr = box('hdlr', u32(0, 0), Buffer.from(kind), Buffer.alloc(13))
    return box('trak', tkhd, box('mdia', mdhd, hdlr))
  })
  const mvex = kinds.map((_, i) => box('trex', u32(0, i + 1, 1, 250, 0, 0)))
  const mvhd = box('mvhd', u32(0, 0, 0, 1000, seconds * 1000, 0), Buffer.alloc(80))
  const head = box('moov', mvhd, ...traks, ...(fragments > 0 ? [box('mvex', ...mvex)] : []))
  // Four samples of 250 ticks by default, then the same with durations of their own.
  const short = box('traf', box('tfhd', u32(0x20000, 1)), box('trun', u32(0x1, 4, 0)))
  const long = box('traf', box('tfhd', u32(0x20000, 1)), box('trun', u32(0x301, 2, 0, 400, 9, 600, 9)))
  const parts = Array.from({ length: fragments }, (_, i) => [
    box('moof', box('mfhd', u32(0, i)), i % 2 ? long : short),
    box('mdat', Buffer.alloc(50)),
  ]).flat()
  return Buffer.concat([
    box('ftyp', Buffer.from('isom'), u32(512), Buffer.from('isommp42')),
    box('mdat', Buffer.alloc(filler, 'film')),
    ...[head, ...parts],
  ])
}

const unknown = Buffer.from('01ffffffffffffff', 'hex')
const element = (id: string, content: Uint8Array | 'open') =>
  content === 'open'
    ? Buffer.concat([Buffer.from(id, 'hex'), unknown])
    : Buffer.concat([Buffer.from(id, 'hex'), Buffer.from([0x10]), u32(content.length).subarray(1), content])

/** As a browser records it: parts without length, and no duration unless one is given, in milliseconds. */
export function webm(types: (1 | 2)[], seconds: number, duration?: number): Buffer {
  const info = [element('2ad7b1', u32(1_000_000))]
  if (duration !== undefined) {
    const float = Buffer.alloc(8)
    float.writeDoubleBE(duration)
    info.push(element('4489', float))
  }
  const tracks = types.map((type) => element('ae', element('83', Buffer.from([type]))))
  const block = (milliseconds: number) => {
    const time = Buffer.alloc(2)
    time.writeInt16BE(milliseconds)
    return element('a3', Buffer.concat([Buffer.from([0x81]), time, Buffer.from([0x80]), Buffer.alloc(20)]))
  }
  const clusters = Array.from({ length: seconds }, (_, i) => [
    element('1f43b675', 'open'),
    element('e7', u32(i * 1000)),
    ...[block(0), block(500), block(1000)],
  ]).flat()
  return Buffer.concat([
    element('1a45dfa3', element('4282', Buffer.from('webm'))),
    ...[element('18538067', 'open'), element('1549a966', Buffer.concat(info))],
    ...[element('1654ae6b', Buffer.concat(tracks)), ...clusters],
  ])
}

/** Frames of MPEG 1 Layer III, 44.1 kHz, 128 kbit/s: 417 bytes and 1152 samples each. */
export function mp3(frames: number, before: Uint8Array = Buffer.alloc(0)): Buffer {
  const frame = Buffer.alloc(417)
  frame.set([0xff, 0xfb, 0x90, 0x00])
  return Buffer.concat([before, ...Array<Buffer>(frames).fill(frame)])
}

/** A ZIP file with these parts. */
export function slides(more: Record<string, Uint8Array> = {}): Buffer {
  const parts = { '[Content_Types].xml': strToU8('<Types/>'), 'ppt/presentation.xml': strToU8('<p/>') }
  return Buffer.from(zipSync({ ...parts, ...more }))
}

export const pdf = (filler = 1000) =>
  Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(filler, '0'), Buffer.from('\n%%EOF\n')])
