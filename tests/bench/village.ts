// Our pages on the line of a village, and the same lesson as Starlight makes a page of it, in turns.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import { launchBrowser } from '../support/browser.ts'
import {
  kinds,
  slowness,
  thought,
  visitCold,
  type Kind,
  type Moments,
  type Visit,
  type Wire,
} from './cold-visit.ts'
import { quantile } from './load.ts'
import { startProcess } from './process.ts'
import { settingsIn } from './settings.ts'
import { buildStarlight, versions } from './starlight-rival.ts'
import { atMost, figure, type Line } from './table.ts'

/**
 * The browser delays replies, not packets: a line whose packets need 400 ms there and back costs more than the first
 * of these says, since connecting and the slow start of TCP are not delayed. DevTools, whose own “Slow 3G” makes up
 * for that, says 2,000 ms; the lesson is measured on both.
 */
const slow3g: Wire = { kilobits: 400, latency: 400 }
const devToolsSlow3g: Wire = { kilobits: 400, latency: 2000 }

/** Visits of each page; an odd number has a middle. */
const rounds = 5
const source = { course: 'jiafeng-jiaxun', lesson: 'sizhi' }
/** From the end of the lesson. */
const lastWords = '没人看见”的时候吗？'

type Address = { name: string; url: string; asks: boolean }
type Visited = Address & { visits: Visit[] }

/** Measures; fetches Starlight from the registry of packages. */
export async function measureVillage(): Promise<Line[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lianxue-bench-'))
  try {
    return await measureBeside(await buildStarlight(folder, source), join(folder, 'data'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measureBeside(starlightFiles: string, dataDir: string): Promise<Line[]> {
  const site = startProcess('site.ts', settingsIn(dataDir))
  const starlight = startProcess('rivals/sirv.ts', { NODE_ENV: 'production', PUBLIC_DIR: starlightFiles })
  const browser = await launchBrowser()
  try {
    const ours = await site.ask<string>('origin')
    const lessons = [
      { name: 'lesson', url: `${ours}/courses/${source.course}/${source.lesson}`, asks: true },
      { name: 'Starlight', url: `${await starlight.ask<string>('origin')}/lesson/`, asks: true },
    ]
    for (const lesson of lessons) await requireSameText(lesson)
    const { there, absent } = await whatIsThere(await otherPages(ours))
    return [
      ...report(slow3g, await inTurns(browser, [...lessons, ...there], slow3g)),
      ...absent.map(({ name }) => ({ what: name, measured: 'not there, left out' })),
      ...report(devToolsSlow3g, await inTurns(browser, lessons, devToolsSlow3g)),
    ]
  } finally {
    await browser.close()
    await Promise.all([site, starlight].map((one) => one.stop('SIGKILL')))
  }
}

/** Asks twice, so that a page is kept as those of a site in use are. */
async function warm(url: string): Promise<{ status: number; text: string }> {
  const headers = { accept: 'text/html', 'accept-encoding': 'br' }
  await (await fetch(url, { headers })).text()
  const reply = await fetch(url, { headers })
  return { status: reply.status, text: await reply.text() }
}

async function requireSameText({ url }: Address): Promise<void> {
  const { status, text } = await warm(url)
  if (status !== 200 || !text.includes(lastWords)) throw new Error(`${url} is not the lesson: ${status}.`)
}

/** One page of each make; which story there is depends on the library. */
async function otherPages(ours: string): Promise<Address[]> {
  const { text } = await warm(`${ours}/stories`)
  const [, story = '/stories'] = /href="(\/stories\/[^"#?]+)"/.exec(text) ?? []
  return ['/', '/courses', story, '/search'].map((path) => ({ name: path, url: ours + path, asks: false }))
}

async function whatIsThere(pages: Address[]): Promise<{ there: Address[]; absent: Address[] }> {
  const answers = await Promise.all(pages.map(async (page) => ({ page, ...(await warm(page.url)) })))
  const broken = answers.find(({ status }) => status !== 200 && status !== 404)
  if (broken) throw new Error(`${broken.page.url} answered ${broken.status}.`)
  const { there = [], absent = [] } = Object.groupBy(answers, ({ status }) =>
    status === 200 ? 'there' : 'absent',
  )
  return { there: there.map(({ page }) => page), absent: absent.map(({ page }) => page) }
}

async function inTurns(browser: Browser, pages: Address[], wire: Wire): Promise<Visited[]> {
  const visited = pages.map((page): Visited => ({ ...page, visits: [] }))
  for (let round = 0; round < rounds; round++)
    for (const { url, asks, visits } of visited) visits.push(await visitCold(browser, url, asks, wire))
  return visited
}

const wanted: { moment: keyof Moments; says: string; seconds?: number }[] = [
  { moment: 'readable', says: 'text readable', seconds: 5 },
  { moment: 'answerable', says: 'question answerable, plain form', seconds: 5 },
  { moment: 'hydrated', says: 'that question hydrated', seconds: 7 },
  { moment: 'replied', says: `reply to an answer ${thought / 1000} s later` },
  { moment: 'quiet', says: 'last byte of all' },
]

function report({ kilobits, latency }: Wire, pages: Visited[]): Line[] {
  const line = `${kilobits} kbit/s, ${latency.toLocaleString('en-US')} ms, ${slowness}× slower, cold`
  const { '@astrojs/starlight': starlight, astro } = versions
  return [
    { what: line, measured: `medians of ${rounds}; Starlight ${starlight}, Astro ${astro}` },
    ...pages.flatMap(timesOf),
    ...compare(pages),
    { what: 'KB over the line (requests)', measured: [...kinds, 'all'].map(cell).join('') },
    ...pages.map(weigh),
  ]
}

const middle = (values: number[]) => quantile(values, 0.5)

const secondsOf = ({ visits }: Visited, moment: keyof Moments): number[] =>
  visits.flatMap(({ moments }) => moments[moment] ?? []).map((milliseconds) => milliseconds / 1000)

/** Only what is ours has targets. */
function timesOf(page: Visited): Line[] {
  return wanted.flatMap(({ moment, says, seconds }) => {
    const times = secondsOf(page, moment)
    if (times.length === 0) return []
    const what = `${page.name}: ${says}`
    const spread = `, ${figure(Math.min(...times))} to ${figure(Math.max(...times))}`
    if (seconds !== undefined && page.name !== 'Starlight')
      return [atMost(what, middle(times), seconds, ' s', spread)]
    return [{ what, measured: `${figure(middle(times))} s${spread}` }]
  })
}

/** The lesson and its rival come first. */
function compare([ours, rival]: Visited[]): Line[] {
  if (!ours || !rival) return []
  return wanted.map(({ moment, says }) => {
    const share = middle(secondsOf(ours, moment)) / middle(secondsOf(rival, moment))
    return { what: `lesson against Starlight: ${says}`, measured: `${figure(share)}× of its time` }
  })
}

const cell = (text: string) => text.padEnd(12)

function weigh({ name, visits }: Visited): Line {
  const median = (kind: Kind, what: 'bytes' | 'requests') =>
    middle(visits.map(({ sent }) => sent[kind][what]))
  const show = (bytes: number, requests: number) => cell(`${(bytes / 1024).toFixed(1)} (${requests})`)
  const sum = (what: 'bytes' | 'requests') => kinds.reduce((total, kind) => total + median(kind, what), 0)
  const cells = kinds.map((kind) => show(median(kind, 'bytes'), median(kind, 'requests')))
  return { what: name, measured: [...cells, show(sum('bytes'), sum('requests'))].join('') }
}
