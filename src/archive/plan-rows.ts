// What would become of every row of an upload: it is new, it is there already, or it is wrong and how to mend it.
import { headerOf, type Cells } from '#archive/columns.ts'
import { sameTraining, type HoursEntry } from '#archive/hours-entry.ts'
import type { ReadRow } from '#archive/read-row.ts'
import { tidyNumber } from '#people/number.ts'

/** Hours that are there already, by `sameTraining`. */
export type Known = Map<string, number>

/** Somebody of the officer's units, by tidy number; all others are as if they did not exist. */
export type RosterPerson = { id: string; name: string; recorded: Known; waiting: Known }

export type PlannedRow = { line: number; cells: Cells; says: string[] } & (
  { verdict: 'wrong' | 'there' } | { verdict: 'fresh'; personId: string; entry: HoursEntry }
)

/** Names are written with spaces to fill a column; these make no difference. */
const bareName = (name: string) => name.normalize('NFKC').replace(/\s/g, '')

export function planRows(rows: readonly ReadRow[], roster: Map<string, RosterPerson>): PlannedRow[] {
  const before = new Map<string, { line: number; hours: number }>()
  return rows.map((row): PlannedRow => {
    const { line, cells } = row
    const wrong = (...says: string[]): PlannedRow => ({ line, cells, says, verdict: 'wrong' })
    if ('problems' in row)
      return wrong(...row.problems.map(({ field, says }) => `${headerOf[field]}：${says}`))
    const person = roster.get(tidyNumber(row.number))
    if (!person)
      return wrong('工号：不在你管的单位里，或者名册里没有。请核对工号；别的单位的人由那里的培训管理员导入。')
    if (bareName(person.name) !== bareName(row.name))
      return wrong(`姓名：名册里这个工号是“${person.name}”，文件里写的是“${row.name}”。请核对工号和姓名。`)
    const { entry } = row
    const key = sameTraining(entry)
    const there = (says: string): PlannedRow => ({ line, cells, says: [says], verdict: 'there' })
    const twin = before.get(`${person.id} ${key}`)
    if (twin)
      return twin.hours === entry.hours
        ? there(`和第${twin.line}行是同一件事，只记一次。`)
        : wrong(
            `认定学时：和第${twin.line}行是同一件事，那里写${twin.hours}，这里写${entry.hours}。请留下对的一行。`,
          )
    before.set(`${person.id} ${key}`, { line, hours: entry.hours })
    const recorded = person.recorded.get(key)
    if (recorded !== undefined) return there(sayThere('已经记过', recorded, entry.hours))
    const waiting = person.waiting.get(key)
    if (waiting !== undefined) return there(sayThere('已经在等待核准的一批里', waiting, entry.hours))
    return { line, cells, says: row.note ? [row.note] : [], verdict: 'fresh', personId: person.id, entry }
  })
}

const sayThere = (where: string, hours: number, here: number) =>
  hours === here ? `${where}，不再记。` : `${where}，那里是${hours}学时。要改成${here}，先撤回那一批再导入。`
