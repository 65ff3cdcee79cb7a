// What a training officer sends in answer to an objection.
import { z } from 'astro/zod'
import { WrongField } from '#people/roster/wrong-field.ts'
import { mostTakenOut } from '#record/dispute.ts'
import { sayLength } from '#record/hours/say-length.ts'

export const SettleForm = z.object({
  /** Id of the objection. */
  dispute: z.string().max(64),
  outcome: z.enum(['upheld', 'declined'], { error: '选“成立”或“不成立”。' }),
  /** Minutes given back, for refused time; left empty it is all. */
  minutes: z.string().trim().max(20).nullish(),
  /** Ids of the observations that are taken out, for a cell. */
  observations: z.array(z.string().max(80)).max(mostTakenOut, '一次勾得太多了。').optional(),
  answer: z
    .string({ error: '写几句答复，本人会看到。' })
    .trim()
    .min(1, '写几句答复，本人会看到。')
    .max(1000, '写得太长了，请写在一千字以内。')
    .refine((text) => !text.includes('\0'), '里面有看不见的字符，请删去后再提交。'),
})
export type SettleForm = z.infer<typeof SettleForm>

/** Minutes as the form shows them, rounded up to a tenth, so that what it offers is never less than was refused. */
export const offeredMinutes = (refusedSeconds: number) => Math.ceil(refusedSeconds / 6) / 10

/**
 * The seconds that an answer gives back of those that were refused.
 * @throws WrongField if it is no number, nothing, or more than was refused.
 */
export function grantedSeconds(minutes: string | null | undefined, refusedSeconds: number): number {
  if (!minutes) return refusedSeconds
  const wanted = Number(minutes)
  const most = `最多${sayLength(refusedSeconds)}，全部补回就不用改。`
  if (!(wanted > 0)) throw new WrongField('minutes', 'invalid', '填要补回的分钟数，要大于0。', most)
  if (wanted > offeredMinutes(refusedSeconds))
    throw new WrongField('minutes', 'invalid', '补回的时间不能比没有计入的还多。', most)
  return Math.min(Math.round(wanted * 60), refusedSeconds)
}
