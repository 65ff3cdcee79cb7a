// Which items beside a lesson came, went and were changed, in words.
import { z } from 'astro/zod'
import { readYaml } from '#course/read-yaml.ts'
import { itemFieldNames } from '#studio/difference/field-names.ts'

const Items = z.array(z.looseObject({ id: z.string() }))
type Items = z.infer<typeof Items>

/** One sentence for each item that differs. Texts of items.yaml, or null where there is none. */
export function sayItems(before: string | null, after: string | null): string[] {
  if (before === after) return []
  const [a, b] = [itemsOf(before), itemsOf(after)]
  if (!b) return ['题目：现在的写法读不懂，要先改好。']
  if (!a) return ['题目：原来的写法读不懂，现在改好了。']
  const of = (items: Items, id: string) => items.find((item) => item.id === id)
  const said = [
    ...b.filter(({ id }) => !of(a, id)).map((item) => `新增题目 ${item.id}${stemOf(item)}。`),
    ...a.filter(({ id }) => !of(b, id)).map((item) => `删去题目 ${item.id}${stemOf(item)}。`),
    ...b.flatMap((item) => sayItem(of(a, item.id), item)),
  ]
  const orderOf = (items: Items, others: Items) =>
    items
      .map(({ id }) => id)
      .filter((id) => of(others, id))
      .join(' ')
  return orderOf(a, b) === orderOf(b, a) ? said : [...said, '题目换了先后。']
}

function itemsOf(text: string | null): Items | null {
  if (text === null || text.trim() === '') return []
  const read = readYaml(text, Items, '')
  return read.type === 'read' ? read.value : null
}

function sayItem(before: Items[number] | undefined, after: Items[number]): string[] {
  if (!before) return []
  const changed = Object.keys({ ...after, ...before }).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  )
  if (changed.length === 0) return []
  const names = new Set(changed.map((name) => itemFieldNames[name] ?? '各部分'))
  return [`题目 ${after.id}${stemOf(after)}：改了${[...names].join('、')}。`]
}

/** The beginning of what is asked. */
function stemOf({ stem }: Items[number]): string {
  if (typeof stem !== 'string' || stem.trim() === '') return ''
  const letters = [...stem.trim()]
  return `“${letters.slice(0, 20).join('')}${letters.length > 20 ? '……' : ''}”`
}
