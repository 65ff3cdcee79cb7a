// multiple 多选: several options may be right. How ticks become points is a rule with a name, see ../ticks.ts.
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
  textsOf,
} from '#quiz/kinds/kind.ts'
import { Credit, sumOverTicks, tickedBy, ticksEarn, ticksPossible } from '#quiz/kinds/ticks.ts'

const item = z
  .strictObject({
    ...everyItem,
    kind: z.literal('multiple'),
    /** What can be ticked, shown in this order. */
    options: parts(2),
    /** Ids of all right options. */
    key: z.array(PartId).min(1, 'key 至少写一个编号'),
    /** How ticks become points; `right-minus-wrong` where it is missing. */
    credit: Credit.optional(),
  })
  .refine(({ key }) => new Set(key).size === key.length, { path: ['key'], error: 'key 里有编号写了两次' })
  .refine(({ options, key }) => key.every((id) => options.some((option) => option.id === id)), {
    path: ['key'],
    error: 'key 只能写 options 里的编号',
  })

type Multiple = z.infer<typeof item>
const ruleOf = ({ credit = 'right-minus-wrong' }: Multiple) => credit
const boxesOf = ({ options, key }: Multiple) => ({ options: options.length, right: key.length })

export const multiple = defineKind({
  name: '多选题',
  asks: '对的可能不止一项',
  item,
  question: z.strictObject({ ...everyQuestion, kind: z.literal('multiple'), options: z.array(Part) }),
  answer: z.strictObject({
    kind: z.literal('multiple'),
    /** Ids of the ticked options; an id that comes twice counts once. */
    choices: z.array(PartId).max(20),
  }),
  publicHalf: (item) => ({ ...seen(item), kind: item.kind, options: item.options }),
  printed: ({ options }) => [{ text: '', lists: [textsOf(options)] }],
  parseAnswer: (form) => ({ kind: 'multiple' as const, choices: [...new Set(texts(form, 'choice'))] }),
  fields: ({ choices }) => choices.map((id) => ['choice', id]),
  grade(item, { choices }) {
    const { options, key } = item
    const chosen = [...new Set(choices)]
    if (chosen.length === 0) return incomplete('还没有选，请至少选一项，对的可能不止一项')
    if (!chosen.every((id) => options.some((option) => option.id === id))) return stale
    const right = chosen.filter((id) => key.includes(id)).length
    return graded(
      ticksEarn(ruleOf(item), boxesOf(item), right, chosen.length - right),
      ticksPossible(ruleOf(item), boxesOf(item)),
    )
  },
  /** No tick at all is no answer. */
  guessing(item) {
    const [rule, boxes] = [ruleOf(item), boxesOf(item)]
    const answers = 2 ** boxes.options - 1
    return (sumOverTicks(rule, boxes) - ticksEarn(rule, boxes, 0, 0)) / answers / ticksPossible(rule, boxes)
  },
  blind({ options }, random) {
    const way = 1 + Math.floor(random() * (2 ** options.length - 1))
    return { kind: 'multiple' as const, choices: tickedBy(way, options).map(({ id }) => id) }
  },
  right: ({ key }) => ({ kind: 'multiple' as const, choices: [...key].sort() }),
  options: ({ options, key }) => options.map((one) => ({ ...one, right: key.includes(one.id) })),
  several: true,
  say: ({ options }, { choices }) => choices.map((id) => textOf(options, id)).join('；'),
})
