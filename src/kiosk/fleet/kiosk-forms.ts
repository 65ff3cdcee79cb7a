// What administrators send about screens.
import { z } from 'astro/zod'

const text = z
  .string()
  .max(200)
  .nullish()
  .transform((given) => given ?? '')
const kiosk = z.string().max(80)

/** What is missing is said beside its field by the feature. */
export const ApproveKioskForm = z.object({
  code: text,
  name: text,
  unit: text.refine((id) => id !== '', '选它放在哪个单位。'),
  playlist: text,
})
export const RenameKioskForm = z.object({ kiosk, name: text })
export const SetPlaylistForm = z.object({ kiosk, playlist: text })
/** `sure` is a box that says what will happen. */
export const RevokeKioskForm = z.object({
  kiosk,
  sure: z.literal('true', { error: '要停用，先打勾。' }),
})
