// Keeps the page of a draft and the server in step: what is written is kept in this browser within a second and sent when
// the writer pauses, one request at a time; what could not be sent is tried again. When somebody else saved meanwhile it
// stops until the two texts were merged. Knows no page and no clock but those given to it.
import type { Reply } from '#quiz/post.ts'
import type { DraftStore, KeptWriting } from '#studio/keep/keep-draft.ts'

/** What the server says to a save: taken, or that somebody else saved another text since that version. */
export type Answer = { type: 'saved' | 'stale'; version: number }

/** How saving stands. */
export type Standing =
  'saved' | 'unsent' | 'sending' | 'offline' | 'busy' | 'signed-out' | 'conflict' | 'refused'

export type Shown = {
  standing: Standing
  /** What was written last is in this browser, also when the page is closed. */
  kept: boolean
  /** Why it was not taken, in Chinese; empty unless refused. */
  refused: string
}

export type Around<Content, Said extends Answer> = {
  /** Mark of the person. */
  owner: string
  draft: string
  /** Names this page among those that have the draft open. */
  page: string
  /** The version with which the page opened. */
  version: number
  /** What is written now; asked only when it is kept or sent. Holds all that a later page needs to go on with it. */
  content: () => Content
  send: (version: number, content: Content) => Promise<Reply<Said>>
  /** True if the server's state is what was sent: an earlier request arrived, and its reply was lost. */
  arrived: (said: Said, sent: Content) => boolean
  openStore: () => Promise<Pick<DraftStore<Content>, 'keepDraft' | 'keptDraft' | 'dropKept'>>
  /** Now, ms since 1970. */
  now: () => number
  /** Calls back after so many seconds, unless the function that it returns is called. */
  after: (seconds: number, then: () => void) => () => void
  changed: (shown: Shown) => void
  /** What the server answered. `fresh`: nothing was written while it was on its way. */
  said: (said: Said, sent: Content, fresh: boolean) => void
}

/** Seconds from a change to its being kept. */
const keepSoon = 0.5
/** Seconds of quiet before what was written is sent, and at most so many while somebody goes on typing. */
const quiet = 2
const longest = 8
/** Seconds before the next try, growing. */
const pauses = [3, 5, 10, 20, 30, 60]

export function startSaving<Content, Said extends Answer>(around: Around<Content, Said>) {
  const { owner, draft, page, now } = around
  let store: Awaited<ReturnType<typeof around.openStore>> | null = null
  let { version } = around
  /** Counts changes; the server has those up to `sentUpTo`. */
  let changes = 0
  let sentUpTo = 0
  let typingSince: number | null = null
  let tries = 0
  let sending: Promise<void> | null = null
  let toSend: (() => void) | null = null
  let toKeep: (() => void) | null = null
  let shown: Shown = { standing: 'saved', kept: true, refused: '' }

  const show = (more: Partial<Shown>) => around.changed((shown = { ...shown, ...more }))

  const sendIn = (seconds: number) => {
    toSend?.()
    toSend = around.after(seconds, () => void flush())
  }

  function keep(): Promise<void> {
    toKeep?.()
    toKeep = null
    const writing = { owner, draft, page, version, content: around.content(), at: now() }
    const done = store?.keepDraft(writing).catch(() => false) ?? Promise.resolve(false)
    return done.then((kept) => {
      if (kept !== shown.kept) show({ kept })
    })
  }

  const waits = () => sentUpTo < changes
  const stopped = () => shown.standing === 'conflict'

  async function send() {
    const upTo = changes
    const content = around.content()
    typingSince = null
    show({ standing: 'sending' })
    const reply = await around.send(version, content)
    if (reply.type === 'ok') return take(reply.value, content, upTo)
    if (reply.type === 'wrong' || reply.type === 'gone') {
      // The same again would be refused again; what was written meanwhile may be taken.
      if (changes > upTo) sendIn(quiet)
      return show({ standing: 'refused', refused: reply.message })
    }
    const pause = pauses[Math.min(tries++, pauses.length - 1)] ?? 60
    show({ standing: reply.type === 'broken' ? 'busy' : reply.type })
    if (reply.type !== 'signed-out') sendIn(reply.type === 'busy' ? (reply.seconds ?? pause) : pause)
  }

  async function take(said: Said, sent: Content, upTo: number) {
    tries = 0
    const taken = said.type === 'saved' || around.arrived(said, sent)
    if (taken) {
      version = said.version
      sentUpTo = upTo
    }
    show({ standing: !taken ? 'conflict' : waits() ? 'unsent' : 'saved', refused: '' })
    around.said(taken ? { ...said, type: 'saved' } : said, sent, changes === upTo)
    if (!taken) return keep()
    if (waits()) {
      // What was written meanwhile is newer than this version.
      sendIn(quiet)
      return keep()
    }
    toKeep?.()
    toKeep = null
    await store?.dropKept({ owner, draft, page }).catch(() => undefined)
  }

  /** Sends what waits; true if the server has all of it. */
  async function flush(): Promise<boolean> {
    while (sending) await sending
    if (waits() && !stopped()) {
      toSend?.()
      toSend = null
      sending = send().finally(() => void (sending = null))
      await sending
    }
    return !waits()
  }

  function touch() {
    changes++
    toKeep ??= around.after(keepSoon, () => void keep())
    if (stopped()) return
    typingSince ??= now()
    const left = Math.max(0, longest - (now() - typingSince) / 1000)
    const trying = tries > 0 || shown.standing === 'signed-out'
    if (!trying && !sending) sendIn(Math.min(quiet, left))
    if (shown.standing === 'saved' || shown.standing === 'refused') show({ standing: 'unsent', refused: '' })
  }

  return {
    /** Opens what the browser keeps. Resolves with what earlier pages of this person left, the newest first. */
    start: async (): Promise<KeptWriting<Content>[]> => {
      store = await around.openStore().catch(() => null)
      show({ kept: store !== null })
      return (await store?.keptDraft(owner, draft).catch(() => [])) ?? []
    },
    /** Something was written. */
    touch,
    flush,
    /** Goes on with what an earlier page left; the page shows its content before. It is sent as from its version. */
    takeUp: async (left: KeptWriting<Content>) => {
      version = left.version
      touch()
      await keep()
      await store?.dropKept(left)
    },
    /** Throws away what an earlier page left. */
    putAside: async (left: KeptWriting<Content>) => void (await store?.dropKept(left)),
    /** Asks once more after a conflict: what was written since belongs into the merge too. */
    again: () => {
      if (stopped()) show({ standing: 'unsent' })
      return flush()
    },
    /** Both texts were merged, and the page shows the result: it is sent as from the version of the other. */
    resolve: (theirs: number) => {
      version = theirs
      show({ standing: 'unsent' })
      touch()
    },
    /** The page shows what another saved, and nothing of its own waits. */
    renew: (theirs: number) => void (version = theirs),
    /** The line may be back, or somebody signed in again. */
    hurry: () => void (waits() && flush()),
    /** The page may be about to go: keeps at once what is not on the server. */
    leave: () => void (waits() && keep()),
    /** True if the server does not have everything yet. */
    waits,
  }
}
