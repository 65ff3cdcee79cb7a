// Our own format: every kind of item, nothing lost. {"format":"lianxue-items","version":1,"items":[…]}
import { Document, isNode, isSeq, visit } from 'yaml'
import { z } from 'astro/zod'
import { asWritten, type BankFile } from '#assessment/bank/bank-file.ts'
import { fault, type Found } from '#assessment/exchange/found.ts'
import { readYaml } from '#course/read-yaml.ts'
import type { Item } from '#quiz/question.ts'
import { UnreadableFile } from '#sheet/limits.ts'

const format = 'lianxue-items'

/** Items as they are stored. */
export const writeJson = (items: readonly Item[]): string =>
  `${JSON.stringify({ format, version: 1, items }, null, 1)}\n`

/** Characters that a file of content/ may not hold as they are (src/course/limits.ts). */
const unseen =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u202A-\u202E\u2066-\u2069\uFFFD-\uFFFF]|\p{Cs}/gu

/** YAML in which nothing is unseen; a blank line before each item of a list on top. */
function yamlOf(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false })
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && node.value.search(unseen) >= 0) node.type = 'QUOTE_DOUBLE'
    },
  })
  const items = document.get('items', true)
  if (isSeq(items)) for (const item of items.items.slice(1)) if (isNode(item)) item.spaceBefore = true
  return document
    .toString({ lineWidth: 0 })
    .replace(unseen, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** A file for content/items/<indicator>/. */
export const writeBankFile = ({ items, ...about }: BankFile): string =>
  yamlOf({ ...about, items: items.map(asWritten) })

/** @throws UnreadableFile if it is no JSON of ours. */
export function readJson(text: string): Found[] {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw new UnreadableFile('这不是完整的JSON。', '请重新导出一次，原样上传。')
  }
  const file = z.looseObject({ format: z.literal(format), version: z.number(), items: z.array(z.unknown()) })
  const read = file.safeParse(value)
  if (!read.success)
    throw new UnreadableFile('这个JSON不是本平台导出的题目。', '其他平台的题请用QTI 3、Excel或Word。')
  if (read.data.version !== 1)
    throw new UnreadableFile('这个文件是更新的版本导出的。', '请先升级本平台，或在那边用QTI 3导出。')
  return read.data.items.map(foundOf)
}

/** A bank file, a list of items, or one item. @throws UnreadableFile with line and column. */
export function readYamlItems(text: string): Found[] {
  const read = readYaml<unknown>(text.replace(/^\uFEFF/, ''), z.unknown(), '')
  if (read.type === 'refused') {
    const [problem] = read.problems
    throw new UnreadableFile(
      `第${problem?.line ?? 1}行第${problem?.column ?? 1}列：${problem?.message ?? ''}`,
      problem?.mend ?? '',
    )
  }
  const { value } = read
  const items = Array.isArray(value)
    ? value
    : isRecord(value) && Array.isArray(value['items'])
      ? value['items']
      : [value]
  return items.map(foundOf)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function foundOf(value: unknown, i: number): Found {
  const place = `第${i + 1}题`
  const draft = isRecord(value) ? value : {}
  const faults = isRecord(value) ? [] : [fault('这里不是一道题。', '写成一组“名称: 值”。')]
  return {
    type: 'item',
    place,
    draft,
    faults,
    written: { as: 'yaml', text: yamlOf(value) },
  }
}
