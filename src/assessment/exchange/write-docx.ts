// Lines as a Word document (ECMA-376), a paragraph each: as little as Word and WPS need.
import { strToU8, zipSync } from 'fflate'
import { xmlEscape } from '#assessment/exchange/xml.ts'

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006'
const main = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml'

const frame = {
  '[Content_Types].xml': `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${type}.document.main+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`,
}

/** The lines must hold no characters that XML has not. */
export function writeDocx(lines: readonly string[]): Uint8Array {
  const paragraphs = lines.map((line) =>
    line === '' ? '<w:p/>' : `<w:p><w:r><w:t xml:space="preserve">${xmlEscape(line)}</w:t></w:r></w:p>`,
  )
  const document = `<w:document xmlns:w="${main}"><w:body>${paragraphs.join('')}</w:body></w:document>`
  const parts = { ...frame, 'word/document.xml': document }
  return zipSync(
    Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(head + xml)])),
    // Always the same bytes for the same items.
    { level: 6, mtime: '1980-01-01T00:00:00' },
  )
}
