// Unpacks the parts of an office file that hold XML, and pictures where they are asked for; nothing else. It is a ZIP file
// (PKWARE APPNOTE 6.3.10); what its headers say of sizes is never believed: bytes are counted while they are inflated.
import { crc32, inflateRawSync } from 'node:zlib'
import { limits, tooMuchInside, UnreadableFile } from '#sheet/limits.ts'
import { xmlText } from '#sheet/xml-text.ts'

/** What is being unpacked, for the words of a refusal: 工作簿, and the program that saves it anew: Excel或WPS. */
export type Packed = { what: string; program: string }

const workbookFile: Packed = { what: '工作簿', program: 'Excel或WPS' }

/** How much may be in it, and what is said when there is more. */
export type Caps = {
  unpackedBytes: number
  parts: number
  tooMuch: () => UnreadableFile
  /** Which parts are pictures, and how many there may be; without it no picture is unpacked. */
  pictures?: { at: RegExp; most: number; tooMany: (count: number) => UnreadableFile }
}

const workbookCaps: Caps = { ...limits, tooMuch: tooMuchInside }

class Damaged extends Error {}
const damaged = () => new Damaged()

const signatures = { end: 0x06054b50, entry: 0x02014b50, local: 0x04034b50 }

type Entry = { name: string; method: number; crc: number; packed: number; unpacked: number; at: number }

/**
 * The parts of an office file by their names: XML, and the pictures that `caps` asks for.
 * @throws UnreadableFile if it is damaged, unpacks to more than it may, has names that lead out of it, or its XML
 *   declares entities.
 */
export function unpack(
  bytes: Buffer,
  packed: Packed = workbookFile,
  caps: Caps = workbookCaps,
): Map<string, Buffer> {
  try {
    return partsOf(bytes, packed, caps)
  } catch (error) {
    if (!(error instanceof Damaged)) throw error
    const { what, program } = packed
    throw new UnreadableFile(`${what}坏了，打不开。`, `请在${program}里重新保存一次，再上传。`)
  }
}

function partsOf(bytes: Buffer, { what, program }: Packed, caps: Caps): Map<string, Buffer> {
  const parts = new Map<string, Buffer>()
  const entries = entriesOf(bytes, caps)
  const strange = entries.find(({ name }) => /^(?:\/|[a-z]:)|(?:^|\/)\.\.(?:\/|$)|\0/i.test(name))
  if (strange)
    throw new UnreadableFile(
      `${what}里有不正常的文件名“${strange.name.slice(0, 40)}”，没有读。`,
      `请在${program}里新建一个文件，把内容粘贴进去再上传。`,
    )
  const isPicture = ({ name }: Entry) => caps.pictures?.at.test(name) ?? false
  const pictures = entries.filter(isPicture).length
  if (caps.pictures && pictures > caps.pictures.most) throw caps.pictures.tooMany(pictures)
  let left = caps.unpackedBytes
  for (const entry of entries) {
    const isXml = /\.(xml|rels)$/i.test(entry.name)
    if (!isXml && !isPicture(entry)) continue
    if (parts.has(entry.name)) throw damaged()
    const part = inflate(bytes, entry, left, caps)
    left -= part.length
    if (isXml) xmlText(part, what)
    parts.set(entry.name, part)
  }
  return parts
}

/** What the directory at the end of the file lists. */
function entriesOf(bytes: Buffer, caps: Caps): Entry[] {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0 || end + 22 > bytes.length) throw damaged()
  const count = bytes.readUInt16LE(end + 10)
  if (count > caps.parts) throw caps.tooMuch()
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

function inflate(bytes: Buffer, entry: Entry, left: number, caps: Caps): Buffer {
  const { at, method, packed, unpacked, crc } = entry
  if (at + 30 > bytes.length || bytes.readUInt32LE(at) !== signatures.local) throw damaged()
  const from = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)
  const held = bytes.subarray(from, from + packed)
  if (held.length !== packed) throw damaged()
  const part = method === 0 ? held : method === 8 ? inflateUpTo(held, left, caps) : null
  if (part === null) throw damaged()
  if (part.length > left) throw caps.tooMuch()
  if (part.length !== unpacked || crc32(part) !== crc) throw damaged()
  return part
}

/** Stops as soon as more comes out than may. */
function inflateUpTo(held: Buffer, most: number, caps: Caps): Buffer {
  try {
    return inflateRawSync(held, { maxOutputLength: Math.max(1, most) })
  } catch (error) {
    throw (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? caps.tooMuch() : damaged()
  }
}
