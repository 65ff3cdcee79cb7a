// Two states of a draft compared, in words and line by line. Texts may be whatever somebody stored: only for the thread that
// judges drafts (studio/judge), which ends what takes too long.
import { diffText, type Line } from '#studio/difference/diff-text.ts'
import { sayDifference, type DraftState } from '#studio/difference/say-difference.ts'

export type Compared = { words: string[]; text: Line[]; itemsText: Line[] }

/** @param before null for a document that is new */
export function compare(before: DraftState | null, after: DraftState): Compared {
  return {
    words: sayDifference(before, after),
    text: diffText(before?.source ?? '', after.source),
    itemsText: diffText(before?.itemsSource ?? '', after.itemsSource ?? ''),
  }
}
