// Unpacks the parts of a workbook that hold text, and nothing else. A workbook is a ZIP file (PKWARE APPNOTE 6.3.10);
// what its headers say of sizes is never believed: bytes are counted while they are inflated.
import { crc32, inflateRawSync } from 'node:zlib'
import { limits, tooMuchInside, UnreadableFile } from '#archive/limits.ts'

const damaged = () => new UnreadableFile('工作簿坏了，打不开。', '请在Excel或WPS里重新保存一次，再上传。')

const signatures = { end: 0x06054b50, entry: 0x02014b50, local: 0x04034b50 }

type Entry = { name: string; method: number; crc: number; packed: number; unpacked: number; at: number }

/**
 * The XML parts of a workbook by their names.
 * @throws UnreadableFile if it is damaged, unpacks to more than it may, or its XML declares entities.
 */
export function unpack(bytes: Buffer): Map<string, Buffer> {
  const parts = new Map<string, Buffer>()
  let left = limits.unpackedBytes
  for (const entry of entriesOf(bytes)) {
    if (!/\.(xml|rels)$/.test(entry.name)) continue
    if (parts.has(entry.name)) throw damaged()
    const part = inflate(bytes, entry, left)
    left -= part.length
    if (part.includes('<!DOCTYPE') || part.includes('<!ENTITY'))
      throw new UnreadableFile(
        '工作簿里有不该有的内容（DTD），没有读。',
        '请新建一个工作簿，把表格粘贴进去再上传。',
      )
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
