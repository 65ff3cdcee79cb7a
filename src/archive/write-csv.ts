// Rows as CSV: with BOM, so that Excel opens it as UTF-8, and with nothing that a spreadsheet would take for a formula.
import { stringify } from 'csv-stringify/sync'
import { guardCell } from '#sheet/cell.ts'

/** The beginning of a file. */
export const bom = '\uFEFF'

/** Lines of CSV (RFC 4180), each with its end. */
export const csvLines = (rows: readonly (readonly string[])[]): string =>
  rows.length === 0
    ? ''
    : stringify(
        rows.map((row) => row.map(guardCell)),
        { record_delimiter: 'windows' },
      )
