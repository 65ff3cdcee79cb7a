// course.yaml: what stands above the lessons of a course.
import { z } from 'astro/zod'
import { isFileName } from '#course/media.ts'
import { line, Path, permanentId } from '#course/provenance.ts'

export const Course = z.strictObject({
  id: permanentId('crs', 'jiafeng'),
  title: line(60),
  /** One or two sentences for lists and search results. */
  summary: line(300),
  path: Path,
  /** Compulsory for everybody (必修), or a choice (选修). */
  compulsory: z.boolean(),
  /** A drawing beside course.yaml, and what it shows. */
  cover: z
    .strictObject({
      src: z.string().refine((name) => isFileName(name, ['svg']), {
        error: '写 course.yaml 旁边的文件名，如 cover.svg。',
      }),
      alt: line(300),
    })
    .optional(),
  /** Share of the points with which the test of the course (test.yaml) is passed. */
  testPassShare: z.number().min(0.6).max(1).default(0.8),
  /** How many items of it are drawn for one try. */
  testDraw: z.int().min(6).max(40).default(10),
})
export type Course = z.infer<typeof Course>
