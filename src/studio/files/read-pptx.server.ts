// Whether a file is slides without programs in them: only the directory of the ZIP file is read (PKWARE APPNOTE 6.3.10), so
// what is packed in it cannot unfold here.
import type { FileBytes } from '#studio/files/file-bytes.server.ts'

const endMark = Buffer.from('PK\x05\x06', 'latin1')
const entryMark = 0x02014b50
const mostDirectory = 4 * 1024 * 1024

/** `torn` stands for everything that is no readable ZIP file. */
export type Slides = 'slides' | 'macros' | 'not-slides' | 'torn'

export async function readPptx(file: FileBytes): Promise<Slides> {
  const names = await namesIn(file)
  if (!names) return 'torn'
  if (names.some((name) => /(^|\/)vba[^/]*\.bin$/i.test(name))) return 'macros'
  const needed = ['ppt/presentation.xml', '[Content_Types].xml']
  return needed.every((name) => names.includes(name)) ? 'slides' : 'not-slides'
}

/** The names that the directory at the end of the file lists; null if there is none. */
async function namesIn(file: FileBytes): Promise<string[] | null> {
  const tailBytes = Math.min(file.size, 22 + 0xffff)
  const tail = await file.read(file.size - tailBytes, tailBytes)
  const end = tail.lastIndexOf(endMark)
  if (end < 0 || end + 22 > tail.length) return null
  const [size, from] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)]
  if (size > mostDirectory || from + size > file.size) return null
  const directory = await file.read(from, size)
  const names: string[] = []
  for (let at = 0; at < directory.length;) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== entryMark) return null
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28)
    names.push(directory.toString('utf8', at + 46, nameEnd).replaceAll('\\', '/'))
    at = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return names.length === tail.readUInt16LE(end + 10) ? names : null
}
