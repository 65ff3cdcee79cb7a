// What officers send from the page of a village's rules for good deeds.
import { z } from 'astro/zod'

const unit = z.string().max(80)
const day = (what: string) => z.iso.date(`${what}，写成 2026-12-01 这样。`)

export const mostRules = 30
const longestDeed = 40
/** Letters of the name of a household. */
export const longestName = 20
const mostPoints = 100

export type MeritRule = { id: string; deed: string; points: number }

/**
 * The rules in a text of lines such as `义务打扫村道 2`, or in Chinese what is wrong with it. There are no deductions:
 * points are whole and positive.
 */
export function readRules(text: string): MeritRule[] | string {
  const lines = text
    .normalize('NFKC')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)
  if (lines.length === 0) return '一行写一条，例如：义务打扫村道 2'
  if (lines.length > mostRules) return `最多${mostRules}条。`
  const rules = lines.map((line, i) => {
    const [, deed = '', points = ''] = /^(.*\S)\s+(-?\d+)分?$/.exec(line) ?? []
    return { id: `r${i + 1}`, deed, points: Number(points || 'NaN') }
  })
  const wrong = rules.findIndex(({ deed, points }) => !(deed && points >= 1 && points <= mostPoints))
  if (wrong >= 0)
    return `第${wrong + 1}行要写成“做的好事 分数”，分数是1到${mostPoints}的整数；只加分，不扣分。`
  if (rules.some(({ deed }) => [...deed].length > longestDeed)) return `每条在${longestDeed}个字以内。`
  const twice = rules.find(({ deed }, i) => rules.findIndex((other) => other.deed === deed) < i)
  return twice ? `“${twice.deed}”写了两次。` : rules
}

/** The rules as they are typed. */
export const writeRules = (rules: readonly MeritRule[]) =>
  rules.map(({ deed, points }) => `${deed} ${points}`).join('\n')

const agreed = (what: string) => z.string({ error: what }).refine((sent) => sent === 'yes', what)

export const SetMeritForm = z.object({
  unit,
  title: z
    .string({ error: '写叫什么，例如“家风银行”。' })
    .trim()
    .min(1, '写叫什么，例如“家风银行”。')
    .max(12, '名称在12个字以内。'),
  /** Day of the assembly that agreed to the rules. */
  agreedOn: day('选村民会议或村民代表会议通过的那一天'),
  rules: z
    .string({ error: '一行写一条，例如：义务打扫村道 2' })
    .max(4_000)
    .transform((text, context) => {
      const rules = readRules(text)
      if (typeof rules !== 'string') return rules
      context.addIssue({ code: 'custom', message: rules })
      return z.NEVER
    }),
  byAssembly: agreed('没有经过村民会议或村民代表会议通过的，不能用。'),
})
export type SetMeritForm = z.output<typeof SetMeritForm>

export const EndMeritForm = z.object({ unit, sure: agreed('请勾上，再点停办。') })
export type EndMeritForm = z.output<typeof EndMeritForm>

export const EnterDeedForm = z.object({
  unit,
  rule: z.string({ error: '选一条。' }).max(10),
  /** As the household wants to be called. */
  household: z
    .string({ error: '写这一户愿意用的称呼。' })
    .trim()
    .min(1, '写这一户愿意用的称呼。')
    .max(longestName, `称呼在${longestName}个字以内。`),
  on: day('选做好事的那一天'),
  wants: agreed('这一户愿意，才能记。'),
  /** The household agreed that the screen shows it. */
  shown: z
    .string()
    .nullish()
    .transform((sent) => sent === 'yes'),
})
export type EnterDeedForm = z.output<typeof EnterDeedForm>

export const TakeBackDeedForm = z.object({ deed: z.string().max(80) })
