// What a person waits for between two questions of an adaptive test: choosing the next item, the stopping rule included.
import { nextItem, type AdaptiveState } from '#assessment/adaptive/next-item.ts'
import { mulberry32, normal } from '#demo/random.ts'
import { answer, inventBank } from '../assessment/irt/simulation.ts'
import { figure, type Line } from './table.ts'

const rounds = 2000

/** Microseconds for banks of 50, 200 and 1,000 items. A bank of 50 ends after eight items. */
export function measureAdaptive(): Promise<Line[]> {
  const short = [50, 200, 1000].map((size) => lineOf(size, 7))
  const long = [200, 1000].map((size) => lineOf(size, 23))
  return Promise.resolve([...short, ...long])
}

function lineOf(size: number, answers: number): Line {
  const states = Array.from({ length: 50 }, (_, i) => stateOf(size, answers, mulberry32(i)))
  const took = Array.from({ length: rounds }, (_, i) => {
    const state = states[i % states.length]
    if (!state) throw new Error('Nobody takes the test.')
    const start = performance.now()
    const step = nextItem(state)
    const micros = (performance.now() - start) * 1000
    if ('stop' in step) throw new Error(`The test ended: ${step.stop}`)
    return micros
  }).sort((one, other) => one - other)
  const at = (share: number) => took[Math.floor(share * rounds)] ?? NaN
  return {
    what: `next of ${size.toLocaleString('en-US')} items (3PL) after ${answers} answers, p50`,
    measured: `${figure(at(0.5))} µs, p99 ${figure(at(0.99))} µs`,
  }
}

/** Somebody in the middle of a test that a thousand others took, whose score is not yet precise enough. */
function stateOf(size: number, answers: number, random: () => number): AdaptiveState {
  const bank = inventBank('3PL', size, random)
  const theta = normal(random)
  return {
    bank,
    answered: bank.slice(0, answers).map((item) => answer(item, theta, random)),
    exposure: new Map(bank.map(({ id }) => [id, Math.floor(250 * random())])),
    takers: 1000,
    prior: { mean: 0, sd: 1 },
    rules: { least: 5, most: 30, stopError: 0.01, exposureCap: 0.25 },
    seed: 'bench',
  }
}
