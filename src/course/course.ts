// course.yaml: what stands above the lessons of a course.
import { z } from 'astro/zod'
import { Path } from '#course/lesson.ts'

export const Course = z.strictObject({
  /** Permanent: never changed, never used again, also when the folder moves. */
  id: z.string().regex(/^crs-[a-z0-9][a-z0-9-]{0,60}$/, {
    error: '以 crs- 开头，只用小写字母、数字和连字符，如 crs-jiafeng。',
  }),
  title: z.string().trim().min(1).max(60),
  /** One or two sentences for lists and search results. */
  summary: z.string().trim().min(1).max(300),
  path: Path,
  /** Compulsory for everybody (必修), or a choice (选修). */
  compulsory: z.boolean(),
})
export type Course = z.infer<typeof Course>
