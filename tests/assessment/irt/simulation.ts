// Invented takers, an invented bank and true answers, the same every time: what a test would say of people of known ability.
import { nextItem, type AdaptiveRules } from '#assessment/adaptive/next-item.ts'
import { chanceOfRight, type Answered, type BankedItem } from '#assessment/irt/response.ts'
import { score, type AbilityScore } from '#assessment/irt/score.ts'
import { mulberry32, normal, shuffled, type Random } from '#demo/random.ts'

export type Model = '2PL' | '3PL'

/** A person of true ability θ, and what a test said. */
export type Taken = { theta: number; answered: Answered[]; score: AbilityScore }

/** Items of four areas in turn: a lognormal around 1, b as people are spread, guessing around one fifth in the 3PL. */
export function inventBank(model: Model, size: number, random: Random): BankedItem[] {
  return Array.from({ length: size }, (_, i) => ({
    id: `itm-${i}`,
    area: `area-${i % 4}`,
    a: Math.exp(0.3 * normal(random)),
    b: normal(random),
    c: model === '3PL' ? 0.15 + 0.1 * random() : 0,
  }))
}

export function answer(item: BankedItem, theta: number, random: Random): Answered {
  return { item, share: random() < chanceOfRight(item, theta) ? 1 : 0 }
}

/** Somebody answers a paper of random items. */
export function takeFixed(bank: readonly BankedItem[], length: number, theta: number, random: Random): Taken {
  const paper = shuffled(random, bank).slice(0, length)
  const answered = paper.map((item) => answer(item, theta, random))
  return { theta, answered, score: score(answered) }
}

/** A room that counts who came and who saw what. */
export type Room = {
  bank: readonly BankedItem[]
  exposure: Map<string, number>
  takers: number
  random: Random
}

export function openRoom(model: Model, size: number, seed: number): Room {
  const random = mulberry32(seed)
  return { bank: inventBank(model, size, random), exposure: new Map(), takers: 0, random }
}

/** Somebody takes the adaptive test; the room counts every item shown. */
export function takeAdaptive(room: Room, theta: number, rules: AdaptiveRules): Taken & { stop: string } {
  room.takers += 1
  const answered: Answered[] = []
  for (;;) {
    const step = nextItem({ ...room, answered, prior: null, rules, seed: `taker-${room.takers}` })
    if ('stop' in step) return { theta, answered, score: score(answered), stop: step.stop }
    room.exposure.set(step.item.id, (room.exposure.get(step.item.id) ?? 0) + 1)
    answered.push(answer(step.item, theta, room.random))
  }
}

export const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** What many tests say together: mean standard error, and how far the estimates really are off. */
export function accuracy(taken: readonly Taken[]) {
  const errors = { wle: errorsOf(taken, 'wle'), eap: errorsOf(taken, 'eap') }
  const rmse = (list: readonly number[]) => Math.sqrt(mean(list.map((error) => error ** 2)))
  return {
    se: mean(taken.map(({ score }) => score.wle?.se ?? NaN)),
    sd: mean(taken.map(({ score }) => score.eap.sd)),
    rmse: { wle: rmse(errors.wle), eap: rmse(errors.eap) },
    bias: { wle: mean(errors.wle), eap: mean(errors.eap) },
  }
}

function errorsOf(taken: readonly Taken[], estimate: 'wle' | 'eap'): number[] {
  return taken.map(({ theta, score }) => {
    return (estimate === 'wle' ? (score.wle?.theta ?? NaN) : score.eap.mean) - theta
  })
}
