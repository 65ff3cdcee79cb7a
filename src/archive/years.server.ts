// Hours by year for a training officer: the whole county for who answers for it, else the people of his units; and the
// closing of a year, which belongs to the county.
import { inArray } from 'drizzle-orm'
import { z } from 'astro/zod'
import { now } from '#clock.server.ts'
import { inSlices } from '#archive/in-slices.server.ts'
import { officerScope, peopleIn } from '#archive/scope.server.ts'
import { yearOf } from '#day.ts'
import { read } from '#db/database.server.ts'
import { person } from '#db/schema/people.ts'
import { noteAct } from '#people/audit.server.ts'
import { isWhole } from '#people/roster/scope.ts'
import type { Session } from '#people/session.ts'
import { checkYear, yearCheck, type YearCheck } from '#record/hours/check-year.server.ts'
import { closedYears, closeYear, everybody, type ClosedYear } from '#record/hours/close-year.server.ts'
import { lateChanges, sumOfChanges, type LateChange } from '#record/hours/late.server.ts'
import { closedTotals, currentTotals, type YearTotal } from '#record/hours/year-totals.server.ts'
import { Refusal } from '#refusal.ts'

/** A correction with the person's name. */
export type NamedChange = LateChange & { name: string }

export type YearLine = {
  year: number
  /** As closed, or as it stands today. */
  total: YearTotal
  /** Whether it is over and may be closed. */
  over: boolean
  closed: (ClosedYear & { by: string }) | null
  /** What came after the closing: the latest, how many there are, and their sums by meter, 学时. */
  late: { rows: NamedChange[]; count: number; online: number; concentrated: number }
  check: YearCheck | null
}

/** Corrections shown for one year. */
const mostShown = 100

/** True if the session is training officer over the whole county. */
export const mayClose = (session: Session) => isWhole(officerScope(session))

/** Years with hours, the newest first. */
export async function yearLines(session: Session): Promise<YearLine[]> {
  const whose = mayClose(session)
    ? null
    : new Set((await peopleIn(officerScope(session), null)).map(({ id }) => id))
  const people = () => (whose === null ? everybody() : inIds([...whose]))
  const closed = await closedYears()
  const current = await currentTotals(people())
  const stored = await closedTotals(people(), closed)
  const years = new Set([...current.keys(), ...closed.map(({ year }) => year)])
  const thisYear = yearOf(now().toISOString())
  const lines: YearLine[] = []
  for (const year of [...years].sort((a, b) => b - a)) {
    const row = closed.find((one) => one.year === year) ?? null
    const total = (row ? stored : current).get(year) ?? { online: 0, concentrated: 0, people: 0 }
    const changes = row ? await lateChanges(row, whose) : []
    lines.push({
      ...{ year, total, over: year < thisYear, check: yearCheck(year) },
      closed: row && { ...row, by: (await namesOf([row.closedBy])).get(row.closedBy) ?? '' },
      late: await named(changes),
    })
  }
  return lines
}

async function* inIds(ids: readonly string[]) {
  for await (const some of inSlices(ids, 100)) yield { ids: some }
}

async function named(changes: readonly LateChange[]): Promise<YearLine['late']> {
  const shown = changes.slice(0, mostShown)
  const names = await namesOf(shown.map(({ personId }) => personId))
  return {
    rows: shown.map((change) => ({ ...change, name: names.get(change.personId) ?? '' })),
    count: changes.length,
    online: sumOfChanges(changes, 'online'),
    concentrated: sumOfChanges(changes, 'concentrated'),
  }
}

async function namesOf(ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await read
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(inArray(person.id, [...new Set(ids)]))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

export const CloseYearForm = z.object({
  year: z.coerce.number().int().min(2000).max(9999),
  /** Ticked by who has read what closing means. */
  sure: z.string().optional(),
})
export const CheckYearForm = z.object({ year: z.coerce.number().int().min(2000).max(9999) })

function requireCounty(session: Session): void {
  if (!mayClose(session))
    throw new Refusal('not-yours', '封存和核对由全县的培训管理员办理。', '请联系县里的培训管理员。')
}

/** Closes a year. @throws Refusal as `closeYear`, `not-yours` without the county, `invalid` without the tick. */
export async function closeYearBy(
  session: Session,
  { year, sure }: z.infer<typeof CloseYearForm>,
): Promise<void> {
  requireCounty(session)
  if (sure !== 'true')
    throw new Refusal('invalid', '还没有勾选确认，没有封存。', '看过说明，勾选以后再封存。')
  const by = session.person.id
  await closeYear(year, by, (tx) => noteAct(tx, by, 'year-closed', String(year)))
}

/** Derives a closed year again. @throws Refusal `not-yours` without the county, `not-found` if it is not closed. */
export async function checkYearBy(
  session: Session,
  { year }: z.infer<typeof CheckYearForm>,
): Promise<YearCheck> {
  requireCounty(session)
  return checkYear(year)
}
