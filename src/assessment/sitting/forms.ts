// What trainers send from the page of a sitting.
import { z } from 'astro/zod'

const id = z.string().max(80)

export const OpenSittingForm = z.object({
  assessment: id,
  unit: z.string({ error: '选一个单位。' }).min(1, '选一个单位。').max(80),
})

export const CloseSittingForm = z.object({ sitting: id })

/** Shares of the limit that can be added. */
export const shares = [0.25, 0.5, 1] as const
export type Share = (typeof shares)[number]

/** How a share is called. */
export const shareNames: Record<Share, string> = {
  0.25: '加四分之一',
  0.5: '加一半',
  1: '加一倍',
}

const Share = z.literal(shares)

/** No reason is asked for: it would be about health. */
export const ExtraTimeForm = z.object({
  number: z.string({ error: '写工号。' }).trim().min(1, '写工号。').max(40, '工号没有这么长。'),
  share: z.preprocess((sent) => Number(sent), z.union([Share], { error: '选加多少。' })),
})

export const EndExtraTimeForm = z.object({ person: id })
