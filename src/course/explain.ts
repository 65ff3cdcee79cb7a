// Turns what zod found into two Chinese sentences: what is wrong, and how to mend it.
import type { z } from 'astro/zod'

type Issue = z.core.$ZodIssue
type Words = { message: string; mend: string }

const kinds: Record<string, string> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: 'true 或 false',
  array: '列表',
  object: '一组“名称: 值”',
  record: '一组“名称: 值”',
}
const units: Record<string, string> = { string: '个字', array: '项', set: '项', record: '项' }

/** Explains one issue. `name` is what the author calls the field, e.g. `minutes` or `options 第2项 text`. */
export function explain(issue: Issue, name = nameOf(issue.path)): Words {
  const words = explainCode(issue, name)
  return { ...words, mend: ownWords(issue.message) ?? words.mend }
}

function explainCode(issue: Issue, name: string): Words {
  switch (issue.code) {
    case 'invalid_type':
      return explainType(issue, name)
    case 'unrecognized_keys':
      return { message: `不认识“${issue.keys.join('、')}”。`, mend: '删去它，或检查名称有没有写错。' }
    case 'invalid_value':
      return { message: `“${name}”的值不在可选范围内。`, mend: `只能是：${issue.values.join('、')}。` }
    case 'too_small':
      return explainBound(name, '小于', `至少${bound(issue.origin, issue.minimum, '要有')}`, issue.origin)
    case 'too_big':
      return explainBound(name, '大于', `最多${bound(issue.origin, issue.maximum, '')}`, issue.origin)
    default:
      return { message: `“${name}”的写法不对。`, mend: '对照写法说明，改成规定的格式。' }
  }
}

/** The path as an author would say it: list places count from 1. */
export function nameOf(path: readonly PropertyKey[]): string {
  return (
    path.map((step) => (typeof step === 'number' ? `第${step + 1}项` : String(step))).join(' ') || '整个文件'
  )
}

function explainType(issue: z.core.$ZodIssueInvalidType, name: string): Words {
  const kind = kinds[issue.expected] ?? '别的写法'
  if (issue.input === undefined) return { message: `少了“${name}”。`, mend: `补上它，值是${kind}。` }
  return { message: `“${name}”应当是${kind}。`, mend: `改成${kind}；文字里有冒号或引号时，整句加上引号。` }
}

function explainBound(name: string, word: string, mend: string, origin: string): Words {
  const message = units[origin] ? `“${name}”的长度不合适。` : `“${name}”${word}允许的数。`
  return { message, mend: `${mend}。` }
}

function bound(origin: string, limit: number | bigint, have: string): string {
  return units[origin] ? `${have}${limit}${units[origin]}` : `是${limit}`
}

/** Messages of our own schemas are Chinese and say how to mend; zod's are English and say little to an author. */
function ownWords(message: string): string | null {
  if (!/\p{Script=Han}/u.test(message) || /^(?:Invalid|Too|Unrecognized) /.test(message)) return null
  return /[。；！？]$/u.test(message) ? message : `${message}。`
}
