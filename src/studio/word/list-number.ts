// Numbers that Word counts by itself: marked when they are written into the text, and told from typed ones again.
import { plainWords, type WordNode } from '#studio/word/word-model.ts'

/** Characters that no text may hold (Unicode noncharacters), around a number that was counted. */
export const markNumber = (number: string) => `\ufdd0${number}\ufdd1`

/** The number before a paragraph as Word prints it, empty if there is none, and the paragraph without it. */
export function takeNumber(nodes: readonly WordNode[]): { number: string; rest: WordNode[] } {
  const numberIn = (node: WordNode) => /^\ufdd0(.*)\ufdd1$/s.exec(plainWords([node]))?.[1]
  // Of paragraphs whose parting was struck out, the last one's number is printed.
  const number = nodes.map(numberIn).findLast((each) => each !== undefined) ?? ''
  return { number: number.trim(), rest: nodes.filter((node) => numberIn(node) === undefined) }
}

/** How a number counts in a list of Markdown: 3 for “3.” and “c)”; null for one whose wording is cited: 第三条, （三）. */
export function countOf(number: string): number | null {
  if (/[第\p{Script=Han}]/u.test(number)) return null
  const digits = /(\d{1,9})\D*$/.exec(number)?.[1]
  if (digits !== undefined) return Number(digits)
  const letter = /^[(（]?([a-z])[.)）、]?$/i.exec(number)?.[1]
  if (letter !== undefined) return letter.toLowerCase().charCodeAt(0) - 96
  const circled = number.codePointAt(0) ?? 0
  return circled >= 0x2460 && circled <= 0x2473 ? circled - 0x245f : 1
}

/** 1 to 99 in Chinese; larger ones in figures. */
export function chinese(count: number): string {
  const digits = '零一二三四五六七八九'
  const [tens, ones] = [Math.floor(count / 10), count % 10]
  if (count < 1 || count > 99) return String(count)
  const end = ones === 0 ? '' : (digits[ones] ?? '')
  if (tens === 0) return end
  return `${tens === 1 ? '' : digits[tens]}十${end}`
}
