// What was written in a draft and has not reached the server, kept in this browser: of each page its last state, marked
// with its person, so that the next one at the same browser neither sees nor sends it.
import type { Leaving } from '#course/leave-nothing.ts'
import { isOld, openShelves, type Kept, type Shelves } from '#course/shelves.ts'

/** The last state of one page that had a draft open. `owner` is the person's mark (course/owner.server.ts). */
export type KeptWriting<Content> = Kept & {
  /** Of person, draft and page: a later state takes the place of an earlier one of the same page. */
  key: string
  draft: string
  /** The page that wrote it: two pages of one person never overwrite each other. */
  page: string
  /** The version of the draft from which it was written. */
  version: number
  content: Content
}

export type DraftStore<Content> = {
  /** Keeps it at once. Resolves with false if the browser could not, because its room is full or it keeps nothing. */
  keepDraft: (writing: Omit<KeptWriting<Content>, 'key'>) => Promise<boolean>
  /** What pages that are gone left of a draft, the newest first. */
  keptDraft: (owner: string, draft: string) => Promise<KeptWriting<Content>[]>
  dropKept: (writing: Pick<KeptWriting<Content>, 'owner' | 'draft' | 'page'>) => Promise<void>
  /** All that waits of a person, in any draft. */
  allOf: (owner: string) => Promise<KeptWriting<Content>[]>
  /** For who signs out. */
  dropAllOf: (owner: string) => Promise<void>
}

const keyOf = ({ owner, draft, page }: { owner: string; draft: string; page: string }) =>
  `${owner} ${draft} ${page}`

/**
 * Opens it.
 * @param livePages pages that are open now: what they keep is theirs to send.
 * @param now ms since 1970, to drop what others left long ago.
 * @throws whatever the browser throws that keeps nothing.
 */
export async function openDraftStore<Content>(
  livePages: () => Promise<ReadonlySet<string>> = pagesOpen,
  now: () => number = Date.now,
): Promise<DraftStore<Content>> {
  const shelves = await openShelves<{ draft: KeptWriting<Content> }>('drafts', { draft: 'key' })
  return draftStore(shelves, livePages, now)
}

/** The same on shelves that are open. */
export function draftStore<Content>(
  shelves: Shelves<{ draft: KeptWriting<Content> }>,
  livePages: () => Promise<ReadonlySet<string>>,
  now: () => number,
): DraftStore<Content> {
  const allOf = async (owner: string) => (await shelves.all('draft')).filter((one) => one.owner === owner)
  return {
    keepDraft: (writing) => shelves.keep('draft', { ...writing, key: keyOf(writing) }),
    keptDraft: async (owner, draft) => {
      await shelves.dropWhere(isOld(owner, now()))
      const live = await livePages()
      const left = (await allOf(owner)).filter((one) => one.draft === draft && !live.has(one.page))
      return left.sort((one, other) => other.at - one.at)
    },
    dropKept: async (writing) => void (await shelves.drop('draft', keyOf(writing))),
    allOf,
    dropAllOf: (owner) => shelves.dropWhere((one) => one.owner === owner),
  }
}

const lockOf = (page: string) => `draft-page ${page}`

/** Lets other pages know that this one is open, until it is gone, however it goes. */
export function stayOpen(page: string): void {
  void navigator.locks?.request(lockOf(page), { mode: 'shared' }, () => new Promise(() => undefined))
}

/** The pages that are open; none where the browser cannot tell, and then everything kept is offered. */
async function pagesOpen(): Promise<ReadonlySet<string>> {
  const { held = [] } = (await navigator.locks?.query()) ?? {}
  const start = lockOf('')
  const names = held.map(({ name = '' }) => name).filter((name) => name.startsWith(start))
  return new Set(names.map((name) => name.slice(start.length)))
}

/** For the pages where one signs out. It cannot be handed in unseen: others may have written, and that wants a person. */
export const ofDrafts: Leaving = {
  handIn: async (owner) => (await (await openDraftStore()).allOf(owner)).length === 0,
  dropAll: async (owner) => (await openDraftStore()).dropAllOf(owner),
}
