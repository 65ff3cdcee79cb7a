// How titles sound, so that what was typed as pinyin, or with a wrong character of the same sound, finds them.
import { pinyin } from 'pinyin-pro'
import { plain } from '#search/segment.ts'

/** The syllables of a run of Chinese, one for each character, without tones; ü is u. */
export function syllablesOf(run: string): string[] {
  return pinyin(plain(run), { toneType: 'none', type: 'array' }).map(withoutMarks)
}

/**
 * The sounds of a title for the index: two and three neighbouring syllables, and the first letters of each run, for
 * those who type jfjx.
 */
export function pinyinOf(title: string): string[] {
  const runs = title.match(/\p{Script=Han}+/gu) ?? []
  return runs.map(syllablesOf).flatMap((run) => [...twosOf(run), ...threesOf(run), ...initialsOf(run)])
}

/** Every two neighbouring syllables as one word, as written and, if that differs, as heard. */
export function twosOf(syllables: readonly string[]): string[] {
  const written = neighbours(syllables, 2)
  const heard = neighbours(syllables.map(asHeard), 2)
  return written.flatMap((pair, i) => (pair === heard[i] ? [pair] : [pair, heard[i] ?? '']))
}

/** Every three as one word, as heard; hardly ever alike by chance. */
export const threesOf = (syllables: readonly string[]): string[] => neighbours(syllables.map(asHeard), 3)

/** Many people do not tell zh from z, ch from c, sh from s, and -ng from -n. */
export const asHeard = (syllable: string): string => syllable.replace(/^([zcs])h/, '$1').replace(/ng$/, 'n')

const neighbours = (syllables: readonly string[], howMany: number) =>
  syllables.slice(howMany - 1).map((_, i) => syllables.slice(i, i + howMany).join(''))

const initialsOf = (run: string[]) =>
  run.length > 2 ? [run.map((syllable) => syllable.slice(0, 1)).join('')] : []

const withoutMarks = (letters: string) => letters.normalize('NFD').replace(/\p{M}/gu, '')

const initial = '(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?'
const final =
  '(?:i(?:ang|ong|an|ao|ng|e|n|u|a)?|u(?:ang|ai|an|ng|e|i|n|o|a)?|a(?:ng|i|n|o)?|o(?:ng|u)?|e(?:ng|i|n|r)?)'
const syllable = new RegExp(`^${initial}${final}$`)
const longestSyllable = 6
/** Letters; nobody types more of it. */
const longestPinyin = 200

/** What was typed as pinyin, with tones, spaces, or v for ü, cut into syllables; null if it is something else. */
export function readPinyin(typed: string): string[] | null {
  const letters = withoutMarks(typed)
    .toLowerCase()
    .replace(/['’\s]/g, '')
    .replaceAll('v', 'u')
  return letters === '' || letters.length > longestPinyin ? null : cutAt(letters, 0, new Set())
}

/** The longest syllable first; `dead` holds the places from which nothing can be read, so that no text takes long. */
function cutAt(letters: string, from: number, dead: Set<number>): string[] | null {
  if (from === letters.length) return []
  for (let to = Math.min(from + longestSyllable, letters.length); to > from && !dead.has(from); to--) {
    const rest = syllable.test(letters.slice(from, to)) ? cutAt(letters, to, dead) : null
    if (rest) return [letters.slice(from, to), ...rest]
  }
  dead.add(from)
  return null
}
