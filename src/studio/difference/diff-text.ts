// Two states of a text side by side: by lines, and by words within lines that were changed.
import { changedRuns, type Run } from '#studio/difference/changed-runs.ts'

/** Words in a row that stayed, went or came. */
export type Words = { type: 'same' | 'removed' | 'added'; text: string }

/** One line, without its line end. Numbers are line numbers from 1, before and after. */
export type Line =
  | { type: 'same'; before: number; after: number; text: string }
  | { type: 'removed'; before: number; text: string }
  | { type: 'added'; after: number; text: string }
  | { type: 'changed'; before: number; after: number; words: Words[] }

/** Lines less alike than this are not the same line changed. */
const alikeEnough = 0.4
/** Pairs of lines that are compared to find which line became which; of more, the first became the first. */
const mostPairs = 2500
/** A line longer than this is not compared by words. */
const longestLine = 8000

/** All lines in reading order; what went stands before what came instead of it. */
export function diffText(before: string, after: string): Line[] {
  const [a, b] = [before.split('\n'), after.split('\n')]
  const lines: Line[] = []
  let [atA, atB] = [0, 0]
  const same = (to: number) => {
    for (; atA < to; atA++, atB++)
      lines.push({ type: 'same', before: atA + 1, after: atB + 1, text: a[atA] ?? '' })
  }
  for (const run of changedRuns(a, b)) {
    same(run.fromA)
    lines.push(...changedLines(a, b, run))
    ;[atA, atB] = [run.toA, run.toB]
  }
  same(a.length)
  return lines
}

function changedLines(a: string[], b: string[], { fromA, toA, fromB, toB }: Run): Line[] {
  const lines: Line[] = []
  let [atA, atB] = [fromA, fromB]
  const alone = (endA: number, endB: number) => {
    for (; atA < endA; atA++) lines.push({ type: 'removed', before: atA + 1, text: a[atA] ?? '' })
    for (; atB < endB; atB++) lines.push({ type: 'added', after: atB + 1, text: b[atB] ?? '' })
  }
  for (const [i, j] of pairs(a.slice(fromA, toA), b.slice(fromB, toB))) {
    alone(fromA + i, fromB + j)
    const words = diffWords(a[atA++] ?? '', b[atB++] ?? '')
    lines.push({ type: 'changed', before: atA, after: atB, words })
  }
  alone(toA, toB)
  return lines
}

/** Which line became which, in order, so that what is paired is as alike as can be. */
function pairs(a: string[], b: string[]): [number, number][] {
  const lettersA = a.map(twos)
  const lettersB = b.map(twos)
  const alike = (i: number, j: number) => alikeness(lettersA[i] ?? new Map(), lettersB[j] ?? new Map())
  if (a.length * b.length > mostPairs)
    return a
      .slice(0, b.length)
      .map((_, i): [number, number] => [i, i])
      .filter(([i]) => alike(i, i) >= alikeEnough)
  // best[i][j]: the most that lines from i and from j on can be alike.
  const best = Array.from({ length: a.length + 1 }, () => new Float64Array(b.length + 1))
  const at = (i: number, j: number) => best[i]?.[j] ?? 0
  const paired = (i: number, j: number) => {
    const how = alike(i, j)
    return how < alikeEnough ? 0 : how + at(i + 1, j + 1)
  }
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      (best[i] as Float64Array)[j] = Math.max(at(i + 1, j), at(i, j + 1), paired(i, j))
  const found: [number, number][] = []
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (at(i, j) === at(i + 1, j)) i++
    else if (at(i, j) === at(i, j + 1)) j++
    else found.push([i++, j++])
  }
  return found
}

/** How alike two texts are, 0 to 1: the share of neighbouring letters that they have in common (Dice). */
export function alike(a: string, b: string): number {
  return alikeness(twos(a), twos(b))
}

function alikeness(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const sum = (counts: Iterable<number>) => [...counts].reduce((all, one) => all + one, 0)
  const all = sum(a.values()) + sum(b.values())
  const both = sum([...a].map(([two, count]) => Math.min(count, b.get(two) ?? 0)))
  return all === 0 ? 0 : (2 * both) / all
}

/** Every letter with the next one, and how often. */
function twos(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (let i = 0; i < text.length; i++) {
    const two = text.slice(i, i + 2)
    counts.set(two, (counts.get(two) ?? 0) + 1)
  }
  return counts
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })
const wordsOf = (text: string) => Array.from(segmenter.segment(text), ({ segment }) => segment)

/** The words of a line, those that stayed, went and came in reading order. */
export function diffWords(before: string, after: string): Words[] {
  const tooLong = before.length + after.length > 2 * longestLine
  const [a, b] = tooLong ? [[before], [after]] : [wordsOf(before), wordsOf(after)]
  const found: Words[] = []
  const put = (type: Words['type'], words: string[]) =>
    words.length > 0 && found.push({ type, text: words.join('') })
  let at = 0
  for (const { fromA, toA, fromB, toB } of changedRuns(a, b)) {
    put('same', a.slice(at, fromA))
    put('removed', a.slice(fromA, toA))
    put('added', b.slice(fromB, toB))
    at = toA
  }
  put('same', a.slice(at))
  return found
}

/** How much was changed. */
export type Extent = {
  /** Places where something differs. */
  places: number
  /** Letters that came and went, without spaces. */
  added: number
  removed: number
}

/** How much of a text was changed. */
export function extentOf(lines: readonly Line[]): Extent {
  const extent = { places: 0, added: 0, removed: 0 }
  let before: Line['type'] | Words['type'] = 'same'
  const count = ({ type, text }: Words) => {
    if (type !== 'same') {
      if (before === 'same') extent.places++
      extent[type] += [...text.replace(/\s/g, '')].length
    }
    before = type
  }
  for (const line of lines) {
    if (line.type !== 'changed') count(line)
    else {
      before = 'same'
      line.words.forEach(count)
      before = 'same'
    }
  }
  return extent
}
