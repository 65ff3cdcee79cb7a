// Somebody who takes tests over HTTP as pages do: begins, saves one answer after the other, goes on, hands in, sends again
// whatever was not acknowledged. Everything that he decides comes from a seed.
import { v7 } from 'uuid'
import type { Draft } from '#assessment/attempt/draft.ts'
import type { Next } from '#assessment/attempt/next.server.ts'
import type { Saved } from '#assessment/attempt/save.server.ts'
import type { AttemptState } from '#assessment/attempt/state.server.ts'
import { ownerMark } from '#course/owner.server.ts'
import { chance, pick, randomFor, type Random } from '#demo/random.ts'
import type { Item } from '#quiz/question.ts'
import { blindAnswer, fieldsOf, rightAnswer } from '#quiz/say-answer.ts'
import { post, said, type Learner, type Said } from './learner.ts'
import type { Served } from './process.ts'
import { Taking, type Sending } from './taking.ts'

/** What the person sees of the site just now. */
export type Scene = { site: Served; items: ReadonlyMap<string, Item>; mayHandIn: boolean }

export class Taker {
  readonly learner: Learner
  readonly takings: Taking[]
  readonly random: Random
  /** Whatever nobody should ever be told, in order. */
  readonly refused: (Said | string)[] = []
  /** Requests that were under way when the line broke. */
  readonly cutOff: string[] = []
  #page = v7()
  #seq = 0

  constructor(learner: Learner, tests: { id: string; adaptive: boolean }[], seed: string) {
    this.learner = learner
    this.random = randomFor('attempt', seed, learner.person)
    this.takings = tests.map(({ id, adaptive }) => new Taking(id, adaptive))
  }

  get done(): boolean {
    return this.takings.every(({ handed }) => handed === 'yes')
  }

  /** The line broke: perhaps the browser is opened anew, perhaps on another device that knows only what the site knows. */
  comesBack() {
    if (!chance(this.random, 0.5)) return
    this.#page = v7()
    for (const taking of this.takings) {
      taking.open = false
      if (chance(this.random, 0.5)) taking.pending = null
    }
  }

  /** One request, or a double click; false if the line broke. */
  async step(scene: Scene): Promise<boolean> {
    const open = this.takings.filter(({ handed }) => handed !== 'yes')
    const taking = pick(this.random, open.length > 0 ? open : this.takings)
    return this.#act(scene, taking).catch((error: unknown) => {
      // What fetch throws when the line breaks; anything else is a fault of this test.
      if (!(error instanceof TypeError)) throw error
      this.cutOff.push(wordFor(taking))
      return false
    })
  }

  async #act({ site, items, mayHandIn }: Scene, taking: Taking): Promise<boolean> {
    if (taking.begun !== 'yes') return this.#begin(site, taking)
    if (!taking.open) return this.#look(site, taking)
    if (taking.pending) return this.#send(site, taking, taking.pending)
    const open = taking.asked.filter((item) => taking.of(item).acknowledged === null)
    const ready = open.length === 0 || chance(this.random, 0.02) || taking.handed === 'unsure'
    if (mayHandIn && ready && !taking.adaptive) return this.handIn(site, taking)
    if (mayHandIn && chance(this.random, 0.02)) return this.handIn(site, taking)
    const step = taking.adaptive && mayHandIn && chance(this.random, 0.7) ? 'next' : 'save'
    const item = items.get(pick(this.random, open.length > 0 ? open : taking.asked))
    if (!item) throw new Error(`${taking.test} asks what is not in the bank.`)
    return this.#send(site, taking, taking.sends({ step, item: item.id, ...this.#answer(site, item) }))
  }

  /** Mostly right or a guess, now and then only half an answer or none. */
  #answer(site: Served, item: Item): { draft: Draft; at: number } {
    const answer = chance(this.random, 0.5) ? rightAnswer(item) : blindAnswer(item, this.random)
    const whole = fieldsOf(answer)
    const fields = chance(this.random, 0.1) ? whole.slice(0, -1) : whole
    const marked = chance(this.random, 0.2)
    return { draft: { fields, marked, page: this.#page, seq: this.#seq++ }, at: site.now }
  }

  async #send(site: Served, taking: Taking, sending: Sending): Promise<boolean> {
    const { step, item, draft, at } = sending
    const owner = ownerMark(this.learner.person)
    const body = { attempt: taking.id, item, ...draft, ago: site.now - at, owner }
    const reply = await this.#hot<Saved & Next>(site, step, body)
    if (!reply) return true
    const fine = step === 'save' ? taking.saved(sending, reply) : taking.went(sending, reply)
    if (!fine) this.refused.push(`${step}: ${JSON.stringify(reply)}`)
    return true
  }

  async #begin(site: Served, taking: Taking): Promise<boolean> {
    const before = taking.begun
    taking.begun = 'unsure'
    const page = `/assessments/${taking.test}`
    const told = this.refused.length
    if (await this.#form(site, page, 'startAttempt', { assessment: taking.test }, `${page}/attempt`))
      taking.begun = 'yes'
    // It had begun without a reply, and its time ran out before the next try.
    else if (before === 'unsure' && this.refused.splice(told).every(isTooSoon))
      taking.begun = taking.handed = 'yes'
    return true
  }

  /** Opens the page, which is led to the results once the attempt is handed in; then asks what is saved. */
  async #look(site: Served, taking: Taking): Promise<boolean> {
    const path = `/assessments/${taking.test}/attempt`
    const { cookie } = this.learner
    const reply = await fetch(site.origin + path, { headers: { cookie }, redirect: 'manual' })
    if (reply.status === 303) {
      taking.handed = 'yes'
      return true
    }
    const html = await reply.text()
    const id = /name="attempt" value="([^"]+)"/.exec(html)?.[1]
    if (reply.status !== 200 || !id) return this.#isRefused(await saidOf(path, reply, html))
    const asking = { attempt: id, owner: ownerMark(this.learner.person) }
    const state = await this.#hot<AttemptState>(site, 'state', asking)
    if (!state) return true
    if (state.handed) taking.handed = 'yes'
    else this.#compare(taking, state)
    Object.assign(taking, { id, open: true })
    return true
  }

  /** What the page shows again is what was acknowledged, or what was on its way after that. */
  #compare(taking: Taking, { items }: AttemptState) {
    for (const { item, fields } of items) {
      taking.meets(item)
      const known = taking.mayHold(item).map((draft) => JSON.stringify(draft?.fields ?? []))
      if (!known.includes(JSON.stringify(fields)))
        this.refused.push(`${item} came back as ${JSON.stringify(fields)}, not ${known.join(' or ')}`)
    }
    for (const item of taking.answers.keys())
      if (!items.some((one) => one.item === item)) this.refused.push(`${item} is asked no more`)
  }

  /** Hands in, or once more; a double click now and then. */
  async handIn(site: Served, taking: Taking): Promise<boolean> {
    if (taking.handed === 'no') taking.handed = 'unsure'
    const page = `/assessments/${taking.test}`
    const results = `${page}/results?attempt=${taking.id}`
    const fine = await this.#form(site, `${page}/attempt`, 'handInAttempt', { attempt: taking.id }, results)
    if (!fine) return true
    taking.handed = 'yes'
    return true
  }

  /** A form of a page without script; true if one of its sendings was answered by the address where it leads. */
  async #form(
    site: Served,
    path: string,
    action: string,
    fields: Record<string, string>,
    leadsTo: string,
  ): Promise<boolean> {
    const headers = { origin: site.origin, accept: 'text/html', cookie: this.learner.cookie }
    const address = `${site.origin}${path}?_action=${action}`
    const click = async () => {
      const body = new URLSearchParams(fields)
      const reply = await fetch(address, { method: 'POST', body, headers, redirect: 'manual' })
      const text = await reply.text()
      if (reply.status === 303 && reply.headers.get('location')?.split('?resumed')[0] === leadsTo) return true
      return !this.#isRefused(await saidOf(action, reply, text))
    }
    const clicks = await Promise.allSettled(chance(this.random, 0.3) ? [click(), click()] : [click()])
    if (clicks.some((one) => one.status === 'fulfilled' && one.value)) return true
    const broken = clicks.find((one) => one.status === 'rejected')
    if (broken) throw broken.reason
    return false
  }

  /** One of the hot addresses; null if it was refused. */
  async #hot<T>(site: Served, step: string, body: object): Promise<T | null> {
    const reply = await post(site, `/attempt/${step}`, JSON.stringify(body), this.learner.cookie)
    const heard = await said(step, reply)
    if (heard.status === 200) return JSON.parse(heard.text) as T
    this.#isRefused(heard)
    return null
  }

  #isRefused(heard: Said): true {
    this.refused.push({ ...heard, text: /现在还不能再测/.exec(heard.text)?.[0] ?? heard.text.slice(0, 300) })
    return true
  }
}

/** What was under way. */
const wordFor = ({ begun, open, pending, handed }: Taking) =>
  begun !== 'yes' ? 'begin' : !open ? 'open' : (pending?.step ?? (handed === 'no' ? 'open' : 'hand in'))

const isTooSoon = (heard: Said | string) => typeof heard !== 'string' && heard.text.includes('现在还不能再测')

const saidOf = (what: string, reply: Response, text: string): Said => ({
  what,
  status: reply.status,
  retryAfter: reply.headers.get('location'),
  text,
})
