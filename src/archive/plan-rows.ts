// What would become of every row of an upload: it is new, it is there already, or it is wrong and how to mend it.
import { headerOf, type Cells } from '#archive/columns.ts'
import { sameTraining, type HoursEntry } from '#archive/hours-entry.ts'
import { overlapping, type Span } from '#archive/overlap.ts'
import type { ReadRow } from '#archive/read-row.ts'
import { tidyNumber } from '#people/number.ts'

/** What is there already, by `sameTraining`. */
export type Known = Map<string, Pick<HoursEntry, 'meter' | 'title' | 'startOn' | 'endOn' | 'hours'>>

/** Somebody of the officer's units, by tidy number; all others are as if they did not exist. */
export type RosterPerson = { id: string; name: string; recorded: Known; waiting: Known }

export type PlannedRow = { line: number; cells: Cells; says: string[] } & (
  | { verdict: 'wrong' | 'there' }
  /** `beware` says what should be looked at before it is stored, empty if nothing. */
  | { verdict: 'fresh'; personId: string; entry: HoursEntry; beware: string }
)

/** Names are written with spaces to fill a column; these make no difference. */
const bareName = (name: string) => name.normalize('NFKC').replace(/\s/g, '')

/** Every row with what would become of it, by itself and beside the others. */
export function planRows(rows: readonly ReadRow[], roster: Map<string, RosterPerson>): PlannedRow[] {
  const before = new Map<string, { line: number; hours: number }>()
  const planned = rows.map((row): PlannedRow => {
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
    if (recorded !== undefined) return there(sayThere('已经记过', recorded.hours, entry.hours))
    const waiting = person.waiting.get(key)
    if (waiting !== undefined) return there(sayThere('已经在等待核准的一批里', waiting.hours, entry.hours))
    const says = row.note ? [row.note] : []
    return { line, cells, says, verdict: 'fresh', personId: person.id, entry, beware: '' }
  })
  const clashes = clashesIn(planned, roster)
  return planned.map((row) => {
    const other = clashes.get(row.line)
    return row.verdict === 'fresh' && other ? { ...row, beware: sayClash(other) } : row
  })
}

/** `line` of a row of the file; null for what is recorded or waits. */
type Class = Span & { line: number | null }

/** By line of the new rows: another class of the same person that lies on the same days. */
function clashesIn(planned: readonly PlannedRow[], roster: Map<string, RosterPerson>): Map<number, Class> {
  const fresh = planned.flatMap((row) => (row.verdict === 'fresh' ? [row] : []))
  const byPerson = Map.groupBy(fresh, ({ personId }) => personId)
  const pairs = [...roster.values()].flatMap(({ id, recorded, waiting }) => {
    const there = [...recorded.values(), ...waiting.values()].map((one) => ({ ...one, line: null }))
    const here = (byPerson.get(id) ?? []).map(({ line, entry }) => ({ ...entry, line }))
    return [...overlapping<Class>([...there, ...here].filter(({ meter }) => meter === 'concentrated'))]
  })
  return new Map(pairs.flatMap(([{ line }, other]) => (line === null ? [] : [[line, other]])))
}

const sayClash = ({ line, title, startOn, endOn }: Class) =>
  `和${line === null ? '已有的' : `第${line}行的`}“${title}”（${startOn}至${endOn}）日期重叠。请核对是不是两个班都参加了；没有错就照样存。`

const sayThere = (where: string, hours: number, here: number) =>
  hours === here ? `${where}，不再记。` : `${where}，那里是${hours}学时。要改成${here}，先撤回那一批再导入。`
