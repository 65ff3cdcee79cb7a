// Which checks of a lesson a whole hall can answer, and what there is to choose.
import { optionsOf, rulesOf } from '#quiz/kinds/registry.ts'
import type { Item } from '#quiz/question.ts'

/** Options in their order, and which of them are right; null for a question that is not answered by choosing. */
export type Choice = { stem: string; several: boolean; options: string[]; right: number[]; rationale: string }

/** A check as a hall is asked it. */
export function choiceOf(item: Item): Choice | null {
  const options = optionsOf(item)
  if (!options) return null
  return {
    stem: item.stem,
    several: rulesOf(item.kind).several ?? false,
    options: options.map(({ text }) => text),
    right: options.flatMap(({ right }, i) => (right ? [i] : [])),
    rationale: item.rationale,
  }
}
