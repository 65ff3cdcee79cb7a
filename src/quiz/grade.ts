// Points for one answer. Pure: the same item and answer always get the same.
import { stale, type Grade } from '#quiz/kinds/kind.ts'
import { rulesOf, type AnswerOf, type ItemOf, type KindName } from '#quiz/kinds/registry.ts'

const gradeAs = <K extends KindName>(kind: K, item: ItemOf<K>, answer: AnswerOf<K>) =>
  rulesOf(kind).grade(item, answer)

/**
 * Grades an answer, or says in Chinese what is still missing. An answer that names a kind, an option or a step
 * which the item no longer has is incomplete too: the page was older than the item.
 */
export function grade(item: ItemOf, answer: AnswerOf): Grade {
  return item.kind === answer.kind ? gradeAs(item.kind, item, answer) : stale
}
