// The capability map at scale: an invented province is filled with evidence, everything is derived from it, and pages,
// answers and nightly work are measured in it, with 3,000, 30,000 and, if asked, 300,000 people.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { databaseOf } from '#db/place.ts'
import { requireSettings } from '#env.ts'
import { terminal } from '#process/terminal.server.ts'
import { quantile } from './load.ts'
import { startProcess, type Process } from './process.ts'
import { piecesEach } from './province-evidence.ts'
import { fillProvince } from './province-fill.ts'
import type { Held } from './province-site.ts'
import { settingsIn } from './settings.ts'
import { figure, type Line } from './table.ts'

const sizes = [3_000, 30_000]
const large = 300_000
/** Pages of each kind that are drawn; a quarter of them before it counts. */
const pages = 400

/** What is measured at one size; times in ms unless they are named otherwise. */
type Measured = {
  people: number
  beliefs: number
  measured: number
  /** MB of the database: with events alone, and with all that was derived. */
  eventsMegabytes: number
  megabytes: number
  fillSeconds: number
  rebuild: Held & { value: number }
  person: Drawn
  county: Drawn
  province: Drawn
  pagesHold: number
  belief: { stored: number; moved: number; movedLong: number }
  recorded: Held & { perSecond: number }
  night: Held & { aged: number; placed: number }
  month: Held
  root: Held
}

/** Until when 95 of 100 pages were there, and the processor time of one, both ms. */
type Drawn = { p95: number; cpu: number }

export type ProvinceOptions = {
  /** Also 300,000 people, which takes tens of minutes and 20 GB. */
  large?: boolean | undefined
  /** A folder where provinces stay for another time; without it they are removed. */
  keep?: string | undefined
}

/** One line a figure, one column a size. */
export async function measureProvince({ large: also, keep }: ProvinceOptions): Promise<Line[]> {
  const all: Measured[] = []
  for (const size of also ? [...sizes, large] : sizes) all.push(await measureSize(size, keep))
  return linesOf(all)
}

async function measureSize(people: number, keep: string | undefined): Promise<Measured> {
  const folder =
    keep === undefined ? mkdtempSync(join(tmpdir(), 'lianxue-bench-')) : join(keep, `province-${people}`)
  try {
    const filled = filledBefore(folder) ?? (await fill(folder, people))
    const site = startProcess('province-site.ts', settingsIn(folder))
    try {
      const measured = await measureIn(site)
      await site.stop()
      return { people, ...filled, megabytes: megabytesOf(folder), ...measured }
    } finally {
      await site.stop('SIGKILL')
    }
  } finally {
    if (keep === undefined) rmSync(folder, { recursive: true, force: true })
  }
}

type Filled = Pick<Measured, 'fillSeconds' | 'eventsMegabytes'>

/** Is there once a province is whole. */
const markOf = (folder: string) => join(folder, 'filled.json')

function filledBefore(folder: string): Filled | null {
  try {
    return JSON.parse(readFileSync(markOf(folder), 'utf8')) as Filled
  } catch {
    return null
  }
}

async function fill(folder: string, people: number): Promise<Filled> {
  // What was broken off is begun anew.
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const { progress, end } = terminal(process.stdout)
  const began = performance.now()
  await fillProvince(requireSettings(settingsIn(folder)), people, progress)
  end()
  const filled = {
    fillSeconds: (performance.now() - began) / 1000,
    eventsMegabytes: megabytesOf(folder),
  }
  writeFileSync(markOf(folder), JSON.stringify(filled))
  return filled
}

const megabytesOf = (folder: string) => statSync(databaseOf(folder)).size / 1024 ** 2

async function measureIn(site: Process) {
  const origin = await site.ask<string>('origin')
  const rebuild = await site.ask<Measured['rebuild']>('rebuild')
  const counted = await site.ask<Pick<Measured, 'beliefs' | 'measured'>>('counted')
  const [ofProvince, ...ofCounties] = await site.ask<Officer[]>('officers')
  if (!ofProvince) throw new Error('The province has no officer.')
  const people = await site.ask<string[]>('somePeople', pages)
  await site.ask('watchLoop')
  const person = await draw(
    site,
    people.map((id) => ({ url: `${origin}/people/${id}`, cookie: ofProvince.cookie })),
  )
  const counties = Array.from({ length: pages }, (_, i) => ofCounties[i % ofCounties.length] ?? ofProvince)
  const county = await draw(
    site,
    counties.map(({ unit, cookie }) => ({ url: `${origin}/units/${unit}`, cookie })),
  )
  const whole = { url: `${origin}/units/${ofProvince.unit}`, cookie: ofProvince.cookie }
  const province = await draw(
    site,
    Array.from({ length: pages }, () => whole),
  )
  const pagesHold = await site.ask<number>('longestHold')
  const belief = await site.ask<Measured['belief']>('moveBeliefs', await site.ask('somePeople', 800))
  const recorded = await site.ask<Measured['recorded']>('recordMany', await site.ask('somePeople', 1_000))
  const night = await site.ask<Measured['night']>('renew')
  const month = await site.ask<Held>('noteMonth')
  const root = await site.ask<Held>('root')
  return { rebuild, ...counted, person, county, province, pagesHold, belief, recorded, night, month, root }
}

type Officer = { cookie: string; unit: string }
type Asked = { url: string; cookie: string }

/** Asks for pages one after the other, each to the last byte; the first quarter does not count. */
async function draw(site: Process, asked: readonly Asked[]): Promise<Drawn> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const times: number[] = []
  const cold = Math.floor(asked.length / 4)
  let before = 0
  for (const [i, one] of asked.entries()) {
    if (i === cold) before = await site.ask<number>('cpu')
    const began = performance.now()
    await get(one, agent)
    times.push(performance.now() - began)
  }
  agent.destroy()
  const cpu = ((await site.ask<number>('cpu')) - before) / (asked.length - cold)
  return { p95: quantile(times.slice(cold), 0.95), cpu }
}

function get({ url, cookie }: Asked, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { agent, headers: { cookie, 'accept-encoding': 'br' } }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${url} answered ${answer.statusCode}.`))
      answer.resume().once('end', resolve).once('error', reject)
    })
    asking.once('error', reject).end()
  })
}

/** A figure of every size; a target is met if every size meets it. */
function linesOf(all: readonly Measured[]): Line[] {
  const row = (what: string, of: (one: Measured) => string): Line => ({
    what,
    measured: all.map(of).join('  |  '),
  })
  const within = (what: string, of: (one: Measured) => number, target: number): Line => ({
    ...row(what, (one) => `${figure(of(one))} ms`),
    target: `≤ ${target} ms`,
    met: all.every((one) => of(one) <= target),
  })
  const drawn = (what: string, of: (one: Measured) => Drawn, target: number): Line => ({
    ...within(what, (one) => of(one).p95, target),
    ...row(what, (one) => `${figure(of(one).p95)} ms (${figure(of(one).cpu)})`),
  })
  const whole = (value: number) => value.toLocaleString('en-US')
  const size = (value: number) => (value < 1024 ? `${figure(value)} MB` : `${figure(value / 1024)} GB`)
  return [
    row('people', ({ people }) => whole(people)),
    row('events', ({ people }) => whole(people * piecesEach)),
    row('filled in', ({ fillSeconds }) => `${figure(fillSeconds)} s`),
    row('database, events alone', ({ eventsMegabytes }) => size(eventsMegabytes)),
    row('database, with all that follows', ({ megabytes }) => size(megabytes)),
    row('… for each event', ({ people, megabytes }) => perEvent(megabytes, people)),
    row('beliefs', ({ beliefs }) => whole(beliefs)),
    row('… of them measured', ({ measured }) => whole(measured)),
    row('full rebuild', ({ rebuild }) => `${figure(rebuild.seconds)} s`),
    row('… events/s', ({ rebuild }) => figure(rebuild.value / rebuild.seconds)),
    within('… longest hold of the event loop', ({ rebuild }) => rebuild.hold, 50),
    drawn("a person's page, p95 (processor time of one)", ({ person }) => person, 50),
    drawn('a county page, p95', ({ county }) => county, 200),
    drawn('the page of the province, p95', ({ province }) => province, 500),
    within('… longest hold while pages are drawn', ({ pagesHold }) => pagesHold, 50),
    row('storing an event, p50', ({ belief }) => `${figure(belief.stored)} ms`),
    row('moving one belief beyond that, p50', ({ belief }) => `${figure(belief.moved)} ms`),
    within('… p95', ({ belief }) => belief.movedLong, 1),
    row('answers of many at once', ({ recorded }) => `${figure(recorded.perSecond)} /s`),
    within('… longest hold', ({ recorded }) => recorded.hold, 50),
    row('the night: persons placed anew or aged', ({ night }) => whole(night.placed + night.aged)),
    row('… takes', ({ night }) => `${figure(night.seconds)} s`),
    within('… longest hold', ({ night }) => night.hold, 50),
    row('the first of a month: all units noted', ({ month }) => `${figure(month.seconds)} s`),
    within('… longest hold', ({ month }) => month.hold, 50),
    within('the root of the night, longest hold', ({ root }) => root.hold, 50),
  ]
}

const perEvent = (megabytes: number, people: number) =>
  `${figure((megabytes * 1024 ** 2) / (people * piecesEach))} B`
