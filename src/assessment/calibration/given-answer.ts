// One answer of a test as statistics read it: who, what, how many points, which options.
import { fold } from '#quiz/kinds/fill-in/fold.ts'
import type { AnswerOf } from '#quiz/kinds/registry.ts'

/** An answer in a paper. */
export type GivenAnswer = {
  /** The paper it stands in: the attempt. */
  paper: string
  /** The paper was chosen to fit the person (an adaptive test), so its points say nothing of how strong they are. */
  adaptive: boolean
  /** The group of posts of who gave it, on that day; null for nobody's. */
  group: string | null
  item: string
  /** Share of points; null where it was shown and left blank. */
  share: number | null
  /** Ids of the chosen options, null for a kind without. */
  chosen: string[] | null
  /** What was written, folded so that spellings of one word are one; null for other kinds. */
  written: string | null
}

/** An item as statistics read it. */
export type AskedItem = {
  id: string
  revision: number
  /** Share of points that blind answers earn. */
  guessing: number
  options: { id: string; right: boolean }[] | null
  /** Whether words are written. */
  isWritten: boolean
}

/** The options that an answer names; null for a kind without. */
export function chosenIn(answer: AnswerOf): string[] | null {
  switch (answer.kind) {
    case 'single':
    case 'true-false':
      return [String(answer.choice)]
    case 'multiple':
      return [...new Set(answer.choices)]
    default:
      return null
  }
}

/** What was written into a gap, in the form in which it is compared; null for another kind. */
export const writtenIn = (answer: AnswerOf): string | null =>
  answer.kind === 'fill-in' ? fold(answer.text) : null
