// What stands in the XML of a document and never arrives: seen here, so that it can be told.
import { allXml, findXml, wordsOf, type Xml } from '#assessment/exchange/xml.ts'
import { excerpt, type Losses } from '#studio/word/losses.ts'
import type { Notes } from '#studio/word/notes.ts'

/** A paragraph of the document with the words that must arrive. */
export type SeenParagraph = {
  text: string
  /** The same words run by run: between runs something may have come. */
  runs: string[]
  /** Whether it stands in a text box. */
  boxed: boolean
}

type Sight = { lost: Losses; notes: Notes; where: string; seen: SeenParagraph[]; boxed: boolean }

/** Tells what cannot be kept, and returns all paragraphs whose words must have arrived. */
export function tellUnread(bodies: readonly Xml[], notes: Notes, lost: Losses): SeenParagraph[] {
  const seen: SeenParagraph[] = []
  lost.begin()
  for (const body of bodies) look(body, { lost, notes, where: '文档开头', seen, boxed: false })
  if (bodies.some(looksSet))
    lost.add(
      '颜色、字体、字号、下划线等样子',
      '整份文档',
      '不用补：课文的样子由平台统一，长辈版和深色也才看得清。要强调的字请用加粗。',
    )
  return seen
}

/** Headers and footers that say more than a number of the page. */
export function tellEdges(edges: readonly Xml[], lost: Losses) {
  for (const text of new Set(edges.map((edge) => wordsIn(edge).trim())))
    if (/\p{L}{2}/u.test(text.replace(/第|页|共|page|of/gi, '')))
      lost.add('页眉页脚', '每一页的上下边', '不用补；要紧的话请写进正文。', `页眉页脚“${excerpt(text)}”`)
}

function look(node: Xml, sight: Sight) {
  // A note whose reference was struck out went with it.
  const isNote = node.name === 'footnote' || node.name === 'endnote'
  if (isNote && !sight.notes.isKnown(node.name, node.attributes['id'] ?? '')) return
  if (node.name === 'AlternateContent') {
    const choice = node.children.find(({ name }) => name === 'Choice') ?? node.children[0]
    if (choice) look(choice, sight)
    return
  }
  if (node.name === 'p' && !isDrawn(node)) {
    const text = wordsIn(node)
    if (text.trim() !== '' && !isContents(node))
      sight.seen.push({ text, runs: runsIn(node), boxed: sight.boxed })
    const where = sight.lost.where(text)
    tellParagraph(node, { ...sight, where })
    for (const child of node.children) look(child, { ...sight, where })
    return
  }
  tellNode(node, sight)
  // What is boxed are paragraphs of their own.
  const boxed = sight.boxed || node.name === 'txbxContent'
  for (const child of node.children) look(child, { ...sight, boxed })
}

/** A paragraph of a drawing, in a namespace of its own. */
const isDrawn = ({ uri }: Xml) => /drawingml/.test(uri)

const isContents = (paragraph: Xml) => /^toc\s*\d/i.test(styleOf(paragraph))

const styleOf = (paragraph: Xml) =>
  paragraph.children.find(({ name }) => name === 'pPr')?.children.find(({ name }) => name === 'pStyle')
    ?.attributes['val'] ?? ''

const hidden = new Set([
  'del',
  'moveFrom',
  'Fallback',
  'txbxContent',
  'rt',
  'pPr',
  'rPr',
  'oMath',
  'drawing',
  'pict',
])

/** The words of a paragraph as they stand once all changes are accepted, without those of boxes in it. */
const wordsIn = (node: Xml): string => runsIn(node).join('')

function runsIn(node: Xml): string[] {
  if (node.name === 't') return [wordsOf(node)]
  if (node.name === 'tab' || node.name === 'br') return [' ']
  return node.children.flatMap((child) => (hidden.has(child.name) ? [] : runsIn(child)))
}

function tellParagraph(paragraph: Xml, { lost, where }: Sight) {
  // Boxes in it hold paragraphs, which tell of themselves.
  const own = ownXml(paragraph)
  if (own.some(({ name }) => /^(?:ins|del|moveFrom|moveTo)$/.test(name)))
    lost.add('修订', where, '按“全部接受”导入了。有不同意的修订，请在Word里先拒绝，再导入。')
  if (own.some((node) => node.name === 'vanish' && isOn(node)))
    lost.add('隐藏文字', where, '隐藏的字现在看得见，不该给学员看的请删去。')
  if (own.some(({ name }) => name === 'ruby'))
    lost.add('注音', where, '字留下了，拼音没有带来；需要时写在括号里。')
  for (const instruction of fieldsIn(own)) tellField(instruction, { lost, where })
}

const isOn = ({ attributes }: Xml) => !/^(?:0|false)$/.test(attributes['val'] ?? '')

/** All elements of a paragraph that are not in a box. */
function ownXml(node: Xml): Xml[] {
  return node.children.flatMap((child) =>
    child.name === 'txbxContent' || child.name === 'Fallback' ? [] : [child, ...ownXml(child)],
  )
}

function fieldsIn(own: readonly Xml[]): string[] {
  const simple = own
    .filter(({ name }) => name === 'fldSimple')
    .map(({ attributes }) => attributes['instr'] ?? '')
  return [...simple, ...own.filter(({ name }) => name === 'instrText').map(wordsOf)]
}

const fields: [RegExp, string][] = [
  [/^SEQ$/, '图表的自动编号'],
  [/^(?:REF|NOTEREF|STYLEREF)$/, '交叉引用'],
  [/^(?:DATE|TIME|SAVEDATE|CREATEDATE|PRINTDATE)$/, '自动日期'],
  [/^(?:EQ|SYMBOL)$/, '域写成的公式'],
  [/^(?:MERGEFIELD|FORMTEXT|FORMDROPDOWN|FILLIN|DOCPROPERTY|CITATION|BIBLIOGRAPHY|INDEX|XE)$/, '域'],
]

function tellField(instruction: string, { lost, where }: Pick<Sight, 'lost' | 'where'>) {
  const [, name = ''] = /^\s*([A-Za-z]+)/.exec(instruction) ?? []
  const kind = fields.find(([shape]) => shape.test(name.toUpperCase()))?.[1]
  if (!kind) return
  const mend =
    kind === '域写成的公式'
      ? '公式没有带来。请用文字写出，或截成图片插入。'
      : '留下的是文档里最后显示的字，不再自动更新，请核对。'
  lost.add(kind, where, mend)
}

const drawings: [RegExp, string, string][] = [
  [/\/chart(?:ex)?$/, '图表', '请把数字做成表格，或截成图片插入，并写上说明。'],
  [/\/diagram$/, 'SmartArt 图形', '请用“流程”组件重做，或截成图片插入，并写上说明。'],
  [/wordprocessing(?:Group|Canvas)$/, '组合图形', '请截成图片插入，并写上说明。'],
]

/** @param sight where the paragraph around it is. */
function tellNode(node: Xml, { lost, where }: Sight) {
  const text = () => excerpt(wordsIn({ ...node, name: 'all' }))
  switch (node.name) {
    case 'txbxContent':
      return lost.add(
        '文本框',
        where,
        '它的字接在所在段落的后面，请看看次序对不对；要醒目，请用“提示”组件。',
        `文本框“${text()}”`,
      )
    case 'oMath':
      return lost.add(
        '公式',
        where,
        '请用文字写出，或截成图片插入，并写上说明。',
        `公式“${excerpt(wordsOf(node))}”`,
      )
    case 'OLEObject':
      return lost.add(
        '嵌入的对象',
        where,
        '把它另存为文件，作为附件上传；或截成图片插入。',
        `嵌入的对象（${node.attributes['ProgID'] ?? '未知'}）`,
      )
    case 'graphicData': {
      const address = node.attributes['uri'] ?? ''
      const found = drawings.find(([shape]) => shape.test(address))
      if (found) return lost.add(found[1], where, found[2])
      if (/wordprocessingShape$/.test(address) && !findXml(node, 'txbxContent'))
        lost.add('图形', where, '线条、箭头等图形没有带来；要紧的请截成图片插入。')
    }
  }
}

/** Whether anything was made to look different from its neighbours. */
function looksSet(body: Xml): boolean {
  const isLook = ({ name, attributes }: Xml) =>
    (name === 'color' && !/^(?:auto|000000)$/i.test(attributes['val'] ?? '')) ||
    ((name === 'u' || name === 'highlight' || name === 'em') && attributes['val'] !== 'none') ||
    name === 'rFonts' ||
    name === 'sz'
  return allXml(body, ({ name }) => name === 'r').some((run) =>
    run.children.some(({ name, children }) => name === 'rPr' && children.some(isLook)),
  )
}
