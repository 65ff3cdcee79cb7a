// Two people began from the same text and both changed it: what fits together is put together, what does not is left
// to them. By lines, and a paragraph is one line; a line that both changed differently is never guessed at.
import { changedRuns, type Run } from '#studio/difference/changed-runs.ts'

/** A stretch of the result; all texts carry their line ends, so that they can be strung together. */
export type Piece =
  { type: 'same'; text: string } | { type: 'conflict'; base: string; mine: string; theirs: string }

/** What came of it. `taken`: places that only one of the two had changed, and that are in the result. */
export type Merged = { taken: { mine: number; theirs: number } } & (
  { type: 'merged'; text: string } | { type: 'conflict'; pieces: Piece[] }
)

type Side = 'mine' | 'theirs'
type SidedRun = Run & { side: Side }
/** Lines of the base on which runs of one side or of both stand. */
type Group = { from: number; to: number; runs: SidedRun[] }

/** Merges two changed texts that began from `base`. Line ends are `\n`. */
export function mergeThree(base: string, mine: string, theirs: string): Merged {
  const lines = { base: linesOf(base), mine: linesOf(mine), theirs: linesOf(theirs) }
  const taken = { mine: 0, theirs: 0 }
  const pieces: Piece[] = []
  const same = (text: string) => {
    const last = pieces.at(-1)
    if (last?.type === 'same') last.text += text
    else if (text !== '') pieces.push({ type: 'same', text })
  }
  const baseText = (from: number, to: number) => lines.base.slice(from, to).join('')
  let at = 0
  for (const { from, to, runs } of groupsOf(lines)) {
    same(baseText(at, from))
    at = to
    const text = (side: Side) => textOf(lines[side], runs, side, from, to)
    const sides = new Set(runs.map(({ side }) => side))
    const [only] = sides
    if (only && sides.size === 1) {
      taken[only] += runs.length
      same(text(only))
    } else if (text('mine') === text('theirs')) same(text('mine'))
    else
      pieces.push({ type: 'conflict', base: baseText(from, to), mine: text('mine'), theirs: text('theirs') })
  }
  same(baseText(at, lines.base.length))
  if (pieces.some(({ type }) => type === 'conflict')) return { type: 'conflict', pieces, taken }
  return { type: 'merged', text: pieces.map((piece) => ('text' in piece ? piece.text : '')).join(''), taken }
}

/** Both texts of a conflict, one below the other. */
export function bothOf({ mine, theirs }: { mine: string; theirs: string }): string {
  return mine === '' || mine.endsWith('\n') || theirs === '' ? mine + theirs : `${mine}\n${theirs}`
}

/** Each line with its line end; the last one may have none. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? []

function groupsOf({ base, mine, theirs }: Record<'base' | Side, string[]>): Group[] {
  const runs: SidedRun[] = [
    ...changedRuns(base, mine).map((run) => ({ ...run, side: 'mine' as const })),
    ...changedRuns(base, theirs).map((run) => ({ ...run, side: 'theirs' as const })),
  ].sort((one, other) => one.fromA - other.fromA || one.toA - other.toA)
  const groups: Group[] = []
  for (const run of runs) {
    const last = groups.at(-1)
    if (last && meets(last, run)) {
      last.to = Math.max(last.to, run.toA)
      last.runs.push(run)
    } else groups.push({ from: run.fromA, to: run.toA, runs: [run] })
  }
  return groups
}

/** True if they share a line, or one puts something in just where the other changed something: the order is unclear. */
function meets({ from, to }: Group, { fromA, toA }: Run): boolean {
  return from === to || fromA === toA ? fromA <= to : fromA < to
}

/** What one side made of the base lines from … to. */
function textOf(lines: string[], runs: SidedRun[], side: Side, from: number, to: number): string {
  const own = runs.filter((run) => run.side === side)
  const [first, last] = [own[0], own.at(-1)]
  if (!first || !last) throw new Error('Asked for a side that changed nothing.')
  return lines.slice(first.fromB - (first.fromA - from), last.toB + (to - last.toA)).join('')
}
