// One attempt as the browser of its person knows it: what was acknowledged, and what may have arrived or not.
import type { Draft } from '#assessment/attempt/draft.ts'
import type { Next } from '#assessment/attempt/next.server.ts'
import type { Saved } from '#assessment/attempt/save.server.ts'

/** The last acknowledged word on an item; null if there is none. What was sent after it may be there instead. */
type Answering = { acknowledged: Draft | null; unsure: Draft[] }

/** An answer that was sent, and is sent again as it is until there is a reply. */
export type Sending = { step: 'save' | 'next'; item: string; draft: Draft; at: number }

/** `unsure`: it was asked for, and the reply was lost. */
type Known = 'no' | 'unsure' | 'yes'

export class Taking {
  readonly test: string
  readonly adaptive: boolean
  /** Its id; empty until its page was seen. */
  id = ''
  /** The page is open, and knows what is saved. */
  open = false
  begun: Known = 'no'
  handed: Known = 'no'
  /** Items in the order in which they were seen, the one that is asked now last. */
  readonly answers = new Map<string, Answering>()
  pending: Sending | null = null
  saves = 0

  constructor(test: string, adaptive: boolean) {
    this.test = test
    this.adaptive = adaptive
  }

  /** The items that an answer can be given to now. */
  get asked(): string[] {
    const items = [...this.answers.keys()]
    return this.adaptive ? items.slice(-1) : items
  }

  meets(item: string) {
    if (!this.answers.has(item)) this.answers.set(item, { acknowledged: null, unsure: [] })
  }

  of(item: string): Answering {
    const found = this.answers.get(item)
    if (!found) throw new Error(`Nobody asked ${item} in ${this.test}.`)
    return found
  }

  /** What may stand for an item: the acknowledged word, or a later one. */
  mayHold(item: string): (Draft | null)[] {
    const { acknowledged, unsure } = this.of(item)
    return [acknowledged, ...unsure]
  }

  sends(sending: Sending): Sending {
    this.pending = sending
    this.of(sending.item).unsure.push(sending.draft)
    return sending
  }

  /** What a reply to a saved answer says; false if it is no reply that a person should ever get. */
  saved({ item, draft }: Sending, { outcome, left, handed }: Saved): boolean {
    this.pending = null
    const inTime = !handed && left !== 0
    if (handed) this.handed = 'yes'
    if (outcome === 'saved' && inTime) this.#acknowledge(item, draft)
    // It came too late to count, and what was there before stands.
    else if (outcome === 'late' || outcome === 'older') this.#takeBack(item, draft)
    return outcome === 'saved' || !inTime
  }

  /** What a reply to “next” says. */
  went({ item, draft }: Sending, next: Next): boolean {
    this.pending = null
    // Where handing in was under way, what came after it does not count.
    if (next.type !== 'ended' || this.handed === 'no') this.#acknowledge(item, draft)
    if (next.type === 'ended') this.handed = 'yes'
    if (next.type === 'question') this.meets(next.question.id)
    return next.type !== 'question' || next.position === this.answers.size
  }

  #acknowledge(item: string, draft: Draft) {
    this.saves += 1
    Object.assign(this.of(item), { acknowledged: draft, unsure: [] })
  }

  #takeBack(item: string, draft: Draft) {
    const answering = this.of(item)
    answering.unsure = answering.unsure.filter((one) => one !== draft)
  }
}
