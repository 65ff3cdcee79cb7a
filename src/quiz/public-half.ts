// The one way from a stored item to what a browser may see.
import { rulesOf, type ItemOf, type KindName, type QuestionOf } from '#quiz/kinds/registry.ts'
import { mixed, shuffled } from '#quiz/shuffled.ts'
import type { Arrange } from '#quiz/kinds/kind.ts'

const halfAs = <K extends KindName>(kind: K, item: ItemOf<K>, arrange: Arrange) =>
  rulesOf(kind).publicHalf(item, arrange)

/**
 * The question without key, rationale, accepted forms, passage and difficulty. Steps and right sides come in an order
 * that depends on item id, part ids and `seed` only: the same for everybody, so pages can be cached, and never the
 * key's. Options keep the author's order, since some texts refer to it.
 */
export const publicHalf = (item: ItemOf, seed = ''): QuestionOf =>
  halfAs(item.kind, item, (list, key) => shuffled(list, `${item.id}/${seed}`, key))

/** The question of one paper: its options too come in an order by the seed, so that neighbours cannot pass on letters. */
export function questionFor(item: ItemOf, seed: string): QuestionOf {
  const question = publicHalf(item, seed)
  return 'options' in question
    ? { ...question, options: mixed(question.options, `${seed}/${item.id}`) }
    : question
}
