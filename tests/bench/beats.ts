// Beats stored per second by our process, side by side with what one would otherwise write, and with what stores
// nothing; and whether every acknowledged beat is there afterwards.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { buildAstroRival } from './astro-rival.ts'
import { openLesson, pagesOf, sendLastBeats, signInMany, type Learner } from './learners.ts'
import { compete, connections, type Contender, type Result } from './load.ts'
import { startProcess, type Process } from './process.ts'
import { settingsIn } from './settings.ts'
import { atLeast, atMost, figure, type Line } from './table.ts'

/** Measures, and ends the process of the site by force so that nothing is kept but what was committed. */
export async function measureBeats(): Promise<Line[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lianxue-bench-'))
  const site = startProcess('site.ts', settingsIn(dataDir))
  const rivals = [
    startProcess('rivals/astro.ts', await buildAstroRival(dataDir)),
    startProcess('rivals/bare.ts'),
  ]
  const [astro, bare] = rivals as [Process, Process]
  try {
    const origin = await site.ask<string>('origin')
    const { id } = await site.ask<{ id: string }>('lesson')
    const { cookies, perSecond } = await signInMany(site, origin, connections)
    const learners = await Promise.all(cookies.map((cookie) => openLesson(origin, cookie, id)))
    await astro.ask(
      'open',
      learners.map(({ segment }) => segment),
    )
    const holds: number[] = []
    const results = await compete({
      ours: { ...beatsOf(learners, origin), ...watching(site, holds) },
      alone: { ...beatsOf(learners, origin), ...committingAlone(site) },
      astro: beatsOf(copyOf(learners), await astro.ask('origin')),
      bare: beatsOf(copyOf(learners), await bare.ask('origin')),
    })
    await sendLastBeats(learners, origin)
    await site.stop('SIGKILL')
    const lines = [...compare(results, Math.max(...holds)), await countRows(dataDir, learners)]
    return [...lines, { what: 'sign-ins, passwords checked', measured: `${figure(perSecond)} /s` }]
  } finally {
    await Promise.all([site, ...rivals].map((one) => one.stop('SIGKILL')))
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const beatsOf = (learners: Learner[], origin: string): Contender => ({
  url: `${origin}/study/beat`,
  method: 'POST',
  setup: pagesOf(learners, origin),
})

const copyOf = (learners: Learner[]) => learners.map((learner) => ({ ...learner }))

const watching = (site: Process, holds: number[]) => ({
  before: () => site.ask('watchLoop'),
  after: async () => holds.push(await site.ask('longestHold')),
})

const committingAlone = (site: Process) => ({
  before: () => site.ask('groupCommit', false),
  after: () => site.ask('groupCommit', true),
})

const plain = ({ perSecond, p50, p99 }: Result) =>
  `${figure(perSecond)} /s, p50 ${figure(p50)} ms, p99 ${figure(p99)} ms`

function compare(results: Record<'ours' | 'alone' | 'astro' | 'bare', Result>, hold: number): Line[] {
  const { ours, alone, astro, bare } = results
  const against = (what: string, rival: Result, target: number) =>
    atLeast(what, ours.perSecond / rival.perSecond, target, '×', ` of ${plain(rival)}`)
  return [
    { what: `beats stored, ${connections} connections, signed in`, measured: plain(ours) },
    against('… against an Astro endpoint that commits each', astro, 5),
    against('… against our own process committing each', alone, 3),
    against('… against node:http that parses and stores nothing', bare, 0.4),
    atMost('longest hold of the event loop meanwhile', hold, 50, ' ms'),
  ]
}

/** What a fresh connection finds after the process was killed. */
async function countRows(dataDir: string, learners: Learner[]): Promise<Line> {
  const client = createClient({ url: `file:${join(dataDir, 'lianxue.db')}` })
  const { rows } = await client.execute('SELECT id, last_seq FROM segment')
  client.close()
  const stored = new Map(rows.map((row) => [String(row['id']), Number(row['last_seq'])]))
  const kept = learners.filter(({ segment, acknowledged }) => stored.get(segment) === acknowledged)
  const beats = learners.reduce((sum, { acknowledged }) => sum + acknowledged, 0)
  const measured = `${kept.length} of ${learners.length} segments, at beat ${figure(beats / learners.length)}`
  const met = kept.length === learners.length
  return { what: 'killed; a fresh connection finds what was acknowledged', measured, target: 'all', met }
}
