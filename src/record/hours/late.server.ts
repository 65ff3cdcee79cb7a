// What was heard of after a year was closed and changes it: the list of corrections 补登. Always computed by comparing
// what counts now with what counted then; never stored.
import { and, eq, gt, inArray, lt, lte, max, or, sql } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { closedHours, credit, event } from '#db/schema/record.ts'
import { exact } from '#record/hours/activity.ts'
import type { ClosedYear } from '#record/hours/close-year.server.ts'
import { closedRowsOf } from '#record/hours/closed-rows.ts'
import type { Credit } from '#record/ledger.ts'
import { replay, turns } from '#record/replay.server.ts'
import { versionsInForce } from '#record/versions.server.ts'

export type LateChange = {
  personId: string
  meter: Credit['meter']
  title: string
  /** 学时 when the year was closed, and now. */
  before: number
  after: number
  /** When the event came that made it so. */
  arrivedAt: string
  why: string
}

/** Events looked through at a time. */
const slice = 20_000

/** All changes since a year was closed, the latest first; `whose` limits them to some people. */
export async function lateChanges(
  closed: ClosedYear,
  whose: ReadonlySet<string> | null = null,
): Promise<LateChange[]> {
  const changes: LateChange[] = []
  const yourTurn = turns()
  for (const person of await touchedSince(closed)) {
    if (whose === null || whose.has(person)) changes.push(...(await changesOf(person, closed, yourTurn)))
    await yourTurn()
  }
  return changes.sort((a, b) => b.arrivedAt.localeCompare(a.arrivedAt))
}

/** What takes effect within a year or before, or changes what did. */
const reachesBack = (year: number) =>
  or(
    lt(event.effectiveAt, `${year}-12-31T16:00:00.000Z`),
    inArray(event.kind, ['event-corrected', 'dispute-settled']),
  )

/** People of whom something came later that may reach back into the year. */
async function touchedSince({ year, lastSeq }: ClosedYear): Promise<Set<string>> {
  const [newest] = await read.select({ seq: max(event.seq) }).from(event)
  const people = new Set<string>()
  for (let from = lastSeq; from < (newest?.seq ?? 0); from += slice) {
    const here = and(gt(event.seq, from), lte(event.seq, from + slice), reachesBack(year))
    for (const { id } of await read.selectDistinct({ id: event.personId }).from(event).where(here))
      people.add(id)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return people
}

type Counted = Pick<
  Credit,
  'event' | 'meter' | 'period' | 'subject' | 'title' | 'hours' | 'minutes' | 'reason'
>

async function changesOf(
  person: string,
  closed: ClosedYear,
  yourTurn: () => Promise<void>,
): Promise<LateChange[]> {
  const { year, lastSeq } = closed
  const now = await creditsIn(person, year)
  if (await unchanged(person, closed, now)) return []
  const then = (await replay(person, await versionsInForce(), lastSeq, yourTurn)).credits.filter(
    ({ period }) => period === year,
  )
  const causes = await causesOf(person, closed)
  const keys = new Map<string, Counted>([...then, ...now].map((row) => [keyOf(row), row]))
  const find = (rows: readonly Counted[], key: string) => rows.find((row) => keyOf(row) === key)
  return [...keys].flatMap(([key, row]) => {
    const [before, after] = [find(then, key)?.hours, find(now, key)?.hours]
    if (before === after) return []
    const { at, why } = causeOf(row, after, causes)
    const hours = { before: before ?? 0, after: after ?? 0 }
    return [{ personId: person, meter: row.meter, title: row.title, ...hours, arrivedAt: at, why }]
  })
}

const keyOf = ({ event, subject }: Pick<Counted, 'event' | 'subject'>) => `${event} ${subject}`

/** The sums are those of the closed table, and nothing counts that came later. */
async function unchanged(
  person: string,
  { year, lastSeq }: ClosedYear,
  now: readonly (Counted & { seq: number })[],
) {
  const stored = await read
    .select({ meter: closedHours.meter, hours: closedHours.hours })
    .from(closedHours)
    .where(and(eq(closedHours.year, year), eq(closedHours.personId, person)))
  const sums = closedRowsOf(person, now, year)
  const same = (row: { meter: string; hours: number }) =>
    sums.some(({ meter, hours }) => meter === row.meter && hours === row.hours)
  return stored.length === sums.length && stored.every(same) && now.every(({ seq }) => seq <= lastSeq)
}

function creditsIn(person: string, year: number): Promise<(Counted & { seq: number })[]> {
  const { meter, period, subject, title, hours, minutes, reason } = credit
  return read
    .select({ event: credit.eventId, meter, period, subject, title, hours, minutes, reason, seq: event.seq })
    .from(credit)
    .innerJoin(event, eq(event.id, credit.eventId))
    .where(and(eq(credit.personId, person), eq(credit.period, year)))
}

type Cause = { id: string; at: string; corrects: string | null; reason: string | null }

/** What came later and reaches back, in the order of arrival. */
function causesOf(person: string, { year, lastSeq }: ClosedYear): Promise<Cause[]> {
  return read
    .select({
      id: event.id,
      at: event.receivedAt,
      corrects: sql<string | null>`${event.payload} ->> 'corrects'`,
      reason: sql<string | null>`${event.payload} ->> 'reason'`,
    })
    .from(event)
    .where(and(eq(event.personId, person), gt(event.seq, lastSeq), reachesBack(year)))
    .orderBy(event.seq)
}

/** What made a row another: it came later itself, it was taken back, or something beside it changed. */
function causeOf(
  row: Counted,
  after: number | undefined,
  causes: readonly Cause[],
): { at: string; why: string } {
  const itself = causes.find(({ id }) => id === row.event)
  if (itself) return { at: itself.at, why: row.reason }
  const correction = causes.find(({ corrects }) => corrects === row.event)
  if (correction) return { at: correction.at, why: `更正：${correction.reason ?? ''}` }
  const at = causes.at(-1)?.at ?? ''
  if (after === undefined) return { at, why: '它依据的记录被更正，不再计入。' }
  return { at, why: `封存以后收到的记录使它重新计算。${row.reason}` }
}

/** The sum of changes on a meter, 学时. */
export function sumOfChanges(changes: readonly LateChange[], meter: Credit['meter']): number {
  const mine = changes.filter((change) => change.meter === meter)
  return exact(mine.reduce((sum, { before, after }) => sum + after - before, 0))
}
