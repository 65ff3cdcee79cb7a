// short-answer 简答: some sentences, graded by two people against a rubric.
import { z } from 'astro/zod'
import {
  defineKind,
  everyItem,
  everyQuestion,
  incomplete,
  PartId,
  seen,
  Text,
  texts,
} from '#quiz/kinds/kind.ts'

const longest = 1_000

/** One thing that a good answer says or does, and what it is worth. */
export const Criterion = z.strictObject({
  id: PartId,
  text: Text,
  points: z.int('points 写整数').min(1).max(10),
})
export type Criterion = z.infer<typeof Criterion>

const item = z
  .strictObject({
    ...everyItem,
    kind: z.literal('short-answer'),
    /** By which both graders give points. */
    rubric: z.array(Criterion).min(1, 'rubric 至少写一条').max(8, 'rubric 最多写8条'),
    /** Most characters of an answer. */
    longest: z.int().min(20).max(longest).default(300),
    /** An answer that gets all points, for graders. */
    model: Text,
  })
  .refine(({ rubric }) => new Set(rubric.map(({ id }) => id)).size === rubric.length, {
    path: ['rubric'],
    error: 'rubric 里有两条用了同一个编号',
  })
  .refine(({ model, longest: most }) => [...model].length <= most, {
    path: ['model'],
    error: '参考答案比 longest 还长',
  })

/** Points of a full answer. */
export const possibleOf = (rubric: readonly Criterion[]) =>
  rubric.reduce((sum, { points }) => sum + points, 0)

export const shortAnswer = defineKind({
  name: '简答题',
  asks: '写几句话',
  item,
  question: z.strictObject({ ...everyQuestion, kind: z.literal('short-answer'), longest: z.number() }),
  answer: z.strictObject({
    kind: z.literal('short-answer'),
    /** Exactly what was written. */
    text: z.string().max(longest),
  }),
  publicHalf: (item) => ({ ...seen(item), kind: item.kind, longest: item.longest }),
  printed: () => [],
  parseAnswer(form) {
    const text = texts(form, 'text')[0] ?? ''
    return text.length > longest
      ? incomplete(`写得太长，请控制在${longest}字以内`)
      : { kind: 'short-answer' as const, text }
  },
  fields: ({ text }) => [['text', text]],
  grade({ rubric, longest: most }, { text }) {
    if (text.trim() === '') return incomplete('还没有写，请写几句话')
    if ([...text.trim()].length > most) return incomplete(`写得太长，请控制在${most}字以内`)
    return { type: 'waiting', possible: possibleOf(rubric) }
  },
  guessing: () => 0,
  blind: () => ({ kind: 'short-answer' as const, text: '不知道' }),
  keyboard: true,
  right: ({ model }) => ({ kind: 'short-answer' as const, text: model }),
  say: (_, { text }) => text,
})
