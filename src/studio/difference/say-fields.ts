// Which fields of the frontmatter were changed, in words.
import { diffText, extentOf } from '#studio/difference/diff-text.ts'
import { fieldNames, valueNames } from '#studio/difference/field-names.ts'

type Fields = Readonly<Record<string, unknown>>

/** Both values are told in full up to so many letters; of a longer one, how much of it was changed. */
const shortEnough = 40

/** One sentence for each field that differs. @param before null if it cannot be read; likewise `after` */
export function sayFields(before: Fields | null, after: Fields | null): string[] {
  if (!after) return before ? ['开头：现在的写法读不懂，要先改好。'] : []
  if (!before) return ['开头：原来的写法读不懂，现在改好了。']
  const known = Object.keys(fieldNames)
  const others = Object.keys({ ...after, ...before }).filter((name) => !known.includes(name))
  return [...known, ...others].flatMap((name) => {
    if (JSON.stringify(before[name]) === JSON.stringify(after[name])) return []
    return sayField(name, before[name], after[name]).map((words) => `开头：${words}。`)
  })
}

function sayField(name: string, before: unknown, after: unknown): string[] {
  const called = fieldNames[name] ?? name
  if (Array.isArray(before) && Array.isArray(after)) return sayList(called, before, after)
  const [a, b] = [sayValue(name, before), sayValue(name, after)]
  if (before === undefined) return [`新写了${called}“${b}”`]
  if (after === undefined) return [`删去了${called}“${a}”`]
  if (a === b) return [`${called}有改动`]
  if (a.length <= shortEnough && b.length <= shortEnough) return [`${called}由“${a}”改成“${b}”`]
  const { added, removed } = extentOf(diffText(a, b))
  return [`${called}改了，增加${added}字，删去${removed}字，现在是“${b}”`]
}

function sayList(called: string, before: unknown[], after: unknown[]): string[] {
  const [a, b] = [before.map(sayOne), after.map(sayOne)]
  const came = b.filter((one) => !a.includes(one))
  const went = a.filter((one) => !b.includes(one))
  const list = (words: string[]) => words.map((one) => `“${one}”`).join('、')
  if (came.length + went.length > 0)
    return [
      ...(came.length > 0 ? [`${called}加上${list(came)}`] : []),
      ...(went.length > 0 ? [`${called}去掉${list(went)}`] : []),
    ]
  const sorted = (list: unknown[]) => JSON.stringify(list.map((one) => JSON.stringify(one)).sort())
  return [sorted(before) === sorted(after) ? `${called}换了先后` : `${called}的细目有改动`]
}

/** One of a list: a source by its work and place, anything else as it is. */
function sayOne(value: unknown): string {
  if (typeof value !== 'object' || value === null || !('work' in value)) return sayValue('', value)
  const { work, place } = value as { work: unknown; place?: unknown }
  return [work, place].filter(Boolean).map(String).join('·')
}

function sayValue(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map(sayOne).join('、')
  if (typeof value === 'object' && value !== null)
    return Object.values(value)
      .map((each) => sayValue('', each))
      .join('，')
  return valueNames[name]?.[String(value)] ?? String(value)
}
