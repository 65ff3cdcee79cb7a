// Compares what is stored of a person with what the events give, and says every difference in Chinese.
import { canonicalJson } from '#record/events/chain.ts'
import { seconds, union, type Span } from '#record/hours/span.ts'

/** A row of a derived table. */
type Row = Readonly<Record<string, unknown>>

/** One thing that is stored otherwise than derived. `rule` is the hour rule of a credit, else null. */
export type Difference = { says: string; rule: string | null }

/** How the rows of a table are told apart and said. */
type Table = { key: (row: Row) => string; what: (row: Row) => string; columns: Record<string, string> }

const event = { eventId: '依据的记录（event_id）' }

/** The tables that are compared row by row; columns that are not listed are part of the key. */
const tables = {
  credit: {
    key: ({ eventId, subject }) => `${String(eventId)} ${String(subject)}`,
    what: ({ period, title }) => `${String(period)}年“${String(title)}”的学时记录（credit）`,
    columns: {
      hours: '学时（hours）',
      minutes: '分钟（minutes）',
      points: '学分（points）',
      period: '年度（period）',
      on: '日期（on）',
      meter: '学时种类（meter）',
      title: '名称（title）',
      courseId: '课程（course_id）',
      edition: '版次（edition）',
      nature: '必修选修（nature）',
      activity: '活动（activity）',
      rule: '规则（rule）',
      reason: '理由（reason）',
    },
  },
  progress: {
    key: ({ lessonId, edition }) => `${String(lessonId)} ${String(edition)}`,
    what: ({ lessonId, edition }) => `课 ${String(lessonId)} 第${String(edition)}版的进度（progress）`,
    columns: {
      openedAt: '打开时间（opened_at）',
      sections: '看过的小节（sections）',
      passed: '做对的题（passed）',
      seconds: '有效学习秒数（seconds）',
      silentSeconds: '断线秒数（silent_seconds）',
      completedAt: '完成时间（completed_at）',
      ...event,
    },
  },
  refusedTime: {
    key: ({ eventId, reason }) => `${String(eventId)} ${String(reason)}`,
    what: ({ eventId, reason }) =>
      `记录 ${String(eventId)} 没有计入的时间（refused_time，${String(reason)}）`,
    columns: { seconds: '秒数（seconds）', lessonId: '课（lesson_id）', at: '时间（at）' },
  },
  evidence: {
    key: ({ id }) => String(id),
    what: ({ id, indicator }) => `指标 ${String(indicator)} 的依据 ${String(id)}（evidence）`,
    columns: {
      indicator: '指标（indicator）',
      at: '时间（at）',
      item: '题（item）',
      body: '内容（body）',
      ...event,
    },
  },
  belief: {
    key: ({ indicator }) => String(indicator),
    what: ({ indicator }) => `指标 ${String(indicator)} 的能力估计（belief）`,
    columns: {
      mean: '均值（mean）',
      sd: '偏差（sd）',
      pieces: '依据数（pieces）',
      kinds: '依据种类数（kinds）',
      asOfOn: '日期（as_of_on）',
      meanBefore: '上次的均值（mean_before）',
      status: '对照目标（status）',
      level: '等级（level）',
      changesOn: '下次变动的日期（changes_on）',
      ...event,
    },
  },
} satisfies Record<string, Table>

/** All that is derived of a person, as rows. */
export type DerivedRows = Record<keyof typeof tables, readonly Row[]> & {
  countedSpan: readonly { fromAt: number; toAt: number }[]
}

/** Numbers that differ by less are the same. */
const tolerance = 1e-9

/** Every difference between the rows stored and the rows derived of one person; empty if there is none. */
export function compareDerived(stored: DerivedRows, derived: DerivedRows): Difference[] {
  const rows = Object.entries(tables).flatMap(([name, table]) =>
    compareRows(table, stored[name as keyof typeof tables], derived[name as keyof typeof tables]),
  )
  return [...rows, ...compareSpans(stored.countedSpan, derived.countedSpan)]
}

function compareRows(table: Table, stored: readonly Row[], derived: readonly Row[]): Difference[] {
  const left = new Map(derived.map((row) => [table.key(row), row]))
  const main = Object.keys(table.columns)[0] ?? ''
  const of = (row: Row) => `${table.columns[main]}${say(row[main])}`
  const said = stored.flatMap((row): Difference[] => {
    const should = left.get(table.key(row))
    left.delete(table.key(row))
    const rule = ruleOf(row)
    if (!should) return [{ says: `${table.what(row)}存着${of(row)}，按记录不该有这一行`, rule }]
    const wrong = Object.entries(table.columns).filter(([column]) => !same(row[column], should[column]))
    if (wrong.length === 0) return []
    const each = wrong.map(
      ([column, name]) => `${name}存着${say(row[column])}，按记录应是${say(should[column])}`,
    )
    return [{ says: `${table.what(should)}：${each.join('；')}`, rule: ruleOf(should) }]
  })
  const missing = [...left.values()].map((row) => ({
    says: `${table.what(row)}不见了，按记录应有${of(row)}`,
    rule: ruleOf(row),
  }))
  return [...said, ...missing]
}

const ruleOf = ({ rule }: Row) => (typeof rule === 'string' ? rule : null)

/** Time counted, however it is cut into rows. */
function compareSpans(stored: DerivedRows['countedSpan'], derived: DerivedRows['countedSpan']): Difference[] {
  const [there, should] = [stored, derived].map((rows) =>
    union(rows.map(({ fromAt, toAt }): Span => [fromAt, toAt])),
  ) as [Span[], Span[]]
  if (canonicalJson(there) === canonicalJson(should)) return []
  const says = `已计入的学习时段（counted_span）存着共${seconds(there)}秒，按记录应是共${seconds(should)}秒，时段对不上`
  return [{ says, rule: null }]
}

function same(one: unknown, other: unknown): boolean {
  if (typeof one === 'number' && typeof other === 'number') return Math.abs(one - other) <= tolerance
  return one === other || text(one) === text(other)
}

/** As JSON would store it: what is undefined is not there. */
const text = (value: unknown) => canonicalJson(JSON.parse(JSON.stringify(value ?? null)))

function say(value: unknown): string {
  if (value === null || value === undefined) return '空'
  const said = typeof value === 'string' ? `“${value}”` : text(value)
  return said.length > 200 ? `${said.slice(0, 200)}…` : said
}
