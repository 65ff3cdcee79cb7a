// The guessing parameter c of an item.
import { rulesOf, type ItemOf, type KindName } from '#quiz/kinds/registry.ts'

const guessingAs = <K extends KindName>(kind: K, item: ItemOf<K>) => rulesOf(kind).guessing(item)

/**
 * c of the 3PL model, 0 ≤ c < 1: the share of points that a person earns on average who answers blindly. For kinds
 * without partial credit this is the chance of a lucky hit (1/options, 1/2, 0 for fill-in). Evidence weighs a share
 * s as s·log P + (1−s)·log(1−P), whose lower asymptote is the mean share, not the chance of a full mark; so order is
 * 1/steps, match 1/right sides, and multiple the exact mean over all ways to tick.
 */
export const guessing = (item: ItemOf): number => guessingAs(item.kind, item)
