// true-false 判断: is the statement right? 0 or 1.
import { z } from 'astro/zod'
import { pick } from '#quiz/chance.ts'
import { defineKind, everyItem, everyQuestion, graded, incomplete, seen, texts } from '#quiz/kinds/kind.ts'

export const trueFalse = defineKind({
  name: '判断题',
  asks: '对，还是错',
  item: z.strictObject({
    ...everyItem,
    kind: z.literal('true-false'),
    /** Whether the stem is right. */
    key: z.boolean('key 写 true（对）或 false（错）'),
  }),
  question: z.strictObject({ ...everyQuestion, kind: z.literal('true-false') }),
  answer: z.strictObject({
    kind: z.literal('true-false'),
    /** What the learner holds the stem to be. */
    choice: z.boolean(),
  }),
  publicHalf: (item) => ({ ...seen(item), kind: item.kind }),
  printed: () => [],
  parseAnswer(form) {
    const [choice] = texts(form, 'choice')
    if (choice !== 'true' && choice !== 'false') return incomplete('还没有选，请选“对”或“错”')
    return { kind: 'true-false' as const, choice: choice === 'true' }
  },
  fields: ({ choice }) => [['choice', String(choice)]],
  grade: ({ key }, { choice }) => graded(choice === key ? 1 : 0, 1),
  guessing: () => 1 / 2,
  blind: (_, random) => ({ kind: 'true-false' as const, choice: pick(random, [true, false]) }),
  right: ({ key }) => ({ kind: 'true-false' as const, choice: key }),
  options: ({ key }) => [
    { id: 'true', text: '对', right: key },
    { id: 'false', text: '错', right: !key },
  ],
  say: (_, { choice }) => (choice ? '对' : '错'),
})
