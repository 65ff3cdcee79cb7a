// The training archive as a file: a person's own, or that of the people for whom an officer answers, who can each see
// that it was downloaded. It is made while it is sent, a slice at a time.
import { archiveOf, type Part, type PostNames } from '#archive/archive.server.ts'
import { columns, type Cells } from '#archive/columns.ts'
import { inSlices } from '#archive/in-slices.server.ts'
import { officerScope, peopleIn, type Listed } from '#archive/scope.server.ts'
import { unitOf } from '#archive/store.server.ts'
import { cellRow, headerRow, widths } from '#archive/template.ts'
import { bom, csvLines } from '#sheet/write-csv.ts'
import { workbook, type Cell } from '#sheet/write-workbook.ts'
import { read, write } from '#db/database.server.ts'
import { noteAct } from '#people/audit.server.ts'
import { findUnit } from '#people/roster/find.server.ts'
import type { Session } from '#people/session.ts'
import { logViews } from '#people/view.server.ts'

/** Rows that are written together. */
const slice = 200

export type Format = 'csv' | 'xlsx'

/** What an officer wants of the archive: a year, a unit and all below it; null for everything. */
export type Wanted = { year: number | null; unit: string | null }

/** The archive of the person who asks. */
export const ownArchive = ({ person }: Session, format: Format, posts: PostNames) =>
  inFormat(archiveOf([person], posts), format)

/**
 * The archive of the people of an officer's units. Each of them finds in the list of looks who downloaded it.
 * @throws Refusal `not-yours` if the unit is not the officer's.
 */
export async function unitArchive(
  session: Session,
  { year, unit }: Wanted,
  format: Format,
  posts: PostNames,
) {
  const scope = officerScope(session)
  const path = unit === null ? null : (await findUnit(read, scope, unit)).path
  const people = await peopleIn(scope, path)
  const target = unit ?? unitOf(session)
  await write((tx) =>
    noteAct(tx, session.person.id, 'archive-downloaded', target, { year, people: people.length }),
  )
  return inFormat(noted(session.person.id, archiveOf(people, posts, year)), format)
}

/** Notes each look before the rows leave. */
async function* noted(viewer: string, parts: AsyncGenerator<Part>): AsyncGenerator<Part> {
  for await (const part of parts) {
    const others = part.people.filter(({ id }: Listed) => id !== viewer).map(({ id }) => id)
    await logViews(viewer, others, '培训档案（下载）')
    yield part
  }
}

function inFormat(parts: AsyncGenerator<Part>, format: Format): AsyncGenerator<Uint8Array> {
  return format === 'csv' ? asCsv(parts) : asWorkbook(parts)
}

async function* asCsv(parts: AsyncGenerator<Part>): AsyncGenerator<Uint8Array> {
  yield Buffer.from(bom + csvLines([headerRow]))
  for await (const { rows } of parts)
    for await (const some of inSlices(rows, slice)) yield Buffer.from(csvLines(some.map(cellRow)))
}

const asWorkbook = (parts: AsyncGenerator<Part>) =>
  workbook([{ name: '培训档案', widths, rows: workbookRows(parts) }])

async function* workbookRows(parts: AsyncGenerator<Part>): AsyncGenerator<Cell[][]> {
  yield [headerRow]
  for await (const { rows } of parts)
    for await (const some of inSlices(rows, slice)) yield some.map(typedCells)
}

/** Hours as numbers, so that a spreadsheet can add them up. */
const typedCells = (cells: Cells): Cell[] =>
  columns.map((column) => {
    const text = cells[column.field]
    return 'amount' in column && text !== '' ? Number(text) : text
  })
