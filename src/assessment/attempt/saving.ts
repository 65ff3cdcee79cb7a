// Keeps the page of an attempt and the server in step: every change is kept in this browser at once and sent soon, one
// after the other; what could not be sent waits and is tried again. Knows no page and no clock but those given to it.
import {
  isSettled,
  keyOf,
  sendAll,
  sendDraft,
  type KeptDraft,
  type KeptDrafts,
} from '#assessment/attempt/kept.ts'
import type { Saved } from '#assessment/attempt/save.server.ts'
import type { SentFields } from '#assessment/attempt/shown-again.ts'
import type { Post, Reply } from '#quiz/post.ts'

/** What stands in the way, if anything does. */
export type Line = 'fine' | 'offline' | 'busy' | 'expired'

export type Shown = {
  line: Line
  /** Answers that the server does not have yet. */
  waiting: number
  /** The browser keeps them, also when the page is closed. */
  kept: boolean
  /** Why something was not taken, in Chinese; empty if nothing was refused. */
  refused: string
}

export type Around = {
  attempt: string
  /** Mark of the person. */
  owner: string
  /** Names this page among those that may answer the same questions. */
  page: string
  post: Post
  openStore: () => Promise<KeptDrafts>
  /** Now, ms since 1970, by a clock that does not jump while the page is open. */
  now: () => number
  /** Calls back after so many seconds, unless the function that it returns is called. */
  after: (seconds: number, then: () => void) => () => void
  changed: (shown: Shown) => void
  /** What the server says of an answer that arrived. */
  said: (item: string, saved: Saved) => void
}

/** Seconds from a change to its sending: whoever types is not sent letter by letter. */
const soon = 1
/** Seconds before the next try, growing. */
const pauses = [3, 5, 10, 20, 30]

export function startSaving(around: Around) {
  const { attempt, owner, page, post, now } = around
  let store: KeptDrafts | null = null
  let seq = 0
  let tries = 0
  let sending: Promise<boolean> | null = null
  let waits: (() => void) | null = null
  const unsent = new Map<string, KeptDraft>()
  let shown: Shown = { line: 'fine', waiting: 0, kept: false, refused: '' }

  const show = (more: Partial<Shown> = {}) => {
    shown = { ...shown, ...more, waiting: unsent.size }
    around.changed(shown)
  }

  const later = (seconds: number) => {
    waits?.()
    waits = around.after(seconds, () => void flush())
  }

  /** What became of the last word on an item, unless there is a later one by now. */
  async function settle(draft: KeptDraft, reply: Reply<Saved>) {
    if (unsent.get(draft.item) !== draft) return
    unsent.delete(draft.item)
    await store?.drop('draft', draft.key).catch(() => false)
    if (reply.type === 'ok') around.said(draft.item, reply.value)
    else if (reply.type === 'gone' || reply.type === 'wrong') show({ refused: reply.message })
  }

  async function send(): Promise<boolean> {
    for (let draft = first(); draft; draft = first()) {
      const reply = await sendDraft(post, draft, now())
      if (isSettled(reply)) {
        tries = 0
        show({ line: 'fine' })
        await settle(draft, reply)
        continue
      }
      show({ line: reply.type === 'offline' ? 'offline' : reply.type === 'signed-out' ? 'expired' : 'busy' })
      const pause = pauses[Math.min(tries++, pauses.length - 1)] ?? 30
      if (reply.type !== 'signed-out') later(reply.type === 'busy' ? (reply.seconds ?? pause) : pause)
      return false
    }
    show()
    return true
  }

  const first = () => unsent.values().next().value

  /** Sends what waits; true if the server has all of it. */
  async function flush(): Promise<boolean> {
    waits?.()
    waits = null
    // A change that came while others were on their way goes out after them.
    while (sending) await sending
    sending = send().finally(() => void (sending = null))
    return sending
  }

  return {
    /** Opens what the browser keeps, and sends what an earlier page of any attempt left. */
    start: async (): Promise<readonly KeptDraft[]> => {
      store = await around.openStore().catch(() => null)
      show({ kept: store !== null })
      const left = (await store?.all('draft').catch(() => [])) ?? []
      const own = left.filter((one) => one.owner === owner)
      for (const draft of own)
        if (draft.attempt === attempt && !unsent.has(draft.item)) unsent.set(draft.item, draft)
      await flush()
      if (store && own.some((one) => one.attempt !== attempt)) await sendAll(store, post, owner, now())
      return own.filter((one) => one.attempt === attempt)
    },
    /** The answer to an item as it stands now. */
    set: (item: string, fields: SentFields, marked: boolean) => {
      const key = keyOf(attempt, item)
      const draft: KeptDraft = { key, owner, attempt, item, fields, marked, page, seq: seq++, at: now() }
      unsent.delete(item)
      unsent.set(item, draft)
      void store?.keep('draft', draft).then((kept) => kept || show({ kept: false }))
      show({ refused: '' })
      if (shown.line === 'fine') later(soon)
    },
    flush,
    /** The line may be back, or somebody signed in again. */
    hurry: () => void (unsent.size > 0 && flush()),
    /** What the server does not have of an item yet, or null. */
    unsent: (item: string) => unsent.get(item) ?? null,
    /** For what is sent otherwise: as an answer would be. */
    asSent: (item: string, fields: SentFields, marked: boolean) => {
      unsent.delete(item)
      return { attempt, item, fields, marked, ago: 0, page, seq: seq++, owner }
    },
  }
}
