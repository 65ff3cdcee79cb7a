// The forms of the capability model: what a browser may send.
import { z } from 'astro/zod'

export const UploadModelForm = z.object({
  /** A table (CSV), our own JSON, or a CASE package. */
  file: z.instanceof(File).nullish(),
})

/** What is put in force, as find-model.server.ts names it. */
export const PutModelForm = z.object({ look: z.string().max(100) })
