// Opens a .docx within caps and has mammoth read it. What mammoth would leave out together with its words (phonetic
// guides, fields, direction marks) is unwrapped before, and numbers that Word counts by itself are written in.
import { zipSync } from 'fflate'
import mammoth from 'mammoth'
import { withNumbers } from '#assessment/exchange/docx-numbers.ts'
import { parseXml, type Xml } from '#assessment/exchange/xml.ts'
import { UnreadableFile } from '#sheet/limits.ts'
import { unpack, type Caps } from '#sheet/unpack.ts'
import { xmlText } from '#sheet/xml-text.ts'
import { chinese, markNumber } from '#studio/word/list-number.ts'
import type { WordDocument } from '#studio/word/word-model.ts'

const MB = 1024 * 1024
const what = 'Word文档'

const tooMuch = () =>
  new UnreadableFile('文档里的内容太多，读不下。', '请删去用不着的内容和图片，或分成几份导入。')

const caps: Caps = {
  unpackedBytes: 100 * MB,
  parts: 1000,
  tooMuch,
  pictures: {
    at: /(?:^|\/)media\/[^/]+$/i,
    most: 60,
    tooMany: (count) =>
      new UnreadableFile(
        `文档里有${count}张图片，一课最多60张。`,
        '请分成几课，一课一份文档；或删去用不着的图片。',
      ),
  },
}

const notWord = () =>
  new UnreadableFile('这不是能读的Word文档。', '请在Word或WPS里打开，另存为“Word 文档 (.docx)”，再导入。')

/** A document as mammoth reads it, and the XML that mammoth leaves things out of. */
export type OpenWord = {
  document: WordDocument
  /** The body, then the notes. */
  bodies: Xml[]
  styles: Xml | null
  /** Headers and footers of the pages. */
  edges: Xml[]
}

/** @throws UnreadableFile */
export async function openWord(bytes: Buffer): Promise<OpenWord> {
  const parts = unpack(bytes, { what, program: 'Word或WPS' }, caps)
  const textOf = (name: string) => {
    const part = parts.get(name)
    return part === undefined ? null : xmlText(part, what)
  }
  const main = mainOf(textOf('_rels/.rels'))
  const folder = main.slice(0, main.lastIndexOf('/') + 1)
  const body = textOf(main)
  if (body === null) throw notWord()
  const styles = textOf(`${folder}styles.xml`)
  const notes = [`${folder}footnotes.xml`, `${folder}endnotes.xml`]
  const numbered = withNumbers(unwrap(body), textOf(`${folder}numbering.xml`), styles, spelling)
  parts.set(main, Buffer.from(inUtf8(numbered)))
  for (const name of notes) {
    const text = textOf(name)
    if (text !== null) parts.set(name, Buffer.from(inUtf8(unwrap(text))))
  }
  const edges = [...parts.keys()].filter((name) => /\/(?:header|footer)\d*\.xml$/.test(name))
  const trees = (names: string[]) => names.flatMap((name) => textOf(name) ?? []).map(parseXml)
  return {
    document: await read(parts),
    bodies: [parseXml(body), ...trees(notes)],
    styles: styles === null ? null : parseXml(styles),
    edges: trees(edges),
  }
}

/** Word may call the main part otherwise; the package says how. */
function mainOf(relations: string | null): string {
  const found = relations === null ? [] : parseXml(relations).children
  const target = found.find(({ attributes }) => attributes['Type']?.endsWith('/officeDocument'))
  return target?.attributes['Target']?.replace(/^\//, '') ?? 'word/document.xml'
}

/** What was unpacked and judged is what is read: it goes on without compression. */
async function read(parts: ReadonlyMap<string, Buffer>): Promise<WordDocument> {
  const buffer = Buffer.from(zipSync(Object.fromEntries(parts), { level: 0 }))
  let document: WordDocument | null = null
  // Its HTML is not asked for: what it has read is taken, and it is given nothing to write.
  const take = (found: WordDocument) => {
    document = found
    return { ...found, children: [], comments: [] }
  }
  await mammoth
    .convertToHtml({ buffer }, { transformDocument: take, includeEmbeddedStyleMap: false })
    .catch(() => {
      throw notWord()
    })
  return document ?? fail()
}

const fail = (): never => {
  throw notWord()
}

const wrappers = /<\/?(?:\w+:)?(?:fldSimple|bdo|dir|ruby|rubyBase)(?:\s[^<>]*)?>/g
const readings = /<((?:\w+:)?)(rt|rubyPr)(?:\s[^<>]*)?(?:\/>|>[\s\S]*?<\/\1\2>)/g

const unwrap = (xml: string): string => xml.replace(readings, '').replace(wrappers, '')

const inUtf8 = (xml: string): string => xml.replace(/^\uFEFF?\s*<\?xml[^>]*\?>/, '')

const spelling = { chinese, text: markNumber }
