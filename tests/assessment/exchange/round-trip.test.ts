import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FoundItem } from '#assessment/exchange/found.ts'
import { readJson, readYamlItems, writeBankFile, writeJson } from '#assessment/exchange/own-json.ts'
import { readDocx } from '#assessment/exchange/read-docx.ts'
import { readQti } from '#assessment/exchange/read-qti.ts'
import { readText } from '#assessment/exchange/read-text.ts'
import { readRows } from '#assessment/exchange/sheet-rows.ts'
import { writeDocx } from '#assessment/exchange/write-docx.ts'
import { whyNot, writeQti } from '#assessment/exchange/write-qti.ts'
import { itemWorkbook } from '#assessment/exchange/write-sheet.ts'
import { writePaper } from '#assessment/exchange/write-text.ts'
import type { Found } from '#assessment/exchange/found.ts'
import { lettered } from '#assessment/exchange/lettered.ts'
import { Item } from '#quiz/question.ts'
import { readSheet } from '#sheet/read-sheet.ts'
import { naughty } from '../../archive/naughty.ts'
import { anyItem } from '../../quiz/invented.ts'
import { samples } from '../../quiz/samples.ts'

const names = { indicator: (id: string) => `名（${id}）`, source: () => '题目（一）' }

/** Items as they were read; a fault is an error. */
function itemsIn(found: readonly Found[]): Item[] {
  return found.map((one) => {
    if (one.type !== 'item') throw new Error(`passed over: ${one.text}`)
    if (one.faults.length > 0) throw new Error(`${one.place} ${JSON.stringify(one.faults)}`)
    return Item.parse(one.draft)
  })
}

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}

/** Every format: what it can hold of some items, written and read again. */
const formats: Record<
  string,
  { holds: (item: Item) => boolean; turn: (items: Item[]) => Promise<Found[]> | Found[] }
> = {
  'plain text': {
    holds: (item) => lettered(item) !== null,
    turn: (items) => readText(writePaper(items, names).lines.join('\r\n')),
  },
  Word: {
    holds: (item) => lettered(item) !== null,
    turn: async (items) => readText(await readDocx(Buffer.from(writeDocx(writePaper(items, names).lines)))),
  },
  Excel: {
    holds: (item) => lettered(item) !== null,
    turn: async (items) => readRows(await readSheet(await bytesOf(itemWorkbook(items)))),
  },
  'QTI 3': {
    holds: (item) => whyNot(item) === null,
    turn: (items) => readQti(Buffer.from(writeQti(items, names).bytes)),
  },
  JSON: { holds: () => true, turn: (items) => readJson(writeJson(items)) },
  YAML: {
    holds: ({ kind }) => kind !== 'procedure',
    turn: (items) =>
      readYamlItems(writeBankFile({ author: '甲', checkedBy: '乙', checkedOn: '2026-11-27', items })),
  },
}

/** An item with strings in all the places where words stand. */
const wordy = fc
  .tuple(
    anyItem,
    fc.array(fc.oneof(fc.constantFrom(...naughty), fc.string({ unit: 'binary', maxLength: 40 })), {
      minLength: 12,
      maxLength: 12,
    }),
  )
  .map(([item, words]) => {
    let next = 0
    const word = (before: string) =>
      `${words[next++ % words.length]?.slice(0, 200).replaceAll('_', '') ?? ''}${before}`
    const spoil = (value: unknown, name: string): unknown => {
      if (typeof value === 'string')
        return ['text', 'stem', 'passage', 'rationale', 'model', 'outcome'].includes(name)
          ? word(value)
          : value
      if (Array.isArray(value))
        return value.map((one) => (name === 'accept' ? word(String(one)) : spoil(one, name)))
      if (typeof value === 'object' && value !== null && name !== 'rules')
        return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, spoil(one, key)]))
      return value
    }
    return Item.safeParse(spoil({ ...item, source: 'lsn-siyi' }, ''))
  })
  .filter((result) => result.success)
  .map((result) => result.data)

describe.each(Object.entries(formats))('%s', (format, { holds, turn }) => {
  test('a sample of every kind that it holds comes back as it was', async () => {
    const items = Object.values(samples).filter(holds)
    expect(items.length).toBeGreaterThanOrEqual(6)
    expect(itemsIn(await turn(items))).toEqual(items)
  })

  test('whatever items there are come back as they were, in their order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.oneof(anyItem, wordy), { selector: ({ id }) => id, minLength: 1, maxLength: 6 }),
        async (some) => {
          const items = some.filter(holds)
          if (items.length > 0) expect(itemsIn(await turn(items))).toEqual(items)
        },
      ),
      { numRuns: 100 },
    )
  })

  test('every naughty string comes back from every place of a question', async () => {
    const words = [...new Set(naughty.map((text) => text.slice(0, 500).trim()))].filter(Boolean)
    const items = words
      .map((text, i) =>
        Item.safeParse({
          ...samples.multiple,
          ...{ id: `itm-n${i}`, stem: text, rationale: text, passage: text },
          options: [
            { id: 'a', text },
            { id: 'b', text: `${text}乙` },
            { id: 'c', text: `丙${text}` },
          ],
          key: ['a', 'c'],
        }),
      )
      .flatMap((result) => (result.success ? [result.data] : []))
      .filter(holds)
    expect(items.length).toBeGreaterThan(400)
    // A file of content/ may hold fewer than the others.
    const most = format === 'YAML' ? 20 : 90
    for (let from = 0; from < items.length; from += most) {
      const some = items.slice(from, from + most)
      expect(itemsIn(await turn(some))).toEqual(some)
    }
  })
})

test('what a format cannot hold is told by name, and the rest is there', async () => {
  const items = Object.values(samples)
  const paper = writePaper(items, names)
  expect(paper.left.map(({ kind }) => kind)).toEqual(['scenario', 'procedure'])
  expect(paper.lines.filter((line) => line.startsWith('# 没有'))).toEqual([
    '# 没有写进来：itm-scenario（情景题，请用JSON导出）',
    '# 没有写进来：itm-procedure（程序题，请用JSON导出）',
  ])
  expect(writeQti(items, names).left.map(({ item, why }) => `${item.id} ${why}`)).toEqual([
    'itm-scenario 情景题不能写成QTI，请用JSON导出。',
    'itm-procedure 程序题不能写成QTI，请用JSON导出。',
    'itm-short-answer 简答题不能写成QTI，请用JSON导出。',
  ])
})

test('an item of a paper mended alone is the same item', () => {
  const items = Object.values(samples).filter((item) => lettered(item) !== null)
  const found = readText(writePaper(items, names).lines.join('\n')) as FoundItem[]
  expect(itemsIn(found.flatMap(({ written }) => readText(written.text)))).toEqual(items)
  expect(
    itemsIn(
      found
        .flatMap(({ written }) => readText(written.text))
        .flatMap((one) => readText((one as FoundItem).written.text)),
    ),
  ).toEqual(items)
})

test('of two columns with the same name neither is believed', () => {
  const rows = [
    ['题型', '题干', '选项A', '选项B', '答案', '答 案'],
    ['单选题', '问', '甲', '乙', 'A', 'B'],
  ]
  expect(() => readRows(rows.map((cells, i) => ({ line: i + 1, cells })))).toThrow('列“答案”有两列。')
})
