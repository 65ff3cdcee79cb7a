// Shows a person their own words again, with those marked that a case has too.
import { segment } from '#search/segment.ts'

/** A piece of what was told; `hit` if the case has these words. */
export type Part = { text: string; hit: boolean }

const han = /\p{Script=Han}/u
const word = /[\p{L}\p{N}]+/gu
const betweenClauses = /[。！？!?；;，,、：:…\n]+/

/** Places in a clause that are looked for: pairs of Han characters, and whole words of other scripts. */
function* placesIn(clause: string): Generator<[from: number, to: number]> {
  let [before, from, at] = ['', 0, 0]
  for (const letter of clause) {
    if (han.test(before) && han.test(letter)) yield [from, at + letter.length]
    ;[before, from, at] = [letter, at, at + letter.length]
  }
  for (const { 0: found, index } of clause.matchAll(word)) {
    if (!han.test(found)) yield [index, index + found.length]
  }
}

function mark(clause: string, matched: ReadonlySet<string>): Part[] {
  const hits = new Array<boolean>(clause.length).fill(false)
  for (const [from, to] of placesIn(clause)) {
    if (segment(clause.slice(from, to)).some((term) => matched.has(term))) hits.fill(true, from, to)
  }
  const parts: Part[] = []
  for (let at = 0; at < clause.length; at++) {
    const hit = hits[at] ?? false
    const last = parts.at(-1)
    if (last?.hit === hit) last.text += clause.charAt(at)
    else parts.push({ text: clause.charAt(at), hit })
  }
  return parts
}

/** Those clauses of the told text in which something matched; an ellipsis stands for what is left out. */
export function markTold(told: string, matched: ReadonlySet<string>): Part[] {
  const clauses = told
    .split(betweenClauses)
    .map((clause) => mark(clause.trim(), matched))
    .filter((parts) => parts.length > 0)
  const parts: Part[] = []
  let leftOut = false
  for (const clause of clauses) {
    const found = clause.some(({ hit }) => hit)
    if (found && parts.length > 0) parts.push({ text: leftOut ? '……' : '，', hit: false })
    if (found) parts.push(...clause)
    leftOut = !found
  }
  return parts
}

/** How many letters are marked. */
export const lettersMarked = (parts: Part[]) =>
  parts.reduce((sum, { text, hit }) => sum + (hit ? text.length : 0), 0)
