// GET /people/<id>/map.csv, .xlsx and .json: the map of a person as of a day, for download. Who takes that of another
// is noted before anything leaves.
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import { nameOf } from '#people/posts.server.ts'
import type { Session } from '#people/session.ts'
import { logView } from '#people/view.server.ts'
import { readAsOf } from '#plan/as-of.ts'
import { evidenceInWords } from '#plan/evidence-words.server.ts'
import * as file from '#plan/person-file.ts'
import { personMapOf } from '#plan/person-map.server.ts'
import { fileReply } from '#sheet/file-reply.ts'
import { bom, csvLines } from '#sheet/write-csv.ts'
import { workbook } from '#sheet/write-workbook.ts'
import { Refusal } from '#refusal.ts'

type Format = 'csv' | 'xlsx' | 'json'

type Parts = { about: file.About; indicators: file.IndicatorRow[]; evidence: file.EvidenceRow[] }

/** @param query may name a day (`asOf`); one that cannot be shown is refused, because a file would hide it. */
export async function personFile(
  session: Session,
  personId: string,
  query: URLSearchParams,
  format: Format,
): Promise<Response> {
  const today = dayOf(now().toISOString())
  const { on, refused } = readAsOf(query, today)
  const person = await nameOf(personId)
  if (!person) return refusal(new Refusal('not-found', '没有找到这个人。', '请从人员名单里打开。'))
  if (refused !== null) return refusal(new Refusal('invalid', refused, '请改好日期，再下载。'))
  const { map, evidence, beliefOf, heldThen } = await personMapOf(personId, on, session.person.id)
  const said = await evidenceInWords([...evidence.values()].flat())
  if (session.person.id !== personId)
    await logView(session.person.id, personId, `能力图谱（下载${names[format]}）`)
  const about = {
    ...{ person: person.name, posts: heldThen.map(({ unit, postName }) => `${unit}${postName}`).join('，') },
    ...{ asOf: on, model: map.title, takenBy: session.person.name, takenOn: today },
  }
  const saidOf = Map.groupBy(said, (one) => one.evidence.indicator)
  const parts = {
    ...{ about, indicators: file.indicatorRows(map) },
    evidence: file.evidenceRows(map, saidOf, beliefOf),
  }
  return fileReply(inFormat[format](parts), format, {
    plain: 'capability-map',
    name: `${person.name}的能力图谱${on}`,
  })
}

const names: Record<Format, string> = { csv: 'CSV', xlsx: 'Excel', json: 'JSON' }

const refusal = (one: Refusal) => Response.json(one, { status: one.status })

const inFormat: Record<Format, (parts: Parts) => string | AsyncIterable<Uint8Array>> = {
  csv: ({ about, indicators }) => {
    const beside = file.indicatorHeading.slice(1).map(() => '')
    const notes = file.notesOf(about).map((note) => [note, ...beside])
    return bom + csvLines([file.indicatorHeading, ...indicators.map(file.indicatorCells), ...notes])
  },
  xlsx: ({ about, indicators, evidence }) =>
    workbook([
      {
        ...{ name: '能力图谱', widths: file.indicatorWidths },
        rows: [[file.indicatorHeading, ...indicators.map(file.indicatorCells)]],
      },
      {
        ...{ name: '证据', widths: file.evidenceWidths },
        rows: [[file.evidenceHeading, ...evidence.map(file.evidenceCells)]],
      },
      { name: '说明', widths: [100], rows: [[['说明'], ...file.notesOf(about).map((note) => [note])]] },
    ]),
  json: ({ about, indicators, evidence }) =>
    `${JSON.stringify({ notes: file.notesOf(about), ...about, indicators, evidence }, null, 1)}\n`,
}
