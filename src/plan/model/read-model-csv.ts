// Reads the table of a model back. What it leaves out (levels, cuts, posts) is taken from the model in force.
import { anchorColumns, columns, settingOfDimension, settings, targetMark } from '#plan/model/model-csv.ts'
import { readCells, type Row } from '#plan/model/csv-cells.ts'
import { few, judgeDraft, type ModelRead } from '#plan/model/judge-draft.ts'
import { ledTargets } from '#plan/model/inherit.ts'
import { indicatorsOf, type ModelWithPosts, type Post } from '#record/capability/model.ts'

/** Columns that no row leaves empty. */
const needed = ['方面', '指标', '指标编号', ...anchorColumns]

type Asked = { id: string; name: string; category: string; line: number }
type Read = { place: Map<string, string>; problems: string[] }
type Group = { id: string; name: string; indicators: { id: string; replaces?: string[] }[] }

/** @param base the model in force, for what the table leaves out. */
export function readModelCsv(text: string, base: ModelWithPosts): ModelRead {
  const cells = readCells(text)
  if ('problems' in cells) return cells
  const start = cells.rows.findIndex(({ cells }) => cells[0] === columns[0])
  const found = cells.rows[start]
  const heading = found && {
    ...found,
    cells: found.cells.map((name) => name.replace(/^目标[:：]\s*/, targetMark)),
  }
  if (!heading)
    return { problems: [`没有找到列名这一行：第一格写“${columns[0]}”，可以先下载现在的模型照着改。`] }
  const read: Read = { place: new Map(), problems: [] }
  const top = readTop(cells.rows.slice(0, start), base, read)
  const posts = askedPosts(heading, top.posts, base, read)
  const columnOf = new Map(heading.cells.map((name, i) => [name, i]))
  const missing = columns.filter((name) => name !== '原编号' && !columnOf.has(name))
  if (missing.length > 0)
    read.problems.push(`第${heading.line}行少了列：${missing.join('、')}。补上列名，再上传。`)
  const rows = cells.rows.slice(start + 1)
  if (rows.length === 0) read.problems.push('列名下面没有指标。每项指标一行，再上传。')
  if (read.problems.length > 0) return { problems: few(read.problems) }

  const cell = (row: Row, name: string) => row.cells[columnOf.get(name) ?? -1] ?? ''
  const groups = readIndicators(rows, cell, top.choices, read)
  const targets = posts.map((post, i) => ({
    id: post.id,
    name: post.name,
    category: post.category,
    targets: readTargets(rows, cell, post, i, read),
  }))
  const model = { ...top.model, dimensions: groups }
  const value = { model, posts: posts.length > 0 ? targets : postsOf(base, groups) }
  const judged = judgeDraft({ value, place: placeIn(read.place) })
  if (read.problems.length === 0) return judged
  return { problems: few([...read.problems, ...('problems' in judged ? judged.problems : [])]) }
}

/** The rows above the table. */
function readTop(rows: readonly Row[], base: ModelWithPosts, { place, problems }: Read) {
  const found = new Map(rows.map((row) => [row.cells[0] ?? '', row]))
  const known = new Set<string>([...Object.values(settings), settingOfDimension])
  for (const { cells, line } of rows)
    if (!known.has(cells[0] ?? ''))
      problems.push(
        `第${line}行的“${(cells[0] ?? '').slice(0, 20)}”不认识。列名上面只写${[...known].join('、')}，表格从“${columns[0]}”那一行开始。`,
      )
  const rest = (name: string) => {
    const row = found.get(name)
    return row && row.cells.slice(1, row.cells.findLastIndex((text) => text !== '') + 1)
  }
  const note = (path: PropertyKey[], name: string) => {
    const row = found.get(name)
    place.set(keyOf(['model', ...path]), row ? `第${row.line}行“${name}”` : `列名上面的“${name}”`)
  }
  for (const [field, name] of Object.entries(settings)) note([field], name)
  const cuts = rest(settings.cuts)
  const levels = rest(settings.levels)
  return {
    model: {
      id: rest(settings.id)?.[0] ?? base.model.id,
      title: rest(settings.title)?.[0] ?? base.model.title,
      note: rest(settings.note)?.[0] ?? base.model.note,
      cuts: cuts ? cuts.map((text) => (isNumber(text) ? Number(text) : text)) : base.model.cuts,
      levels: levels ? levels.map((name, i) => ({ level: i + 1, name })) : base.model.levels,
    },
    posts: rows.flatMap(({ cells: [first, name = '', id = '', category = ''], line }) =>
      first === settings.post ? [{ name, id, category, line }] : [],
    ),
    choices: new Map(
      rows.flatMap(({ cells: [first, name = '', id = ''] }) =>
        first === settingOfDimension ? [[name, id] as const] : [],
      ),
    ),
  }
}

/** The posts that have a column, or a row above the table; a known one needs no such row. */
function askedPosts(heading: Row, named: readonly Asked[], base: ModelWithPosts, { place, problems }: Read) {
  const strange = heading.cells.filter(
    (name) => name !== '' && !(columns as readonly string[]).includes(name),
  )
  const marked = strange
    .filter((name) => name.startsWith(targetMark))
    .map((name) => name.slice(targetMark.length))
  const other = strange.filter((name) => !name.startsWith(targetMark))
  if (other.length > 0)
    problems.push(
      `第${heading.line}行多了列：${other.map((name) => `“${name.slice(0, 20)}”`).join('、')}。岗位的列名写成“${targetMark}村党组织书记”，别的列请删去。`,
    )
  const twice = heading.cells.filter((name, i, all) => name !== '' && all.indexOf(name) !== i)
  if (twice.length > 0)
    problems.push(`第${heading.line}行的列名重复：${[...new Set(twice)].join('、')}。每列只留一个。`)
  const names = [...new Set([...named.map(({ name }) => name), ...marked])]
  return names.flatMap((name, i) => {
    const row = named.find((one) => one.name === name)
    const known = base.posts.find((post) => post.name === name)
    place.set(keyOf(['posts', i]), row ? `第${row.line}行岗位“${name}”` : `“${targetMark}${name}”这一列`)
    if (row) return [row]
    if (known) return [{ ...known, line: heading.line }]
    problems.push(
      `“${targetMark}${name.slice(0, 30)}”是新的岗位。在列名上面加一行：${settings.post}，${name.slice(0, 30)}，编号，身份类别。`,
    )
    return []
  })
}

function readIndicators(
  rows: readonly Row[],
  cell: (row: Row, name: string) => string,
  choices: ReadonlyMap<string, string>,
  { place, problems }: Read,
): Group[] {
  const groups = new Map<string, Group>()
  for (const row of rows) {
    const empty = needed.filter((column) => cell(row, column) === '')
    if (empty.length > 0) {
      const which =
        empty.includes('方面') && choices.size > 0 ? `。方面从${[...choices.keys()].join('、')}里选` : ''
      problems.push(`第${row.line}行还空着：${empty.join('、')}${which}。`)
    }
    const name = cell(row, '方面')
    const id = cell(row, '方面编号') || (choices.get(name) ?? '')
    const key = id === '' ? `名称 ${name}` : id
    const there = groups.get(key)
    if (there && there.name !== name)
      problems.push(
        `第${row.line}行：方面编号“${id}”前面叫“${there.name}”，这里叫“${name}”。同一个方面写成一样。`,
      )
    const group = there ?? { id, name, indicators: [] }
    groups.set(key, group)
    const d = [...groups.keys()].indexOf(key)
    const path = ['model', 'dimensions', d, 'indicators', group.indicators.length]
    // Of what is empty enough is said above.
    const at = (column: string) => (empty.length > 0 ? '' : `第${row.line}行“${column}”`)
    if (!there) {
      place.set(keyOf(path.slice(0, 3)), at('方面'))
      place.set(keyOf([...path.slice(0, 3), 'id']), at('方面编号'))
    }
    for (const [field, column] of [
      ['id', '指标编号'],
      ['name', '指标'],
      ['replaces', '原编号'],
      ['anchors', '一级”到“五级'],
    ] as const)
      place.set(keyOf([...path, field]), at(column))
    for (const [i, column] of anchorColumns.entries()) place.set(keyOf([...path, 'anchors', i]), at(column))
    const replaces = cell(row, '原编号')
      .split(/[\s,，、;；]+/)
      .filter(Boolean)
    const one = {
      id: cell(row, '指标编号'),
      name: cell(row, '指标'),
      anchors: anchorColumns.map((column) => cell(row, column)),
    }
    group.indicators.push(replaces.length > 0 ? { ...one, replaces } : one)
  }
  return [...groups.values()]
}

function readTargets(
  rows: readonly Row[],
  cell: (row: Row, name: string) => string,
  post: Asked,
  index: number,
  { place, problems }: Read,
): Record<string, number> {
  const column = `${targetMark}${post.name}`
  const targets = new Map<string, number>()
  for (const row of rows) {
    const text = cell(row, column)
    const indicator = cell(row, '指标编号')
    if (text === '') continue
    place.set(keyOf(['posts', index, 'targets', indicator]), `第${row.line}行“${column}”`)
    const level = /^([1-5])级?$/.exec(text.normalize('NFKC'))?.[1]
    if (level === undefined)
      problems.push(`第${row.line}行“${column}”写的是“${text.slice(0, 20)}”。写2、3或4，不定目标就空着。`)
    else targets.set(indicator, Number(level))
  }
  return Object.fromEntries(targets)
}

/** The posts in force, their targets led to the indicators of this table. */
function postsOf(base: ModelWithPosts, groups: readonly Group[]): Post[] {
  const indicators = groups.flatMap((group) => group.indicators)
  return base.posts.map((post) => ({
    ...post,
    targets: ledTargets(post.targets, indicators, indicatorsOf(base.model)),
  }))
}

const isNumber = (text: string) => text !== '' && Number.isFinite(Number(text))

const keyOf = (path: readonly PropertyKey[]) => path.map(String).join('\u0000')

/** The nearest place that is known. */
export function placeIn(places: ReadonlyMap<string, string>) {
  return (path: readonly PropertyKey[]) => {
    for (let length = path.length; length > 0; length--) {
      const found = places.get(keyOf(path.slice(0, length)))
      if (found !== undefined) return found
    }
    return '整个文件'
  }
}
