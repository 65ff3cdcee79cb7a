// Items of the bank as files. Open items in every format; secure items sealed with a passphrase and in no other way,
// each time with a line in the audit log.
import { and, asc, eq, inArray } from 'drizzle-orm'
import { sourcesNow } from '#assessment/bank/bank.server.ts'
import { readYamlItems, writeBankFile, writeJson } from '#assessment/exchange/own-json.ts'
import { isLongEnough, leastPassphrase, seal } from '#assessment/exchange/sealed.server.ts'
import { writeDocx } from '#assessment/exchange/write-docx.ts'
import { writeQti } from '#assessment/exchange/write-qti.ts'
import { itemWorkbook } from '#assessment/exchange/write-sheet.ts'
import { writePaper, type Names } from '#assessment/exchange/write-text.ts'
import { strToU8, zipSync } from 'fflate'
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import { read, write } from '#db/database.server.ts'
import { bankItem } from '#db/schema/assessment.ts'
import { item as itemTable } from '#db/schema/library.ts'
import { person } from '#db/schema/people.ts'
import { noteAct } from '#people/audit.server.ts'
import type { Session } from '#people/session.ts'
import { Item } from '#quiz/question.ts'
import { modelInUse } from '#record/capability/model.server.ts'
import { indicatorsOf } from '#record/capability/model.ts'
import { Refusal } from '#refusal.ts'
import { UnreadableFile } from '#sheet/limits.ts'

/** Formats of open items, by the last part of their address. */
export const openFormats = ['txt', 'docx', 'xlsx', 'qti', 'json', 'yaml'] as const
export type OpenFormat = (typeof openFormats)[number]

/** What a file holds, and the ending of its name. */
export type ExportedFile = {
  content: string | Uint8Array | AsyncIterable<Uint8Array>
  ending: 'txt' | 'docx' | 'xlsx' | 'zip' | 'json'
}

/** Open items, drafts too, retired ones not; of one indicator where it is named. */
export async function exportOpen(format: OpenFormat, indicator: string | null): Promise<ExportedFile> {
  const rows = await rowsOf({ secure: false, indicator })
  const items = rows.map(({ item }) => item)
  const names = await namesNow()
  switch (format) {
    case 'txt':
      return { content: `\uFEFF${writePaper(items, names).lines.join('\r\n')}\r\n`, ending: 'txt' }
    case 'docx':
      return { content: writeDocx(writePaper(items, names).lines), ending: 'docx' }
    case 'xlsx':
      return { content: itemWorkbook(items), ending: 'xlsx' }
    case 'qti':
      return { content: writeQti(items, names).bytes, ending: 'zip' }
    case 'json':
      return { content: writeJson(items), ending: 'json' }
    case 'yaml':
      return { content: await bankFiles(rows), ending: 'zip' }
  }
}

/** Why secure items were not sealed, and what to do. */
export const sealTroubles = {
  short: `口令太短，没有导出。至少${leastPassphrase}个字，最好是几个不相干的词。`,
  differ: '两次写的口令不一样，没有导出。再写一遍，两次要一样。',
  none: '还没有保密题可以导出。',
} as const

/** Refused for one of `sealTroubles`. */
export class SealRefused extends Refusal {
  readonly why: keyof typeof sealTroubles

  constructor(why: keyof typeof sealTroubles) {
    super('invalid', sealTroubles[why])
    this.name = 'SealRefused'
    this.why = why
  }
}

/**
 * All secure items, sealed.
 * @param again the passphrase once more: a slip would lose the file.
 * @throws SealRefused for a short passphrase or two that differ, or if there are no such items.
 */
export async function exportSealed(
  by: Pick<Session, 'person'>,
  passphrase: string,
  again: string,
): Promise<Buffer> {
  if (!isLongEnough(passphrase)) throw new SealRefused('short')
  if (passphrase !== again) throw new SealRefused('differ')
  const items = (await rowsOf({ secure: true, indicator: null })).map(({ item }) => item)
  if (items.length === 0) throw new SealRefused('none')
  const sealed = await seal(writeJson(items), passphrase)
  await write((tx) => noteAct(tx, by.person.id, 'items-sealed', 'bank', { items: items.length }))
  return sealed
}

type ExportedRow = {
  item: Item
  author: string
  checkedBy: string | null
  checkedOn: string | null
}

async function rowsOf({
  secure,
  indicator,
}: {
  secure: boolean
  indicator: string | null
}): Promise<ExportedRow[]> {
  const rows = await read
    .select({
      body: itemTable.body,
      author: bankItem.author,
      checkedBy: bankItem.checkedBy,
      checkedOn: bankItem.checkedOn,
    })
    .from(bankItem)
    .innerJoin(itemTable, and(eq(itemTable.id, bankItem.id), eq(itemTable.revision, bankItem.revision)))
    .where(
      and(
        eq(bankItem.secure, secure),
        inArray(bankItem.status, ['active', 'draft']),
        ...(indicator === null ? [] : [eq(bankItem.indicator, indicator)]),
      ),
    )
    .orderBy(asc(bankItem.indicator), asc(bankItem.kind), asc(bankItem.id))
  return rows.map(({ body, ...about }) => ({ item: Item.parse(body), ...about }))
}

/** How many items an export would hold. */
export async function countExported(): Promise<{
  open: number
  secure: number
  kinds: Record<string, number>
}> {
  const rows = await read
    .select({ secure: bankItem.secure, kind: bankItem.kind })
    .from(bankItem)
    .where(inArray(bankItem.status, ['active', 'draft']))
  const open = rows.filter(({ secure }) => !secure)
  const kinds = [...Map.groupBy(open, ({ kind }) => kind)].map(([kind, own]) => [kind, own.length] as const)
  return { open: open.length, secure: rows.length - open.length, kinds: Object.fromEntries(kinds) }
}

async function namesNow(): Promise<Names> {
  const sources = await sourcesNow()
  const indicators = new Map(indicatorsOf(modelInUse().model).map(({ id, name }) => [id, name]))
  return {
    indicator: (id) => indicators.get(id) ?? null,
    source: (id) => sources.get(id)?.title ?? null,
  }
}

/** Most items of one file, so that it keeps within the caps of content/. */
const mostInFile = 20

/** Files for content/items/, as a ZIP file: a folder for each indicator. */
async function bankFiles(rows: readonly ExportedRow[]): Promise<Uint8Array> {
  const nameOf = await authorsOf(rows)
  const today = dayOf(now().toISOString())
  const files: [string, string][] = []
  const left: string[] = []
  for (const [indicator, own] of Map.groupBy(rows, ({ item }) => item.indicator)) {
    const fitting = own.filter(({ item }) => fits(item) || void left.push(item.id))
    for (let from = 0; from < fitting.length; from += mostInFile) {
      const some = fitting.slice(from, from + mostInFile)
      const checked = some.flatMap(({ checkedOn }) => checkedOn ?? [])
      const file = writeBankFile({
        author: together(some.map(({ author }) => nameOf(author))),
        checkedBy: together(some.map(({ checkedBy, author }) => nameOf(checkedBy ?? author))),
        checkedOn: checked.toSorted().at(-1) ?? today,
        items: some.map(({ item }) => item),
      })
      files.push([`items/${indicator}/from-site-${from / mostInFile + 1}.yaml`, file])
    }
  }
  if (left.length > 0)
    files.push(['not-exported.txt', `写不进YAML文件，请用JSON导出：\n${left.join('\n')}\n`])
  const entries = files.map(([name, text]) => [name, strToU8(text)] as const)
  return zipSync(Object.fromEntries(entries), { level: 6, mtime: '1980-01-01T00:00:00' })
}

/** Whether a file of content/ can hold an item: what it refuses, such as hidden signs, is for JSON. */
function fits(item: Item): boolean {
  try {
    readYamlItems(writeBankFile({ author: '甲', checkedBy: '甲', checkedOn: '2026-01-01', items: [item] }))
    return true
  } catch (error) {
    if (error instanceof UnreadableFile) return false
    throw error
  }
}

const together = (names: string[]) => {
  const [first = '', ...more] = new Set(names)
  const all = [first, ...more].join('、')
  return all.length <= 40 ? all : `${first.slice(0, 30)}等`
}

async function authorsOf(rows: readonly ExportedRow[]): Promise<(id: string) => string> {
  const ids = [...new Set(rows.flatMap(({ author, checkedBy }) => [author, checkedBy ?? author]))]
  const people = await read
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(inArray(person.id, ids))
  const names = new Map(people.map(({ id, name }) => [id, name]))
  return (id) => names.get(id) ?? id
}
