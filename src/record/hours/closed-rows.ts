// The table of a closed year: one row for a person and a meter, and one hash over all of them.
import { createHash } from 'node:crypto'
import { exact } from '#record/hours/activity.ts'
import type { Credit } from '#record/ledger.ts'

/** Sums of a year, 学时 and minutes. */
export type ClosedRow = { personId: string; meter: Credit['meter']; hours: number; minutes: number }

type Counted = Pick<Credit, 'meter' | 'period' | 'hours' | 'minutes'>

/** The rows of one person in a year, in the order of the table. */
export function closedRowsOf(personId: string, credits: readonly Counted[], year: number): ClosedRow[] {
  const own = credits.filter(({ period }) => period === year)
  const sum = (numbers: number[]) => exact(numbers.reduce((total, one) => total + one, 0))
  return (['concentrated', 'online'] as const).flatMap((meter) => {
    const rows = own.filter((credit) => credit.meter === meter)
    if (rows.length === 0) return []
    const hours = sum(rows.map((row) => row.hours))
    return [{ personId, meter, hours, minutes: sum(rows.map((row) => row.minutes)) }]
  })
}

/** The order of the table: by person, then by meter. */
export function byPerson(a: ClosedRow, b: ClosedRow): number {
  return `${a.personId} ${a.meter}` < `${b.personId} ${b.meter}` ? -1 : 1
}

/** Takes the rows of a year one after another, in the order of the table, and gives their hash (hex). */
export function rootOfYear(year: number) {
  const hash = createHash('sha256').update(`lianxue hours ${year}\n`)
  return {
    add: ({ personId, meter, hours, minutes }: ClosedRow) =>
      void hash.update(`${JSON.stringify([personId, meter, hours, minutes])}\n`),
    end: () => hash.digest('hex'),
  }
}
