// Loads the part of a ledger that one event touches, and writes back what was added.
import { and, eq, gte, lte, sql, type SQL } from 'drizzle-orm'
import { dayOf, yearOf } from '#day.ts'
import type { Database } from '#db/database.server.ts'
import { insertAll, replaceAll } from '#db/many-rows.server.ts'
import { belief, countedSpan, credit, evidence, progress, refusedTime } from '#db/schema/record.ts'
import { believe } from '#record/capability/belief.ts'
import { storeBeliefs, type NewBelief, type WasCounted } from '#record/capability/standing.server.ts'
import { cutsInUse, indicatorNow } from '#record/capability/model.server.ts'
import { readAbout } from '#record/dispute.ts'
import { dayClaimed } from '#record/events/effective.ts'
import type { Recorded, Study } from '#record/events/event.ts'
import type { Evidence } from '#record/evidence/evidence.ts'
import { Ledger, progressKey, refusedKey } from '#record/ledger.ts'

/** The rows that deriving this event may look at. */
export async function loadLedger(tx: Database, event: Recorded): Promise<Ledger> {
  const ledger = new Ledger(event.person)
  if ('lesson' in event && event.lesson !== null) await loadProgress(tx, ledger, event.lesson)
  if (event.kind === 'segment-studied') await loadSpans(tx, ledger, event.spans.flat())
  if (event.kind === 'course-tested')
    for (const { lesson } of event.lessons) await loadProgress(tx, ledger, lesson)
  if (event.kind === 'lesson-completed' || event.kind === 'course-tested')
    await loadCredits(tx, ledger, eq(credit.courseId, event.course), yearOf(event.effectiveAt))
  // The caps of an activity hold over what was credited of it in its year.
  if ('activity' in event && event.activity !== undefined)
    await loadCredits(tx, ledger, eq(credit.activity, event.activity), Number(dayClaimed(event)?.slice(0, 4)))
  if ('indicator' in event) await loadEvidence(tx, ledger, indicatorNow(event.indicator))
  if (event.kind === 'dispute-settled' && event.granted) {
    await loadProgress(tx, ledger, event.granted.lesson)
    await loadRefused(tx, ledger, readAbout(event.about)?.id ?? '')
  }
  return ledger
}

/** The same for many events of study of one person. */
export async function loadStudied(tx: Database, person: string, events: Recorded<Study>[]): Promise<Ledger> {
  const ledger = new Ledger(person)
  for (const lesson of new Set(events.map((event) => event.lesson))) await loadProgress(tx, ledger, lesson)
  const spans = events.flatMap((event) => ('spans' in event ? event.spans : []))
  await loadSpans(tx, ledger, spans.flat())
  return ledger
}

async function loadProgress(tx: Database, ledger: Ledger, lesson: string) {
  const rows = await tx
    .select()
    .from(progress)
    .where(and(eq(progress.personId, ledger.person), eq(progress.lessonId, lesson)))
  for (const { personId: _, lessonId, eventId, ...row } of rows) {
    ledger.progress.set(progressKey(lessonId, row.edition), { ...row, lesson: lessonId, event: eventId })
  }
}

async function loadSpans(tx: Database, ledger: Ledger, instants: number[]) {
  if (instants.length === 0) return
  const overlapping = and(
    eq(countedSpan.personId, ledger.person),
    gte(countedSpan.toAt, Math.min(...instants)),
    lte(countedSpan.fromAt, Math.max(...instants)),
  )
  const rows = await tx.select().from(countedSpan).where(overlapping)
  ledger.spans = rows.map(({ fromAt, toAt, eventId }) => ({ span: [fromAt, toAt], event: eventId }))
}

async function loadCredits(tx: Database, ledger: Ledger, which: SQL, period: number) {
  const rows = await tx
    .select()
    .from(credit)
    .where(and(eq(credit.personId, ledger.person), which, eq(credit.period, period)))
  ledger.credits = rows.map(({ personId: _, eventId, courseId, ...row }) => ({
    ...row,
    event: eventId,
    course: courseId,
  }))
}

async function loadRefused(tx: Database, ledger: Ledger, event: string) {
  const rows = await tx
    .select()
    .from(refusedTime)
    .where(and(eq(refusedTime.personId, ledger.person), eq(refusedTime.eventId, event)))
  for (const { personId: _, eventId, lessonId, ...row } of rows) {
    const refused = { ...row, event: eventId, lesson: lessonId }
    ledger.refused.set(refusedKey(refused), refused)
  }
}

async function loadEvidence(tx: Database, ledger: Ledger, indicator: string) {
  const rows = await tx
    .select({ body: evidence.body })
    .from(evidence)
    .where(and(eq(evidence.personId, ledger.person), eq(evidence.indicator, indicator)))
  ledger.evidence.set(
    indicator,
    rows.map(({ body }) => body as Evidence),
  )
}

/** What is fresh in a ledger, as rows of its tables; the beliefs apart, see `newestBelief`. */
export function freshRows({ fresh, person: personId, ...ledger }: Ledger) {
  return {
    progress: [...fresh.progress].map((key) => {
      const { lesson: lessonId, event: eventId, ...row } = ledger.progress.get(key) ?? missingRow(key)
      return { ...row, personId, lessonId, eventId }
    }),
    countedSpan: fresh.spans.map(({ span: [fromAt, toAt], event: eventId }) => ({
      ...{ personId, fromAt, toAt, eventId },
    })),
    refusedTime: [...fresh.refused].map((key) => {
      const { event: eventId, lesson: lessonId, ...row } = ledger.refused.get(key) ?? missingRow(key)
      return { ...row, personId, eventId, lessonId }
    }),
    credit: fresh.credits.map(({ event: eventId, course: courseId, ...row }) => ({
      ...{ ...row, personId, eventId, courseId },
    })),
    evidence: fresh.evidence.map((piece) => ({
      ...{ id: piece.id, personId, indicator: piece.indicator, eventId: piece.eventId, at: piece.at },
      item: piece.kind === 'observation' ? null : piece.item,
      body: piece,
    })),
  }
}

/** Indicators of which there is fresh evidence. */
export const movedIn = ({ fresh }: Ledger) => [...new Set(fresh.evidence.map((piece) => piece.indicator))]

/**
 * Writes what is fresh in a ledger, and the beliefs that its new evidence moved, with what units count of them.
 * @param before what was counted of the person, if all that was derived is replaced.
 */
export async function saveLedger(tx: Database, ledger: Ledger, before?: WasCounted): Promise<void> {
  const rows = freshRows(ledger)
  const keyOfProgress = [progress.personId, progress.lessonId, progress.edition]
  await replaceAll(tx, progress, keyOfProgress, rows.progress)
  await insertAll(tx, countedSpan, rows.countedSpan)
  await replaceAll(tx, refusedTime, [refusedTime.eventId, refusedTime.reason], rows.refusedTime)
  await insertAll(tx, credit, rows.credit)
  await insertAll(tx, evidence, rows.evidence)
  const beliefs = movedIn(ledger).flatMap((indicator) => newestBelief(ledger, indicator) ?? [])
  await storeBeliefs(tx, ledger.person, beliefs, before)
}

function missingRow(key: string): never {
  throw new Error(`Row ${key} is marked fresh and not there.`)
}

/** The belief as of the day of its newest evidence as a row, and what the mean was before that piece. */
export function newestBelief({ person: personId, evidence }: Ledger, indicator: string): NewBelief | null {
  const pieces = [...(evidence.get(indicator) ?? [])].sort((a, b) =>
    `${a.at} ${a.id}` < `${b.at} ${b.id}` ? -1 : 1,
  )
  const newest = pieces.at(-1)
  if (!newest) return null
  const asOfOn = dayOf(newest.at)
  const belief = believe(pieces, asOfOn, cutsInUse())
  const { mean, sd, pieces: count, kinds } = belief
  const meanBefore = pieces.length > 1 ? believe(pieces.slice(0, -1), asOfOn, cutsInUse()).mean : null
  const row = {
    personId,
    indicator,
    mean,
    sd,
    pieces: count,
    kinds,
    asOfOn,
    eventId: newest.eventId,
    meanBefore,
  }
  return { belief, row }
}

/** Throws away all that was derived for a person. */
export async function forgetDerived(tx: Database, personId: string) {
  for (const table of [progress, countedSpan, refusedTime, credit, evidence, belief]) {
    await tx.delete(table).where(sql`${table.personId} = ${personId}`)
  }
}
