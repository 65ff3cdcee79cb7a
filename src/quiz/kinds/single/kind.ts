// single 单选: one option is right. 0 or 1.
import { z } from 'astro/zod'
import { pick } from '#quiz/chance.ts'
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
  textsOf,
} from '#quiz/kinds/kind.ts'

const item = z
  .strictObject({
    ...everyItem,
    kind: z.literal('single'),
    /** What can be chosen, shown in this order. */
    options: parts(2),
    /** Id of the right option. */
    key: PartId,
  })
  .refine(({ options, key }) => options.some((option) => option.id === key), {
    path: ['key'],
    error: 'key 要写 options 里的一个编号',
  })

export const single = defineKind({
  name: '单选题',
  asks: '选一项',
  item,
  question: z.strictObject({ ...everyQuestion, kind: z.literal('single'), options: z.array(Part) }),
  answer: z.strictObject({
    kind: z.literal('single'),
    /** Id of the chosen option. */
    choice: PartId,
  }),
  publicHalf: (item) => ({ ...seen(item), kind: item.kind, options: item.options }),
  printed: ({ options }) => [{ text: '', lists: [textsOf(options)] }],
  parseAnswer(form) {
    const [choice] = texts(form, 'choice')
    return choice ? { kind: 'single' as const, choice } : incomplete('还没有选，请选一项')
  },
  fields: ({ choice }) => [['choice', choice]],
  grade({ options, key }, { choice }) {
    if (!options.some((option) => option.id === choice)) return stale
    return graded(choice === key ? 1 : 0, 1)
  },
  guessing: ({ options }) => 1 / options.length,
  blind: ({ options }, random) => ({ kind: 'single' as const, choice: pick(random, options).id }),
  right: ({ key }) => ({ kind: 'single' as const, choice: key }),
  options: ({ options, key }) => options.map((one) => ({ ...one, right: one.id === key })),
  say: ({ options }, { choice }) => textOf(options, choice),
})
