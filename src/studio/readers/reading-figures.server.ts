// What readers do with lessons, for those who write them. Counted for all lessons at once, in a thread, when somebody
// looks; kept for an hour, and what is older is still shown while it is counted again.
import { Worker } from 'node:worker_threads'
import { and, desc, eq, isNull, or, sql } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { inMeta } from '#course/published.server.ts'
import { read } from '#db/database.server.ts'
import { document, revision } from '#db/schema/library.ts'
import { feedback, unit } from '#db/schema/people.ts'
import { isWhole, scopeOf } from '#people/roster/scope.ts'
import { underAny } from '#people/roster/under.ts'
import type { Session } from '#people/session.ts'
import { concernOf, type Concern, type LessonFigures } from '#studio/readers/figures.ts'

/** Counts all lessons now; others go on meanwhile. */
export function countInThread(dataDir: string): Promise<Map<string, LessonFigures>> {
  const workerData = { dataDir, at: now().toISOString() }
  const worker = new Worker(new URL('./figures-worker.server.ts', import.meta.url), { workerData })
  worker.unref()
  let counted: Map<string, LessonFigures> | undefined
  return new Promise((resolve, reject) => {
    worker.on('message', (message: Map<string, LessonFigures>) => (counted = message))
    worker.once('error', reject)
    worker.once('exit', () =>
      counted ? resolve(counted) : reject(new Error('The thread of reading figures ended early.')),
    )
  })
}

type Counted = { at: number; figures: Map<string, LessonFigures> }

const freshFor = 3_600_000
/** A page waits no longer for what was never counted yet. */
const longestWait = 3000

let kept: Counted | null = null
let counting: Promise<Counted> | null = null

async function count(dataDir: string): Promise<Counted> {
  try {
    kept = { at: now().getTime(), figures: await countInThread(dataDir) }
    return kept
  } finally {
    counting = null
  }
}

/** What was counted last; null while it is counted for the first time. */
async function countedNow(dataDir: string): Promise<Counted | null> {
  if (kept && now().getTime() - kept.at < freshFor) return kept
  counting ??= count(dataDir)
  // Whoever is shown the older figures does not wait; the next to look hears of an error.
  if (kept) {
    counting.catch(() => undefined)
    return kept
  }
  const { promise, resolve } = Promise.withResolvers<null>()
  const timer = setTimeout(() => resolve(null), longestWait)
  const counted = counting
  counted.catch(() => undefined)
  return Promise.race([counted, promise]).finally(() => clearTimeout(timer))
}

/** Something that a reader wrote of a lesson. */
export type Said = { id: string; text: string; stars: number | null; at: string }

export type ReadingFigures = {
  /** Null while they are counted for the first time, and for what is not published, or a course or list. */
  figures: LessonFigures | null
  /** When they were counted; null while they are. */
  countedAt: string | null
  /** The newest remarks. */
  said: Said[]
}

/** What readers do with one document, in its present edition. */
export async function readingFigures(dataDir: string, documentId: string): Promise<ReadingFigures> {
  const counted = await countedNow(dataDir)
  const said = await read
    .select({ id: feedback.id, text: feedback.text, stars: feedback.stars, at: feedback.at })
    .from(feedback)
    .where(and(eq(feedback.documentId, documentId), sql`${feedback.text} <> ''`))
    .orderBy(desc(feedback.at))
    .limit(5)
  const figures = counted?.figures.get(documentId) ?? null
  return { figures, countedAt: counted ? new Date(counted.at).toISOString() : null, said }
}

/** A lesson that should be looked at. */
export type LessonOfConcern = { id: string; title: string } & Concern

const mostConcerns = 5

/**
 * The few lessons of the units for which one writes, reads or publishes whose readers have most trouble, each with its
 * reason in words. Empty also while it is counted for the first time.
 */
export async function concernsOfLessons(dataDir: string, by: Session): Promise<LessonOfConcern[]> {
  const counted = await countedNow(dataDir)
  if (!counted) return []
  const scope = scopeOf(by, 'trainer', 'reviewer', 'publisher')
  const own = or(underAny(unit.path, scope), isWhole(scope) ? isNull(document.unitId) : sql`false`)
  const rows = await read
    .select({ id: document.id, title: inMeta('title') })
    .from(document)
    .innerJoin(revision, eq(revision.id, document.publishedRevisionId))
    .leftJoin(unit, eq(unit.id, document.unitId))
    .where(and(eq(document.kind, 'lesson'), isNull(document.withdrawnAt), own))
  return rows
    .flatMap((row) => {
      const figures = counted.figures.get(row.id)
      const concern = figures && concernOf(figures)
      return concern ? [{ ...row, ...concern }] : []
    })
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, mostConcerns)
}
