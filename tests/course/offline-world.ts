// A browser with what it keeps, a line that loses things, and the server's own rules of a visit, all on one clock.
import { v7 } from 'uuid'
import type { Shown } from '#course/shown.ts'
import { startSync, type Around } from '#course/sync.ts'
import type { Said } from '#course/hand-in.ts'
import type { Standing } from '#course/visit.ts'
import { isUrgent, type KeptAnswer, type KeptVisit, type Waiting } from '#course/waiting.ts'
import type { Reply } from '#quiz/post.ts'
import { extendSegment, silentMilliseconds, type Beat, type Segment } from '#record/hours/segment.ts'
import { seconds, union } from '#record/hours/span.ts'

/** What becomes of a request: it is answered, lost on its way, its reply is lost, or the site is busy or broken. */
export type Fate = 'ok' | 'request-lost' | 'reply-lost' | 'busy' | 'broken'

const start = Date.parse('2026-03-10T02:00:00.000Z')

/** The server, with the real rule for beats. */
export class Server {
  at = start
  person = 'mei'
  open = new Map<string, Segment>()
  ended = new Map<string, Segment>()
  answers = new Map<string, string>()
  /** Seconds before an answer is taken. */
  tooSoon = 0
  seen: string[] = []

  private counted(segment: Segment) {
    const refused = Object.values(segment.refused).reduce((sum, one) => sum + one, 0)
    return { seconds: Math.round(seconds(segment.spans)), refused }
  }
  private close(id: string) {
    const segment = this.open.get(id)
    if (segment) this.ended.set(id, segment)
    return this.open.delete(id)
  }
  private closeSilent() {
    for (const [id, { lastBeatAt }] of this.open)
      if (lastBeatAt < this.at - silentMilliseconds) this.close(id)
  }
  private mine = (id: string) => {
    const segment = this.open.get(id)
    return segment?.person === this.person ? segment : undefined
  }
  private beat(beat: Beat) {
    const before = this.mine(beat.segment)
    if (!before) return null
    const after = extendSegment(before, beat, this.at)
    this.open.set(after.id, after)
    return this.counted(after)
  }
  private state() {
    const owner = `mark-of-${this.person}`
    const mine = [...this.open.values(), ...this.ended.values()].filter((one) => one.person === this.person)
    const sum = Math.round(seconds(union(mine.flatMap(({ spans }) => spans))))
    const rest = { segment: null, neededSeconds: 6000, minutes: 100, sections: [], passed: [] }
    return { owner, seconds: sum, completedAt: null, missing: '', ...rest }
  }

  handle(step: string, body: Record<string, unknown>): Reply<never> {
    this.closeSilent()
    this.seen.push(step)
    const ok = (value: object) => ({ type: 'ok', value: value as never }) as const
    const gone = { type: 'gone', message: '已经结束。' } as const
    const id = String(body['segment'])
    if (this.person === '') return { type: 'signed-out' }
    if (body['owner'] !== undefined && body['owner'] !== `mark-of-${this.person}`)
      return { type: 'signed-out' }
    if (step === 'state') return ok(this.state())
    if (step === 'open') return this.ended.has(id) ? gone : (this.begin(id), ok(this.state()))
    if (step === 'beat') {
      const reply = this.beat(body as Beat)
      return reply ? ok(reply) : gone
    }
    if (step === 'close') {
      const last = body['last'] as Beat | undefined
      if (last && !this.beat(last)) return gone
      return ok({ closed: this.mine(id) ? this.close(id) : false })
    }
    if (step === 'visit') return ok(this.standing(id))
    if (this.tooSoon > 0) return ok({ type: 'too-soon', seconds: this.tooSoon })
    const fields = new Map(body['fields'] as [string, string][])
    this.answers.set(
      fields.get('event') ?? '',
      `${this.person} ${fields.get('item')} ${fields.get('choice')}`,
    )
    return ok({ type: 'graded' })
  }

  private standing(id: string): Standing {
    const open = this.mine(id)
    if (open) return { open: true, seq: open.lastSeq, ...this.counted(open) }
    const ended = this.ended.get(id)
    return {
      open: false,
      ended: ended?.person === this.person ? { ...this.counted(ended), sections: ended.sections } : null,
    }
  }
  private begin(id: string) {
    if (this.open.has(id)) return
    const fresh = { lastBeatAt: this.at, lastSeq: 0, spans: [], sections: [], watched: {}, refused: {} }
    const about = { id, person: this.person, lesson: 'lsn-a', edition: 1, revision: 'r', device: null }
    this.open.set(id, { ...about, ...fresh, silentSeconds: 0, openedAt: new Date(this.at).toISOString() })
  }

  private all(person: string) {
    return [...this.open.values(), ...this.ended.values()].filter((one) => one.person === person)
  }
  /** Counted to a person over all visits, as the record does. */
  countedOf = (person = 'mei') => seconds(union(this.all(person).flatMap(({ spans }) => spans)))
  /** The same time twice, which the record counts once. */
  twice = (person = 'mei') =>
    this.all(person).reduce((sum, { spans }) => sum + seconds(spans), 0) - this.countedOf(person)
  refusedOf = (reason: string, person = 'mei') =>
    this.all(person).reduce((sum, { refused }) => sum + (refused[reason] ?? 0), 0)
  sections = (person = 'mei') => [...new Set(this.all(person).flatMap(({ sections }) => sections))].sort()
}

/** What a browser keeps, as IndexedDB would. */
export class Shelf {
  visits = new Map<string, KeptVisit>()
  answers = new Map<string, KeptAnswer>()

  open(): Waiting {
    const of = <T extends { owner: string }>(all: Map<string, T>, owner: string) =>
      structuredClone([...all.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)).filter(
        (one) => one.owner === owner,
      )
    const dropWhere = (unwanted: (one: { owner: string; at: number }) => boolean) => {
      for (const all of [this.visits, this.answers])
        for (const [key, one] of all) if (unwanted(one)) all.delete(key)
    }
    return {
      visits: async (owner) => of(this.visits, owner),
      answers: async (owner) => of(this.answers, owner),
      urgent: async (at) => this.answers.size > 0 || [...this.visits.values()].some(isUrgent(at)),
      keepVisit: async (visit) => (this.visits.set(visit.segment, structuredClone(visit)), true),
      keepAnswer: async (answer) => (this.answers.set(answer.event, structuredClone(answer)), true),
      dropVisit: async (segment) => this.visits.delete(segment),
      dropAnswer: async (event) => this.answers.delete(event),
      dropAllOf: async (owner) => dropWhere((one) => one.owner === owner),
      dropOld: async (owner, at) => dropWhere((one) => one.owner !== owner && at - one.at > 7 * 86_400_000),
    }
  }
}

/** Lets everything that is under way come to its end. */
export const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

/** One page after the other in one browser. */
export class Browser {
  server = new Server()
  shelf = new Shelf()
  /** The fate of the next requests; when it is used up, all goes well. */
  fates: Fate[] = []
  down = false
  shown: Shown | null = null
  said: [string, Said][] = []
  /** Seconds that somebody really read; and before the page could learn who it was. */
  read = 0
  readUnknown = 0
  page: ReturnType<typeof startSync> | null = null
  private timers = new Map<number, () => void>()
  private made = 0

  private send(step: string, body: object): Reply<never> {
    const fate = this.down ? 'request-lost' : (this.fates.shift() ?? 'ok')
    if (fate === 'busy') return { type: 'busy', seconds: 5 }
    if (fate === 'broken') return { type: 'broken' }
    if (fate === 'request-lost') return { type: 'offline' }
    const reply = this.server.handle(step, structuredClone(body) as Record<string, unknown>)
    return fate === 'reply-lost' ? { type: 'offline' } : reply
  }

  /** The lesson is opened. */
  async load() {
    this.timers.clear()
    const page: Partial<Around> = {
      after: (_seconds, then) => {
        const number = this.made++
        this.timers.set(number, then)
        return () => this.timers.delete(number)
      },
      changed: (shown) => (this.shown = shown),
      said: (answer, said) => this.said.push([answer.item, said]),
    }
    this.page = startSync({
      ...(page as Pick<Around, 'after' | 'changed' | 'said'>),
      lesson: 'lsn-a',
      post: async (step, body) => this.send(step, body),
      openStore: async () => this.shelf.open(),
      id: () => v7(),
      now: () => this.server.at,
      beacon: (step, body) => (this.send(step, body), true),
      finish: () => false,
    })
    await this.page.start()
    await settled()
  }

  /** Somebody reads, second by second told to the page, which keeps what it is told. */
  async reads(amount: number, section?: string) {
    this.server.at += amount * 1000
    if (this.page?.owner()) this.read += amount
    else this.readUnknown += amount
    this.page?.add({ seconds: amount, ...(section && { sections: [section] }) })
    this.page?.keep()
    this.page?.beat(true)
    await settled()
  }
  /** Time goes by that nobody reads. */
  waits(amount: number) {
    this.server.at += amount * 1000
  }
  /** What the page wanted to do later is due. */
  async due() {
    const due = [...this.timers.values()]
    this.timers.clear()
    for (const then of due) then()
    await settled()
  }
  async leaves() {
    this.page?.leave()
    this.page = null
    await settled()
  }
  /** The browser is ended from outside; what was kept is there. */
  crashes() {
    this.page = null
    this.timers.clear()
  }
  async answers(item: string, choice: string, lesson = 'lsn-a', failed = true) {
    const event = v7()
    const fields: [string, string][] = [
      ['item', item],
      ['choice', choice],
      ['event', event],
    ]
    const taken = this.page?.answer({ event, item, lesson, fields }, failed)
    await settled()
    return taken
  }
  /** The line is back for good, and whatever waits goes out. */
  async comesRight() {
    this.down = false
    this.fates = []
    for (let tries = 0; tries < 4; tries++) {
      this.page?.hurry()
      await settled()
      await this.due()
    }
  }
}
