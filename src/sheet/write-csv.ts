// Rows as CSV: with BOM, so that Excel opens it as UTF-8, and with nothing that a spreadsheet would take for a formula.
import { stringify } from 'csv-stringify/sync'
import { guardCell } from '#sheet/cell.ts'

/** The beginning of a file. */
export const bom = '\uFEFF'

/** Lines of CSV (RFC 4180), each with its end; a number stands as it is, also below zero. */
export const csvLines = (rows: readonly (readonly (string | number)[])[]): string =>
  rows.length === 0
    ? ''
    : stringify(
        rows.map((row) => row.map((cell) => (typeof cell === 'string' ? guardCell(cell) : cell))),
        { record_delimiter: 'windows' },
      )
