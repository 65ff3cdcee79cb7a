// Answers at the end of a paper: 参考答案：1-5 BACDA, 6.ABD 7.AC, by section where the paper has sections.
import { headingOf, type PaperLine } from '#assessment/exchange/paper-lines.ts'
import { half } from '#assessment/exchange/read-answer.ts'
import type { KindName } from '#quiz/kinds/registry.ts'

/** An answer of the key: of the question with this number, in a section of this kind where the key says so. */
export type KeyEntry = { line: number; kind: KindName | null; number: number; answer: string }

const title =
  /^[\[【(]?\s*(?:参考答案|标准答案|试题答案|答案)(?:及解析|和解析|与解析|部分)?\s*[\]】)]?\s*:?\s*/
const signs = '[A-Ha-h√×✓✔✗✘对错TFtf]'
const entry = new RegExp(
  `^\\s*\\d{1,3}\\s*(?:[-~—–至]+\\s*\\d{1,3}\\s*[.、:)]?\\s*(?:${signs}|\\()|[.、:)]\\s*(?:${signs}[A-Ha-h]*(?:[\\s,、;。]|$)|正确|错误))`,
)

/** Where the key begins; -1 if the paper has none. */
export function keyStart(lines: readonly PaperLine[]): number {
  return lines.findIndex(({ plain }, i) => {
    const rest = plain.replace(title, '')
    if (rest === plain) return false
    if (entry.test(withoutHeading(rest))) return true
    if (rest.trim() !== '') return false
    const next = lines.slice(i + 1).find((line) => line.text !== '')
    if (!next) return false
    const below = lines.slice(next.number).find((line) => line.text !== '')
    return (
      entry.test(withoutHeading(next.plain)) ||
      (headingOf(next) !== null && below !== undefined && entry.test(below.plain))
    )
  })
}

const withoutHeading = (plain: string) =>
  plain.replace(/^\s*(?:[一二三四五六七八九十]{1,3}[、.]\s*)?(?:\p{Script=Han}{2,6}题?\s*:?\s*)?(?=\d)/u, '')

/** The entries of a key, and the lines that are none. */
export function readKey(lines: readonly PaperLine[]): { entries: KeyEntry[]; strange: PaperLine[] } {
  const entries: KeyEntry[] = []
  const strange: PaperLine[] = []
  let kind: KindName | null = null
  for (const [i, line] of lines.entries()) {
    const text = i === 0 ? line.plain.replace(title, '') : line.plain
    if (text.trim() === '') continue
    const heading = headingOf({ ...line, plain: text, text })
    if (heading) kind = heading.kind
    const found = entriesIn(heading ? heading.rest : withoutHeading(text), kind, line.number)
    if (found.length === 0 && !heading) strange.push(line)
    entries.push(...found)
  }
  return { entries, strange }
}

function entriesIn(plain: string, kind: KindName | null, line: number): KeyEntry[] {
  const pieces =
    /(\d{1,3})\s*(?:[-~—–至]+\s*(\d{1,3}))?\s*[.、:)]?\s*((?:(?!\s*[;,]?\s*\d{1,3}\s*(?:[-~—–至.、:)])).)+)/g
  return [...plain.matchAll(pieces)].flatMap(([, from = '', to, said = '']) => {
    const answer = said.trim().replace(/[;,。]$/, '')
    if (to === undefined) return [{ line, kind, number: Number(from), answer }]
    const answers = severalIn(answer, Number(to) - Number(from) + 1)
    return answers.map((one, i) => ({ line, kind, number: Number(from) + i, answer: one }))
  })
}

/** So many answers side by side: by spaces where there are as many words, else sign by sign. */
function severalIn(text: string, count: number): string[] {
  const words = half(text)
    .split(/[\s,、;]+/)
    .filter(Boolean)
  if (words.length === count) return words
  const each = words.flatMap((word) => [...word])
  return each.length === count ? each : []
}
