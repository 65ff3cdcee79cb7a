// Answers of attempts that wait in this browser, and how they are brought to the server, whichever page of ours is open.
import type { SentFields } from '#assessment/attempt/shown-again.ts'
import { pageNow } from '#assessment/attempt/page-clock.ts'
import type { Saved } from '#assessment/attempt/save.server.ts'
import type { Leaving } from '#course/leave-nothing.ts'
import { isOld, openShelves, type Kept, type Shelves } from '#course/shelves.ts'
import { postTo, type Post, type Reply } from '#quiz/post.ts'

/** The last word on one item, as the page that gave it would send it. */
export type KeptDraft = Kept & {
  /** Of attempt and item: a later word takes the place of an earlier one. */
  key: string
  attempt: string
  item: string
  fields: SentFields
  marked: boolean
  page: string
  seq: number
}

export type KeptDrafts = Pick<Shelves<{ draft: KeptDraft }>, 'all' | 'keep' | 'drop' | 'dropWhere'>

export const keyOf = (attempt: string, item: string) => `${attempt} ${item}`

/** @throws whatever the browser throws that keeps nothing. */
export const openDrafts = (): Promise<KeptDrafts> =>
  openShelves<{ draft: KeptDraft }>('attempts', { draft: 'key' })

/** Sends one answer. @param now ms since 1970 by the clock by which it was kept. */
export function sendDraft(post: Post, draft: KeptDraft, now: number): Promise<Reply<Saved>> {
  const { at, key: _, ...said } = draft
  return post<Saved>('save', { ...said, ago: Math.max(0, now - at) })
}

/** True if the server has it for good, or will never take it; then it need not be kept any longer. */
export const isSettled = ({ type }: Reply<unknown>) => type === 'ok' || type === 'gone' || type === 'wrong'

/** Sends all that is kept of a person; null when nothing is left, else what stood in the way. */
export async function sendAll(
  store: KeptDrafts,
  post: Post,
  owner: string,
  now: number,
): Promise<Exclude<Reply<Saved>, { type: 'ok' }> | null> {
  for (const draft of (await store.all('draft')).filter((one) => one.owner === owner)) {
    const reply = await sendDraft(post, draft, now)
    if (isSettled(reply)) await store.drop('draft', draft.key)
    else if (reply.type !== 'ok') return reply
  }
  await store.dropWhere(isOld(owner, now))
  return null
}

/** For the pages where one signs out, and those beside an attempt. */
export const ofAttempts: Leaving = {
  handIn: async (owner) => (await sendAll(await openDrafts(), postTo('/attempt'), owner, pageNow())) === null,
  dropAll: async (owner) => (await openDrafts()).dropWhere((one) => one.owner === owner),
}
