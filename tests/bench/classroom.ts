// A class of three hundred in one hall: all sign in and begin the same test in the same minute, answer it, and hand in
// together; beside them a hundred others study, whose beats must not notice. Against our own process as it runs.
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { quantile } from './load.ts'
import { startProcess, type Process } from './process.ts'
import { settingsIn } from './settings.ts'
import { atMost, figure, type Line } from './table.ts'

const people = 300
const test = 'asm-lianjie'
/** Others who have a lesson open, and how often each tells of it. */
const readers = 100
const beatMilliseconds = 5_000
/** Everybody answers a question every so many ms. */
const answerMilliseconds = 2_000

type Asked = { method?: string; cookie?: string; form?: Record<string, string>; json?: unknown }
type Answered = { status: number; headers: Record<string, string | string[] | undefined>; body: string }
/** What the site knows of an attempt that runs. */
type Paper = { attempt: string; owner: string; answers: { item: string; fields: [string, string][] }[] }

const agent = new Agent({ keepAlive: true, maxSockets: 1_000 })

function ask(origin: string, path: string, { method, cookie, form, json }: Asked): Promise<Answered> {
  const body = form ? new URLSearchParams(form).toString() : json === undefined ? '' : JSON.stringify(json)
  const type = form ? 'application/x-www-form-urlencoded' : 'application/json'
  const headers = {
    ...(cookie ? { cookie } : {}),
    ...(body ? { 'content-type': type, 'content-length': Buffer.byteLength(body) } : {}),
    ...{ origin, accept: form || !json ? 'text/html' : 'application/json' },
  }
  return new Promise((resolve, reject) => {
    const sent = request(origin + path, { method: method ?? 'POST', agent, headers }, (reply) => {
      const chunks: Buffer[] = []
      reply.on('data', (chunk: Buffer) => chunks.push(chunk))
      reply.on('end', () =>
        resolve({
          ...{ status: reply.statusCode ?? 0, headers: reply.headers },
          body: Buffer.concat(chunks).toString(),
        }),
      )
    })
    sent.on('error', reject).end(body)
  })
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** The cookies of a browser after an answer. */
function keep(jar: Map<string, string>, { headers }: Answered) {
  for (const line of [headers['set-cookie'] ?? []].flat()) {
    const [pair = ''] = line.split(';')
    jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
  }
}

const cookieOf = (jar: Map<string, string>) => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')

/** Signs in as a browser would, waiting on the page that shows the place; how long it took, ms, and until the first answer. */
async function signIn(origin: string, number: string, password: string) {
  const jar = new Map<string, string>()
  const began = performance.now()
  let reply = await ask(origin, '/sign-in?_action=signIn', { form: { number, password } })
  const first = performance.now() - began
  for (;;) {
    keep(jar, reply)
    if (reply.status !== 200 && reply.status !== 303) throw new Error(`Signing in: ${reply.status}`)
    const next = String(reply.headers['location'] ?? '')
    if (reply.status === 303 && next !== '/sign-in/wait')
      return { cookie: cookieOf(jar), first, took: performance.now() - began }
    const seconds = reply.status === 303 ? 0 : Number(reply.headers['refresh'] ?? 2)
    await pause(seconds * 1000)
    reply = await ask(origin, '/sign-in/wait', { method: 'GET', cookie: cookieOf(jar) })
  }
}

/** Times of what many do at once, ms. */
async function timed<T>(many: readonly T[], act: (one: T) => Promise<Answered>): Promise<number[]> {
  return Promise.all(
    many.map(async (one) => {
      const began = performance.now()
      const { status, body } = await act(one)
      if (status >= 400) throw new Error(`${status}: ${body.slice(0, 300)}`)
      return performance.now() - began
    }),
  )
}

/** Readers whose pages beat until they are told to stop; the times of the beats of each phase. */
function beatBeside(origin: string, cookies: readonly string[], lesson: string) {
  const times: number[] = []
  let going = true
  const page = async (cookie: string, place: number) => {
    await pause((place / cookies.length) * beatMilliseconds)
    const segment = v7()
    await ask(origin, '/study/open', { cookie, json: { lesson, segment } })
    for (let seq = 1; going; seq++) {
      await pause(beatMilliseconds)
      const json = { segment, seq, seconds: 5, sections: [], watched: {} }
      const began = performance.now()
      await ask(origin, '/study/beat', { cookie, json })
      times.push(performance.now() - began)
    }
  }
  const all = cookies.map(page)
  return { taken: () => times.splice(0), stop: () => ((going = false), Promise.all(all)) }
}

/** Processor time of the site since the last time it was asked, ms. */
function processorOf(site: Process) {
  let before = 0
  return async () => {
    const now = await site.ask<number>('cpu')
    const spent = now - before
    before = now
    return spent
  }
}

const both = (times: number[]) =>
  `p50 ${figure(quantile(times, 0.5))} ms, p95 ${figure(quantile(times, 0.95))} ms`

export async function measureClassroom(): Promise<Line[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lianxue-bench-'))
  const site = startProcess('site.ts', settingsIn(dataDir))
  try {
    return await measure(site)
  } finally {
    await site.stop('SIGKILL')
    agent.destroy()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function measure(site: Process): Promise<Line[]> {
  const origin = await site.ask<string>('origin')
  const { id: lesson } = await site.ask<{ id: string }>('lesson')
  const numbers = Array.from({ length: people }, (_, i) => `class-${i}`)
  const password = v7()
  await site.ask('enterPeople', { numbers, password })
  const beats = beatBeside(origin, await site.ask<string[]>('enterSignedIn', readers), lesson)
  await pause(beatMilliseconds * 2)
  const quiet = beats.taken()
  await site.ask('watchLoop')
  const cpu = processorOf(site)
  await cpu()

  // Each begins as soon as he is in.
  const began = performance.now()
  const starts: number[] = []
  const class_ = await Promise.all(
    numbers.map(async (number) => {
      const entered = await signIn(origin, number, password)
      const { cookie } = entered
      const form = { assessment: test }
      starts.push(
        ...(await timed([0], () =>
          ask(origin, `/assessments/${test}?_action=startAttempt`, { cookie, form }),
        )),
      )
      await ask(origin, `/assessments/${test}/attempt`, { method: 'GET', cookie })
      return entered
    }),
  )
  const allIn = performance.now() - began
  const whileStarting = beats.taken()
  const startCpu = await cpu()

  const papers = await site.ask<Paper[]>('papers', numbers)
  const saves: number[] = []
  await Promise.all(
    papers.map(async ({ attempt, owner, answers }, i) => {
      const { cookie } = class_[i] as { cookie: string }
      await pause((i / people) * answerMilliseconds)
      for (const [seq, { item, fields }] of answers.entries()) {
        const json = { attempt, item, fields, marked: false, ago: 0, page: 'bench', seq, owner }
        saves.push(...(await timed([0], () => ask(origin, '/attempt/save', { cookie, json }))))
        await pause(answerMilliseconds)
      }
    }),
  )
  const whileAnswering = beats.taken()
  const saveCpu = await cpu()

  const handing = performance.now()
  const handIns = await timed(papers, ({ attempt }) => {
    const { cookie } = class_[papers.findIndex((one) => one.attempt === attempt)] as { cookie: string }
    const form = { attempt }
    return ask(origin, `/assessments/${test}/attempt?_action=handInAttempt`, { cookie, form })
  })
  const allHanded = performance.now() - handing
  const handCpu = await cpu()
  await pause(1_000)
  const whileHanding = beats.taken()
  const hold = await site.ask<number>('longestHold')
  await beats.stop()
  const stored = await site.ask<number>('handedIn', numbers)
  const firsts = class_.map(({ first }) => first)
  return [
    { what: `${people} sign in at once: in`, measured: both(class_.map(({ took }) => took)) },
    atMost('… the first answer, with the place in the queue, p95', quantile(firsts, 0.95), 2_500, ' ms'),
    { what: '… all are in and have their paper after', measured: `${figure(allIn / 1000)} s` },
    { what: '… begin, as they come in', measured: both(starts) },
    {
      what: '… processor time for each, password, paper and page',
      measured: `${figure(startCpu / people)} ms`,
    },
    { what: `${people} answer, one every ${answerMilliseconds / 1000} s: saved`, measured: both(saves) },
    atMost('… p95', quantile(saves, 0.95), 100, ' ms'),
    { what: '… processor time for each answer', measured: `${figure(saveCpu / saves.length)} ms` },
    { what: `${people} hand in at once`, measured: both(handIns) },
    { what: '… processor time for each', measured: `${figure(handCpu / people)} ms` },
    { what: '… all are handed in after', measured: `${figure(allHanded / 1000)} s` },
    {
      what: '… handed in and recorded whole',
      measured: `${stored} of ${people}`,
      target: 'all',
      met: stored === people,
    },
    { what: `beats of ${readers} readers beside, alone`, measured: both(quiet) },
    atMost('… while the class signs in and begins, p95', quantile(whileStarting, 0.95), 100, ' ms'),
    atMost('… while it answers, p95', quantile(whileAnswering, 0.95), 100, ' ms'),
    atMost('… while it hands in, p95', quantile(whileHanding, 0.95), 100, ' ms'),
    atMost('longest hold of the event loop meanwhile', hold, 50, ' ms'),
  ]
}
