// The blueprint of a test (content/assessments/): what it draws, how long it takes, how often it may be taken, what is
// told afterwards. This schema is the manual.
import { z } from 'astro/zod'
import { Difficulty } from '#record/evidence/evidence.ts'

const text = (most: number) => z.string().trim().min(1, '这里不能空着').max(most, `请控制在${most}字以内`)
const Indicator = z.string().regex(/^[a-z][a-z-]*$/, 'indicator 写能力模型里的指标编号')

/** So many items of one sort; what is not named may be any, but for short answers, which are drawn only by name. */
export const Cell = z.strictObject({
  indicator: Indicator,
  /** Kind of item, e.g. single or scenario. */
  kind: z.string().optional(),
  difficulty: Difficulty.optional(),
  count: z.int('count 写整数').min(1).max(50),
})
export type Cell = z.infer<typeof Cell>

const everyTest = {
  /** Permanent; results of years point to it. */
  id: z.string().regex(/^asm-[a-z0-9][a-z0-9-]{0,60}$/, '代号写成 asm- 加小写字母、数字和连字符'),
  title: text(60),
  /** One or two sentences: what it asks and what it is good for. */
  summary: text(300),
  /** True: taken in a sitting that somebody watches, from secure items only. */
  supervised: z.boolean(),
  /** Minutes from start to end; null for no limit. */
  minutes: z.int().min(1).max(300).nullable(),
  attempts: z.strictObject({
    /** How often a person may take it within a calendar year. */
    most: z.int().min(1).max(50),
    /** Days from one to the next. */
    waitDays: z.int().min(0).max(365),
  }),
  /** What is told of single answers afterwards: nothing, whether each was right, or the solution too. */
  answers: z.enum(['none', 'right-or-wrong', 'solutions']),
}

/** A paper of drawn items, the same number of each sort for everybody. */
const fixed = z.strictObject({ ...everyTest, form: z.literal('fixed'), cells: z.array(Cell).min(1).max(60) })

/** An adaptive test of one dimension; its indicators are its content areas. */
const adaptive = z.strictObject({
  ...everyTest,
  form: z.literal('adaptive'),
  dimension: z.string().regex(/^[a-z][a-z-]*$/),
  /** Fewest and most items; at most 8 while the bank of the dimension is small, whatever is written here. */
  least: z.int().min(1).max(60),
  most: z.int().min(1).max(60),
  /** Standard error (θ) at which it is precise enough to stop. */
  stopError: z.number().positive().max(2),
  /** Largest share of takers who may see one item. */
  exposureCap: z.number().positive().max(1).default(0.25),
})

export const Blueprint = z
  .discriminatedUnion('form', [fixed, adaptive])
  .refine((one) => one.form === 'fixed' || one.least <= one.most, {
    path: ['most'],
    error: 'most 不能比 least 小',
  })
  .refine((one) => !one.supervised || one.answers !== 'solutions', {
    path: ['answers'],
    error: '监考卷的题还要再用，answers 只能写 none 或 right-or-wrong',
  })
  .refine((one) => !one.supervised || one.minutes !== null, {
    path: ['minutes'],
    error: '监考卷要写 minutes，不然收场以后还能在家里一直答下去',
  })
export type Blueprint = z.infer<typeof Blueprint>
