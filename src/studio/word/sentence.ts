// Words under their marks: from the runs of a paragraph to sentences of the tree.
import type { PhrasingContent } from 'mdast'
import { checkLink } from '#course/check-link.ts'
import { gather, spread, type Mark, type Run } from '#course/marks.ts'
import { cleanText, small } from '#studio/word/clean-text.ts'
import type { Losses } from '#studio/word/losses.ts'
import type { Notes } from '#studio/word/notes.ts'
import type { Pictures } from '#studio/word/pictures.ts'
import { linkTyped } from '#studio/word/typed-links.ts'
import { plainWords, type WordLink, type WordNode, type WordRun } from '#studio/word/word-model.ts'

/** What is gathered on the way through a document. */
export type Gathered = { lost: Losses; notes: Notes; pictures: Pictures; comment: (id: string) => string }

/** Characters after which a paragraph is ended at the next full stop, and where it is ended without one. */
const long = { soft: 1500, hard: 2500 }

/** All words of a paragraph under their marks, as they stand. */
export function runsOf(nodes: readonly WordNode[], gathered: Gathered): Run[] {
  const where = gathered.lost.where(plainWords(nodes))
  return nodes.flatMap((node) => runs(node, [], { ...gathered, where }))
}

type Way = Gathered & { where: string }

function runs(node: WordNode, marks: readonly Mark[], way: Way): Run[] {
  const inside = (nodes: readonly WordNode[], more = marks) => nodes.flatMap((one) => runs(one, more, way))
  switch (node.type) {
    case 'text':
      return words(node.value, marks)
    case 'tab':
      return words(' ', marks)
    case 'checkbox':
      return words(node.checked ? '☑' : '☐', marks)
    case 'break':
      return node.breakType === 'line' ? [{ leaf: { type: 'break' }, marks }] : []
    case 'run':
      return inside(node.children, [...marks, ...marksOf(node)]).map((run) => placed(run, node, way))
    case 'hyperlink':
      return link(node, marks, way)
    case 'image': {
      const picture = way.pictures.take(node, way)
      return picture ? [{ leaf: picture, marks: [] }] : []
    }
    case 'noteReference': {
      const label = way.notes.label(node)
      if (label !== null) return [{ leaf: { type: 'footnoteReference', identifier: label, label }, marks }]
      way.lost.add('脚注', way.where, '文档里找不到这条脚注的文字，请核对后补上。')
      return []
    }
    case 'commentReference':
      way.lost.add('批注', way.where, '批注不进课文；要紧的意见请先改进正文。', way.comment(node.commentId))
      return []
    case 'bookmarkStart':
      return []
    default:
      return inside(node.children)
  }
}

const words = (value: string, marks: readonly Mark[]): Run[] => {
  const text = cleanText(value)
  return text === '' ? [] : [{ leaf: { type: 'text', value: text }, marks }]
}

function marksOf({ isBold, isItalic, isStrikethrough, styleName }: WordRun): Mark[] {
  const style = styleName ?? ''
  return [
    ...(isBold || /^(?:strong|要点|intense emphasis|明显强调)$/i.test(style)
      ? [{ type: 'strong' } as const]
      : []),
    ...(isItalic || /^(?:emphasis|强调)$/i.test(style) ? [{ type: 'emphasis' } as const] : []),
    ...(isStrikethrough ? [{ type: 'delete' } as const] : []),
  ]
}

/** Small figures above and below the line. */
function placed(run: Run, { verticalAlignment: place }: WordRun, { lost, where }: Way): Run {
  const { leaf, marks } = run
  if (leaf.type !== 'text' || (place !== 'superscript' && place !== 'subscript')) return run
  const value = small(leaf.value, place)
  if (value !== null) return { leaf: { type: 'text', value }, marks }
  if (leaf.value.trim() !== '')
    lost.add(
      place === 'superscript' ? '上标' : '下标',
      where,
      `“${leaf.value.trim()}”成了平常的字，请看看意思变了没有。`,
    )
  return run
}

function link(node: WordLink, marks: readonly Mark[], way: Way): Run[] {
  const inside = (more: readonly Mark[]) => node.children.flatMap((one) => runs(one, more, way))
  const text = cleanText(plainWords(node.children)).trim()
  const address = (node.href ?? '').trim()
  if (/^mailto:/i.test(address)) {
    const mail = cleanText(decoded(address.replace(/^mailto:|\?.*$/gi, ''))).trim()
    if (mail === '' || mail.includes('`')) return inside(marks)
    const code: Run = { leaf: { type: 'inlineCode', value: mail }, marks: [] }
    return text === mail || text === ''
      ? [code]
      : [...inside(marks), ...words('（', []), code, ...words('）', [])]
  }
  if (node.href === undefined) {
    way.lost.add('文档里的内部链接', way.where, '文字留下了。要链接到某一课，请在编辑器里重新做。')
    return inside(marks)
  }
  const fault = /^https?:/i.test(address)
    ? checkLink(address)
    : { mend: '只能链接到 https:// 或 http:// 开头的网址；文字留下了。' }
  if (!fault) return inside([...marks, { type: 'link', url: address, title: null }])
  way.lost.add('链接', way.where, fault.mend, `链接“${text || '图片'}”→ ${address.slice(0, 60)}`)
  return inside(marks)
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address)
  } catch {
    return address
  }
}

/**
 * The sentences of a paragraph, trimmed, one for each paragraph that they become: an empty line within a paragraph parts
 * it, and so does a length that no line of a lesson may have.
 */
export const sentences = (runs: readonly Run[]): PhrasingContent[][] =>
  parted(runs)
    .map((part) => composed(part))
    .filter((sentence) => sentence.length > 0)

/** One sentence, its line breaks made spaces: for headings and cells. */
export const sentence = (runs: readonly Run[]): PhrasingContent[] => {
  const flat = runs.map((run): Run => (run.leaf.type === 'break' ? { ...run, leaf: space } : run))
  return composed(flat)
}

/** Gathered once so that an address typed in pieces is whole, and again when it is a link. */
const composed = (runs: readonly Run[]): PhrasingContent[] =>
  gather(spread(gather(settle(trim(runs)))).flatMap(linkTyped))

const space: PhrasingContent = { type: 'text', value: ' ' }

const isBlank = ({ leaf }: Run) => leaf.type === 'break' || (leaf.type === 'text' && leaf.value.trim() === '')

/** Every text as its words and the spaces at its ends, so that a mark never begins or ends with a space. */
const split = (runs: readonly Run[]): Run[] =>
  runs.flatMap((run): Run[] => {
    if (run.leaf.type !== 'text') return [run]
    const parts = /^(\s*)(.*?)(\s*)$/su.exec(run.leaf.value)?.slice(1) ?? []
    return parts.flatMap((value) =>
      value === '' ? [] : [{ leaf: { type: 'text', value }, marks: run.marks }],
    )
  })

function trim(runs: readonly Run[]): Run[] {
  const parts = split(runs)
  const from = parts.findIndex((run) => !isBlank(run))
  return from < 0 ? [] : parts.slice(from, parts.findLastIndex((run) => !isBlank(run)) + 1)
}

/** Spaces and breaks have the marks that both their neighbours have; no space stands beside another or beside a break. */
function settle(runs: readonly Run[]): Run[] {
  const said = (marks: readonly Mark[]) => marks.map((mark) => JSON.stringify(mark))
  const once = runs.filter((run, at) => {
    const [before, after] = [runs[at - 1], runs[at + 1]]
    const isSpace = isBlank(run) && run.leaf.type === 'text'
    const besideBreak = before?.leaf.type === 'break' || after?.leaf.type === 'break'
    return !isSpace || !(besideBreak || (before && isBlank(before)))
  })
  return once.map((run, at) => {
    if (!isBlank(run)) return run
    const before = once.slice(0, at).findLast((one) => !isBlank(one))?.marks ?? []
    const after = said(once.slice(at + 1).find((one) => !isBlank(one))?.marks ?? [])
    return { ...run, marks: before.filter((mark) => after.includes(JSON.stringify(mark))) }
  })
}

function parted(runs: readonly Run[]): Run[][] {
  const parts: Run[][] = [[]]
  let length = 0
  const part = () => {
    parts.push([])
    length = 0
  }
  for (const run of runs.flatMap(shortened)) {
    const last = parts.at(-1) ?? []
    if (run.leaf.type === 'break') {
      // Two in a row are an empty line.
      if (last.findLast((one) => !isSpaceText(one))?.leaf.type === 'break') part()
      else last.push(run)
      continue
    }
    const letters = run.leaf.type === 'text' ? run.leaf.value : ''
    if (length + letters.length > long.hard) part()
    parts.at(-1)?.push(run)
    length += letters.length
    if (length > long.soft && /[。！？；.!?][”’）」』]?\s*$/u.test(letters)) part()
  }
  return parts
}

const isSpaceText = (run: Run) => run.leaf.type === 'text' && isBlank(run)

/** A long text as several, each of them a few sentences or, without any, so many letters. */
function shortened(run: Run): Run[] {
  if (run.leaf.type !== 'text' || run.leaf.value.length <= long.soft) return [run]
  const pieces =
    run.leaf.value.match(/[^。！？；]{1,1000}[。！？；]*[”’）」』]*|[。！？；]+[”’）」』]*/gu) ?? []
  return pieces.map((value) => ({ leaf: { type: 'text', value }, marks: run.marks }))
}
