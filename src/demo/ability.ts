// What each invented person can really do. Nobody sees it: answers and observations are drawn from it, and the map
// has to find it out.
import type { DemoPerson } from '#demo/people.ts'
import { normal, randomFor } from '#demo/random.ts'
import { levelOf } from '#record/capability/level.ts'
import type { CapabilityModel } from '#record/capability/model.ts'
import { observationSd, parametersOf } from '#record/evidence/likelihood.ts'
import type { Random } from '#demo/random.ts'
import type { Difficulty } from '#record/evidence/evidence.ts'

/** Hidden ability by indicator, on the scale where the population has mean 0 and deviation 1. */
export type Ability = ReadonlyMap<string, number>

/** Deviations between persons, between the dimensions of a person, between the indicators of a dimension. */
const spread = { person: 0.7, dimension: 0.6, indicator: 0.45 }

/** The hidden ability of a person in every indicator of the model. */
export function abilityOf(person: DemoPerson, model: CapabilityModel): Ability {
  const random = randomFor('ability', person.number)
  // Who learns more is a little abler; how much is chance.
  const zeal = { full: 0.35, middling: 0.15, light: 0, none: 0 }[person.zeal]
  const own = zeal + spread.person * normal(random)
  return new Map(
    model.dimensions.flatMap(({ indicators }) => {
      const dimension = own + spread.dimension * normal(random)
      return indicators.map(({ id }): [string, number] => [id, dimension + spread.indicator * normal(random)])
    }),
  )
}

/** Whether somebody with this ability gets an item right, by the same model by which answers are read. */
export function getsRight(
  random: Random,
  theta: number,
  item: { difficulty: Difficulty; guessing: number },
): boolean {
  const { a, b, c } = parametersOf({ ...item, calibration: null })
  return random() < c + (1 - c) / (1 + Math.exp(-a * (theta - b)))
}

/** How far an observer names levels too low. Nobody knows it of himself; the platform has to find it out. */
export const severityOf = (rater: string) => 0.4 * normal(randomFor('severity', rater))

/** The level that an observer sees: the ability, blurred as observers blur it, and as severe as this one is. */
export function levelSeen(random: Random, theta: number, severity: number, cuts: readonly number[]): number {
  return levelOf(theta - severity + observationSd * normal(random), cuts)
}
