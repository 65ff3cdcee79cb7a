// From the cells of one row to what happened, or to what is wrong in which column and how to mend it.
import { tidyText } from '#sheet/cell.ts'
import { columns, meterNames, natureNames, type Cells, type Column, type Field } from '#archive/columns.ts'
import { amountFields, wordFields, type Activity, type HoursEntry } from '#archive/hours-entry.ts'
import type { TableRow } from '#archive/read-table.ts'
import { checkName, checkNumber, plainNumber } from '#people/roster/newcomer.ts'
import { readDay } from '#people/roster/read-cells.ts'
import type { ArchiveEntry } from '#record/events/archive-entry.ts'

/** What is wrong in one column, and how to mend it. */
export type Problem = { field: Field; says: string }

/** A row understood, or what is wrong with it. */
export type ReadRow = TableRow &
  ({ number: string; name: string; entry: HoursEntry; note: string } | { problems: Problem[] })

/** What a row may refer to. */
export type Frame = { activities: Activity[]; rule: string; today: string }

/** The number of the sample row in the template. */
export const sampleNumber = '示例'

export function readRow({ line, cells: typed }: TableRow, frame: Frame): ReadRow {
  const problems: Problem[] = []
  const wrong = (field: Field, says: string | null) => void (says && problems.push({ field, says }))
  const cells = { ...typed, number: plainNumber(typed.number) }
  if (cells.number.startsWith(sampleNumber))
    return { line, cells: typed, problems: [{ field: 'number', says: '这是模板里的示例，请删去这一行。' }] }
  wrong('number', checkNumber(cells.number))
  wrong('name', checkName(cells.name))
  for (const column of columns) wrong(column.field, checkText(column, cells[column.field]))
  const [startOn, endOn] = [dayIn(cells.startOn), dayIn(cells.endOn)]
  wrong('startOn', startOn ? null : sayDay(cells.startOn))
  wrong('endOn', endOn ? checkEnd(startOn, endOn, frame.today) : sayDay(cells.endOn))
  const activity = findActivity(cells.activity, frame)
  if (activity === null) wrong('activity', sayActivities(frame))
  if (activity) wrong('meter', checkMeter(activity, cells.meter))
  const granted = grantedHours(cells.hours, activity ?? undefined, startOn, endOn, frame.rule)
  if ('says' in granted) wrong('hours', granted.says)
  if (problems.length > 0 || !startOn || !endOn || 'says' in granted) return { line, cells: typed, problems }
  const entry: HoursEntry = {
    meter: keyOf(meterNames, cells.meter) ?? 'concentrated',
    title: cells.title,
    organiser: cells.organiser,
    startOn,
    endOn,
    hours: granted.hours,
    ...given('nature', keyOf(natureNames, cells.nature)),
    ...given('activity', activity?.id),
    entry: entryOf({ ...cells, rule: cells.rule || (granted.rule ?? '') }),
  }
  return { line, cells: typed, number: cells.number, name: cells.name, entry, note: granted.note }
}

const given = <Key extends string, Value>(key: Key, value: Value | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value }

const keyOf = <Key extends string>(names: Record<Key, string>, name: string): Key | undefined =>
  (Object.keys(names) as Key[]).find((key) => names[key] === name)

function entryOf(cells: Cells): ArchiveEntry {
  const words = wordFields.filter((field) => cells[field] !== '').map((field) => [field, cells[field]])
  const amounts = amountFields
    .filter((field) => cells[field] !== '')
    .map((field) => [field, readAmount(cells[field])])
  return Object.fromEntries([...words, ...amounts]) as ArchiveEntry
}

/** What holds for every cell of a column; days and activities are looked at by themselves. */
function checkText({ needed, amount, words, field, header, how }: Column, text: string): string | null {
  if (field === 'number' || field === 'name' || field === 'startOn' || field === 'endOn') return null
  if (text === '')
    return needed && field !== 'hours'
      ? `写上${header}。${words ? `可以写：${words.join('、')}。` : how}`
      : null
  if (text !== tidyText(text)) return '里面有换行或看不见的控制字符，请删去。'
  if (text.length > 200) return `写了${text.length}个字，最多200字。请写短些。`
  if (words && !words.includes(text))
    return `没有“${text.slice(0, 20)}”。只写：${words.join('、')}${needed ? '' : '，或者空着'}。`
  return amount && field !== 'hours' ? checkAmount(text, 2_000) : null
}

function checkAmount(text: string, most: number): string | null {
  const amount = readAmount(text)
  if (amount === null) return '写成数字，最多三位小数，如8或7.5。'
  return amount > most ? `写了${amount}，最多${most}。请核对。` : null
}

/** Longer than any day or number is written; what is longer is not looked at. */
const longest = 40

/** A number of at most three decimals, with or without the unit behind it; null for anything else. */
export function readAmount(text: string): number | null {
  if (text.length > longest) return null
  const plain = text.normalize('NFKC').replace(/\s*个?(学时|学分|分)$/, '')
  return /^\d{1,6}(\.\d{1,3}0*)?$/.test(plain) ? Number(plain) : null
}

const dayIn = (text: string) => (text.length > longest ? null : readDay(text))

function sayDay(text: string): string {
  if (/^[34]\d{4}$/.test(text)) return '这是Excel的日期序号。把这一列设为文本或日期格式，写成2026-03-01。'
  if (/^\d{4}[-/.年]?\d{1,2}月?$/.test(text)) return '要写到日，如2026-03-01。'
  return text ? '写成2026-03-01这样的真实日期。' : '写上日期，如2026-03-01。'
}

function checkEnd(startOn: string | null, endOn: string, today: string): string | null {
  if (startOn && endOn < startOn) return `${endOn}比开始日期${startOn}还早。请核对起止日期。`
  return endOn > today ? `${endOn}还没有到。培训结束以后再导入。` : null
}

/** An activity by its title or id; undefined if none is named, null if there is none of this name. */
function findActivity(text: string, { activities }: Frame): Activity | undefined | null {
  if (text === '') return undefined
  return activities.find(({ id, title }) => text === title || text === id) ?? null
}

const sayActivities = ({ activities, rule }: Frame) =>
  activities.length === 0
    ? `现行规则（${rule}）里没有分活动，请空着。`
    : `现行规则里没有这个活动。可以写：${activities.map(({ title }) => title).join('、')}。`

function checkMeter({ title, meter }: Activity, typed: string): string | null {
  const name = meterNames[meter]
  return typed && typed !== name ? `“${title}”记在${name}，这里写的是${typed}。请核对。` : null
}

type Granted = { hours: number; note: string; rule?: string } | { says: string }

/** The hours as they are given; if none are, days × the rule where it counts the activity by days. */
function grantedHours(
  text: string,
  activity: Activity | undefined,
  startOn: string | null,
  endOn: string | null,
  rule: string,
): Granted {
  if (text !== '') {
    const says = checkAmount(text, 600) ?? checkDaily(readAmount(text) ?? 0, startOn, endOn)
    return says ? { says } : { hours: readAmount(text) ?? 0, note: '' }
  }
  const ofDay = activity?.hoursOfDay ?? null
  if (ofDay === null)
    return { says: activity ? `写上认定学时。规则里“${activity.title}”不按天数算。` : '写上认定学时。' }
  if (!startOn || !endOn) return { says: '起止日期改好以后，再按天数算。' }
  const days = daysFrom(startOn, endOn)
  const hours = Math.round(days * ofDay * 100) / 100
  if (hours > 600) return { says: `${days}天算出${hours}学时，最多600。请直接写上认定学时。` }
  return { hours, note: `${activity?.title}${days}天，每天${ofDay}学时，记${hours}学时。`, rule }
}

const daysFrom = (startOn: string, endOn: string) =>
  (Date.parse(endOn) - Date.parse(startOn)) / 86_400_000 + 1

/** 学时 that can be earned in one day at the very most, at 45 minutes each nine hours of teaching. */
const mostOfDay = 12

function checkDaily(hours: number, startOn: string | null, endOn: string | null): string | null {
  if (!startOn || !endOn || endOn < startOn) return null
  const days = daysFrom(startOn, endOn)
  if (hours <= days * mostOfDay) return null
  return `写了${hours}，起止日期一共${days}天，每天最多${mostOfDay}学时，最多写${days * mostOfDay}。请核对学时和起止日期。`
}
