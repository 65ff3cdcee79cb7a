// match 配对: find the right side of each left side. A point for each right pair; a right side may serve twice or never.
import { z } from 'astro/zod'
import { pick } from '#quiz/chance.ts'
import {
  defineKind,
  everyItem,
  everyQuestion,
  fieldsAfter,
  graded,
  incomplete,
  Part,
  PartId,
  parts,
  seen,
  stale,
  textOf,
  textsOf,
} from '#quiz/kinds/kind.ts'

const sameIds = (left: readonly Part[], ids: readonly string[]) =>
  ids.length === left.length && left.every((part) => ids.includes(part.id))

const sortedIds = (list: readonly Part[]) => list.map((part) => part.id).sort()

const item = z
  .strictObject({
    ...everyItem,
    kind: z.literal('match'),
    /** What is asked for, shown in this order. */
    left: parts(2),
    /** What can be matched; at least three, or the order shown would give the pairs away. */
    right: parts(3),
    /** For each left id the id of its right side. */
    key: z.record(PartId, PartId),
  })
  .refine(({ left, key }) => sameIds(left, Object.keys(key)), {
    path: ['key'],
    error: 'key 要给 left 的每个编号写一个配对',
  })
  .refine(({ right, key }) => Object.values(key).every((id) => right.some((part) => part.id === id)), {
    path: ['key'],
    error: 'key 的右边只能写 right 里的编号',
  })
  // Ids travel to the browser, so l1–r1, l2–r2 … would be the key.
  .refine(({ left, right, key }) => sortedIds(left).some((id, i) => key[id] !== sortedIds(right)[i]), {
    path: ['key'],
    error: '左右编号依次对应，看网页源码就能猜到，请换一换编号',
  })

export const match = defineKind({
  name: '配对题',
  asks: '把左右配成对',
  item,
  question: z.strictObject({
    ...everyQuestion,
    kind: z.literal('match'),
    left: z.array(Part),
    right: z.array(Part),
  }),
  answer: z.strictObject({
    kind: z.literal('match'),
    /** The right id that the learner gave to each left id; left ids without one are absent. */
    pairs: z.record(PartId, PartId),
  }),
  publicHalf: (item, arrange) => ({
    ...seen(item),
    kind: item.kind,
    left: item.left,
    right: arrange(
      item.right,
      item.left.map((part) => item.key[part.id] ?? ''),
    ),
  }),
  printed: ({ left, right }) => [{ text: '', lists: [textsOf(left), textsOf(right)] }],
  parseAnswer: (form) => ({ kind: 'match' as const, pairs: Object.fromEntries(fieldsAfter(form, 'match-')) }),
  fields: ({ pairs }) => Object.entries(pairs).map(([left, right]) => [`match-${left}`, right]),
  grade({ left, right, key }, { pairs }) {
    const given = new Map(Object.entries(pairs))
    const missing = left.filter((part) => !given.has(part.id)).length
    if (missing > 0) return incomplete(`还有${missing}项没有配上，请把每一项都配好`)
    if (given.size > left.length || ![...given.values()].every((id) => right.some((part) => part.id === id)))
      return stale
    return graded(left.filter((part) => given.get(part.id) === key[part.id]).length, left.length)
  },
  guessing: ({ right }) => 1 / right.length,
  blind: ({ left, right }, random) => ({
    kind: 'match' as const,
    pairs: Object.fromEntries(left.map(({ id }) => [id, pick(random, right).id])),
  }),
  right: ({ key }) => ({ kind: 'match' as const, pairs: key }),
  say: ({ left, right }, { pairs }) =>
    left.map(({ id, text }) => `${text}：${textOf(right, pairs[id] ?? '')}`).join('；'),
})
