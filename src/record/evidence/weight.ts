// How much a piece of evidence counts: by its kind, and less as it ages.
import { noonOf } from '#day.ts'
import type { EvidenceKind } from '#record/evidence/evidence.ts'

/**
 * Weight by kind, the exponent of its likelihood. Our choice, not a measured one: the surer we are that the person
 * did it alone and as in real work, the more it counts. Practice is open book and repeated; a test at home may be
 * helped; a watched test, a scenario or a procedure may not; practice seen on the spot is the thing itself.
 */
export const kindWeight: Record<EvidenceKind, number> = {
  practice: 0.3,
  'unsupervised-test': 0.5,
  'supervised-test': 0.8,
  scenario: 0.8,
  procedure: 0.8,
  observation: 1,
}

/**
 * Days in which evidence loses half its weight. Our choice: rules and posts change within a term of five years, so
 * what was shown then should count for little (0.18) at its end, and a year's training should not have to be
 * proved again (0.71).
 */
export const halfLifeDays = 730

const dayLength = 86_400_000

/** Whole days from the Shanghai day of an instant to another day; never below 0, whatever the clocks say. */
export function ageInDays(at: string, asOfOn: string): number {
  // Every instant of a day lies within half a day of its noon.
  const sinceNoon = (Date.parse(noonOf(asOfOn)) - Date.parse(at)) / dayLength
  return Math.max(0, Math.ceil(sinceNoon - 0.5))
}

/** 1 on the day itself, ½ after `halfLifeDays`, towards 0: what is never shown again returns to unknown. */
export function ageFactor(at: string, asOfOn: string): number {
  return 0.5 ** (ageInDays(at, asOfOn) / halfLifeDays)
}

/** Weight of a piece of evidence on a day: kind × age, above 0 and at most 1. */
export function weigh(
  { kind, at, unsupervised = false }: { kind: EvidenceKind; at: string; unsupervised?: boolean | undefined },
  asOfOn: string,
): number {
  const weight = unsupervised ? Math.min(kindWeight[kind], kindWeight['unsupervised-test']) : kindWeight[kind]
  return weight * ageFactor(at, asOfOn)
}
