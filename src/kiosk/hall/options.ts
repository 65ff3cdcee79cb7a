// Which checks of a lesson a whole hall can answer, and what there is to choose.
import type { Item } from '#quiz/question.ts'

/** Options in their order, and which of them are right; null for a question that is not answered by choosing. */
export type Choice = { stem: string; several: boolean; options: string[]; right: number[]; rationale: string }

/** A check as a hall is asked it. */
export function choiceOf(item: Item): Choice | null {
  const { stem, rationale } = item
  if (item.kind === 'true-false')
    return { stem, rationale, several: false, options: ['对', '错'], right: [item.key ? 0 : 1] }
  if (item.kind !== 'single' && item.kind !== 'multiple') return null
  const options = item.options.map(({ text }) => text)
  const keys = item.kind === 'single' ? [item.key] : item.key
  const right = item.options.flatMap(({ id }, i) => (keys.includes(id) ? [i] : []))
  return { stem, rationale, several: item.kind === 'multiple', options, right }
}
