// What the checks found, as the editor underlines it.
import type { Diagnostic } from '@codemirror/lint'
import type { Text } from '@codemirror/state'

/** One finding. Lines and columns count from 1, in UTF-16 units; the end is exclusive. */
export type Mark = {
  line: number
  column: number
  endLine?: number
  endColumn?: number
  /** `refused` must be mended before it can be published; advice may be left. */
  severity: 'refused' | 'advice'
  /** What was found. */
  message: string
  /** What to do about it. */
  mend: string
}

/** Places in this text; one that lies outside, because something was written meanwhile, is moved to the nearest. */
export function diagnosticsOf(doc: Text, marks: readonly Mark[]): Diagnostic[] {
  return marks
    .map((mark): Diagnostic => {
      const { from, to } = rangeOf(doc, mark)
      const severity = mark.severity === 'refused' ? 'error' : 'info'
      return { from, to, severity, message: `${mark.message}${mark.mend}` }
    })
    .sort((one, other) => one.from - other.from)
}

/** Offsets of a mark. Without an end it reaches to the end of its line. */
export function rangeOf(doc: Text, mark: Mark): { from: number; to: number } {
  const from = offsetOf(doc, mark.line, mark.column)
  const to =
    mark.endLine === undefined || mark.endColumn === undefined
      ? doc.lineAt(from).to
      : offsetOf(doc, mark.endLine, mark.endColumn)
  return { from, to: Math.max(from, to) }
}

function offsetOf(doc: Text, line: number, column: number): number {
  const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines))
  return Math.min(from + Math.max(column - 1, 0), to)
}
