// What items do at an ability θ: the chance of a right answer, and what a test can tell there. Two-parameter logistic
// model where c = 0, else three-parameter; θ has mean 0 and deviation 1 in the population, D = 1.
// Birnbaum, A. (1968). In Lord & Novick, Statistical Theories of Mental Test Scores, chs 17–20.
import { information, type ItemParameters } from '#record/evidence/likelihood.ts'

/** An item of the bank of one dimension; its area is the indicator it belongs to. */
export type BankedItem = { id: string; area: string } & ItemParameters

/** An item and the share of its points that were earned, 0 to 1. */
export type Answered = { item: BankedItem; share: number }

/** σ(a(θ − b)): the chance of knowing the answer, without guessing. */
export function chanceOfKnowing({ a, b }: ItemParameters, theta: number): number {
  return 1 / (1 + Math.exp(-a * (theta - b)))
}

/** P(θ) = c + (1 − c)·σ(a(θ − b)): the chance of a right answer. */
export function chanceOfRight(item: ItemParameters, theta: number): number {
  return item.c + (1 - item.c) * chanceOfKnowing(item, theta)
}

/** I(θ) = Σ P′²/(PQ): what a test of these items tells at θ. */
export function testInformation(items: readonly ItemParameters[], theta: number): number {
  return items.reduce((sum, item) => sum + information(item, theta), 0)
}

/** 1/√I(θ): standard error of the likelihood estimates at θ; Infinity without items. */
export function standardError(items: readonly ItemParameters[], theta: number): number {
  return 1 / Math.sqrt(testInformation(items, theta))
}
