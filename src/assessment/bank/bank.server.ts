// The item bank as papers use it: what may be asked today, any revision that was ever asked, and what has drifted.
import { and, eq, inArray } from 'drizzle-orm'
import { libraryState } from '#course/asked.server.ts'
import { read } from '#db/database.server.ts'
import { bankItem } from '#db/schema/assessment.ts'
import { item } from '#db/schema/library.ts'
import { Item } from '#quiz/question.ts'
import { indicatorNow } from '#record/capability/model.server.ts'
import { driftOf } from '#assessment/bank/drift.ts'
import { sourceTexts, type SourceText } from '#assessment/bank/source-texts.server.ts'

/** An item of the bank that can be asked. */
export type BankedItem = {
  id: string
  revision: number
  kind: Item['kind']
  /** Where its answers count in the model in force. */
  indicator: string
  difficulty: Item['difficulty']
  secure: boolean
  /** With its key: never for a page. */
  item: Item
}

/** An item whose passage no longer stands in its source, and why, in Chinese. */
export type DriftedItem = { id: string; reason: string }

type Bank = {
  askable: BankedItem[]
  drifted: DriftedItem[]
  sources: ReadonlyMap<string, SourceText>
}

/** Revisions by id and number: they never change, so what was read once stays right. */
const revisions = new Map<string, Item>()
const mostRevisions = 5_000

let kept: Promise<Bank> | null = null
let keptLibrary = -1

/** Drops what is kept: call after a change of the bank was committed. A change of the library is noticed by itself. */
export function forgetBank() {
  kept = null
  revisions.clear()
}

/** What may be asked today: approved, not retired, its passage on show; in the order of their ids. */
export async function availableItems({ secure }: { secure: boolean }): Promise<BankedItem[]> {
  return (await bank()).askable.filter((one) => one.secure === secure)
}

/** Items in use or waiting for approval whose passage no longer stands in their source. */
export async function driftedItems(): Promise<DriftedItem[]> {
  return (await bank()).drifted
}

/** The documents that items are from, as they stand today. */
export async function sourcesNow(): Promise<ReadonlyMap<string, SourceText>> {
  return (await bank()).sources
}

/** How an item stands for attempts that run: one that has only drifted is still asked; retired, or a draft again, it is withdrawn. */
export type Standing = 'asked' | 'withdrawn'

/** How items stand; an id that the bank does not hold is withdrawn. */
export async function standingOf(ids: readonly string[]): Promise<Map<string, Standing>> {
  const rows = await read
    .select({ id: bankItem.id })
    .from(bankItem)
    .where(and(inArray(bankItem.id, [...ids]), eq(bankItem.status, 'active')))
  const asked = new Set(rows.map(({ id }) => id))
  return new Map(ids.map((id) => [id, asked.has(id) ? 'asked' : 'withdrawn']))
}

/** A revision of an item with its key, also of one that is asked no more; null if there is none. Never for a page. */
export async function itemAt(id: string, revision: number): Promise<Item | null> {
  const key = `${id}@${revision}`
  const there = revisions.get(key)
  if (there) return there
  const [row] = await read
    .select({ body: item.body })
    .from(item)
    .where(and(eq(item.id, id), eq(item.revision, revision)))
  return row ? keepRevision(key, row.body) : null
}

function keepRevision(key: string, body: unknown): Item {
  const parsed = revisions.get(key) ?? Item.parse(body)
  if (revisions.size >= mostRevisions) revisions.clear()
  revisions.set(key, parsed)
  return parsed
}

function bank(): Promise<Bank> {
  if (kept && keptLibrary === libraryState()) return kept
  keptLibrary = libraryState()
  const reading = readBank()
  kept = reading
  reading.catch(() => {
    if (kept === reading) kept = null
  })
  return reading
}

async function readBank(): Promise<Bank> {
  const sources = await sourceTexts()
  const rows = await read
    .select({
      id: bankItem.id,
      revision: bankItem.revision,
      secure: bankItem.secure,
      status: bankItem.status,
      body: item.body,
    })
    .from(bankItem)
    .innerJoin(item, and(eq(item.id, bankItem.id), eq(item.revision, bankItem.revision)))
    .where(inArray(bankItem.status, ['active', 'draft']))
    .orderBy(bankItem.id)
  const askable: BankedItem[] = []
  const drifted: DriftedItem[] = []
  for (const { id, revision, secure, status, body } of rows) {
    const parsed = keepRevision(`${id}@${revision}`, body)
    const reason = driftOf(parsed, sources)
    const { kind, difficulty } = parsed
    const indicator = indicatorNow(parsed.indicator)
    if (reason !== null) drifted.push({ id, reason })
    else if (status === 'active')
      askable.push({ id, revision, kind, indicator, difficulty, secure, item: parsed })
  }
  return { askable, drifted, sources }
}
