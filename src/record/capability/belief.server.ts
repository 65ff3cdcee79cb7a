// What the record shows of a person on a day: beliefs by indicator, with the evidence that they come from.
import { and, eq, isNotNull } from 'drizzle-orm'
import { dayOf, noonOf } from '#day.ts'
import { read } from '#db/database.server.ts'
import { belief as beliefTable, credit, evidence as evidenceTable, progress } from '#db/schema/record.ts'
import { believe, type Belief } from '#record/capability/belief.ts'
import { modelInUse } from '#record/capability/model.server.ts'
import type { Evidence } from '#record/evidence/evidence.ts'

/** Evidence of a person up to a day, by indicator, oldest first. */
export async function evidenceOf(personId: string, asOfOn: string): Promise<Map<string, Evidence[]>> {
  const rows = await read.select().from(evidenceTable).where(eq(evidenceTable.personId, personId))
  const until = `${asOfOn}T16:00:00.000Z`
  const known = rows.map(({ body }) => body as Evidence).filter(({ at }) => at < until)
  known.sort((a, b) => (a.at < b.at ? -1 : 1))
  return Map.groupBy(known, ({ indicator }) => indicator)
}

/** Beliefs as of a day, aged to that day. */
export function beliefsFrom(evidence: ReadonlyMap<string, Evidence[]>, asOfOn: string): Map<string, Belief> {
  const { model } = modelInUse()
  return new Map([...evidence].map(([indicator, pieces]) => [indicator, believe(pieces, asOfOn, model.cuts)]))
}

/** What moved a belief last: the event, and the mean before and after it on that day. */
export type LastMove = {
  indicator: string
  eventId: string
  meanBefore: number | null
  mean: number
  asOfOn: string
}

/** The indicators whose beliefs moved last, newest first. */
export async function lastMoves(personId: string): Promise<LastMove[]> {
  const rows = await read.select().from(beliefTable).where(eq(beliefTable.personId, personId))
  const moves = rows.map(({ indicator, eventId, meanBefore, mean, asOfOn }) => ({
    indicator,
    eventId,
    meanBefore,
    mean,
    asOfOn,
  }))
  return moves.sort((a, b) => (noonOf(a.asOfOn) < noonOf(b.asOfOn) ? 1 : -1))
}

/**
 * Ids of the lessons that a person has finished, up to a day if one is named, and of those begun and not finished since,
 * the latest first.
 */
export async function lessonsOf(
  personId: string,
  asOfOn?: string,
): Promise<{ finished: Set<string>; begun: { lesson: string; at: string }[] }> {
  const own = and(eq(credit.personId, personId), isNotNull(credit.courseId))
  const [rows, credited] = await Promise.all([
    read.select().from(progress).where(eq(progress.personId, personId)),
    read.select({ lesson: credit.subject, on: credit.on }).from(credit).where(own),
  ])
  const ends = [
    ...credited,
    ...rows.flatMap(({ lessonId, completedAt }) =>
      completedAt === null ? [] : [{ lesson: lessonId, on: dayOf(completedAt) }],
    ),
  ]
  const ended = new Set(ends.map(({ lesson }) => lesson))
  const finished = ends.filter(({ on }) => asOfOn === undefined || on <= asOfOn)
  const begun = rows
    .filter((row) => !ended.has(row.lessonId))
    .map((row) => ({ lesson: row.lessonId, at: row.openedAt }))
  return {
    finished: new Set(finished.map(({ lesson }) => lesson)),
    begun: begun.sort((a, b) => (a.at < b.at ? 1 : -1)),
  }
}
