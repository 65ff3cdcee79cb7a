// How much was changed, in words.
import { diffText, extentOf } from '#studio/difference/diff-text.ts'

/** “改了3处，增加45字，删去12字”; null if nothing that is read differs. */
export function sayExtent(before: string, after: string): string | null {
  const { places, added, removed } = extentOf(diffText(before, after))
  if (added === 0 && removed === 0) return null
  const parts = [`改了${places}处`, added > 0 && `增加${added}字`, removed > 0 && `删去${removed}字`]
  return parts.filter(Boolean).join('，')
}

/** Letters without spaces. */
export const lettersIn = (text: string): number => [...text.replace(/\s/g, '')].length
