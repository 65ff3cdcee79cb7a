// Beats and answers as a hall of learners sends them, each with a lesson of its own: opened, read, its checks answered
// rightly, left. Side by side with our own process committing each write, and an Astro endpoint committing each.
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from 'autocannon'
import { v7 } from 'uuid'
import { rightAnswer } from '#quiz/say-answer.ts'
import type { Item } from '#quiz/question.ts'
import { filledForm } from '../quiz/filled-form.ts'
import { buildAstroRival } from './astro-rival.ts'
import { compete, quantile, type Contender, type Result } from './load.ts'
import { startProcess, type Process } from './process.ts'
import { settingsIn } from './settings.ts'
import { atLeast, atMost, figure, type Line } from './table.ts'

/** Learners take turns at the connections; who has had a lesson begins it again. */
const learners = 6_000
/** A beat each half minute of a lesson of eleven, and its checks. */
const beatsOfLesson = 22
/** Clock of the process against ours: a request every few ms stands for one every half minute. */
const hurry = 1_000

type Known = { lesson: string; sections: string[]; items: Item[] }
type Asked = { path: string; body: string }

export async function measureIngestion(): Promise<Line[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lianxue-bench-'))
  const site = startProcess('site.ts', settingsIn(dataDir))
  const astro = startProcess('rivals/astro.ts', await buildAstroRival(dataDir))
  try {
    const { cookies, known, origin } = await prepare(site)
    await astro.ask('open', [])
    const rival = await astro.ask<string>('origin')
    const lines: Line[] = []
    for (const connections of [64, 512]) {
      const holds: number[] = []
      const results = await compete({
        ours: { ...hallOf(cookies, known, origin), connections, ...watched(site, holds) },
        alone: { ...hallOf(cookies, known, origin), connections, ...committingAlone(site) },
        astro: { ...hallOf(cookies, known, rival), connections },
      })
      lines.push(...(await compareAt(connections, results, Math.max(...holds), { cookies, known, origin })))
    }
    return lines
  } finally {
    await Promise.all([site, astro].map((one) => one.stop('SIGKILL')))
    rmSync(dataDir, { recursive: true, force: true })
  }
}

type Prepared = { cookies: string[]; known: Known; origin: string }

/** A site with people signed in, and what their pages know. */
export async function prepare(site: Process, count = learners): Promise<Prepared> {
  const origin = await site.ask<string>('origin')
  const { id: lesson } = await site.ask<{ id: string }>('lesson')
  const known = { lesson, ...(await site.ask<Omit<Known, 'lesson'>>('lessonWithKeys', lesson)) }
  const cookies = await site.ask<string[]>('enterSignedIn', count)
  await site.ask('hurry', hurry)
  return { cookies, known, origin }
}

/** Everything that one learner sends, in order. */
export function* visitOf({ lesson, sections, items }: Known): Generator<Asked> {
  const segment = v7()
  yield { path: '/study/open', body: JSON.stringify({ lesson, segment }) }
  for (let seq = 1; seq <= beatsOfLesson; seq++)
    yield { path: '/study/beat', body: JSON.stringify({ segment, seq, seconds: 6, sections, watched: {} }) }
  for (const item of items) {
    const form = filledForm(rightAnswer(item), item.id)
    form.set('lesson', lesson)
    form.set('event', v7())
    yield { path: '/study/answer', body: JSON.stringify({ fields: [...form] }) }
  }
}

/** Makes each connection the page of one learner after the other. */
export function hallOf(cookies: string[], known: Known, origin: string): Contender {
  let count = 0
  const setup = (client: Client) => {
    let cookie = ''
    let visit = visitOf(known)
    const next = () => {
      let asked = visit.next()
      if (asked.done || cookie === '') {
        cookie = cookies[count++ % cookies.length] ?? ''
        visit = visitOf(known)
        asked = visit.next()
      }
      const { path, body } = asked.value as Asked
      const headers = { cookie, origin, 'content-type': 'application/json' }
      client.setRequests([{ method: 'POST', path, headers, body }])
    }
    next()
    client.on('response', next)
  }
  return { url: `${origin}/study/beat`, method: 'POST', setup }
}

const watched = (site: Process, holds: number[]) => ({
  before: () => site.ask('watchLoop'),
  after: async () => holds.push(await site.ask('longestHold')),
})

const committingAlone = (site: Process) => ({
  before: () => site.ask('groupCommit', false),
  after: () => site.ask('groupCommit', true),
})

const plain = ({ perSecond, p50, p99 }: Result) =>
  `${figure(perSecond)} /s, p50 ${figure(p50)} ms, p99 ${figure(p99)} ms`

const pacedSeconds = 5

/**
 * The time, ms, within which 99 % were answered when so many ask each second, evenly: autocannon's own rate sends all of
 * a second at its beginning.
 */
async function pacedP99(
  { cookies, known, origin }: Prepared,
  connections: number,
  rate: number,
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const visits = Array.from({ length: connections }, (_, i) => ({
    cookie: cookies[i] ?? '',
    visit: visitOf(known),
  }))
  const times: number[] = []
  const next = async (one: { cookie: string; visit: Generator<Asked> }) => {
    let asked = one.visit.next()
    if (asked.done) {
      one.visit = visitOf(known)
      asked = one.visit.next()
    }
    await post(agent, origin, one.cookie, asked.value as Asked)
  }
  // Nobody begins a lesson at the same second as everybody else.
  const apart = async (one: (typeof visits)[number], place: number) => {
    for (let i = 0; i < place % (beatsOfLesson + known.items.length); i++) await next(one)
  }
  await Promise.all(visits.map(apart))
  const began = performance.now()
  const page = async (one: (typeof visits)[number], place: number) => {
    for (let turn = place; turn < rate * pacedSeconds; turn += connections) {
      const due = began + (turn / rate) * 1000
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())))
      await next(one)
      times.push(performance.now() - due)
    }
  }
  await Promise.all(visits.map((one, place) => page(one, place)))
  agent.destroy()
  return quantile(times, 0.99)
}

function post(agent: Agent, origin: string, cookie: string, { path, body }: Asked): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      origin,
      cookie,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    }
    const sent = request(origin + path, { method: 'POST', agent, headers }, (reply) => {
      reply
        .resume()
        .on('end', () =>
          reply.statusCode === 200 ? resolve() : reject(new Error(`${path}: ${reply.statusCode}`)),
        )
    })
    sent.on('error', reject).end(body)
  })
}

/** The ratios, and how long an answer takes when half as many ask as could be answered. */
async function compareAt(
  connections: number,
  { ours, alone, astro }: Record<'ours' | 'alone' | 'astro', Result>,
  hold: number,
  { cookies, known, origin }: Prepared,
): Promise<Line[]> {
  const rate = Math.round(ours.perSecond / 2)
  const p99 = await pacedP99({ cookies, known, origin }, connections, rate)
  const against = (what: string, rival: Result, target: number) =>
    atLeast(what, ours.perSecond / rival.perSecond, target, '×', ` of ${plain(rival)}`)
  return [
    { what: `beats and answers stored, ${connections} connections`, measured: plain(ours) },
    against('… against our own process committing each', alone, 3.5),
    against('… against an Astro endpoint that commits each', astro, 7),
    atMost(`… p99 at half load (${figure(rate)} /s)`, p99, 100, ' ms'),
    atMost('… longest hold of the event loop meanwhile', hold, 50, ' ms'),
  ]
}
