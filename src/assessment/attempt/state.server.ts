// What is saved of an attempt: asked by a page when it opens, and again when the line or the person comes back.
import { z } from 'astro/zod'
import { itemsOf, type ItemRow, type Whole } from '#assessment/attempt/attempt.server.ts'
import { draftIn, readDraft, type Draft, type Standing } from '#assessment/attempt/draft.ts'
import { settledAttempt } from '#assessment/attempt/hand-in.server.ts'
import { secondsLeft } from '#assessment/attempt/time.ts'
import { standingOf } from '#assessment/bank/bank.server.ts'
import { now } from '#clock.server.ts'
import { requireOwner } from '#course/owner.server.ts'
import { Refusal } from '#refusal.ts'

const Asking = z.strictObject({ attempt: z.string().max(80), owner: z.string().max(40) })

/** One question as it was saved last; no key, and nothing that says whether it is right. */
export type SavedItem = Standing & Pick<Draft, 'fields' | 'marked'> & { item: string; withdrawn: boolean }

export type AttemptState = {
  handed: boolean
  /** Seconds left; null without a limit. */
  left: number | null
  /** In the order of the paper; of an adaptive test what was asked so far. */
  items: SavedItem[]
}

/** @throws Refusal `not-found`, `invalid`, `signed-out`. */
export async function attemptState(person: string, body: unknown): Promise<AttemptState> {
  const asked = Asking.safeParse(body)
  if (!asked.success) throw new Refusal('invalid', '没有说是哪一次测评。', '请刷新页面。')
  requireOwner(person, asked.data.owner)
  return stateOf(await settledAttempt(person, asked.data.attempt))
}

/** What is saved of an attempt that runs; of one that is handed in only that it is. */
export async function stateOf({ attempt, rows }: Whole): Promise<AttemptState> {
  const handed = attempt.handedAt !== null
  const left = secondsLeft(attempt.deadlineAt, now().toISOString())
  return { handed, left, items: handed ? [] : await savedItems(rows) }
}

async function savedItems(rows: readonly ItemRow[]): Promise<SavedItem[]> {
  const items = await itemsOf(rows)
  const standing = await standingOf(rows.map(({ itemId }) => itemId))
  return rows.flatMap(({ itemId, answer }) => {
    const item = items.get(itemId)
    if (!item) return []
    const draft = draftIn(answer)
    const { state, missing } = readDraft(item, draft)
    const withdrawn = standing.get(itemId) === 'withdrawn'
    return [{ item: itemId, state, missing, withdrawn, ...shown(draft) }]
  })
}

const shown = (draft: Draft | null) => ({ fields: draft?.fields ?? [], marked: draft?.marked ?? false })
