// A question for paper and for pages on which nothing can be answered: what it asks and shows.
import type { Printed } from '#quiz/kinds/kind.ts'
import { rulesOf, type KindName, type QuestionOf } from '#quiz/kinds/registry.ts'

const printedAs = <K extends KindName>(kind: K, question: QuestionOf<K>) => rulesOf(kind).printed(question)

/** What stands below the stem, drawn from the public half, so that it cannot show an answer. */
export const printed = (question: QuestionOf): Printed[] => printedAs(question.kind, question)

/** What one does with a question of a kind, in a few words. */
export const asks = (kind: KindName): string => rulesOf(kind).asks
