// The world of the traces: one running process, its clock, and people with browsers in front of it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { rightAnswer } from '#quiz/say-answer.ts'
import type { StudyState } from '#course/study.server.ts'
import type { Answer, Item } from '#quiz/question.ts'
import { startProcess, type Process } from '../../../bench/process.ts'
import { settingsIn } from '../../../bench/settings.ts'
import { filledForm } from '../../../quiz/filled-form.ts'
import { filledPaper } from './paper.ts'
import type { Granted } from './trace.ts'

export type KnownLesson = { id: string; minutes: number; sections: string[]; keys: Item[] }
type Reply<T = Record<string, unknown>> = { status: number; body: T }
type Found = Granted & { refused: Record<string, number> }

export type World = {
  /** Somebody new, signed in with a browser of their own. */
  somebody: (name: string) => Promise<Somebody>
  /** Time passes for everybody, seconds. */
  pass: (seconds: number) => Promise<void>
  lesson: (id: string) => Promise<KnownLesson>
  newEdition: (id: string) => Promise<void>
  /** The items of a course's test with their keys, by the address of the course. */
  testKeys: (course: string) => Promise<Item[]>
  /** What stands in the records once every visit has ended, by name. */
  found: () => Promise<Record<string, Found>>
}

/** A browser: what it keeps between requests. */
class Browser {
  cookies = new Map<string, string>()
  readonly origin: string

  constructor(origin: string) {
    this.origin = origin
  }

  #cookie = () => [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')

  /** The page at an address, as HTML. */
  async get(path: string): Promise<string> {
    const reply = await fetch(this.origin + path, { headers: { cookie: this.#cookie() } })
    if (!reply.ok) throw new Error(`${path} answered ${reply.status}`)
    return reply.text()
  }

  async send(path: string, body: unknown, type = 'application/json'): Promise<Reply> {
    const headers = {
      origin: this.origin,
      cookie: this.#cookie(),
      ...(body instanceof FormData ? {} : { 'content-type': type }),
    }
    const sent = body instanceof FormData || typeof body === 'string' ? body : JSON.stringify(body)
    const reply = await fetch(this.origin + path, { method: 'POST', headers, body: sent })
    for (const line of reply.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      this.cookies.set(name, value)
    }
    const text = await reply.text()
    return { status: reply.status, body: text.startsWith('{') ? JSON.parse(text) : {} }
  }
}

/** A person in front of a browser. */
export class Somebody {
  readonly world: World
  readonly id: string
  readonly number: string
  readonly browser: Browser

  constructor(world: World, id: string, number: string, browser: Browser) {
    this.world = world
    this.id = id
    this.number = number
    this.browser = browser
  }

  /** Signs in (again), as on the next day or on another device. */
  async signIn(browser = this.browser): Promise<Somebody> {
    const credentials = { username: this.number, password: '清风徐来水波不兴' }
    const { status } = await browser.send('/api/auth/sign-in/username', credentials)
    if (status !== 200) throw new Error(`${this.number} could not sign in: ${status}`)
    return new Somebody(this.world, this.id, this.number, browser)
  }

  /** The same person with another device. */
  elsewhere = () => this.signIn(new Browser(this.browser.origin))

  send = (step: string, body: unknown) => this.browser.send(`/study/${step}`, body)

  /** Opens a lesson; `segment` is the id that its page makes up. */
  async open(lesson: string, segment = v7()): Promise<Visit> {
    const known = await this.world.lesson(lesson)
    await this.send('open', { lesson, segment })
    return new Visit(this, known, segment)
  }

  /** Answers one check of a lesson as its page does. */
  answer(lesson: string, item: Item, answer: Answer = rightAnswer(item), event = v7()) {
    const form = filledForm(answer, item.id)
    form.set('lesson', lesson)
    form.set('event', event)
    return this.browser.send('/_actions/answer', form)
  }

  /** Opens the test of a course and fills in all of it rightly, in no time. */
  async openTest(course: string) {
    const path = `/courses/${course}/test`
    const paper = filledPaper(await this.browser.get(path), await this.world.testKeys(course))
    return { ...paper, action: new URL(paper.action, this.browser.origin + path) }
  }

  /** Hands in a paper as its form does. */
  handIn = ({ action, form }: { action: URL; form: FormData }) =>
    this.browser.send(action.pathname + action.search, form)

  state = async (lesson: string): Promise<StudyState> =>
    (await this.send('state', { lesson })).body as unknown as StudyState
}

/** A lesson open in a page. */
export class Visit {
  seq = 0
  readonly who: Somebody
  readonly lesson: KnownLesson
  readonly segment: string

  constructor(who: Somebody, lesson: KnownLesson, segment: string) {
    this.who = who
    this.lesson = lesson
    this.segment = segment
  }

  /** The next beat, with all sections unless it says otherwise. */
  next = (seconds: unknown, more: object = {}) => ({
    ...{ segment: this.segment, seq: (this.seq += 1), seconds, sections: this.lesson.sections },
    ...more,
  })
  beat = (seconds: unknown, more: object = {}) => this.who.send('beat', this.next(seconds, more))
  close = (last?: object) => this.who.send('close', { segment: this.segment, ...(last ? { last } : {}) })

  /** Time passes with a beat every half minute, each claiming all of it; sections come into view one after the other. */
  async read(minutes: number, more: object = {}) {
    const beats = Math.round(minutes * 2)
    for (let i = 1; i <= beats; i++) {
      await this.who.world.pass(30)
      const seen = Math.ceil((i / beats) * this.lesson.sections.length)
      await this.beat(30, { sections: this.lesson.sections.slice(0, seen), ...more })
    }
  }

  /** Answers all checks rightly, thinking a quarter of a minute about each. */
  async answerAll() {
    for (const item of this.lesson.keys) {
      await this.who.world.pass(15)
      await this.beat(15)
      await this.who.answer(this.lesson.id, item)
    }
  }

  /** Asks to finish, as the page does once nothing is missing by its own count. */
  finish = () => this.beat(0, { finish: true })
}

/** Starts the process; traces are played in it one after the other. */
export async function startWorld(): Promise<{ fresh: () => Promise<World>; stop: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lianxue-traces-'))
  const site = startProcess('../record/hours/traces/site.ts', settingsIn(dataDir))
  const origin = await site.ask<string>('origin')
  return {
    fresh: async () => (await site.ask('advance', 0), worldOf(site, origin)),
    stop: async () => {
      await site.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

let count = 0

function worldOf(site: Process, origin: string): World {
  const people = new Map<string, Somebody>()
  const world: World = {
    somebody: async (name) => {
      const number = `trace-${(count += 1)}`
      const id = await site.ask<string>('enter', number)
      const one = await new Somebody(world, id, number, new Browser(origin)).signIn()
      people.set(name, one)
      return one
    },
    pass: (seconds) => site.ask('advance', seconds * 1000),
    lesson: (id) => site.ask('lesson', id),
    newEdition: (id) => site.ask('newEdition', id),
    testKeys: (course) => site.ask('testKeys', course),
    found: async () => {
      await world.pass(31 * 60)
      const all = [...people].map(
        async ([name, { id }]) => [name, await site.ask<Found>('recordOf', id)] as const,
      )
      return Object.fromEntries(await Promise.all(all))
    },
  }
  return world
}
