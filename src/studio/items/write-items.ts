// items.yaml and the list of items, both ways. What was not changed keeps its bytes, comments and blank lines included.
// The editor's page does this itself, so nothing here needs the server.
import { Document, isMap, isScalar, isSeq, parseDocument, visit, type Scalar, type YAMLMap } from 'yaml'
import type { WrittenItem } from '#quiz/writing/fields.ts'
import { isSame } from '#quiz/writing/to-item.ts'

/** An item with its lines: what stands before it (blank lines, comments), and its own. */
type Chunk = { lead: string; body: string; item: WrittenItem; map: YAMLMap; start: number; end: number }
type Opened = { head: string; chunks: Chunk[]; tail: string; indent: string }

/** The items as they are written, finished or not; null if the file can only be mended in the source. */
export function readItems(source: string | null): WrittenItem[] | null {
  return open(source ?? '')?.chunks.map(({ item }) => item) ?? null
}

/**
 * The file with these items in this order; null if none is left.
 * @throws Error for a source that `readItems` cannot read.
 */
export function writeItems(source: string | null, items: readonly WrittenItem[]): string | null {
  if (items.length === 0) return null
  const opened = open(source ?? '')
  if (!opened) throw new Error('What cannot be read cannot be written anew.')
  const { head, tail, indent } = opened
  const left = [...opened.chunks]
  const written = items.map((item, i) => {
    const at = left.findIndex((chunk) => chunk.item.id === item.id)
    const [chunk] = at < 0 ? [] : left.splice(at, 1)
    const lead = i === 0 ? '' : chunk?.lead || '\n'
    if (!chunk) return lead + fresh(item, indent)
    return lead + (isSame(chunk.item, item) ? chunk.body : rewritten(chunk, item, indent))
  })
  return head + written.map((text) => (text.endsWith('\n') ? text : `${text}\n`)).join('') + tail
}

/** Something that was found wrong, by line of the file, as src/course/problem.ts has it. */
type Found = { file: string; line: number; message: string; mend: string }

/** What is wrong with an item; `field` as the file calls it, null if it is no single one. */
export type ItemProblem = { item: string | null; field: string | null; message: string; mend: string }

/**
 * Whose problems they are.
 * @param file what problems call the items' file; those of other files count where they name an item.
 */
export function problemsOfItems(
  source: string | null,
  problems: readonly Found[],
  file = '检查题',
): ItemProblem[] {
  const chunks = open(source ?? '')?.chunks ?? []
  return problems.flatMap(({ file: where, line, message, mend }) => {
    if (where !== file) {
      const named = chunks.find(({ item }) => message.split(/[^a-z0-9-]/).includes(item.id))
      return named ? [{ item: named.item.id, field: null, message, mend }] : []
    }
    const offset = offsetOf(source ?? '', line)
    const chunk = chunks.find(({ start, end }) => start <= offset && offset < end)
    return [{ item: chunk?.item.id ?? null, field: chunk ? fieldAt(chunk, offset) : null, message, mend }]
  })
}

/** Whether it says that no block of the text shows the item. */
export const isUnplaced = ({ field, message }: ItemProblem) =>
  field === null && message.endsWith('没有放进课文。')

/** Offset of the last character of a line. */
function offsetOf(source: string, line: number): number {
  const before = source.split('\n').slice(0, line).join('\n').length
  return Math.max(0, before - 1)
}

function fieldAt({ map }: Chunk, offset: number): string | null {
  const before = map.items.filter(({ key }) => isScalar(key) && (key.range?.[0] ?? 0) <= offset)
  const last = before.at(-1)?.key
  return isScalar(last) ? String(last.value) : null
}

const reading = { version: '1.2', merge: false, stringKeys: true } as const

function open(source: string): Opened | null {
  const document = parseDocument(source, reading)
  if (document.errors.length > 0) return null
  const list = document.contents
  if (list === null || (isScalar(list) && list.value === null))
    return { head: source.trim() === '' ? '' : source, chunks: [], tail: '', indent: '' }
  if (!isSeq(list)) return null
  if (list.items.length === 0) return { head: '', chunks: [], tail: '', indent: '' }
  const read = list.items.map((node) => (isMap(node) ? { node, item: itemIn(node, document) } : null))
  const found = read.flatMap((one) => (one?.item ? [{ node: one.node, item: one.item }] : []))
  if (found.length < read.length || list.flow) return null
  return cut(source, found)
}

function itemIn(node: YAMLMap, document: Document): WrittenItem | null {
  try {
    // Aliases are refused at the door; here they must not blow up.
    const value = node.toJS(document, { maxAliasCount: 0 }) as Record<string, unknown>
    const { id, kind } = value
    return typeof id === 'string' && typeof kind === 'string' ? { ...value, id, kind } : null
  } catch {
    return null
  }
}

function cut(source: string, found: readonly { node: YAMLMap; item: WrittenItem }[]): Opened | null {
  const starts = found.map(({ node }) => source.lastIndexOf('\n', (node.range?.[0] ?? 0) - 1) + 1)
  // Two items on one line, or a dash that stands alone above its item.
  if (starts.some((start, i) => start === starts[i - 1] || !/^ *- /.test(source.slice(start)))) return null
  const indent = /^ */.exec(source.slice(starts[0]))?.[0] ?? ''
  // Lines between two items that are blank or comments no deeper than the dash.
  const gap = new RegExp(`(?:^[ \\t]*\\n|^ {0,${indent.length}}#.*(?:\\n|$))+$`, 'm')
  const pieces = starts.map((start, i) => source.slice(start, starts[i + 1]))
  const gaps = pieces.map((piece) => endGap(piece, gap))
  const chunks = found.map(({ node: map, item }, i) => ({
    ...{ map, item, start: starts[i] ?? 0, end: starts[i + 1] ?? source.length },
    lead: gaps[i - 1] ?? '',
    body: (pieces[i] ?? '').slice(0, (pieces[i] ?? '').length - (gaps[i] ?? '').length),
  }))
  return { head: source.slice(0, starts[0]), chunks, tail: gaps.at(-1) ?? '', indent }
}

function endGap(piece: string, gap: RegExp): string {
  const lines = piece.split(/(?<=\n)/)
  let first = lines.length
  while (first > 1 && gap.test(lines[first - 1] ?? '')) first--
  return lines.slice(first).join('')
}

const style = { lineWidth: 0, flowCollectionPadding: false } as const

/** Blank lines at the end of a text would be taken for the gap between two items. */
function quoteOpenEnds(_key: unknown, node: Scalar) {
  if (typeof node.value === 'string' && node.value.endsWith('\n')) node.type = 'QUOTE_DOUBLE'
}

/** A new item: block style, lists of ids on one line. */
function fresh(item: WrittenItem, indent: string): string {
  const document = new Document([item], { aliasDuplicateObjects: false })
  visit(document, {
    Pair: (_, { key, value }) => {
      if (isScalar(key) && key.value === 'key' && isSeq(value)) value.flow = true
    },
    Scalar: quoteOpenEnds,
  })
  return indented(document.toString(style), indent)
}

/** Only the fields that changed are written anew; a question of another kind is. */
function rewritten({ body, item: before }: Chunk, item: WrittenItem, indent: string): string {
  if (before.kind !== item.kind) return fresh(item, indent)
  const document = parseDocument(body, reading)
  for (const field of Object.keys(before)) if (item[field] === undefined) document.deleteIn([0, field])
  for (const [field, value] of Object.entries(item)) {
    if (value === undefined || isSame(before[field], value)) continue
    const node = document.createNode(value, { aliasDuplicateObjects: false })
    if (field === 'key' && isSeq(node)) node.flow = true
    visit(node, { Scalar: quoteOpenEnds })
    document.setIn([0, field], node)
  }
  return indented(document.toString(style), indent)
}

const indented = (text: string, indent: string) =>
  indent === ''
    ? text
    : text.replace(/^ *(?=\S)/gm, (blanks) => (blanks.length === 0 ? indent : indent + blanks))
