// Screens of village halls: five hundred say hello at once, as when the power comes back; one sends what a month without
// a line has left, fifty send at the same time, and one sends a month as it is, with PINs, answers and a hall.
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mostEntries, type Entry } from '#kiosk/entry.ts'
import { helloText, type HelloReply } from '#kiosk/hello.ts'
import type { Taken } from '#kiosk/intake/taken.ts'
import { makeSigningPair, publicOf, sign, type PublicKey } from '#kiosk/signing.ts'
import * as month from './kiosk-month.ts'
import { quantile } from './load.ts'
import { startProcess, type Process } from './process.ts'
import { settingsIn } from './settings.ts'
import { atMost, figure, type Line } from './table.ts'

type Screen = month.Screen

const screensInCounty = 500
const rounds = 5
const minute = 60_000
/** Of a month: visits that are known to the site, and stretches of study in each. */
const one = { visits: 325, stretches: 30 }
const many = { screens: 50, visits: 8, stretches: 24 }

export async function measureKioskSync(): Promise<Line[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lianxue-bench-'))
  const site = startProcess('kiosk-site.ts', settingsIn(dataDir))
  try {
    const origin = await site.ask<string>('origin')
    const screens = await addScreens(site, screensInCounty)
    await helloAtOnce(origin, screens.slice(0, 1))
    await site.ask('packsAreBuilt')
    return [...(await measureHellos(site, origin, screens)), ...(await measureEntries(site, origin, screens))]
  } finally {
    await site.stop('SIGKILL')
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function addScreens(site: Process, count: number): Promise<Screen[]> {
  const pairs = await Promise.all(Array.from({ length: count }, () => makeSigningPair(false)))
  const added = await site.ask<{ id: string; contact: string }[]>(
    'addKiosks',
    await Promise.all(pairs.map(publicOf)),
  )
  return added.map((one, i) => ({
    ...{ ...one, turn: 0, sheet: null, keys: [] },
    key: (pairs[i] as CryptoKeyPair).privateKey,
  }))
}

async function measureHellos(site: Process, origin: string, screens: Screen[]): Promise<Line[]> {
  const first = await watched(site, () => helloAtOnce(origin, screens))
  const later: number[] = []
  const holds: number[] = []
  for (let i = 0; i < rounds; i++) {
    const { value, hold } = await watched(site, () => helloAtOnce(origin, screens))
    later.push(...value)
    holds.push(hold)
  }
  const said = (times: number[]) =>
    `p50 ${figure(quantile(times, 0.5))} ms, max ${figure(Math.max(...times))} ms`
  return [
    atMost(
      `${screens.length} screens say hello at once, p99`,
      quantile(later, 0.99),
      1_000,
      ' ms',
      `, ${said(later)}`,
    ),
    { what: '… the first time, each with the sheet of its hall', measured: said(first.value) },
    atMost('… longest hold of the event loop', Math.max(first.hold, ...holds), 50, ' ms'),
  ]
}

async function measureEntries(site: Process, origin: string, screens: Screen[]): Promise<Line[]> {
  const lessons = await site.ask<month.Lesson[]>('lessons')
  const { sealing } = await site.ask<{ sealing: PublicKey }>('publicKeys')
  const studyAt = async (screen: Screen, { visits, stretches }: typeof one) => {
    const began = month.spread(visits)
    const ids = await site.ask<string[]>('addVisits', { kioskId: screen.id, began })
    return {
      screen,
      entries: await month.entriesOf(screen, sealing, month.studyOnly(ids, began, stretches, lessons)),
    }
  }
  const [first, second, ...others] = screens.slice(0, many.screens + 2)
  if (!first || !second) throw new Error('There are no screens.')
  const single = await sync(site, origin, [await studyAt(first, one)])
  const each = []
  for (const screen of others) each.push(await studyAt(screen, many))
  const together = await sync(site, origin, each)
  const lived = month.monthAsItIs(second.keys, lessons)
  const asItIs = await sync(site, origin, [
    { screen: second, entries: await month.entriesOf(second, sealing, lived) },
  ])
  const pins = lived.filter(({ body }) => 'pin' in body).length
  const pinSeconds = await site.ask<number>('pinSeconds')
  return [
    ...linesOf('one screen sends a month', single, 10),
    ...linesOf(`${many.screens} screens send at once`, together, 10),
    // Its PINs alone cost half a minute.
    ...linesOf('a month as it is', asItIs, 60),
    {
      what: `… ${pins} PINs, slow by design`,
      measured: `${figure(pins * pinSeconds)} s of the processor, ${figure(pinSeconds)} s each`,
    },
  ]
}

type Synced = Record<'entries' | 'acknowledged' | 'settled' | 'processor' | 'hold' | 'unsettled', number>

const linesOf = (
  what: string,
  { entries, acknowledged, settled, processor, hold, unsettled }: Synced,
  target: number,
) => [
  atMost(
    `${what}: ${entries} entries are in the record`,
    settled,
    target,
    ' s',
    `, ${figure(processor)} s of the processor, ${unsettled} not settled`,
  ),
  { what: '… acknowledged', measured: `${figure(acknowledged)} s, ${figure(entries / acknowledged)} /s` },
  atMost('… longest hold of the event loop', hold, 50, ' ms'),
]

/** Sends everything, each screen one piece after another, and waits until all is in the record. */
async function sync(
  site: Process,
  origin: string,
  all: { screen: Screen; entries: Entry[] }[],
): Promise<Synced> {
  const before = await site.ask<Record<string, number>>('settled')
  const entries = all.reduce((sum, one) => sum + one.entries.length, 0)
  await helloAtOnce(
    origin,
    all.map(({ screen }) => screen),
    new Map(all.map(({ screen, entries }) => [screen, entries.at(-1)])),
  )
  const used = await site.ask<number>('cpu')
  const began = performance.now()
  let acknowledged = 0
  const { hold } = await watched(site, async () => {
    await Promise.all(all.map((one) => sendAll(origin, one.entries)))
    acknowledged = (performance.now() - began) / 1_000
    await site.ask('settled')
  })
  const settled = (performance.now() - began) / 1_000
  const processor = (await site.ask<number>('cpu')) - used
  const after = await site.ask<Record<string, number>>('settled')
  const done = (after['settled'] ?? 0) - (before['settled'] ?? 0)
  return { entries, acknowledged, settled, processor, hold, unsettled: entries - done }
}

async function sendAll(origin: string, entries: Entry[]) {
  for (let i = 0; i < entries.length; i += mostEntries) {
    const piece = entries.slice(i, i + mostEntries)
    const { stored } = await post<Taken>(`${origin}/kiosk/entries`, { entries: piece })
    if (stored.length !== piece.length) throw new Error('Some entries were not stored.')
  }
}

/** @returns ms until each was answered */
async function helloAtOnce(
  origin: string,
  screens: Screen[],
  last = new Map<Screen, Entry | undefined>(),
): Promise<number[]> {
  const hellos = await Promise.all(
    screens.map(async (screen) => {
      const plain = { off: 0, pack: null, sheet: screen.sheet, queue: 0, storage: null, app: 'bench' }
      const { seq = 0, up = minute } = last.get(screen) ?? {}
      const own = { kiosk: screen.id, turn: ++screen.turn, heard: screen.contact, seq, up }
      const said = { ...plain, ...own, at: new Date().toISOString() }
      return { screen, body: { ...said, signature: await sign(screen.key, helloText(said)) } }
    }),
  )
  return Promise.all(
    hellos.map(async ({ screen, body }) => {
      const began = performance.now()
      const reply = await post<HelloReply>(`${origin}/kiosk/hello`, body)
      const took = performance.now() - began
      if (reply.is !== 'welcome') throw new Error(`A hello was answered ${reply.is}.`)
      screen.sheet = reply.sheet?.version ?? screen.sheet
      screen.keys = reply.sheet?.roster.map(({ key }) => key) ?? screen.keys
      return took
    }),
  )
}

async function watched<Value>(site: Process, work: () => Promise<Value>) {
  await site.ask('watchLoop')
  const value = await work()
  return { value, hold: await site.ask<number>('longestHold') }
}

const agent = new Agent({ keepAlive: true, maxSockets: 512 })

function post<Reply>(url: string, body: object): Promise<Reply> {
  const text = JSON.stringify(body)
  const { origin } = new URL(url)
  const headers = { origin, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: 'POST', agent, headers }, (res) => {
      let answer = ''
      res.setEncoding('utf8').on('data', (part: string) => (answer += part))
      res.on('end', () =>
        res.statusCode === 200
          ? resolve(JSON.parse(answer) as Reply)
          : reject(new Error(`${url}: ${answer}`)),
      )
    })
    asked.on('error', reject).end(text)
  })
}
