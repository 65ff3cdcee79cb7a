// Importing items: an upload is read, looked at, mended where it must be, and entered as drafts that somebody else has to
// approve. Until then it is kept in memory, and every item stays until it was entered or taken out by whoever mends it.
import { sql } from 'drizzle-orm'
import type { z } from 'astro/zod'
import { sourcesNow } from '#assessment/bank/bank.server.ts'
import { enterDrafts } from '#assessment/bank/change.server.ts'
import { completeRows, toMend, type Defaults, type Row } from '#assessment/exchange/complete.ts'
import type { TakeItemsForm } from '#assessment/exchange/forms.ts'
import type { FoundItem, PassedOver } from '#assessment/exchange/found.ts'
import { readPieces, readUpload } from '#assessment/exchange/read-upload.server.ts'
import { isSealed, openSealed } from '#assessment/exchange/sealed.server.ts'
import { hashOf } from '#course/content-hash.ts'
import { read } from '#db/database.server.ts'
import { item as itemTable } from '#db/schema/library.ts'
import { WrongField } from '#people/roster/wrong-field.ts'
import type { Session } from '#people/session.ts'
import { modelInUse } from '#record/capability/model.server.ts'
import { indicatorsOf } from '#record/capability/model.ts'
import { Refusal } from '#refusal.ts'
import { keepUploads } from '#sheet/kept.server.ts'
import { UnreadableFile } from '#sheet/limits.ts'

type By = Pick<Session, 'person'>

/** An item with a key that stays while its neighbours come and go. */
type KeptItem = FoundItem & { key: number }

type Import = {
  name: string
  secure: boolean
  defaults: Defaults
  items: KeptItem[]
  passed: PassedOver[]
  /** The next free key. */
  next: number
}

const kept = keepUploads<Import>()

/** A row of the preview, with the name of its field in the form that mends. */
export type PreviewRow = Row & { field: string }

export type Preview = {
  name: string
  secure: boolean
  rows: PreviewRow[]
  counts: Record<Row['verdict'], number>
  /** What was taken for no item. */
  passed: PassedOver[]
}

/**
 * Reads an upload or a pasted text and keeps it to be looked at.
 * @returns its id
 * @throws WrongField at `file`, `text` or `passphrase`
 */
export async function takeItems(by: By, sent: z.output<typeof TakeItemsForm>): Promise<{ id: string }> {
  const { file, text } = sent
  const pasted = text?.trim() ? text : null
  const chosen = file && file.size > 0 ? file : null
  if (!chosen && pasted === null)
    throw new WrongField('file', 'invalid', '还没有选文件，也没有粘贴题目。', '选一样。')
  const field = chosen ? 'file' : 'text'
  if (chosen && pasted !== null)
    throw new WrongField(
      'text',
      'invalid',
      '选了文件，又粘贴了题目。',
      '一次只导一样，删去这里的文字，或不选文件。',
    )
  const upload = chosen
    ? { name: chosen.name.slice(0, 200), bytes: new Uint8Array(await chosen.arrayBuffer()) }
    : { name: '粘贴的题目.txt', bytes: new TextEncoder().encode(pasted ?? '') }
  const sealed = isSealed(upload.bytes)
  const opened = sealed ? await openAt(upload, sent.passphrase ?? '') : upload
  const found = await readUpload(opened).catch((error: unknown) => {
    if (error instanceof UnreadableFile) throw new WrongField(field, 'invalid', error.message, error.hint)
    throw error
  })
  const { indicator, difficulty, source, passage } = sent
  const items = found.filter((one) => one.type === 'item')
  const id = kept.keep(by.person.id, {
    name: upload.name,
    // What left sealed comes back as secure, whatever is ticked.
    secure: sealed || Boolean(sent.secure),
    defaults: {
      ...{ indicator: indicator ?? '', difficulty: difficulty ?? 'medium' },
      ...{ source: source ?? '', passage: passage ?? '' },
    },
    items: items.map((one, key) => ({ ...one, key })),
    passed: found.filter((one) => one.type === 'passed-over'),
    next: items.length,
  })
  return { id }
}

async function openAt({ name, bytes }: { name: string; bytes: Uint8Array }, passphrase: string) {
  if (passphrase === '')
    throw new WrongField('passphrase', 'invalid', '这是加密的题目。', '写上导出时用的口令，再选一次文件。')
  const text = await openSealed(bytes, passphrase).catch((error: unknown) => {
    if (error instanceof Refusal) throw new WrongField('passphrase', error.kind, error.message, error.hint)
    throw error
  })
  return { name: `${name}.json`, bytes: new TextEncoder().encode(text) }
}

/** @throws Refusal `closed` if it is not kept any more, or is somebody else's. */
function importOf(by: By, id: string): Import {
  const found = kept.of(by.person.id, id)
  if (!found)
    throw new Refusal('closed', '这次上传的题目已经不在了。', '请再上传一次；已经收进题库的题不受影响。')
  return found
}

/** What would become of every item, found out anew on the bank as it is now. @throws Refusal `closed` */
export async function previewItems(by: By, id: string): Promise<Preview> {
  const { name, secure, passed, ...held } = importOf(by, id)
  const rows = await rowsOf(held)
  const counts = { sound: 0, there: 0, faulty: 0 }
  for (const { verdict } of rows) counts[verdict]++
  return { name, secure, passed, rows, counts }
}

async function rowsOf({ items, defaults }: Pick<Import, 'items' | 'defaults'>): Promise<PreviewRow[]> {
  const sources = await sourcesNow()
  const indicators = indicatorsOf(modelInUse().model)
  const frame = { indicators, sources, defaults, hash: hashOf, taken: new Map<string, ReadonlySet<string>>() }
  const ids = completeRows(items, frame).flatMap((row) => ('item' in row ? [row.item.id] : []))
  const rows = completeRows(items, { ...frame, taken: await takenOf(ids) })
  return rows.map((row, i) => ({ ...row, field: fieldOf(items[i]?.key ?? -1) }))
}

const fieldOf = (key: number) => `item-${key}`

/** Which of the ids are taken, with the hashes of what they name. */
async function takenOf(ids: readonly string[]): Promise<Map<string, ReadonlySet<string>>> {
  const rows = await read
    .select({ id: itemTable.id, hash: itemTable.hash })
    .from(itemTable)
    .where(sql`${itemTable.id} in (select value from json_each(${JSON.stringify(ids)}))`)
  const byId = Map.groupBy(rows, ({ id }) => id)
  return new Map([...byId].map(([id, own]) => [id, new Set(own.map(({ hash }) => hash))]))
}

const longestPiece = 20_000

/**
 * Puts what was mended by hand in the place of what was faulty; a text that was emptied takes its item out.
 * @throws Refusal `closed`
 */
export async function mendItems(by: By, form: FormData): Promise<{ id: string }> {
  const id = String(form.get('upload') ?? '')
  const held = importOf(by, id)
  const faulty = (await rowsOf(held)).filter((row) => row.verdict === 'faulty')
  const changed = faulty.flatMap((row) => {
    const text = textIn(form, row.field)
    return text === null || text === toMend(row).trim() ? [] : [{ row, text }]
  })
  const long = changed.find(({ text }) => text.length > longestPiece)
  if (long) throw new Refusal('too-large', `${long.row.place}太长。`, '请改短，再看一遍。')
  const read = await readPieces(changed.map(({ row, text }) => ({ as: row.written.as, text })))
  const pieces = new Map(
    changed.map(({ row, text }, i) => [
      row.field,
      { place: row.place, found: text === '' ? [] : (read[i] ?? []) },
    ]),
  )
  held.passed.push(...read.flat().filter((one) => one.type === 'passed-over'))
  held.items = held.items.flatMap((one) => {
    const piece = pieces.get(fieldOf(one.key))
    if (!piece) return [one]
    const found = piece.found.filter((each) => each.type === 'item')
    return found.map((each) => ({ ...each, place: piece.place, key: held.next++ }))
  })
  return { id }
}

function textIn(form: FormData, field: string): string | null {
  const text = form.get(field)
  return typeof text === 'string' ? text.replaceAll('\r\n', '\n').trim() : null
}

/**
 * Enters the sound items as drafts. Faulty ones stay to be mended.
 * @returns how many were entered, and how many stay
 * @throws Refusal `closed`, or as `enterDrafts`; then none is entered
 */
export async function enterItems(by: By, { upload: id }: { upload: string }) {
  const held = importOf(by, id)
  const rows = await rowsOf(held)
  const sound = rows.flatMap((row) => (row.verdict === 'sound' ? [row.item] : []))
  if (sound.length === 0) throw new Refusal('invalid', '没有可以收的题。', '先把有问题的改好。')
  await enterDrafts(by, sound, { secure: held.secure })
  const faulty = new Set(rows.filter(({ verdict }) => verdict === 'faulty').map(({ field }) => field))
  held.items = held.items.filter(({ key }) => faulty.has(fieldOf(key)))
  if (faulty.size === 0) kept.drop(id)
  return { id, entered: sound.length, left: faulty.size }
}
