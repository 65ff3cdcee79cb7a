// What the answers say of an item: the shape that is stored, and its remarks in words.
import { z } from 'astro/zod'

/** Something that whoever wrote the item should look at. Options are named by their ids. */
const Flag = z.discriminatedUnion('type', [
  /** Too few answers: nothing else is said. */
  z.strictObject({ type: z.literal('few'), answers: z.int(), needed: z.int() }),
  z.strictObject({ type: z.literal('too-easy'), facility: z.number() }),
  z.strictObject({ type: z.literal('too-hard'), facility: z.number() }),
  /** The stronger miss it more often. */
  z.strictObject({ type: z.literal('reversed') }),
  /** The stronger get hardly more points than the weaker. */
  z.strictObject({ type: z.literal('flat') }),
  z.strictObject({ type: z.literal('never-chosen'), option: z.string() }),
  /** Who chose this wrong option is stronger than who got all points. */
  z.strictObject({ type: z.literal('stronger-than-key'), option: z.string() }),
  /** Of people of equal level those in one group of posts miss it far more often than those in another. */
  z.strictObject({ type: z.literal('harder-for'), group: z.string(), than: z.string() }),
])
export type Flag = z.infer<typeof Flag>

/** People of about equal ability, by the rest of their papers. */
const AbilityGroup = z.strictObject({
  /** Their mean ability, if whoever answers is like the population: mean 0, deviation 1. */
  theta: z.number(),
  answers: z.int(),
  /** Mean share of points. */
  share: z.number(),
  /** Share of them who chose each option, in the order of `options`; null for kinds without. */
  chosen: z.array(z.number()).nullable(),
})
export type AbilityGroup = z.infer<typeof AbilityGroup>

/** How people of one group of posts answered; a group is called by its posts. */
const PostGroup = z.strictObject({
  group: z.string(),
  answers: z.int(),
  /** Share of them with all points. */
  right: z.number(),
})

/** The largest group, and how the others answered beside people of it who are of equal level (dif.ts). */
const Differences = z.strictObject({
  reference: PostGroup,
  others: z.array(
    PostGroup.extend({
      /** In delta units, below 0 harder than for the largest group; its standard error, and the class of ETS. */
      delta: z.number(),
      error: z.number(),
      class: z.enum(['A', 'B', 'C']),
    }),
  ),
})
export type Differences = z.infer<typeof Differences>

/** Statistics of one revision of an item. */
export const ItemStatistics = z.strictObject({
  /** The revision they are about; answers to others, worded otherwise, are not in them. */
  revision: z.int(),
  /** People whose first answer was graded; how many of those to whom it was shown left it blank. */
  answers: z.int(),
  blank: z.int(),
  /** Mean share of points, 0 to 1; null without answers. */
  facility: z.number().nullable(),
  /** Corrected point-biserial: correlation of the share of points with the rest of the paper; null if it has none. */
  discrimination: z.number().nullable(),
  /** What was chosen, for kinds with options. */
  options: z
    .array(
      z.strictObject({
        id: z.string(),
        right: z.boolean(),
        /** People who chose it, and of all who answered which share. */
        count: z.int(),
        share: z.number(),
        /** How they did in the rest of the paper: mean share of points above (below) what is usual; null if nobody. */
        rest: z.number().nullable(),
      }),
    )
    .nullable(),
  /** What was written wrongly most often, for fill-ins; only what several people wrote. */
  wrongWords: z.array(z.strictObject({ text: z.string(), count: z.int() })).nullable(),
  /** From the weakest to the strongest; null while too few have answered. */
  groups: z.array(AbilityGroup).nullable(),
  /** By groups of posts; null while fewer than two have enough answers, and in what was stored before they were compared. */
  differences: Differences.nullable().default(null),
  flags: z.array(Flag),
})
export type ItemStatistics = z.infer<typeof ItemStatistics>

const truth: Record<string, string> = { true: '“对”', false: '“错”' }

/** An option as people call it: A for a, and 对 or 错. */
export const sayOption = (id: string) => truth[id] ?? (id.length === 1 ? id.toUpperCase() : `“${id}”`)

const percent = (share: number) => `${Math.round(share * 100)}%`

/** A remark in plain Chinese: what is seen, and what to do. */
export function sayFlag(flag: Flag): string {
  switch (flag.type) {
    case 'few':
      return `只有${flag.answers}人答过，还说不准，满${flag.needed}人再看。`
    case 'too-easy':
      return `太容易：平均得分${percent(flag.facility)}，几乎人人都会，测不出高低。`
    case 'too-hard':
      return `太难：平均得分只有${percent(flag.facility)}，和乱猜差不多。请看题干有没有歧义、答案对不对。`
    case 'reversed':
      return '水平高的人反而更常答错：答案是不是标错了？请先核对答案。'
    case 'flat':
      return '区分不开：水平高的人和水平低的人得分差不多。请看题目问的是不是这项能力。'
    case 'never-chosen':
      return `选项${sayOption(flag.option)}从来没有人选，等于没有。请换一个有人会信的说法。`
    case 'stronger-than-key':
      return `选${sayOption(flag.option)}的人比答对的人水平还高：请看${sayOption(flag.option)}是不是也说得通。`
    case 'harder-for':
      return `同样水平的人里，${flag.group}比${flag.than}更容易答错：请看题目有没有只有${flag.than}才熟悉的说法。`
  }
}

/** A difference at equal level in plain Chinese, from the side of the smaller group. */
export function sayDifference({ delta, class: size }: Differences['others'][number]): string {
  if (size === 'A') return '差不多'
  const way = delta < 0 ? '更容易答错' : '更容易答对'
  return size === 'B' ? `${way}一些` : `明显${way}`
}
