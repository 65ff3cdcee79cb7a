// Settles a stretch of study at a screen: into the record of the visit's person.
import { and, eq } from 'drizzle-orm'
import { v5 } from 'uuid'
import { read, write } from '#db/database.server.ts'
import { document, revision } from '#db/schema/library.ts'
import type { Placed, Settle } from '#kiosk/intake/settled.ts'
import type { BodyOf } from '#kiosk/entry-body.ts'
import { isSettled, visitNamed, type NamedVisit } from '#kiosk/visit/named-visit.server.ts'
import { stayIn } from '#kiosk/visit/visit.server.ts'
import type { Span } from '#record/hours/span.ts'
import { recordIn } from '#record/record.server.ts'
import { versionsInForce } from '#record/versions.server.ts'

/** Sections as lessons number them. */
const section = /^s\d{1,3}$/

/** Revisions never change, so those that were found once are not looked up again. */
const found = new Set<string>()
const mostFound = 5_000

/** Whether a lesson ever had this revision, as that edition. */
export async function isRevision(lesson: string, edition: number, id: string): Promise<boolean> {
  const name = `${lesson} ${edition} ${id}`
  if (found.has(name)) return true
  const rows = await read
    .select({ id: revision.id })
    .from(revision)
    .innerJoin(document, eq(document.id, revision.documentId))
    .where(
      and(
        ...[eq(revision.id, id), eq(revision.documentId, lesson), eq(revision.edition, edition)],
        eq(document.kind, 'lesson'),
      ),
    )
  if (found.size >= mostFound) found.clear()
  if (rows.length > 0) found.add(name)
  return rows.length > 0
}

export const unknownRevision = '这台大屏上的课文不是本站发布过的，没有记入。'

export const settleStudied: Settle<'studied'> = async (entry) => {
  const { body } = entry
  const about = body.visit
  const visit = await visitNamed(about, entry)
  if (isSettled(visit)) return visit
  if (!(await isRevision(body.lesson, body.edition, body.revision)))
    return { state: 'refused', reason: unknownRevision, about }
  const spans: Span[] = entry.from === null ? [] : [[entry.from, entry.at]]
  await store(entry, visit, spans, (body.milliseconds - length(spans)) / 1000)
  const studied = { person: visit.personId, lesson: body.lesson }
  return {
    state: 'settled',
    about,
    studied,
    ...(entry.from === null ? {} : { from: entry.from, to: entry.at }),
  }
}

const length = (spans: readonly Span[]) => spans.reduce((sum, [from, to]) => sum + (to - from), 0)

/** Rounding is no refusal. */
function refusedFor(shared: number): Record<string, number> {
  return shared >= 1 ? { 'shared-device': Math.round(shared) } : {}
}

/** Lessons whose opening in a visit is in the record: a visit brings dozens of stretches of one. */
const begun = new Set<string>()

/** One transaction: the lesson was opened in this visit, once, and this stretch of it was studied. */
async function store(
  { id, kiosk, at, offline, body }: Placed<BodyOf<'studied'>>,
  visit: NamedVisit,
  spans: Span[],
  shared: number,
) {
  const { lesson, edition, revision } = body
  const openedAt = new Date(at - body.milliseconds).toISOString()
  const what = { person: visit.personId, lesson, edition, revision }
  const studied = {
    kind: 'segment-studied' as const,
    ...{ id, at: new Date(at).toISOString(), ...what, openedAt, spans },
    sections: body.sections.filter((one) => section.test(one)),
    watched: {},
    refused: refusedFor(shared),
    ...(offline && spans.length > 0 ? { silentSeconds: length(spans) / 1000 } : {}),
    screen: kiosk,
  }
  const opened = v5(`${lesson} ${revision}`, visit.id)
  const inForce = await versionsInForce()
  await write(async (tx) => {
    if (!begun.has(opened))
      await recordIn(tx, { kind: 'lesson-opened', id: opened, at: openedAt, ...what }, inForce)
    await recordIn(tx, studied, inForce)
    if (!offline) await stayIn(tx, visit, at)
  })
  if (begun.size >= mostFound) begun.clear()
  begun.add(opened)
}
