// Open segments: working state that beats extend and that becomes one event when the visit ends. Kept in memory
// beside the table, because one process owns the database and a beat must cost no more than its write.
import { and, desc, eq, lt } from 'drizzle-orm'
import { v7 } from 'uuid'
import { now } from '#clock.server.ts'
import { read, write, writeRow, type Database } from '#db/database.server.ts'
import type { Bulk } from '#db/queue.server.ts'
import { event as eventTable, segment as segmentTable } from '#db/schema/record.ts'
import {
  extendSegment,
  silentMilliseconds,
  type Beat,
  type Segment,
  type Taken,
} from '#record/hours/segment.ts'
import { recordIn } from '#record/record.server.ts'
import { versionsInForce } from '#record/versions.server.ts'
import { Refusal } from '#refusal.ts'

/** Segments as they are after the last committed beat; a failed write evicts, so the table decides. */
const open = new Map<string, Segment>()
const mostInMemory = 20_000

const gone = () =>
  new Refusal('closed', '这一段学习已经结束，时间已经记下。', '页面会自动开始新的一段，不用重新学。')

/** Opens a segment; the same id again gives the one that is open. */
export async function openSegment(
  opened: Pick<Segment, 'id' | 'person' | 'lesson' | 'edition' | 'revision' | 'device'>,
): Promise<Segment> {
  const at = now()
  const fresh: Segment = {
    ...opened,
    openedAt: at.toISOString(),
    lastBeatAt: at.getTime(),
    lastSeq: 0,
    spans: [],
    sections: [],
    watched: {},
    refused: {},
    silentSeconds: 0,
  }
  const inForce = await versionsInForce()
  const { person, lesson, edition, revision } = opened
  const event = {
    kind: 'lesson-opened' as const,
    id: v7(),
    person,
    at: fresh.openedAt,
    lesson,
    edition,
    revision,
  }
  await write(async (tx) => {
    // The id becomes that of an event when the visit ends, so it cannot be opened a second time.
    const [ended] = await tx
      .select({ id: eventTable.id })
      .from(eventTable)
      .where(eq(eventTable.id, opened.id))
    if (ended) throw gone()
    const stored = await tx
      .insert(segmentTable)
      .values(toRow(fresh))
      .onConflictDoNothing()
      .returning({ id: segmentTable.id })
    if (stored.length > 0) await recordIn(tx, event, inForce)
  })
  return findOpen(person, opened.id)
}

/** Tabs that one person may study in at once. */
const mostOpen = 20

/** Ends the longest silent visits of a person beyond those; call when one was opened. */
export async function closeBeyond(person: string): Promise<Ended[]> {
  const rows = await read
    .select({ id: segmentTable.id })
    .from(segmentTable)
    .where(eq(segmentTable.personId, person))
    .orderBy(desc(segmentTable.lastBeatAt), desc(segmentTable.openedAt))
    .limit(mostOpen)
    .offset(mostOpen)
  const ended: Ended[] = []
  for (const { id } of rows) ended.push(...[await closeSegment(person, id)].filter((one) => one !== null))
  return ended
}

/**
 * The open segment of a person.
 * @throws Refusal `closed` for one that has ended, an unknown id or another person's, alike.
 */
export async function findOpen(person: string, id: string): Promise<Segment> {
  let segment = open.get(id)
  if (!segment) {
    const [row] = await read.select().from(segmentTable).where(eq(segmentTable.id, id))
    if (!row) throw gone()
    segment = fromRow(row)
    remember(segment)
  }
  if (segment.person !== person) throw gone()
  return segment
}

/** Stores segments as they are after their beats: for many at once a fifth of what a statement for each costs. */
const storeBeats: Bulk<Segment> = (segments) => ({
  sql: `UPDATE segment SET last_beat_at = beat.value ->> 1, last_seq = beat.value ->> 2, spans = beat.value -> 3,
    sections = beat.value -> 4, watched = beat.value -> 5, refused = beat.value -> 6,
    silent_seconds = beat.value ->> 7
    FROM json_each(?) AS beat WHERE segment.id = beat.value ->> 0`,
  args: [JSON.stringify(latest(segments).map(toBeatRow))],
})

/** Of several beats of one segment the last holds them all; SQLite would take any of them. */
const latest = (segments: Segment[]) => [...new Map(segments.map((one) => [one.id, one])).values()]

const toBeatRow = (segment: Segment) => [
  ...[segment.id, segment.lastBeatAt, segment.lastSeq, segment.spans, segment.sections],
  ...[segment.watched, segment.refused, segment.silentSeconds],
]

/** Adds a beat to its segment and stores it; answered after the commit. */
export async function beatSegment(person: string, beat: Beat): Promise<Segment> {
  const before = open.get(beat.segment) ?? (await findOpen(person, beat.segment))
  if (before.person !== person) throw gone()
  const after = extendSegment(before, beat, now().getTime(), takenAround(before))
  if (after === before) return before
  open.set(after.id, after)
  remind(after)
  try {
    await writeRow(storeBeats, after)
  } catch (error) {
    // A later beat that still waits holds this one too: what it will store stays.
    if (open.get(after.id) === after) {
      open.delete(after.id)
      remind(before)
    }
    throw error
  }
  // It was closed in the same moment: its row may have been gone before this beat reached it.
  if (!open.has(after.id)) throw gone()
  return after
}

/**
 * Visits of the last half hour, open or ended, by person and by browser: longer ago no beat can reach back. In memory
 * only; after a restart the next beats fill it again, and what overlaps meanwhile is found when visits end.
 */
const recent = new Map<string, Map<string, Segment>>()

const ofPerson = ({ person }: Segment) => `person ${person}`
const ofDevice = ({ device }: Segment) => (device === null ? null : `device ${device}`)

function remind(segment: Segment) {
  for (const key of [ofPerson(segment), ofDevice(segment)]) {
    if (key === null) continue
    const visits = recent.get(key) ?? new Map<string, Segment>()
    for (const [id, visit] of visits) {
      if (visit.lastBeatAt < segment.lastBeatAt - silentMilliseconds) visits.delete(id)
    }
    recent.delete(key)
    recent.set(key, visits.set(segment.id, segment))
    if (recent.size > 2 * mostInMemory) recent.delete(recent.keys().next().value ?? '')
  }
}

const recentIn = (key: string | null) => [...(recent.get(key ?? '')?.values() ?? [])]

/** Time that is counted already: to this person in other visits, to other people in the same browser. */
function takenAround(segment: Segment): Taken {
  const mine = recentIn(ofPerson(segment)).filter(({ id }) => id !== segment.id)
  const others = recentIn(ofDevice(segment)).filter(({ person }) => person !== segment.person)
  return { mine: mine.flatMap(({ spans }) => spans), others: others.flatMap(({ spans }) => spans) }
}

/** All open segments of a person, or only those in a lesson, newest state. */
export async function openIn(person: string, lesson?: string): Promise<Segment[]> {
  const rows = await read.select().from(segmentTable).where(eq(segmentTable.personId, person))
  return rows
    .filter((row) => lesson === undefined || row.lessonId === lesson)
    .map((row) => open.get(row.id) ?? fromRow(row))
}

/** A visit that has ended. */
export type Ended = { person: string; lesson: string }

/** Ends a segment: its row goes, its event comes, in one transaction. Null if it is not open (any more). */
export async function closeSegment(person: string, id: string): Promise<Ended | null> {
  const inForce = await versionsInForce()
  const ended = await write((tx) => closeIn(tx, person, id, inForce))
  forget(person, id)
  return ended
}

async function closeIn(
  tx: Database,
  person: string,
  id: string,
  inForce: Awaited<ReturnType<typeof versionsInForce>>,
) {
  const mine = and(eq(segmentTable.id, id), eq(segmentTable.personId, person))
  const [row] = await tx.delete(segmentTable).where(mine).returning()
  if (!row) return null
  // At once, for a beat that is stored in the same commit; should this job fail, the table is read again.
  forget(person, id)
  const { lesson, edition, revision, openedAt, spans, sections, watched, refused, silentSeconds } =
    fromRow(row)
  // An answer may have come under this id, by mistake or on purpose; the time is not lost for that.
  const [taken] = await tx.select({ id: eventTable.id }).from(eventTable).where(eq(eventTable.id, id))
  const at = now().toISOString()
  const event = {
    kind: 'segment-studied' as const,
    id: taken ? v7() : id,
    person,
    at,
    lesson,
    edition,
    revision,
    openedAt,
    spans,
    sections,
    watched,
    refused,
    ...(silentSeconds > 0 ? { silentSeconds } : {}),
  }
  await recordIn(tx, event, inForce)
  return { person, lesson }
}

/** Ends the segments that were silent for longer than half an hour, at most 200 at a time. */
export async function closeSilent(): Promise<Ended[]> {
  const limit = now().getTime() - silentMilliseconds
  const rows = await read.select().from(segmentTable).where(lt(segmentTable.lastBeatAt, limit)).limit(200)
  const ended: Ended[] = []
  for (const { personId, id } of rows) {
    const visit = await closeSegment(personId, id)
    if (visit) ended.push(visit)
  }
  return ended
}

/** Drops what is kept in memory, for a database opened anew. */
export function forgetSegments() {
  open.clear()
  recent.clear()
}

function forget(person: string, id: string) {
  if (open.get(id)?.person === person) open.delete(id)
}

function remember(segment: Segment) {
  remind(segment)
  if (open.size >= mostInMemory) open.delete(open.keys().next().value ?? '')
  open.set(segment.id, segment)
}

function toRow(segment: Segment): typeof segmentTable.$inferInsert {
  const { person, lesson, revision, spans, sections, watched, refused, ...row } = segment
  return {
    ...row,
    personId: person,
    lessonId: lesson,
    revisionId: revision,
    spans: JSON.stringify(spans),
    sections: JSON.stringify(sections),
    watched: JSON.stringify(watched),
    refused: JSON.stringify(refused),
  }
}

function fromRow(row: typeof segmentTable.$inferSelect): Segment {
  const { personId, lessonId, revisionId, spans, sections, watched, refused, ...rest } = row
  return {
    ...rest,
    person: personId,
    lesson: lessonId,
    revision: revisionId,
    spans: JSON.parse(spans),
    sections: JSON.parse(sections),
    watched: JSON.parse(watched),
    refused: JSON.parse(refused),
  }
}
