// From the bytes of a Word document to the lines of its text. Runs in a thread of its own: what is inside may be anything.
import { zipSync } from 'fflate'
import mammoth from 'mammoth'
import { withNumbers } from '#assessment/exchange/docx-numbers.ts'
import { UnreadableFile } from '#sheet/limits.ts'
import { unpack } from '#sheet/unpack.ts'
import { xmlText } from '#sheet/xml-text.ts'

const notWord = () =>
  new UnreadableFile('这不是能读的Word文档。', '请在Word或WPS里打开，另存为“Word 文档 (.docx)”，再上传。')

/**
 * The text of a document, a line for each paragraph, with the numbers that Word counts by itself.
 * @throws UnreadableFile
 */
export async function readDocx(bytes: Buffer): Promise<string> {
  const what = 'Word文档'
  const parts = unpack(bytes, { what, program: 'Word或WPS' })
  const textOf = (name: string) => {
    const part = parts.get(name)
    return part === undefined ? null : xmlText(part, what)
  }
  const document = textOf('word/document.xml')
  if (document === null) throw notWord()
  const numbered = withNumbers(document, textOf('word/numbering.xml'), textOf('word/styles.xml'))
  // What was unpacked and judged is what is read: it goes on without compression.
  const files = Object.fromEntries([...parts, ['word/document.xml', Buffer.from(numbered)]])
  const buffer = Buffer.from(zipSync(files, { level: 0 }))
  const { value } = await mammoth.convertToHtml({ buffer }, { ignoreEmptyParagraphs: false }).catch(() => {
    throw notWord()
  })
  return linesOf(value)
}

const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' }

/** Lines of the HTML that mammoth writes: blocks and breaks end one, the cells of a table stand in one. */
export const linesOf = (html: string): string =>
  html
    .replace(/<\/(?:td|th)>/g, '\t')
    .replace(/<\/p>(?=(?:<\/?(?:strong|em|p)>)*\t)/g, '')
    .replace(/<br\s*\/?>|<[uo]l>|<\/(?:p|h[1-6]|li|tr)>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:lt|gt|quot|amp);/g, (entity) => entities[entity] ?? entity)
