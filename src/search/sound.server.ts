// How titles sound, so that what was typed as pinyin, or with a wrong character of the same sound, finds them.
import { pinyin } from 'pinyin-pro'
import { plain } from '#search/segment.ts'

/** Letters that many people do not tell apart when they speak or type: zh z, ch c, sh s, -ng -n, ü v u. */
const asHeard = (syllable: string) =>
  syllable
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace('v', 'u')
    .replace(/^([zcs])h/, '$1')
    .replace(/ng$/, 'n')

/** The syllables of every run of Chinese in a text, as they are heard; one for each character. */
export function syllablesOf(text: string): string[][] {
  const runs = plain(text).match(/\p{Script=Han}+/gu) ?? []
  return runs.map((run) => pinyin(run, { toneType: 'none', type: 'array' }).map(asHeard))
}

/**
 * Sounds of a title for the index: every two neighbouring syllables as one word, and the first letters of each run,
 * for those who type jfjx.
 */
export function pinyinOf(title: string): string[] {
  return syllablesOf(title).flatMap((run) => [...pairsOf(run), ...initialsOf(run)])
}

/** Every two neighbouring syllables as one word. */
export const pairsOf = (syllables: readonly string[]) =>
  syllables.slice(1).map((syllable, i) => `${syllables[i]}${syllable}`)

const initialsOf = (run: string[]) =>
  run.length > 2 ? [run.map((syllable) => syllable.slice(0, 1)).join('')] : []

const initials = '(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?'
const finals =
  '(?:i(?:ang|ong|an|ao|ng|e|n|u|a)?|u(?:ang|ai|an|ng|e|i|n|o|a)?|v(?:e|n)?|a(?:ng|i|n|o)?|o(?:ng|u)?|e(?:ng|i|n|r)?)'
const whole = new RegExp(`^(?:${initials}${finals})+$`)
const oneSyllable = new RegExp(`${initials}${finals}(?=(?:${initials}${finals})*$)`, 'y')

/** What was typed as pinyin, cut into syllables as they are heard; null if it is something else. */
export function readPinyin(typed: string): string[] | null {
  const letters = typed.normalize('NFD').replace(/u\u0308/g, 'v').replace(/[\p{M}'’\s]/gu, '').toLowerCase()
  if (!whole.test(letters)) return null
  const found: string[] = []
  oneSyllable.lastIndex = 0
  for (let match = oneSyllable.exec(letters); match; match = oneSyllable.exec(letters)) found.push(asHeard(match[0]))
  return found
}
