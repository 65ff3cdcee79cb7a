// What trainers send from the page of import and export.
import { z } from 'astro/zod'

const word = z.string().trim().max(120, '太长，请控制在120字以内。').nullish()

export const TakeItemsForm = z.object({
  /** A file of items. */
  file: z.instanceof(File).nullish(),
  /** Or a pasted paper. */
  text: z.string().max(1_000_000, '粘贴的内容太多，请分成几份。').nullish(),
  /** For a sealed file. */
  passphrase: z.string().max(200, '口令太长。').nullish(),
  /** Ticked: for the secure bank. */
  secure: z.string().nullish(),
  /** For the items that do not say it themselves. */
  indicator: word,
  difficulty: z.enum(['easy', 'medium', 'hard'], { error: '选易、中或难。' }).nullish(),
  source: word,
  passage: z.string().trim().max(600, '太长，请控制在600字以内。').nullish(),
})

/** Which upload to enter. */
export const EnterItemsForm = z.object({ upload: z.string().max(64) })
