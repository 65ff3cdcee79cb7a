// From the cells of one row to what they mean, or to what is wrong with each and how to mend it.
import { isDay, type Post } from '#people/roster/assignment.ts'
import { checkName, checkNumber, plainNumber } from '#people/roster/newcomer.ts'
import { splitUnitPath } from '#people/roster/unit.ts'
import type { RosterRow } from '#people/roster/read-roster.ts'

/** One row understood: who, where by names from the root down, which post, since when. */
export type Entry = {
  line: number
  number: string
  name: string
  units: string[]
  post: string
  fromOn: string
  main: boolean
}

export type CellsRead = { entry: Entry } | { problems: string[] }

const yes = ['', '是', '主', '主职', '1', 'y', 'yes', 'true', '√']
const no = ['否', '兼', '兼职', '0', 'n', 'no', 'false', '×']

/** @param posts the posts that may be held, by name or id. */
export function readCells(row: RosterRow, posts: Post[]): CellsRead {
  const { cells } = row
  const number = plainNumber(cells.工号)
  const units = splitUnitPath(cells.单位)
  const post = posts.find((one) => one.name === cells.职务 || one.id === cells.职务)
  const fromOn = readDay(cells.任职日期)
  const main = readMain(cells.是否主职)
  const problems = [
    checkNumber(number),
    checkName(cells.姓名),
    units ? null : '单位写成从上到下的名称，用“/”隔开，如青溪县/白石镇/云岭村。',
    post ? null : sayPost(cells.职务, posts),
    fromOn ? null : sayDay(cells.任职日期),
    main === null ? '“是否主职”只写“是”或“否”。' : null,
  ].filter((problem) => problem !== null)
  if (problems.length > 0 || !units || !post || !fromOn || main === null) return { problems }
  return { entry: { line: row.line, number, name: cells.姓名, units, post: post.id, fromOn, main } }
}

/** 2026-03-01, 2026/3/1, 2026.3.1, 2026年3月1日 or 20260301 as a day; null for anything else. */
export function readDay(text: string): string | null {
  const plain = text.normalize('NFKC').replace(/\s+0?0:00(:00)?$/, '')
  const parts =
    /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(plain) ?? /^(\d{4})(年)(\d{1,2})月(\d{1,2})日?$/.exec(plain)
  const [year, month, day] = parts
    ? [parts[1], parts[3], parts[4]]
    : (/^(\d{4})(\d\d)(\d\d)$/.exec(plain) ?? []).slice(1)
  if (!year || !month || !day) return null
  const on = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(on) ? on : null
}

function readMain(text: string): boolean | null {
  const word = text.normalize('NFKC').toLowerCase()
  if (yes.includes(word)) return true
  return no.includes(word) ? false : null
}

function sayPost(text: string, posts: Post[]): string {
  const list = posts.map((post) => post.name).join('、')
  return text ? `没有“${text.slice(0, 20)}”这个职务。可以写：${list}。` : `写上职务。可以写：${list}。`
}

function sayDay(text: string): string {
  if (/^[34]\d{4}$/.test(text))
    return '任职日期是Excel的序号。把这一列设为文本或日期格式，写成2026-03-01，再另存。'
  if (/^\d{4}[-/.年]?\d{1,2}月?$/.test(text)) return '任职日期要写到日，如2026-03-01。'
  return text ? '任职日期写成2026-03-01这样的真实日期。' : '写上任职日期，如2026-03-01。'
}
