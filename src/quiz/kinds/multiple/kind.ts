// multiple 多选: several options may be right. A point for each right one, less one for each wrong one, at least 0.
import { z } from 'astro/zod'
import {
  defineKind,
  everyItem,
  everyQuestion,
  graded,
  incomplete,
  Part,
  PartId,
  parts,
  seen,
  stale,
  textOf,
  texts,
} from '#quiz/kinds/kind.ts'

const item = z
  .strictObject({
    ...everyItem,
    kind: z.literal('multiple'),
    /** What can be ticked, shown in this order. */
    options: parts(2),
    /** Ids of all right options. */
    key: z.array(PartId).min(1, 'key 至少写一个编号'),
  })
  .refine(({ key }) => new Set(key).size === key.length, { path: ['key'], error: 'key 里有编号写了两次' })
  .refine(({ options, key }) => key.every((id) => options.some((option) => option.id === id)), {
    path: ['key'],
    error: 'key 只能写 options 里的编号',
  })

const points = (right: number, wrong: number) => Math.max(0, right - wrong)

/** Bits set in a small whole number. */
const bits = (mask: number): number => (mask === 0 ? 0 : (mask & 1) + bits(mask >> 1))

/** Mean share over every way to tick at least one box; a bit is an option, the lowest ones are the right ones. */
function blindShare(options: number, right: number) {
  const ways = 2 ** options - 1
  const rightOnes = 2 ** right - 1
  let sum = 0
  for (let way = 1; way <= ways; way++) sum += points(bits(way & rightOnes), bits(way & ~rightOnes))
  return sum / ways / right
}

export const multiple = defineKind({
  item,
  question: z.strictObject({ ...everyQuestion, kind: z.literal('multiple'), options: z.array(Part) }),
  answer: z.strictObject({
    kind: z.literal('multiple'),
    /** Ids of the ticked options; an id that comes twice counts once. */
    choices: z.array(PartId).max(20),
  }),
  publicHalf: (item) => ({ ...seen(item), kind: item.kind, options: item.options }),
  parseAnswer: (form) => ({ kind: 'multiple' as const, choices: [...new Set(texts(form, 'choice'))] }),
  grade({ options, key }, { choices }) {
    const chosen = [...new Set(choices)]
    if (chosen.length === 0) return incomplete('还没有选，请至少选一项，对的可能不止一项')
    if (!chosen.every((id) => options.some((option) => option.id === id))) return stale
    const right = chosen.filter((id) => key.includes(id)).length
    return graded(points(right, chosen.length - right), key.length)
  },
  guessing: ({ options, key }) => blindShare(options.length, key.length),
  right: ({ key }) => ({ kind: 'multiple' as const, choices: [...key].sort() }),
  say: ({ options }, { choices }) => choices.map((id) => textOf(options, id)).join('；'),
})
