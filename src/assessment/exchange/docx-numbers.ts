// Numbers that Word counts by itself (1. 2. A. B. 一、) stand in no paragraph, and are lost when only its words are read.
// Here they are counted as Word does (ECMA-376 part 1, 17.9) and written into the paragraphs.
import { parseXml, type Xml } from '#assessment/exchange/xml.ts'
import { chineseNumber } from '#assessment/exchange/words.ts'

type Level = { format: string; text: string; start: number }
type List = { levels: Map<number, Level>; abstract: string; restart: Map<number, number> }

/** Where a number belongs in the text of word/document.xml. */
type Mark = { at: number; prefix: string; number: string }

const attribute = (node: Xml | undefined, name: string) => node?.attributes[name]
const child = (node: Xml | undefined, name: string) => node?.children.find((one) => one.name === name)
const valueOf = (node: Xml | undefined, name: string) => attribute(child(node, name), 'val')

/** Lists by their id (w:num). */
function listsIn(numbering: Xml | null): Map<string, List> {
  const abstracts = new Map(
    (numbering?.children ?? [])
      .filter(({ name }) => name === 'abstractNum')
      .map((one) => [attribute(one, 'abstractNumId') ?? '', levelsOf(one)] as const),
  )
  const nums = (numbering?.children ?? []).filter(({ name }) => name === 'num')
  return new Map(
    nums.map((num) => {
      const abstract = valueOf(num, 'abstractNumId') ?? ''
      const overrides = num.children.filter(({ name }) => name === 'lvlOverride')
      const restart = overrides.flatMap((one) => {
        const start = valueOf(one, 'startOverride')
        return start === undefined ? [] : [[Number(attribute(one, 'ilvl')), Number(start)] as const]
      })
      const levels = abstracts.get(abstract) ?? new Map<number, Level>()
      return [attribute(num, 'numId') ?? '', { levels, abstract, restart: new Map(restart) }]
    }),
  )
}

const levelsOf = (abstract: Xml) =>
  new Map(
    abstract.children
      .filter(({ name }) => name === 'lvl')
      .map((one): [number, Level] => [
        Number(attribute(one, 'ilvl')),
        {
          format: valueOf(one, 'numFmt') ?? 'decimal',
          text: valueOf(one, 'lvlText') ?? '',
          start: Number(valueOf(one, 'start') ?? 1),
        },
      ]),
  )

/** Lists of paragraph styles that number by themselves. */
function listsOfStyles(styles: Xml | null): Map<string, { list: string; level: number }> {
  const found = (styles?.children ?? []).flatMap((style) => {
    const number = child(child(style, 'pPr'), 'numPr')
    const list = valueOf(number, 'numId')
    const id = attribute(style, 'styleId')
    return list && id ? [[id, { list, level: Number(valueOf(number, 'ilvl') ?? 0) }] as const] : []
  })
  return new Map(found)
}

/** Counts on. One number is begun anew when a number of a higher level was counted. */
class Counter {
  private readonly counts = new Map<string, number[]>()
  private readonly begun = new Set<string>()
  private readonly lists: Map<string, List>
  private readonly chinese: Spelling['chinese']

  constructor(lists: Map<string, List>, chinese: Spelling['chinese']) {
    this.lists = lists
    this.chinese = chinese
  }

  /** The next number of a list as it is printed; empty for bullets and lists that are not there. */
  next(id: string, level: number): string {
    const list = this.lists.get(id)
    const own = list?.levels.get(level)
    if (!list || !own || level > 8) return ''
    const counts = this.counts.get(list.abstract) ?? []
    this.counts.set(list.abstract, counts)
    const restart = list.restart.get(level)
    if (restart !== undefined && !this.begun.has(`${id} ${level}`)) counts[level] = restart - 1
    this.begun.add(`${id} ${level}`)
    counts[level] = (counts[level] ?? own.start - 1) + 1
    counts.length = level + 1
    if (own.format === 'bullet' || own.format === 'none') return ''
    return own.text.replace(/%([1-9])/g, (_, place: string) => {
      const at = Number(place) - 1
      const shape = list.levels.get(at)
      return shape ? printed(counts[at] ?? shape.start, shape.format, this.chinese) : ''
    })
  }
}

function printed(count: number, format: string, chinese: Spelling['chinese']): string {
  if (format === 'upperLetter') return String.fromCharCode(65 + ((count - 1) % 26))
  if (format === 'lowerLetter') return String.fromCharCode(97 + ((count - 1) % 26))
  if (/chinese|japanese|ideograph(?!Enclosed)|taiwanese/i.test(format)) return chinese(count)
  if (/enclosed/i.test(format) && count <= 20) return String.fromCharCode(0x245f + count)
  return String(count)
}

/** How a Chinese number is written, and what a number looks like as a text of its own before the words. */
export type Spelling = { chinese: (count: number) => string; text: (number: string) => string }

const questions: Spelling = { chinese: chineseNumber, text: (number) => `${number} ` }

/**
 * word/document.xml with the numbers in its paragraphs.
 * @param numbering word/numbering.xml, @param styles word/styles.xml, where there are any.
 */
export function withNumbers(
  document: string,
  numbering: string | null,
  styles: string | null,
  spelling = questions,
): string {
  const root = parseXml(document)
  const lists = listsIn(numbering === null ? null : parseXml(numbering))
  const byStyle = listsOfStyles(styles === null ? null : parseXml(styles))
  const counter = new Counter(lists, spelling.chinese)
  const marks: Mark[] = []
  const visit = (node: Xml) => {
    if (node.name === 'p') {
      const properties = child(node, 'pPr')
      const own = child(properties, 'numPr')
      const style = byStyle.get(valueOf(properties, 'pStyle') ?? '')
      const list = valueOf(own, 'numId') ?? style?.list
      const level = Number(valueOf(own, 'ilvl') ?? style?.level ?? 0)
      const number = list === undefined || list === '0' ? '' : counter.next(list, level)
      if (number !== '' && properties) marks.push({ at: properties.end, prefix: node.prefix, number })
    }
    for (const one of node.children) visit(one)
  }
  visit(root)
  return insert(document, marks, spelling)
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

function insert(document: string, marks: readonly Mark[], spelling: Spelling): string {
  let [from, text] = [0, '']
  for (const { at, prefix, number } of marks) {
    const tag = (name: string) => (prefix === '' ? name : `${prefix}:${name}`)
    const run = `<${tag('r')}><${tag('t')} xml:space="preserve">${escape(spelling.text(number))}</${tag('t')}></${tag('r')}>`
    text += document.slice(from, at) + run
    from = at
  }
  return text + document.slice(from)
}
