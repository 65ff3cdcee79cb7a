// The process is killed again and again while people study, as a power cut would end it. What it acknowledged is there,
// none of it twice, and the site serves again from what was left. `npm run test:long` does it a hundred times.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { requireDerived, requireKept } from './kept.ts'
import type { Learner, Studied } from './learner.ts'
import { password, prepare } from './prepare.ts'
import { Served } from './process.ts'

const long = Boolean(process.env['LONG'])
const rounds = long ? 100 : 6
const writers = 4
/** A life of the process ends at a moment between these two, ms after its writers began. */
const shortest = 100
const longest = 900

let folder = ''
let site: Served | undefined

afterEach(async () => {
  await site?.end('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** Everybody studies until the process is killed under them. */
async function live(from: Served, learners: Learner[], lessons: Studied[], milliseconds: number) {
  let over = false
  const studying = learners.map(async (learner) => {
    while (!over && (await learner.step(from, lessons)));
  })
  await new Promise((resolve) => setTimeout(resolve, milliseconds))
  over = true
  const killed = from.end('SIGKILL')
  await Promise.all([killed, ...studying])
}

test(
  `killed ${rounds} times while ${writers} people study: nothing acknowledged is lost, nothing counts twice`,
  { timeout: rounds * 20_000 + 60_000 },
  async () => {
    folder = mkdtempSync(join(tmpdir(), 'lianxue-kill-'))
    const { learners, lessons } = await prepare(folder, writers)
    site = await Served.on(folder)
    await site.start()
    for (const learner of learners) expect((await learner.signIn(site, password)).status).toBe(200)
    for (let round = 0; round < rounds; round++) {
      await live(site, learners, lessons, shortest + Math.random() * (longest - shortest))
      await requireKept(folder, learners)
      // Now and then the next one is killed while it starts.
      if (round % 5 === 2) {
        site.spawn()
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 1200))
        await site.end('SIGKILL')
      }
      await site.start()
    }
    for (const learner of learners) await learner.settle(site, lessons)
    await site.end('SIGTERM')
    await requireKept(folder, learners, true)
    await requireDerived(folder)
    const refused = learners.flatMap((learner) => learner.refused)
    expect(refused).toEqual([])

    const sum = (of: (learner: Learner) => number) => learners.reduce((all, one) => all + of(one), 0)
    const [beats, events] = [
      sum((one) => one.beats),
      sum((one) => one.opened.size + one.closed.size + one.answered.size),
    ]
    const restarts = site.starts.slice(1).toSorted((one, other) => one - other)
    const [usual, slowest] = [restarts[Math.floor(restarts.length / 2)] ?? 0, restarts.at(-1) ?? 0]
    console.log(
      `killed ${rounds} times: ${events} events and ${beats} beats acknowledged, all there, none twice; ` +
        `serving again after ${usual.toFixed(2)} s (median), ${slowest.toFixed(2)} s at most`,
    )
    expect(beats).toBeGreaterThan(rounds)
    expect(events).toBeGreaterThan(rounds)
    // The slowest tells as much of what else the machine does.
    if (long) expect(usual).toBeLessThan(5)
  },
)
