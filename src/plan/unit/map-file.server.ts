// GET /units/<id>/map.csv, .xlsx and .json: the map of a unit as this session may see it, for download.
import { bom, csvLines } from '#sheet/write-csv.ts'
import { fileReply } from '#sheet/file-reply.ts'
import { workbook } from '#sheet/write-workbook.ts'
import type { Session } from '#people/session.ts'
import { fileRows, mapColumns, mapWidths, notesOf, rowCells } from '#plan/unit/map-file.ts'
import type { UnitMap } from '#plan/unit/unit-map.ts'
import { unitMapFor } from '#plan/unit/unit-map.server.ts'
import { Refusal } from '#refusal.ts'

type Format = 'csv' | 'xlsx' | 'json'

/** @param month `YYYY-MM` of the figures, or null for the latest. */
export async function mapFile(
  session: Session,
  unitId: string,
  month: string | null,
  format: Format,
): Promise<Response> {
  const found = await unitMapFor(session, unitId, month)
  if (!found) {
    const refused = new Refusal('not-found', '没有找到这个单位。', '它可能不在你能看的范围。')
    return Response.json(refused, { status: refused.status })
  }
  const { map } = found
  const name = `${map.unit.name}能力图谱${map.on ?? ''}`
  return fileReply(inFormat[format](map), format, { plain: 'unit-map', name })
}

const inFormat: Record<Format, (map: UnitMap) => string | AsyncIterable<Uint8Array>> = {
  csv: (map) => {
    const rows = cellsOfFile(map).map((cells) => cells.map(String))
    // The notes stand below the table, in its first column, so that the first line is the heading.
    const notes = notesOf(map).map((note) => [note, ...mapColumns.slice(1).map(() => '')])
    return bom + csvLines([[...mapColumns], ...rows, ...notes])
  },
  xlsx: (map) =>
    workbook([
      { name: '能力图谱', widths: mapWidths, rows: [[[...mapColumns], ...cellsOfFile(map)]] },
      { name: '说明', widths: [100], rows: [[['说明'], ...notesOf(map).map((note) => [note])]] },
    ]),
  json: (map) => {
    const { unit, on, sight, whole } = map
    const body = {
      notes: notesOf(map),
      unit: { id: unit.id, name: unit.name, members: whole.members },
      asOf: on,
      figures: sight,
      rows: fileRows(map),
    }
    return `${JSON.stringify(body, null, 1)}\n`
  },
}

const cellsOfFile = (map: UnitMap) => fileRows(map).map((row) => rowCells(row, map.on ?? ''))
