// How far item parameters may go, so that an item about which the answers say nothing cannot run away.
import type { ItemParameters } from '#record/evidence/likelihood.ts'

export const parameterNames = ['a', 'b', 'c'] as const
export type ParameterName = (typeof parameterNames)[number]

/** A slope of 8 is a step, 0.05 a flat line; beyond a difficulty of ±10 nobody lives; c above a half is no guessing. */
export const bounds: Record<ParameterName, readonly [number, number]> = {
  a: [0.05, 8],
  b: [-10, 10],
  c: [0, 0.5],
}

/** Brings a value within the bounds of its parameter. */
export function within(name: ParameterName, value: number): number {
  const [least, most] = bounds[name]
  return Math.min(most, Math.max(least, value))
}

/** The bound at which a value lies: −1 the lower, 1 the upper, 0 none. */
export function boundAt(name: ParameterName, value: number): -1 | 0 | 1 {
  const [least, most] = bounds[name]
  return value <= least ? -1 : value >= most ? 1 : 0
}

/** An item with some parameters moved, each kept within its bounds. */
export function moved(
  item: ItemParameters,
  by: Partial<Record<ParameterName, number>>,
  part = 1,
): ItemParameters {
  return {
    a: within('a', item.a + part * (by.a ?? 0)),
    b: within('b', item.b + part * (by.b ?? 0)),
    c: within('c', item.c + part * (by.c ?? 0)),
  }
}
