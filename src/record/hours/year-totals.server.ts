// Hours by year, summed over people in slices: as they stand today, and as they were closed.
import { and, inArray, sql } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { closedHours, credit } from '#db/schema/record.ts'
import { exact } from '#record/hours/activity.ts'
import type { ClosedYear } from '#record/hours/close-year.server.ts'
import type { Credit } from '#record/ledger.ts'

/** 学时 on both meters, and how many people have credit. */
export type YearTotal = { online: number; concentrated: number; people: number }

type Slices = AsyncIterable<{ ids: string[] }>
type Part = { year: number; meter: Credit['meter']; personId: string; hours: number }

/** What counts today, by year. */
export function currentTotals(people: Slices): Promise<Map<number, YearTotal>> {
  const hours = sql<number>`sum(${credit.hours})`
  return add(people, (ids) =>
    read
      .select({ year: credit.period, meter: credit.meter, personId: credit.personId, hours })
      .from(credit)
      .where(inArray(credit.personId, ids))
      .groupBy(credit.personId, credit.period, credit.meter),
  )
}

/** The tables of closed years; what a closing that died has left is not among them. */
export function closedTotals(people: Slices, closed: readonly ClosedYear[]): Promise<Map<number, YearTotal>> {
  const years = closed.map(({ year }) => year)
  const { year, meter, personId, hours } = closedHours
  return add(people, (ids) =>
    read
      .select({ year, meter, personId, hours })
      .from(closedHours)
      .where(and(inArray(year, years), inArray(personId, ids))),
  )
}

async function add(people: Slices, partsOf: (ids: string[]) => Promise<Part[]>) {
  const totals = new Map<number, YearTotal>()
  for await (const { ids } of people) {
    const counted = new Set<string>()
    for (const { year, meter, personId, hours } of await partsOf(ids)) {
      const before = totals.get(year) ?? { online: 0, concentrated: 0, people: 0 }
      const first = !counted.has(`${year} ${personId}`)
      counted.add(`${year} ${personId}`)
      totals.set(year, {
        ...before,
        [meter]: exact(before[meter] + hours),
        people: before.people + (first ? 1 : 0),
      })
    }
  }
  return totals
}
