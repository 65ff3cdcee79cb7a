// What a writer may want to look at again. Advice never blocks: what blocks is course/check.ts and its neighbours.

/** What the advice is about. */
export type AdviceKind =
  | 'source'
  | 'attribution'
  | 'figure'
  | 'reading-time'
  | 'sentence'
  | 'alternative-text'
  | 'withdrawn'
  | 'sensitive'

/** One piece of advice. Lines and columns count from 1, in UTF-16 units; the end is exclusive. */
export type Advice = {
  line: number
  column: number
  endLine?: number
  endColumn?: number
  kind: AdviceKind
  /** What was noticed. */
  message: string
  /** What the writer can do about it. */
  mend: string
}

/** Advice on a stretch of the source, given as offsets; the end is exclusive. */
export function adviceOn(
  source: string,
  [from, to]: readonly [number, number],
  words: Pick<Advice, 'kind' | 'message' | 'mend'>,
): Advice {
  const end = placeIn(source, to)
  return { ...placeIn(source, from), endLine: end.line, endColumn: end.column, ...words }
}

function placeIn(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}

/** Words in a message, never so long that the message cannot be read. */
export function brief(words: string): string {
  const letters = [...words]
  return letters.length > 24 ? `${letters.slice(0, 24).join('')}……` : words
}
