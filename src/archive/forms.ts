// The forms of imported hours: what a browser may send.
import { z } from 'astro/zod'

const id = z.string().max(64)

export const UploadForm = z.object({
  /** A workbook or CSV file. */
  file: z.instanceof(File).nullish(),
})

/** Which upload to store. */
export const StoreForm = z.object({ upload: id })

export const ApproveForm = z.object({ batch: id })

export const UndoForm = z.object({
  batch: id,
  /** Why it is turned down or taken back; not asked again where that was interrupted. */
  reason: z.string().nullish(),
})
