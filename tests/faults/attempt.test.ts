// The process is killed again and again while people take tests. Whoever comes back finds every acknowledged answer; an
// attempt runs with all of them or is handed in whole, once; and the clock hands in what ran out while nothing ran.
// `npm run test:long` does it forty times. SEED repeats what people do.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { availableItems } from '#assessment/bank/bank.server.ts'
import { openAssessments } from '#assessment/blueprint/assessments.server.ts'
import { between, chance, pick, randomFor, whole, type Random } from '#demo/random.ts'
import type { Item } from '#quiz/question.ts'
import { overdue, requireAttempts } from './attempts-kept.ts'
import { requireDerived } from './kept.ts'
import { password, prepare } from './prepare.ts'
import { Served } from './process.ts'
import { Taker, type Scene } from './taker.ts'

const long = Boolean(process.env['LONG'])
const rounds = long ? 40 : 8
const seed = process.env['SEED'] ?? String(Date.now() % 1_000_000)
/** So many take tests at a time; after each round some leave, and others come in their place. */
const atOnce = 5
const perRound = 4
const minute = 60_000

let folder = ''
let site: Served
let killed = 0
afterEach(async () => {
  await site?.end('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

async function kill() {
  killed += 1
  await site.end('SIGKILL')
}

/** A folder with the bank, and people who take the paper and one of the adaptive tests. */
async function enter(random: Random) {
  const items = new Map<string, Item>()
  const adaptive: string[] = []
  const { learners } = await prepare(folder, atOnce + rounds * perRound, async () => {
    for (const { id, item } of await availableItems({ secure: false })) items.set(id, item)
    for (const { id, form } of await openAssessments()) if (form === 'adaptive') adaptive.push(id)
  })
  const tests = () => [
    { id: 'asm-lianjie', adaptive: false },
    { id: pick(random, adaptive), adaptive: true },
  ]
  return { items, takers: learners.map((learner) => new Taker(learner, tests(), seed)) }
}

/** Everybody takes tests until the process is killed under them. */
async function live(takers: readonly Taker[], scene: Scene, milliseconds: number) {
  let over = false
  const taking = takers.map(async (taker) => {
    while (!over && !taker.done) {
      await pause(between(taker.random, 0, 30))
      if (!over && !(await taker.step(scene)) && !over) await pause(20)
    }
  })
  await pause(milliseconds)
  over = true
  await Promise.all([kill(), ...taking])
  for (const taker of takers) taker.comesBack()
}

/** Milliseconds until the schedule next hands in what is overdue: at the fifteenth second of each minute. */
const untilTurn = () => (minute + 15_000 - (site.now % minute)) % minute

test(
  `killed ${rounds} times while people take tests: nothing acknowledged is lost, everything is handed in once`,
  { timeout: rounds * 60_000 + 300_000 },
  async () => {
    folder = mkdtempSync(join(tmpdir(), 'lianxue-attempt-'))
    const random = randomFor('attempts', seed)
    const { items, takers } = await enter(random)
    site = await Served.on(folder)
    await site.start()
    for (const { learner } of takers) expect((await learner.signIn(site, password)).status).toBe(200)

    const look = () => requireAttempts(folder, takers, items)
    const byClock = new Set<string>()
    /** Time runs out while nothing runs. Nobody comes; the clock alone hands in, also when it is killed meanwhile. */
    const leaveToTheClock = async (cutOff: boolean) => {
      site.ahead += 31 * minute
      const due = overdue(await look(), site.now)
      for (const early of cutOff ? [true, false] : [false]) {
        // A start takes some seconds.
        site.ahead += untilTurn() + minute - 8_000
        await site.start()
        const turn = site.now + untilTurn()
        await pause(untilTurn() + (early ? between(random, 0, 150) : 2_000))
        await (early ? kill() : site.end('SIGTERM'))
        const left = await look()
        if (!early) expect(overdue(left, turn)).toEqual([])
        for (const { id, handedBy } of left.handed)
          if (due.some((one) => one.id === id)) expect([id, handedBy]).toEqual([id, 'time'])
      }
      for (const { id } of due) byClock.add(id)
    }

    const present = takers.slice(0, atOnce)
    let came = present.length
    for (let round = 0; round < rounds; round++) {
      const toTheClock = round % 4 === 3
      await live(present, { site, items, mayHandIn: !toTheClock }, between(random, 500, 3_000))
      await look()
      if (toTheClock) {
        await leaveToTheClock(round % 8 === 7)
        await requireDerived(folder)
      } else if (chance(random, 0.5)) site.ahead += whole(random, 0, 40) * minute
      for (const [i, taker] of present.entries())
        if ((taker.done || chance(random, 0.2)) && came < takers.length) present[i] = takers[came++] as Taker
      // Now and then the next one is killed while it starts.
      if (round % 5 === 2) {
        site.spawn()
        await pause(between(random, 0, 3_000))
        await kill()
      }
      await site.start()
    }

    // Who is there finishes; then everybody who handed in does so once more.
    const scene = { site, items, mayHandIn: true }
    await Promise.all(
      present.map(async (taker) => {
        while (!taker.done) expect(await taker.step(scene)).toBe(true)
      }),
    )
    for (const taker of takers)
      for (const taking of taker.takings)
        if (taking.handed === 'yes' && taking.id) await taker.handIn(site, taking)
    await kill()
    const { running, handed } = await look()
    await requireDerived(folder)
    expect(takers.flatMap(({ refused }) => refused)).toEqual([])
    expect(site.printed).not.toMatch(/a request failed|a chore failed/)

    const saves = takers.flatMap(({ takings }) => takings).reduce((sum, one) => sum + one.saves, 0)
    const lazily = handed.filter(({ id, handedBy }) => handedBy === 'time' && !byClock.has(id)).length
    const cut = Object.entries(
      Object.groupBy(
        takers.flatMap(({ cutOff }) => cutOff),
        (what) => what,
      ),
    )
    console.log(
      `killed ${killed} times (SEED=${seed}): ${saves} answers acknowledged, all there; ${handed.length} attempts ` +
        `handed in whole and once, ${byClock.size} of them by the clock and ${lazily} when looked at after their time; ` +
        `${running.length} run on; cut off: ${cut.map(([what, all]) => `${what} ${all?.length}`).join(', ')}`,
    )
    expect(saves).toBeGreaterThan(rounds * 5)
    expect(byClock.size).toBeGreaterThan(0)
  },
)
