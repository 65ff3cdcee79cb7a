// Which cells of the heat map are drawn as one: where nothing of a dimension is open, in one line or in several below one
// another, there stands one closed pane that says so, instead of a field of lattice.
import { cellAt, type MapRow } from '#plan/unit/unit-map.ts'

/** A dimension in a line: cell by cell; the beginning of a closed pane over so many lines; or a place that it covers. */
export type Pane = { type: 'cells' } | { type: 'closed'; rows: number } | { type: 'covered' }

/** How the lines of a dimension are drawn, one entry a line; the order of the lines stays. */
export function panesOf(rows: readonly MapRow[], indicators: readonly { id: string }[]): Pane[] {
  const shut = rows.map((row) => indicators.every(({ id }) => cellAt(row, id).share === null))
  return shut.map((closed, i) => {
    if (!closed) return { type: 'cells' }
    if (shut[i - 1]) return { type: 'covered' }
    const end = shut.indexOf(false, i)
    return { type: 'closed', rows: (end < 0 ? shut.length : end) - i }
  })
}
