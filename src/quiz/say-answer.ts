// Answers: in words, as form fields, the one that is right and those given blindly. Nothing of it is for a page that
// asks, but the fields of an answer that the same person gave.
import type { Random } from '#quiz/chance.ts'
import { rulesOf, type AnswerOf, type ItemOf, type KindName } from '#quiz/kinds/registry.ts'

const sayAs = <K extends KindName>(kind: K, item: ItemOf<K>, answer: AnswerOf<K>) =>
  rulesOf(kind).say(item, answer)

const explainAs = <K extends KindName>(kind: K, item: ItemOf<K>, answer: AnswerOf<K>) =>
  rulesOf(kind).explain?.(item, answer) ?? []

const blindOf = <K extends KindName>(kind: K, item: ItemOf<K>, random: Random) =>
  rulesOf(kind).blind(item, random)

const fieldsAs = <K extends KindName>(kind: K, answer: AnswerOf<K>) => rulesOf(kind).fields(answer)

const rightOf = <K extends KindName>(kind: K, item: ItemOf<K>) => rulesOf(kind).right(item)

/** An answer by the texts of its item; one of another kind than the item's belongs to an older question. */
export function sayAnswer(item: ItemOf, answer: AnswerOf): string {
  return item.kind === answer.kind ? sayAs(item.kind, item, answer) : '题型后来改过，当时的答案无法照原样显示'
}

/** An answer that gets all points. */
export function rightAnswer(item: ItemOf): AnswerOf {
  return rightOf(item.kind, item)
}

/** A complete answer of somebody who does not read the question. */
export function blindAnswer(item: ItemOf, random: Random): AnswerOf {
  return blindOf(item.kind, item, random)
}

/** The form fields that a browser would send for an answer, to show it again. */
export function fieldsOf(answer: AnswerOf): [name: string, value: string][] {
  return fieldsAs(answer.kind, answer)
}

/** What is said of this very answer, step by step; empty where the rationale says it all. */
export function explain(item: ItemOf, answer: AnswerOf): string[] {
  return item.kind === answer.kind ? explainAs(item.kind, item, answer) : []
}
