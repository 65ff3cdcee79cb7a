// A learner who studies over HTTP as a page does: whatever was not acknowledged is sent again, with the same ids, until
// it is. Keeps what was acknowledged, so that it can be looked for on the disk.
import { v7 } from 'uuid'
import type { Item } from '#quiz/question.ts'
import type { Served } from './process.ts'

/** A lesson, its page, and a question in it. */
export type Studied = { lesson: string; path: string; item: Extract<Item, { kind: 'single' | 'true-false' }> }

/** Something to be sent, and what an acknowledgement of it means. */
type Sending = { what: 'open' | 'beat' | 'close' | 'answer'; studied: Studied; id: string; seq: number }
export type Said = { what: string; status: number; retryAfter: string | null; text: string }

export class Learner {
  readonly person: string
  readonly number: string
  cookie = ''
  /** Visits opened, and for each the last beat, that were acknowledged. */
  readonly opened = new Map<string, number>()
  readonly closed = new Set<string>()
  readonly answered = new Set<string>()
  /** Answers that were sent, and cut off or held up: they may be there or not. */
  readonly unsure = new Set<string>()
  /** Whatever was not 200, in order. */
  readonly refused: Said[] = []
  beats = 0
  #visit: string | null = null
  #sent = 0
  #pending: Sending | null = null

  constructor(person: string, number: string) {
    this.person = person
    this.number = number
  }

  /** Everything that was acknowledged. */
  get acknowledged(): number {
    return this.opened.size + this.closed.size + this.answered.size + this.beats
  }

  /** Nothing waits to be sent again. */
  get settled(): boolean {
    return this.#pending === null
  }

  /** Signs in as a script would. */
  async signIn(site: Served, password: string): Promise<Said> {
    const reply = await post(
      site,
      '/api/auth/sign-in/username',
      JSON.stringify({ username: this.number, password }),
    )
    const cookie = reply.headers.getSetCookie().find((one) => one.includes('session_token='))
    if (reply.status === 200) this.cookie = cookie?.split(';')[0] ?? ''
    return said('sign-in', reply)
  }

  /** Sends what is pending, or the next thing; false if the line broke or it was refused for now. */
  async step(site: Served, lessons: Studied[]): Promise<boolean> {
    const sending = (this.#pending ??= this.#next(lessons))
    const reply = await this.#send(site, sending).catch(() => null)
    if (!reply) return false
    const heard = await said(sending.what, reply).catch(() => null)
    if (!heard) return false
    if (heard.status !== 200) {
      this.refused.push(heard)
      return false
    }
    this.#note(sending, heard)
    this.#pending = null
    return true
  }

  /** Sends what is still pending until it is acknowledged. */
  async settle(site: Served, lessons: Studied[]): Promise<void> {
    while (!this.settled && !(await this.step(site, lessons))) await new Promise((go) => setTimeout(go, 50))
  }

  #next(lessons: Studied[]): Sending {
    const studied = lessons[Math.floor(Math.random() * lessons.length)] as Studied
    const chance = Math.random()
    if (chance < 0.15) return { what: 'answer', studied, id: v7(), seq: 0 }
    if (this.#visit === null) return { what: 'open', studied, id: v7(), seq: 0 }
    if (chance > 0.85) return { what: 'close', studied, id: this.#visit, seq: 0 }
    return { what: 'beat', studied, id: this.#visit, seq: this.#sent + 1 }
  }

  #send(site: Served, { what, studied, id, seq }: Sending): Promise<Response> {
    if (what === 'answer') this.unsure.add(id)
    const bodies = {
      answer: answerTo(studied, id),
      open: { lesson: studied.lesson, segment: id },
      beat: { segment: id, seq, seconds: 0.02, sections: ['s1'] },
      close: { segment: id },
    }
    return post(site, `/study/${what}`, JSON.stringify(bodies[what]), this.cookie)
  }

  #note({ what, id, seq }: Sending, { text }: Said) {
    // Who answers faster than anybody can read is told to wait, and nothing is recorded.
    if (what === 'answer' && text.includes('"graded"')) this.answered.add(id)
    if (what === 'close') this.closed.add(id)
    if (what === 'beat') this.beats += 1
    if (what === 'beat' || what === 'open') this.opened.set(id, seq)
    if (what === 'open' || what === 'close') [this.#visit, this.#sent] = [what === 'open' ? id : null, 0]
    if (what === 'beat') this.#sent = seq
  }
}

/** What the script of a page sends of an answer, the right one if not said otherwise, under an id of its own. */
export function answerTo(
  { lesson, item }: Studied,
  event: string,
  choice = String(item.key),
): { fields: [string, string][] } {
  return { fields: Object.entries({ lesson, item: item.id, choice, event }) }
}

/** A request from a page of ours. */
export function post(site: Served, path: string, body: string, cookie = ''): Promise<Response> {
  const headers = { origin: site.origin, cookie, 'content-type': 'application/json' }
  return fetch(site.origin + path, { method: 'POST', body, headers, redirect: 'manual' })
}

/** What a reply said. */
export async function said(what: string, reply: Response): Promise<Said> {
  const text = await reply.text()
  return { what, status: reply.status, retryAfter: reply.headers.get('retry-after'), text }
}
