// Word documents with the structure that Word itself writes, for tests, journeys and the bench.
import { strToU8, zipSync } from 'fflate'
import sharp from 'sharp'

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006'
const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml'
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** Namespaces that a document of Word declares. */
export const namespaces = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  `xmlns:r="${office}"`,
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"',
  'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"',
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
  'xmlns:o="urn:schemas-microsoft-com:office:office"',
].join(' ')

export const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** A run. @param look what stands in its properties: `<w:b/>`. */
export const run = (text: string, look = '') =>
  `<w:r>${look && `<w:rPr>${look}</w:rPr>`}<w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`

/** A paragraph; a text that is no XML becomes a run. @param look what stands in its properties. */
export const paragraph = (content: string, look = '') =>
  `<w:p>${look && `<w:pPr>${look}</w:pPr>`}${content.startsWith('<w:') || content.startsWith('<mc:') ? content : run(content)}</w:p>`

/** Ids of styles as Chinese Word writes them: 1 is the first heading, a the plain paragraph. */
export const heading = (level: number, content: string) => paragraph(content, `<w:pStyle w:val="${level}"/>`)
export const titled = (content: string) => paragraph(content, '<w:pStyle w:val="ac"/>')

/** A paragraph of a list. @param list 1 bullets, 2 and 3 numbers, 4 第一条, 5 （一）. */
export const item = (content: string, list: number, level = 0) =>
  paragraph(content, `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr>`)

/** A table of cells; what is no XML becomes a paragraph. */
export const table = (rows: readonly (readonly string[])[]) =>
  `<w:tbl><w:tblPr><w:tblStyle w:val="ad"/></w:tblPr><w:tblGrid/>${rows
    .map((cells) => `<w:tr>${cells.map((content) => cell(content)).join('')}</w:tr>`)
    .join('')}</w:tbl>`

/** A cell. @param look `<w:gridSpan w:val="2"/>` or `<w:vMerge/>`. */
export const cell = (content: string, look = '') =>
  content.startsWith('<w:tc>')
    ? content
    : `<w:tc><w:tcPr>${look}</w:tcPr>${content.startsWith('<w:') ? content : paragraph(content)}</w:tc>`

export const noteReference = (id: number, kind: 'footnote' | 'endnote' = 'footnote') =>
  `<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:${kind}Reference w:id="${id}"/></w:r>`

/** A picture in a run. @param part what it is called below word/media. */
export const drawing = (part: string, alt: string | null) =>
  `<w:r><w:drawing><wp:inline><wp:extent cx="3000000" cy="2000000"/><wp:docPr id="1" name="图片 1"${
    alt === null ? '' : ` descr="${escapeXml(alt)}"`
  }/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill><a:blip r:embed="${imageId(part)}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`

const imageId = (part: string) => `rIdImage${part.replace(/\W/g, '_')}`

/** A link in a paragraph, by a relation that `wordFile` is given. */
export const link = (relation: string, text: string) =>
  `<w:hyperlink r:id="${relation}">${run(text)}</w:hyperlink>`

const style = (id: string, name: string, kind = 'paragraph', more = '') =>
  `<w:style w:type="${kind}" w:styleId="${id}"><w:name w:val="${name}"/>${more}</w:style>`

const styles = `<w:styles ${namespaces}>${[
  style('a', 'Normal'),
  ...Array.from({ length: 6 }, (_, at) =>
    style(
      String(at + 1),
      `heading ${at + 1}`,
      'paragraph',
      `<w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="${at}"/></w:pPr>`,
    ),
  ),
  style('ab', '一级标题', 'paragraph', '<w:basedOn w:val="1"/>'),
  style('ac', 'Title', 'paragraph', '<w:basedOn w:val="a"/>'),
  style('ad', 'Table Grid', 'table'),
  style('ae', 'Quote', 'paragraph', '<w:basedOn w:val="a"/>'),
  style('TOC1', 'toc 1', 'paragraph', '<w:basedOn w:val="a"/>'),
].join('')}</w:styles>`

const level = (at: number, format: string, text: string) =>
  `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`
const levels = (format: string, text: (at: number) => string) =>
  Array.from({ length: 9 }, (_, at) => level(at, format, text(at))).join('')

const numbering = `<w:numbering ${namespaces}>${[
  `<w:abstractNum w:abstractNumId="0">${levels('bullet', () => '')}</w:abstractNum>`,
  `<w:abstractNum w:abstractNumId="1">${levels('decimal', (at) => `%${at + 1}.`)}</w:abstractNum>`,
  `<w:abstractNum w:abstractNumId="2">${levels('chineseCounting', () => '第%1条')}</w:abstractNum>`,
  `<w:abstractNum w:abstractNumId="3">${levels('chineseCounting', () => '（%1）')}</w:abstractNum>`,
  '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
  '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>',
  '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>',
  '<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>',
  '<w:num w:numId="5"><w:abstractNumId w:val="3"/></w:num>',
].join('')}</w:numbering>`

export type WordParts = {
  /** Blocks of the document. */
  body: readonly string[]
  /** Footnotes by id: text, or paragraphs. */
  footnotes?: Record<number, string>
  endnotes?: Record<number, string>
  comments?: Record<number, string>
  /** Pictures by what they are called below word/media. */
  media?: Record<string, Uint8Array>
  /** Addresses by the relation that a link names. */
  links?: Record<string, string>
  /** Parts as they are, in place of those that are made or beside them. */
  parts?: Record<string, string | Uint8Array>
}

const noteParts = (kind: string, notes: Record<number, string> = {}) =>
  Object.entries(notes).map(
    ([id, words]) =>
      `<w:${kind} w:id="${id}">${words.startsWith('<w:p>') ? words : paragraph(words)}</w:${kind}>`,
  )

const relation = (id: string, kind: string, target: string, outside = false) =>
  `<Relationship Id="${id}" Type="${office}/${kind}" Target="${escapeXml(target)}"${outside ? ' TargetMode="External"' : ''}/>`

/** The bytes of a document. */
export function wordFile({
  body,
  footnotes,
  endnotes,
  comments,
  media = {},
  links = {},
  parts,
}: WordParts): Uint8Array {
  const relations = [
    ...['styles', 'numbering', 'footnotes', 'endnotes', 'comments'].map((name) =>
      relation(`rId_${name}`, name, `${name}.xml`),
    ),
    ...Object.keys(media).map((name) => relation(imageId(name), 'image', `media/${name}`)),
    ...Object.entries(links).map(([id, address]) => relation(id, 'hyperlink', address, true)),
  ]
  const separator = (kind: string) =>
    `<w:${kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:${kind}>`
  const texts: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/><Default Extension="emf" ContentType="image/x-emf"/><Override PartName="/word/document.xml" ContentType="${type}.document.main+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `<w:document ${namespaces}><w:body>${body.join('')}<w:sectPr/></w:body></w:document>`,
    'word/styles.xml': styles,
    'word/numbering.xml': numbering,
    'word/footnotes.xml': `<w:footnotes ${namespaces}>${separator('footnote')}${noteParts('footnote', footnotes).join('')}</w:footnotes>`,
    'word/endnotes.xml': `<w:endnotes ${namespaces}>${separator('endnote')}${noteParts('endnote', endnotes).join('')}</w:endnotes>`,
    'word/comments.xml': `<w:comments ${namespaces}>${noteParts('comment', comments).join('').replaceAll('<w:comment ', '<w:comment w:author="老王" ')}</w:comments>`,
    'word/_rels/document.xml.rels': `<Relationships xmlns="${packaged}/relationships">${relations.join('')}</Relationships>`,
  }
  const made = Object.entries(texts).map(([name, xml]) => [name, strToU8(head + xml)] as const)
  const pictures = Object.entries(media).map(([name, bytes]) => [`word/media/${name}`, bytes] as const)
  const own = Object.entries(parts ?? {}).map(
    ([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part] as const,
  )
  return zipSync(Object.fromEntries([...made, ...pictures, ...own]), {
    level: 6,
    mtime: '2026-01-01T00:00:00',
  })
}

/** A picture of one colour; each colour is another picture. */
export const png = (red: number, size = 640): Promise<Buffer> =>
  sharp({
    create: {
      width: size,
      height: Math.round(size / 1.5),
      channels: 3,
      background: { r: red, g: 90, b: 60 },
    },
  })
    .png()
    .toBuffer()

const phrases = [
  '办事要讲规矩，账目要经得起看。',
  '开会之前先把议题告诉大家，会后把结果写在公告栏里。',
  '经手的人不能一个人说了算，要有另一个人核对。',
  '票据当天贴好，写清楚时间、事由和经办人。',
  '有不同意见可以当面说，也可以写下来交给监督委员会。',
  '群众来问，要说得清这笔钱从哪里来、用到哪里去。',
]

/**
 * A long document such as training papers are: a page has 600 Chinese letters; for 30 pages 20 headings, 5 tables, 6
 * pictures and 20 footnotes.
 */
export async function makeWordFile({ pages = 30 }: { pages?: number } = {}): Promise<Uint8Array> {
  const share = (of30: number) => Math.max(1, Math.round((of30 * pages) / 30))
  const [sections, tables, pictures, notes] = [share(20), share(5), share(6), share(20)]
  const media = Object.fromEntries(
    await Promise.all(
      Array.from({ length: pictures }, async (_, at) => [`image${at + 1}.png`, await png(at * 30)] as const),
    ),
  )
  // Each word of a section is its own run here and there, as Word leaves them after editing.
  const words = (length: number, seed: number) => {
    let text = ''
    for (let at = seed; text.length < length; at++) text += phrases[at % phrases.length]
    return text
  }
  const each = Math.ceil((pages * 600) / sections / 5)
  const body = [titled('村级事务公开怎样做')]
  for (let at = 0; at < sections; at++) {
    body.push(heading(at % 4 === 0 ? 1 : 2, `第${at + 1}部分 怎样把事情做在明处`))
    for (let part = 0; part < 5; part++) {
      const text = words(each, at + part)
      const note = part === 0 && at < notes ? noteReference(at + 1) : ''
      body.push(
        paragraph(
          `${run(text.slice(0, 40))}${run(text.slice(40, 60), '<w:b/>')}${run(text.slice(60))}${note}`,
        ),
      )
    }
    body.push(item('先登记', 2), item('再核对', 2), item('两人在场', 1, 1), item('后公开', 2))
    if (at < tables)
      body.push(
        table([
          ['事项', '时限', '经办人'],
          ...Array.from({ length: 6 }, (_, row) => [`第${row + 1}项`, `${row + 3}天`, '村会计']),
        ]),
      )
    if (at < pictures)
      body.push(paragraph(drawing(`image${at + 1}.png`, `公告栏前站着${at + 2}位村民，正在看账目`)))
  }
  const footnotes = Object.fromEntries(
    Array.from({ length: notes }, (_, at) => [at + 1, `见培训讲义第${at + 1}页。`]),
  )
  return wordFile({ body, media, footnotes })
}

/** The title of `makeLesson`. */
export const lessonTitle = '会议室怎样借用'

/** A short lesson as a trainer sends it: title, three headings, lists, a table, a picture, a footnote, a link. */
export async function makeLesson(): Promise<Uint8Array> {
  return wordFile({
    body: [
      titled(lessonTitle),
      paragraph('　　村里的会议室大家都能用，借用要登记，钥匙要交接。'),
      heading(1, '借用之前'),
      paragraph(
        `${run('借用人到服务台')}${run('登记', '<w:b/>')}${run('，写清日期和用途。')}${noteReference(1)}`,
      ),
      item('看会议室是否空着', 2),
      item('填写登记表', 2),
      item('写清人数', 1, 1),
      item('领取钥匙', 2),
      heading(1, '借用时间'),
      table([
        ['时段', '谁可以借'],
        ['上午', '村民小组'],
        ['下午', '党员和群众'],
      ]),
      paragraph(drawing('image1.png', '会议室门口的公告栏，贴着一张登记表')),
      heading(1, '归还之后'),
      paragraph(`${run('关好门窗，把钥匙交回服务台，详见')}${link('rIdSite', '登记说明')}${run('。')}`),
      paragraph('用完不登记的，下次先补登记。', '<w:pStyle w:val="ae"/>'),
    ],
    footnotes: { 1: '登记表由服务台保管，每月底清点一次。' },
    media: { 'image1.png': await png(120) },
    links: { rIdSite: 'https://example.com/register' },
  })
}
