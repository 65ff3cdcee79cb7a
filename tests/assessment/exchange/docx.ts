// Word documents for the tests, as Word saves them: paragraphs with or without numbers that Word counts by itself.
import { strToU8, zipSync, type Zippable } from 'fflate'

const main = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006'

/** A paragraph; `list` and `level` where Word numbers it, `style` where its style does. */
export type Paragraph = string | { text: string; list?: number; level?: number; style?: string }

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

function paragraph(one: Paragraph): string {
  const { text, list, level = 0, style } = typeof one === 'string' ? { text: one } : one
  const number =
    list === undefined ? '' : `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr>`
  const named = style === undefined ? '' : `<w:pStyle w:val="${style}"/>`
  const properties = number || named ? `<w:pPr>${named}${number}</w:pPr>` : ''
  // Word cuts words into runs as it likes.
  const half = Math.ceil(text.length / 2)
  const runs = [text.slice(0, half), text.slice(half)].map(
    (part) => `<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">${escape(part)}</w:t></w:r>`,
  )
  return `<w:p>${properties}${runs.join('')}</w:p>`
}

/** A level: its format (decimal, upperLetter …) and its text (`%1.`). */
export type Level = [format: string, text: string]

/** Lists by id; `restart` begins the list of another anew. */
export type Lists = Record<number, { levels: Level[] } | { like: number; restart: number }>

function numbering(lists: Lists): string {
  const entries = Object.entries(lists)
  const abstracts = entries.map(([id, list]) =>
    'levels' in list
      ? `<w:abstractNum w:abstractNumId="${id}">${list.levels.map(([format, text], i) => `<w:lvl w:ilvl="${i}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`).join('')}</w:abstractNum>`
      : '',
  )
  const nums = entries.map(([id, list]) =>
    'levels' in list
      ? `<w:num w:numId="${id}"><w:abstractNumId w:val="${id}"/></w:num>`
      : `<w:num w:numId="${id}"><w:abstractNumId w:val="${list.like}"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="${list.restart}"/></w:lvlOverride></w:num>`,
  )
  return `<w:numbering xmlns:w="${main}">${abstracts.join('')}${nums.join('')}</w:numbering>`
}

/** @param more other parts of the file, or other contents of its parts. */
export function docx(paragraphs: Paragraph[], lists: Lists = {}, more: Zippable = {}): Buffer {
  const parts: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/numbering" Target="numbering.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'word/document.xml': `<w:document xmlns:w="${main}"><w:body>${paragraphs.map(paragraph).join('')}</w:body></w:document>`,
    'word/numbering.xml': numbering(lists),
    'word/styles.xml': `<w:styles xmlns:w="${main}"><w:style w:type="paragraph" w:styleId="Question"><w:name w:val="Question"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>`,
  }
  const files = Object.entries(parts).map(([name, text]) => [name, strToU8(text)] as const)
  return Buffer.from(zipSync({ ...Object.fromEntries(files), ...more }, { level: 9 }))
}
