// An answer in words, and the one that is right: for whoever looks at a graded answer again. Never for a page that asks.
import { rulesOf, type AnswerOf, type ItemOf, type KindName } from '#quiz/kinds/registry.ts'

const sayAs = <K extends KindName>(kind: K, item: ItemOf<K>, answer: AnswerOf<K>) =>
  rulesOf(kind).say(item, answer)

const explainAs = <K extends KindName>(kind: K, item: ItemOf<K>, answer: AnswerOf<K>) =>
  rulesOf(kind).explain?.(item, answer) ?? []

const rightOf = <K extends KindName>(kind: K, item: ItemOf<K>) => rulesOf(kind).right(item)

/** An answer by the texts of its item; one of another kind than the item's belongs to an older question. */
export function sayAnswer(item: ItemOf, answer: AnswerOf): string {
  return item.kind === answer.kind ? sayAs(item.kind, item, answer) : '题型后来改过，当时的答案无法照原样显示'
}

/** An answer that gets all points. */
export function rightAnswer(item: ItemOf): AnswerOf {
  return rightOf(item.kind, item)
}

/** What is said of this very answer, step by step; empty where the rationale says it all. */
export function explain(item: ItemOf, answer: AnswerOf): string[] {
  return item.kind === answer.kind ? explainAs(item.kind, item, answer) : []
}
