// Unpacks the parts of an office file that hold XML, and nothing else. It is a ZIP file (PKWARE APPNOTE 6.3.10); what
// its headers say of sizes is never believed: bytes are counted while they are inflated.
import { crc32, inflateRawSync } from 'node:zlib'
import { limits, tooMuchInside, UnreadableFile } from '#sheet/limits.ts'
import { xmlText } from '#sheet/xml-text.ts'

/** What is being unpacked, for the words of a refusal: 工作簿, and the program that saves it anew: Excel或WPS. */
export type Packed = { what: string; program: string }

const workbookFile: Packed = { what: '工作簿', program: 'Excel或WPS' }

class Damaged extends Error {}
const damaged = () => new Damaged()

const signatures = { end: 0x06054b50, entry: 0x02014b50, local: 0x04034b50 }

type Entry = { name: string; method: number; crc: number; packed: number; unpacked: number; at: number }

/**
 * The XML parts of an office file by their names.
 * @throws UnreadableFile if it is damaged, unpacks to more than it may, or its XML declares entities.
 */
export function unpack(bytes: Buffer, packed: Packed = workbookFile): Map<string, Buffer> {
  try {
    return xmlParts(bytes, packed)
  } catch (error) {
    if (!(error instanceof Damaged)) throw error
    const { what, program } = packed
    throw new UnreadableFile(`${what}坏了，打不开。`, `请在${program}里重新保存一次，再上传。`)
  }
}

function xmlParts(bytes: Buffer, { what }: Packed): Map<string, Buffer> {
  const parts = new Map<string, Buffer>()
  let left = limits.unpackedBytes
  for (const entry of entriesOf(bytes)) {
    if (!/\.(xml|rels)$/i.test(entry.name)) continue
    if (parts.has(entry.name)) throw damaged()
    const part = inflate(bytes, entry, left)
    left -= part.length
    xmlText(part, what)
    parts.set(entry.name, part)
  }
  return parts
}

/** What the directory at the end of the file lists. */
function entriesOf(bytes: Buffer): Entry[] {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0 || end + 22 > bytes.length) throw damaged()
  const count = bytes.readUInt16LE(end + 10)
  if (count > limits.parts) throw tooMuchInside()
  const entries: Entry[] = []
  let at = bytes.readUInt32LE(end + 16)
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== signatures.entry) throw damaged()
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28)
    entries.push({
      name: bytes.toString('utf8', at + 46, nameEnd).replaceAll('\\', '/'),
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      unpacked: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
    })
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return entries
}

function inflate(bytes: Buffer, { at, method, packed, unpacked, crc }: Entry, left: number): Buffer {
  if (at + 30 > bytes.length || bytes.readUInt32LE(at) !== signatures.local) throw damaged()
  const from = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)
  const held = bytes.subarray(from, from + packed)
  if (held.length !== packed) throw damaged()
  const part = method === 0 ? held : method === 8 ? inflateUpTo(held, left) : null
  if (part === null) throw damaged()
  if (part.length > left) throw tooMuchInside()
  if (part.length !== unpacked || crc32(part) !== crc) throw damaged()
  return part
}

/** Stops as soon as more comes out than may. */
function inflateUpTo(held: Buffer, most: number): Buffer {
  try {
    return inflateRawSync(held, { maxOutputLength: Math.max(1, most) })
  } catch (error) {
    throw (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? tooMuchInside() : damaged()
  }
}
