// What a line of a pasted paper is: a heading, the beginning of a question, options, or just words.
import { half } from '#assessment/exchange/read-answer.ts'
import { kindOf } from '#assessment/exchange/words.ts'
import type { KindName } from '#quiz/kinds/registry.ts'

/** A line of a paper; `plain` is the same in half-width signs, sign for sign. */
export type PaperLine = { number: number; text: string; plain: string }

/** The lines of a text, from 1, without outer space and without signs that nobody sees. */
export function paperLines(text: string): PaperLine[] {
  return text.split(/\r\n|\n|\r|\u2028|\u2029/).map((raw, i) => {
    const line = raw.replace(/[\u200B-\u200D\u2060\uFEFF\u00AD]/g, '').trim()
    return { number: i + 1, text: line, plain: half(line) }
  })
}

const ordinal =
  /^(?:第?\s*[一二三四五六七八九十]{1,3}\s*(?:部分|大题)?\s*[、.,:)]\s*|\([一二三四五六七八九十]{1,3}\)\s*|第[一二三四五六七八九十]{1,3}(?:部分|大题)\s*|[#*●■◆▲]+\s*)/
const titled =
  /^[[【<(]?\s*(\p{Script=Han}{2,6}?题?)\s*[\]】>)]?\s*(?::.*|[(【].*|[,。、;].*|\s+.*|共.*|每.*)?$/u

/** A heading such as 一、单选题（每题2分）; `kind` is null for 选择题, which may be either. */
export function headingOf({ plain }: PaperLine): { kind: KindName | null; rest: string } | null {
  const number = ordinal.exec(plain)?.[0] ?? ''
  const [whole, word = ''] = titled.exec(plain.slice(number.length)) ?? []
  if (whole === undefined || (number === '' && !word.endsWith('题'))) return null
  const kind = kindOf(word)
  if (kind === null && !/^选择题?$/.test(word)) return null
  return {
    kind,
    rest: plain.slice(number.length).slice(plain.slice(number.length).indexOf(word) + word.length),
  }
}

/** `1.`, `1、`, `第1题`; `（1）` where the paper numbers so. A number such as 1.5 begins no question. */
export function questionAt(
  { plain }: PaperLine,
  inBrackets: boolean,
): { number: number; from: number } | null {
  const found =
    /^(?:第\s*(\d{1,3})\s*题\s*[.、:。]?|(\d{1,3})\s*[、:。)]|(\d{1,3})\s*\.(?!\d{1,3}(?!\d)))\s*/.exec(
      plain,
    ) ?? (inBrackets ? /^\(\s*(\d{1,3})\s*\)\s*/.exec(plain) : null)
  const number = found?.slice(1).find((one) => one !== undefined)
  return found && number !== undefined ? { number: Number(number), from: found[0].length } : null
}

/** `【单选题】` or `（多选）` at the beginning of a question. */
export function tagAt(plain: string): { kind: KindName; from: number } | null {
  const [whole = '', word = ''] = /^[[【(]\s*(\p{Script=Han}{2,6})\s*[\]】)]\s*/u.exec(plain) ?? []
  const kind = kindOf(word)
  return kind ? { kind, from: whole.length } : null
}

const circled = '①②③④⑤⑥⑦⑧'

/** The letter of an option at the beginning of a line: its place, A = 0. `next` may be followed by a mere space. */
export function optionAt(plain: string, next: number): { place: number; from: number } | null {
  const letter = /^(?:\(\s*([A-Ha-h])\s*\)|([A-Ha-h])\s*[.、:。)])\s*/.exec(plain)
  const spaced = /^([A-H])\s+(?=\S)/.exec(plain)
  const circle = circled.indexOf(plain[0] ?? ' ')
  const found = letter?.[1] ?? letter?.[2]
  if (found) return { place: found.toUpperCase().charCodeAt(0) - 65, from: letter?.[0].length ?? 0 }
  if (circle >= 0 && plain !== '')
    return { place: circle, from: /^.\s*[.、:。]?\s*/u.exec(plain)?.[0].length ?? 1 }
  if (spaced && (spaced[1] ?? '').charCodeAt(0) - 65 === next) return { place: next, from: spaced[0].length }
  return null
}

/** Where the option of a place begins within a line, from a place on; -1 if nowhere. */
function labelWithin(plain: string, place: number, from: number, first = 65): number {
  const letter = String.fromCharCode(first + place)
  const sign = circled[place] ?? letter
  const shapes = new RegExp(
    `(?<=[\\s;,。)?])${letter}\\s*[.、:)]|(?<=[^A-Za-z\\d])${letter}\\s*\\.(?!\\d)|\\(\\s*${letter}\\s*\\)|(?<=\\s)${letter}\\s(?=\\S)|${sign === letter ? '(?!)' : sign}`,
    'g',
  )
  shapes.lastIndex = from
  return shapes.exec(plain)?.index ?? -1
}

/**
 * The options of a line that begins with one: A.甲 B.乙 C.丙. A letter with which the next line begins is not looked for.
 * @param follows place of the option with which the next line begins, or -1.
 */
export function cutOptions(text: string, first: { place: number; from: number }, follows: number): string[] {
  const plain = half(text)
  const options: string[] = []
  let { place, from } = first
  const small = /^\(?\s*[a-h]/.test(plain) ? 97 : 65
  for (;;) {
    const at = follows === place + 1 ? -1 : labelWithin(plain, place + 1, from, small)
    options.push(
      text
        .slice(from, at < 0 ? undefined : at)
        .replace(/[\s;；]+$/, '')
        .trim(),
    )
    const label = at < 0 ? null : optionAt(plain.slice(at), ++place)
    if (label === null) return options
    from = at + label.from
  }
}

/** Where the options begin in a line that begins with the question; -1 if there are none. */
export function optionsWithin(plain: string): number {
  const at = labelWithin(plain, 0, 1)
  return at > 0 && labelWithin(plain, 1, at + 2) > 0 ? at : -1
}
