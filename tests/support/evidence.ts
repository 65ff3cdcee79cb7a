// Evidence to test with: plain pieces, and random histories that come out the same every time.
import type { AnsweredEvidence, Evidence, ObservedEvidence } from '#record/evidence/evidence.ts'
import { answerKinds } from '#record/evidence/evidence.ts'

/** An answer; all points on a medium fill-in item of practice, unless told otherwise. */
export function answered(id: string, changes: Partial<AnsweredEvidence> = {}): AnsweredEvidence {
  return {
    id,
    personId: 'p1',
    indicator: 'mediation',
    eventId: `event-${id}`,
    at: '2026-11-01T02:00:00.000Z',
    kind: 'practice',
    item: `itm-${id}`,
    share: 1,
    difficulty: 'medium',
    guessing: 0,
    calibration: null,
    ...changes,
  }
}

/** An observation of level three by a rater of known severity 0, unless told otherwise. */
export function observed(id: string, changes: Partial<ObservedEvidence> = {}): ObservedEvidence {
  return {
    id,
    personId: 'p1',
    indicator: 'mediation',
    eventId: `event-${id}`,
    at: '2026-11-01T02:00:00.000Z',
    kind: 'observation',
    level: 3,
    rater: 'r1',
    severity: 0,
    ...changes,
  }
}

/** A random number generator with a seed (mulberry32): 0 ≤ x < 1. */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Picks one of a list. */
export function pick<T>(next: () => number, list: readonly T[]): T {
  const chosen = list[Math.floor(next() * list.length)]
  if (chosen === undefined) throw new Error('Nothing to pick from.')
  return chosen
}

/**
 * A history of somebody with a random ability: every kind of answer, watched and not, labels and calibrations, 2PL and 3PL,
 * all points, some or none; observations by raters of known and unknown severity; all ages.
 */
export function history(next: () => number, length: number): Evidence[] {
  const ability = next() * 5 - 2.5
  return Array.from({ length }, (_, i) => {
    const id = `e${String(i).padStart(3, '0')}`
    const at = `${2022 + Math.floor(next() * 5)}-0${1 + Math.floor(next() * 9)}-15T08:30:00.000Z`
    if (next() < 0.1) {
      const level = Math.min(5, Math.max(1, Math.round(ability + 3 + next() * 2 - 1)))
      return observed(id, { at, level, severity: next() < 0.5 ? null : next() - 0.5 })
    }
    return randomAnswer(next, id, at, ability)
  })
}

function randomAnswer(next: () => number, id: string, at: string, ability: number): AnsweredEvidence {
  const guessing = pick(next, [0, 0, 0.2, 0.25, 0.5])
  const piece = answered(id, { at, guessing, kind: pick(next, answerKinds) })
  if ((piece.kind === 'scenario' || piece.kind === 'procedure') && next() < 0.5) piece.unsupervised = true
  piece.difficulty = pick(next, ['easy', 'medium', 'hard'] as const)
  if (next() < 0.5) {
    piece.calibration = { a: 0.5 + 1.5 * next(), b: 5 * next() - 2.5, c: guessing, version: '2026-1' }
  }
  const { a, b } = piece.calibration ?? { a: 1, b: { easy: -1, medium: 0, hard: 1 }[piece.difficulty] }
  const right = guessing + (1 - guessing) / (1 + Math.exp(-a * (ability - b)))
  piece.share = next() < 0.2 ? Math.round(next() * 4) / 4 : next() < right ? 1 : 0
  return piece
}
