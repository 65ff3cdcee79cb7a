// What the adaptive test promises, on a bank of 200 items of four areas and 1,000 people who come one after another:
// fewer items than a fixed paper, errors as large as it says, and no item that everybody knows. To see the figures:
// vitest run tests/assessment/irt/simulation.test.ts --disable-console-intercept
import { describe, expect, test } from 'vitest'
import { normal } from '#demo/random.ts'
import { score } from '#assessment/irt/score.ts'
import { accuracy, mean, openRoom, takeAdaptive, takeFixed, type Model, type Taken } from './simulation.ts'

const rules = { least: 24, most: 24, stopError: 0, exposureCap: 0.25 }
const people = 1000
/** Abilities at which the bias is measured; of those for which something is promised three times as many come. */
const halves = Array.from({ length: 13 }, (_, i) => i / 2 - 3)
const isPromised = (theta: number) => theta >= -1 && theta <= 2
const rounds = 150

const two = (value: number) => value.toFixed(2).padStart(6)
const three = (value: number) => value.toFixed(3)

function simulate(model: Model) {
  const room = openRoom(model, 200, 20261127)
  const fixed: Taken[] = []
  const adaptive: Taken[] = []
  let overCap = 0
  for (let taker = 1; taker <= people; taker += 1) {
    const theta = normal(room.random)
    fixed.push(takeFixed(room.bank, 40, theta, room.random))
    adaptive.push(takeAdaptive(room, theta, rules))
    if (Math.max(...room.exposure.values()) > Math.max(10, taker * 0.25)) overCap += 1
  }
  const mostSeen = Math.max(...room.exposure.values())
  // More people, as many of each ability: among the thousand only thirty are near θ = 2.
  const more = Array.from({ length: rounds }, (_, round) => {
    const here = halves.filter((theta) => isPromised(theta) || round % 3 === 0)
    return here.map((theta) => takeAdaptive(room, theta, rules))
  }).flat()
  const byHalf = halves.map((theta) => ({ theta, ...accuracy(more.filter((one) => one.theta === theta)) }))
  return { fixed, adaptive, byHalf, mostSeen, overCap }
}

/** Fewest items after which the adaptive test is as precise as the fixed papers. */
function itemsNeeded(adaptive: readonly Taken[], se: number): number {
  for (let items = 24; items > 0; items -= 1) {
    const after = mean(adaptive.map(({ answered }) => score(answered.slice(0, items)).wle?.se ?? NaN))
    if (after > se) return items + 1
  }
  return 1
}

describe.each<Model>(['2PL', '3PL'])('%s', (model) => {
  const { fixed, adaptive, byHalf, mostSeen, overCap } = simulate(model)
  const paper = accuracy(fixed)
  const test24 = accuracy(adaptive)
  const needed = itemsNeeded(adaptive, paper.se)
  const middle = accuracy(adaptive.filter(({ theta }) => Math.abs(theta) <= 2))

  test('figures', () => {
    const rows = byHalf.map(({ theta, bias, se, rmse }) => {
      return `${theta.toFixed(1).padStart(5)} ${two(bias.eap)} ${two(bias.wle)} ${two(rmse.wle)} ${two(se)}`
    })
    const line = (name: string, { se, sd, rmse }: typeof paper) =>
      `${name}: mean SE ${three(se)}, RMSE/SE ${three(rmse.wle / se)}; EAP sd ${three(sd)}, RMSE/sd ${three(rmse.eap / sd)}`
    console.log(
      [
        `${model}, bank of 200, cap 25 %, ${people} people`,
        line('40 random items', paper),
        line('24 adaptive items', test24),
        `as precise as the fixed papers after ${needed} items; most seen item: ${mostSeen} of ${people}`,
        `bias for |θ| ≤ 2: WLE ${three(middle.bias.wle)}, EAP ${three(middle.bias.eap)}`,
        `    θ   bias EAP, WLE; RMSE and mean SE of WLE (${rounds} people each, ${rounds / 3} beyond −1 and 2)`,
        ...rows,
      ].join('\n'),
    )
    expect(adaptive.every(({ answered }) => answered.length === 24)).toBe(true)
  })

  test('24 chosen items say as much as 40 random ones', () => {
    expect(test24.se).toBeLessThanOrEqual(paper.se)
    expect(needed).toBeLessThanOrEqual(24)
  })

  test('the standard error that a person is told is how far estimates are off', () => {
    for (const { rmse, se, sd } of [test24, paper]) {
      expect(rmse.wle / se).toBeGreaterThan(0.9)
      expect(rmse.wle / se).toBeLessThan(1.1)
      expect(rmse.eap / sd).toBeGreaterThan(0.9)
      expect(rmse.eap / sd).toBeLessThan(1.1)
    }
  })

  test('nobody is favoured on the whole, and with the WLE neither the weak nor the strong', () => {
    expect(Math.abs(middle.bias.wle)).toBeLessThanOrEqual(0.05)
    expect(Math.abs(middle.bias.eap)).toBeLessThanOrEqual(0.05)
    for (const { theta, bias } of byHalf.filter(({ theta }) => isPromised(theta))) {
      expect(Math.abs(bias.wle), `WLE at ${theta}`).toBeLessThanOrEqual(0.12)
    }
  })

  test('no item is seen by more than a quarter, neither at the end nor on the way', () => {
    expect(mostSeen).toBeLessThanOrEqual(people / 4)
    expect(overCap).toBe(0)
  })
})
