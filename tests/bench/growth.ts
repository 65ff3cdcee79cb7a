// What a record costs as it grows: events are stored, derived again, and stored upon while a hall of learners studies,
// with 10⁴, 10⁵ and 10⁶ events in the record. A tenfold record should make nothing more than ten times as slow.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hallOf, prepare } from './ingest.ts'
import { compete } from './load.ts'
import { startProcess } from './process.ts'
import { settingsIn } from './settings.ts'
import { figure, type Line } from './table.ts'

const sizes = [10_000, 100_000, 1_000_000]

type Grown = {
  events: number
  rebuiltPerSecond: number
  rebuiltSeconds: number
  hold: number
  memoryOfRebuild: number
  ingested: number
  p99: number
  memory: number
  startSeconds: number
  bytes: number
}

/** One line a figure, one column a size. */
export async function measureGrowth(): Promise<Line[]> {
  const grown: Grown[] = []
  for (const size of sizes) grown.push(await grow(size))
  const [, middle, last] = grown as [Grown, Grown, Grown]
  const row = (what: string, of: (one: Grown) => string): Line => ({
    what,
    measured: grown.map(of).join('  |  '),
  })
  const megabytes = (bytes: number) => `${figure(bytes / 1024 ** 2)} MB`
  const tenfold = last.rebuiltSeconds / middle.rebuiltSeconds / (last.events / middle.events)
  return [
    row('events in the record', ({ events }) => events.toLocaleString('en-US')),
    row('rebuild, events/s', ({ rebuiltPerSecond }) => figure(rebuiltPerSecond)),
    row('rebuild, seconds', ({ rebuiltSeconds }) => figure(rebuiltSeconds)),
    row('rebuild, longest hold of the event loop', ({ hold }) => `${figure(hold)} ms`),
    row('rebuild, memory afterwards', ({ memoryOfRebuild }) => megabytes(memoryOfRebuild)),
    row('start until it serves', ({ startSeconds }) => `${figure(startSeconds)} s`),
    row('beats and answers stored, 64 connections', ({ ingested }) => `${figure(ingested)} /s`),
    row('… p99', ({ p99 }) => `${figure(p99)} ms`),
    row('memory of the process after that', ({ memory }) => megabytes(memory)),
    row('database file', ({ bytes }) => megabytes(bytes)),
    {
      what: 'rebuild: time for ten times the events, against ten times the time',
      measured: `${figure(tenfold)}×`,
      target: '≤ 1.2×',
      met: tenfold <= 1.2,
    },
  ]
}

async function grow(size: number): Promise<Grown> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lianxue-bench-'))
  const years = startProcess('years.ts', settingsIn(dataDir))
  let rebuilt = { perSecond: 0, hold: 0 }
  let events = 0
  let memoryOfRebuild = 0
  try {
    events = (await years.ask<{ events: number }>('fill', size)).events
    rebuilt = await years.ask('rebuild')
    memoryOfRebuild = await years.ask('memory')
    await years.ask('close')
  } finally {
    await years.stop('SIGKILL')
  }
  const began = performance.now()
  const site = startProcess('site.ts', settingsIn(dataDir))
  try {
    await site.ask('origin')
    const startSeconds = (performance.now() - began) / 1000
    const { cookies, known, origin } = await prepare(site, 2000)
    const { hall } = await compete({ hall: hallOf(cookies, known, origin) })
    const memory = await site.ask<number>('memory')
    const { size: bytes } = statSync(join(dataDir, 'lianxue.db'))
    return {
      ...{ events, rebuiltPerSecond: rebuilt.perSecond, rebuiltSeconds: events / rebuilt.perSecond },
      ...{ hold: rebuilt.hold, memoryOfRebuild, ingested: hall.perSecond, p99: hall.p99 },
      ...{ memory, startSeconds, bytes },
    }
  } finally {
    await site.stop('SIGKILL')
    rmSync(dataDir, { recursive: true, force: true })
  }
}
