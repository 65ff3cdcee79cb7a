// Settles a stretch of study at a screen: into the record of the visit's person.
import { and, eq } from 'drizzle-orm'
import { v5 } from 'uuid'
import { read, write } from '#db/database.server.ts'
import { document, revision } from '#db/schema/library.ts'
import type { Placed, Settled } from '#kiosk/intake/settled.ts'
import type { BodyOf } from '#kiosk/entry-body.ts'
import { isSettled, visitNamed, type NamedVisit } from '#kiosk/visit/named-visit.server.ts'
import { stayIn } from '#kiosk/visit/visit.server.ts'
import type { Span } from '#record/hours/span.ts'
import type { Study } from '#record/events/event.ts'
import { recordStudyIn } from '#record/record.server.ts'
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

type Entry = Placed<BodyOf<'studied'>>
type Counting = { entry: Entry; visit: NamedVisit }

/**
 * Settles stretches of one visit, in the order of their numbers. The same again changes nothing.
 * @returns what becomes of each.
 */
export async function settleStudied(entries: Entry[]): Promise<Settled[]> {
  const [first] = entries
  if (!first) return []
  const visitAt = await visitNamed(first.body.visit, first.kiosk)
  const judged = await Promise.all(entries.map((entry) => judge(entry, visitAt(entry.at))))
  await store(judged.filter((one) => 'visit' in one))
  return judged.map((one) => ('visit' in one ? settled(one) : one))
}

async function judge(entry: Entry, visit: NamedVisit | Settled): Promise<Counting | Settled> {
  const { visit: about, lesson, edition, revision } = entry.body
  if (isSettled(visit)) return visit
  if (await isRevision(lesson, edition, revision)) return { entry, visit }
  return { state: 'refused', reason: unknownRevision, about }
}

function settled({ entry, visit }: Counting): Settled {
  const { from, at, body } = entry
  const studied = { person: visit.personId, lesson: body.lesson }
  return { state: 'settled', about: visit.id, studied, ...(from === null ? {} : { from, to: at }) }
}

/** Rounding is no refusal. */
function refusedFor(shared: number): Record<string, number> {
  return shared >= 1 ? { 'shared-device': Math.round(shared) } : {}
}

/** One transaction: each lesson was opened in this visit, once, and these stretches of it were studied. */
async function store(all: Counting[]) {
  const byId = Map.groupBy(all.flatMap(eventsOf), ({ id }) => id)
  const [first, ...others] = [...byId.values()].flatMap(([event]) => event ?? [])
  if (!first) return
  const inForce = await versionsInForce()
  const online = all.filter(({ entry }) => !entry.offline)
  await write(async (tx) => {
    await recordStudyIn(tx, [first, ...others], inForce)
    for (const { entry, visit } of online.slice(-1)) await stayIn(tx, visit, entry.at)
  })
}

/** That the lesson was opened, by an id that is the same for the whole visit, and that a stretch was studied. */
function eventsOf({ entry, visit }: Counting): Study[] {
  const { id, kiosk, at, from, offline, body } = entry
  const { lesson, edition, revision } = body
  const openedAt = new Date(at - body.milliseconds).toISOString()
  const what = { person: visit.personId, lesson, edition, revision }
  const spans: Span[] = from === null ? [] : [[from, at]]
  const own = from === null ? 0 : at - from
  return [
    { kind: 'lesson-opened', id: v5(`${lesson} ${revision}`, visit.id), at: openedAt, ...what },
    {
      kind: 'segment-studied',
      ...{ id, at: new Date(at).toISOString(), ...what, openedAt, spans },
      sections: body.sections.filter((one) => section.test(one)),
      watched: {},
      refused: refusedFor((body.milliseconds - own) / 1000),
      ...(offline && from !== null ? { silentSeconds: own / 1000 } : {}),
      screen: kiosk,
    },
  ]
}
