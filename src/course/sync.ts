// Keeps one page's visit and the server in step: opens it, tells it, hands in what waits, tries again when the line is
// back. Knows no page and no clock; what it shows and what it waits for is given to it.
import { handIn, type Carrier, type Rest, type Said } from '#course/hand-in.ts'
import { unknown, type Shown } from '#course/shown.ts'
import type { StudyState } from '#course/study.server.ts'
import { tell, type Held } from '#course/tell.ts'
import { addTo, beginVisit, hasNews, lose, nextBeat, type Untold } from '#course/visit.ts'
import { isUrgent, type KeptAnswer, type KeptVisit, type Waiting } from '#course/waiting.ts'
import type { Post, Reply } from '#quiz/post.ts'

export type Around = {
  lesson: string
  post: Post
  openStore: () => Promise<Waiting>
  id: () => string
  /** Now, ms since 1970. */
  now: () => number
  /** Calls back after so many seconds, unless the function that it returns is called. */
  after: (seconds: number, then: () => void) => () => void
  /** Sends while the page goes; false if the browser would not. */
  beacon: (step: string, body: object) => boolean
  changed: (shown: Shown) => void
  said: (answer: KeptAnswer, said: Said) => void
  /** True when, by the page's own count, the lesson is done once this visit is told. */
  finish: () => boolean
}

/** Seconds before the next try, growing. */
const pauses = [5, 10, 20, 40, 60]

export function startSync(around: Around) {
  const { lesson, post, now } = around
  let store: Waiting | null = null
  let owner = ''
  let held: Held = { visit: beginVisit(around.id(), lesson, '') }
  let opened = false
  let openings = 0
  /** Something was in the way before the visit could be opened. */
  let late = false
  let left = false
  let running = false
  let again = false
  /** The line came back while a try was under way that began without it. */
  let hurried = false
  let checked = false
  let stale = false
  let tries = 0
  let waits: (() => void) | null = null
  /** Seconds of the open visit that `study` counts already. */
  let base = 0
  let shown = unknown
  const show = (more: Partial<Shown>) => {
    const { seconds, refused } = held.visit.known
    const study = more.study ?? shown.study
    shown = { ...shown, ...more, counted: (study?.seconds ?? 0) + seconds - base, refused }
    around.changed(shown)
  }
  const done = () => Boolean(shown.study?.completedAt)

  /** The page's visit as it is kept; time before it was opened cannot be counted later. */
  const asKept = (more: Partial<KeptVisit> = {}): KeptVisit => {
    const { untold } = held.visit
    const rest = opened ? untold : lose(untold)
    return { ...held.visit, untold: rest, at: now(), opened, left, handed: false, ...more }
  }
  const keep = (more?: Partial<KeptVisit>) =>
    void (owner && store?.keepVisit(asKept(more)).then((kept) => kept || show({ kept: false })))

  /** What the server says of the lesson; false if it says it of somebody else. */
  function take(study: StudyState): boolean {
    if (owner && study.owner !== owner) return false
    owner = study.owner
    held.visit = { ...held.visit, owner }
    base = held.visit.known.seconds
    show({ study, kept: store !== null })
    if (study.completedAt) void store?.dropVisit(held.visit.segment)
    return true
  }

  const expired: Rest = { type: 'signed-out' }

  async function ask(): Promise<Rest | null> {
    const reply = await post<StudyState>('state', { lesson })
    if (reply.type === 'ok') return take(reply.value) ? null : expired
    return orClosed(reply)
  }

  async function open(): Promise<Rest | null> {
    openings++
    const reply = await post<StudyState>('open', { lesson, segment: held.visit.segment })
    if (reply.type === 'gone' && openings > 1) {
      // An earlier try arrived after all, and its visit has ended meanwhile.
      held = { visit: beginVisit(around.id(), lesson, owner, lose(held.visit.untold)) }
      openings = 0
      return open()
    }
    if (reply.type !== 'ok') return orClosed(reply)
    if (late) held.visit = { ...held.visit, untold: lose(held.visit.untold) }
    if (!take(reply.value)) return expired
    opened = true
    late = false
    if (!left) keep()
    return null
  }

  function orClosed(reply: Exclude<Reply<never>, { type: 'ok' }>): Rest | null {
    if (reply.type !== 'gone' && reply.type !== 'wrong') return reply
    show({ line: 'closed', message: reply.message })
    return null
  }

  async function tellNow(always: boolean): Promise<Rest | null> {
    const mine = held
    const told = await tell<{ finished?: StudyState }>(mine, post, () => void (mine === held && keep()), {
      now,
      always,
      finish: around.finish,
    })
    // The page was left and shown again meanwhile; what is kept of that visit is handed in with the rest.
    if (mine !== held) return null
    if (told.type === 'later') return told.trouble
    if (told.type === 'refused') show({ message: told.message })
    if (told.type === 'ended') {
      await store?.dropVisit(mine.visit.segment)
      begin(told.left ?? undefined)
    }
    if (told.type === 'told' && told.reply?.finished) take(told.reply.finished)
    return null
  }

  function begin(untold?: Untold) {
    held = { visit: beginVisit(around.id(), lesson, owner, untold) }
    opened = false
    openings = 0
    base = 0
  }

  async function earlier(which: (kept: KeptVisit) => boolean): Promise<Rest | null> {
    if (!store || !owner) return null
    const carrier: Carrier = {
      ...{ post, store, owner, id: around.id, now },
      takeOver: (of, untold) => {
        if (of !== lesson || left || done()) return false
        held.visit = addTo(held.visit, untold)
        return true
      },
      said: (answer, said) => {
        if (answer.lesson === lesson) stale = true
        else show({ handed: shown.handed + 1 })
        around.said(answer, said)
      },
      dropped: (message) => show({ message }),
    }
    return handIn(carrier, (kept) => kept.segment !== held.visit.segment && which(kept))
  }

  async function step(always: boolean): Promise<Rest | null> {
    let wait: Rest | null = null
    /** True if something is in the way; an answer that is held up is not. */
    const stopped = (rest: Rest | null) => {
      if (rest?.type === 'wait') wait = rest
      return rest !== null && rest.type !== 'wait' ? ((wait = rest), true) : shown.line === 'closed'
    }
    if (opened && !done() && stopped(await tellNow(always))) return wait
    if (store && !owner && (await store.urgent(now())) && stopped(await ask())) return wait
    if (stopped(await earlier(isUrgent(now())))) return wait
    if (!opened && stopped(await open())) return wait
    if (!checked && stopped(await earlier((kept) => kept.handed))) return wait
    if (!checked) await store?.dropOld(owner, now())
    checked = true
    if (stale && stopped(await ask())) return wait
    stale = false
    return wait
  }

  async function sync(always = false): Promise<void> {
    if (running) return void (again = true)
    if (left || shown.line === 'closed') return
    running = true
    waits?.()
    waits = null
    // Only what the browser keeps can fail here; without it, all else goes on.
    const rest = await step(always).catch((): Rest => ((store = null), { type: 'broken' }))
    await settle(rest).catch(() => ((store = null), settle(rest)))
    running = false
    const next = hurried || (again && !waits)
    again = hurried = false
    if (next) await sync()
  }

  async function settle(rest: Rest | null) {
    const answers = owner && store ? (await store.answers(owner)).length : 0
    const others = rest && owner && store ? await store.visits(owner) : []
    const seconds = others
      .filter(({ segment, handed }) => segment !== held.visit.segment && !handed)
      .reduce((sum, visit) => sum + secondsIn(visit), secondsIn(held.visit))
    if (shown.line === 'closed') return show({ answers, seconds: 0 })
    if (rest === null || rest.type === 'wait') {
      tries = 0
      show({ line: 'studying', answers, seconds: 0 })
      if (rest) waits = around.after(rest.seconds, () => void sync())
      return
    }
    late ||= !opened
    const line = rest.type === 'offline' ? 'offline' : rest.type === 'signed-out' ? 'expired' : 'busy'
    show({ line: line === 'expired' && !owner ? 'guest' : line, answers, seconds })
    if (rest.type === 'signed-out') return
    const pause = pauses[Math.min(tries++, pauses.length - 1)] ?? 60
    waits = around.after(rest.type === 'busy' ? (rest.seconds ?? pause) : pause, () => void sync())
  }

  return {
    /** Opens what the browser keeps, and begins. */
    start: async () => {
      store = await around.openStore().catch(() => null)
      await sync()
    },
    /** Notes what there is to tell. */
    add: (more: Partial<Untold>) =>
      void (held.visit = addTo(held.visit, { ...more, until: more.seconds ? now() : 0 })),
    /** Every 30 seconds. @param always even without news, so that the visit stays open. */
    beat: (always: boolean) => void (shown.line === 'studying' && waits === null && sync(always)),
    /** The line may be back, or somebody signed in again. */
    hurry: () => {
      hurried = running
      if (shown.line !== 'guest') void sync()
    },
    /** What the server says of the lesson may have changed. */
    refresh: () => ((stale = true), void (shown.line !== 'guest' && sync())),
    keep: () => keep(),
    /** The mark of the person, once it is known. */
    owner: () => owner,
    /** Seconds of the visit that the server has not heard of. */
    untold: () => secondsIn(held.visit),
    /** The answers that wait. */
    answers: async () => (owner && (await store?.answers(owner))) || [],
    /** Takes an answer into what waits; false if it should be sent at once, or cannot be kept. */
    answer: (answer: Omit<KeptAnswer, 'owner' | 'at'>, failed: boolean): boolean => {
      const atOnce = !failed && shown.line === 'studying' && shown.answers === 0
      if (atOnce || !store || !owner) return false
      void queue(store, { ...answer, owner, at: now() })
      return true
    },
    /** Ends the visit while the page is still there, so that the record shows it at once. */
    end: async () => {
      await sync()
      if (left || !opened || shown.line !== 'studying') return
      left = true
      await post('close', { segment: held.visit.segment })
      await store?.dropVisit(held.visit.segment)
    },
    /** The page goes. */
    leave: () => {
      if (left) return
      left = true
      const { segment, sent, untold } = held.visit
      if (!opened) return void (hasNews(untold) && keep())
      if (done() || (!sent && !hasNews(untold))) {
        around.beacon('close', { segment })
        return void store?.dropVisit(segment)
      }
      // What is under way must arrive before what comes after it, so the rest waits for the next page.
      if (sent || shown.line !== 'studying') return keep()
      const next = nextBeat(held.visit, now(), around.finish())
      held.visit = next.visit
      keep({ handed: around.beacon('close', { segment, last: next.beat }) })
    },
    /** The page that was left is shown again as it was. */
    comeBack: () => {
      left = false
      checked = false
      begin()
      void sync()
    },
  }

  async function queue(shelf: Waiting, answer: KeptAnswer) {
    for (const before of await shelf.answers(owner))
      if (before.item === answer.item) await shelf.dropAnswer(before.event)
    if (await shelf.keepAnswer(answer)) show({ answers: (await shelf.answers(owner)).length })
    else around.said(answer, { problem: '答案还在这里，没有存上，请再按一次' })
    await sync()
  }
}

const secondsIn = ({ sent, untold }: { sent: Untold | null; untold: Untold }) =>
  (sent?.seconds ?? 0) + untold.seconds
