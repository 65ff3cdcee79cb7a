// A unit in the tree: its name, its kind, and the way to it as people write it: 青溪县/白石镇/云岭村.
import { z } from 'astro/zod'

export const unitKinds = ['county', 'township', 'village', 'department'] as const
export type UnitKind = (typeof unitKinds)[number]

/** How a kind is called on the page. */
export const unitKindNames: Record<UnitKind, string> = {
  county: '县级',
  township: '乡镇级',
  village: '村级',
  department: '部门',
}

const endings: [UnitKind, RegExp][] = [
  ['village', /[村寨]$|社区$|居委会$|嘎查$/],
  ['township', /[乡镇]$|街道$|苏木$/],
  ['county', /[县市区旗州]$/],
]

/** The kind that a name gives away; what ends in none of the usual words is a department. */
export function kindOf(name: string): UnitKind {
  return endings.find(([, ending]) => ending.test(name))?.[0] ?? 'department'
}

/** What is wrong with a unit's name and how to mend it, in Chinese; null if it will do. */
export function checkUnitName(name: string): string | null {
  const length = [...name].length
  if (length === 0) return '写上单位名称。'
  if (/[/／]/.test(name)) return '单位名称里不要有“/”，它用来分开上下级。'
  if (/\p{Cc}/u.test(name)) return '单位名称里有换行或看不见的控制字符，请删去。'
  if (length < 2 || length > 30) return '单位名称要2到30个字。'
  return null
}

/** Names from the root down; null if a part between two slashes is empty. */
export function splitUnitPath(text: string): string[] | null {
  const names = text
    .replace(/^[/／\s]+|[/／\s]+$/g, '')
    .split(/[/／]/)
    .map((name) => name.trim())
  return names.includes('') ? null : names
}

export const unitName = z
  .string({ error: '写上单位名称。' })
  .trim()
  .check((context) => {
    const message = checkUnitName(context.value)
    if (message) context.issues.push({ code: 'custom', message, input: context.value })
  })

/** A unit that somebody asks for. */
export const NewUnit = z.object({
  parentId: z.string({ error: '选上级单位。' }),
  name: unitName,
  kind: z.enum(unitKinds, { error: '选单位的类别。' }),
})
export type NewUnit = z.infer<typeof NewUnit>
