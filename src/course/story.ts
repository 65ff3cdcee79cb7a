// The frontmatter of a story: short enough to be read aloud, with one question to talk about at home.
import { z } from 'astro/zod'
import { audioExtensions, isFileName } from '#course/media.ts'
import { indicators, line, Path, permanentId, provenance } from '#course/provenance.ts'

/** The halls in which stories hang: family traditions, revolutionary culture, stories of upright officials. */
export const Hall = z.enum(['家风', '红色文化', '清廉故事'])
export type Hall = z.infer<typeof Hall>

/** When a story is told best; the first page shows those of today's season. */
export const Season = z.enum(['春', '夏', '秋', '冬'])
export type Season = z.infer<typeof Season>

/** First days of the four seasons by the old calendar (立春, 立夏, 立秋, 立冬), to within a day. */
const firstDays: [string, Season][] = [
  ['11-07', '冬'],
  ['08-07', '秋'],
  ['05-05', '夏'],
  ['02-04', '春'],
  ['01-01', '冬'],
]

/** The season of a day `YYYY-MM-DD`. */
export function seasonOf(on: string): Season {
  return firstDays.find(([first]) => on.slice(5) >= first)?.[1] ?? '冬'
}

export const Story = z.strictObject({
  id: permanentId('sto', 'xuanyu'),
  title: line(30),
  summary: line(120),
  hall: Hall,
  season: Season,
  path: Path,
  indicators,
  /** A question to talk about at home, without a right answer. */
  question: line(120),
  /** The lesson that tells more, if there is one. */
  lesson: permanentId('lsn', 'sizhi').optional(),
  /** Somebody reading it aloud: a file beside the story, and the seconds at which its sentences begin. */
  recording: z
    .strictObject({
      src: z.string().refine((name) => isFileName(name, audioExtensions), {
        error: '写 index.mdx 旁边的录音文件名，如 reading.mp3。',
      }),
      marks: z
        .array(z.number().min(0))
        .min(1)
        .max(200)
        .refine((marks) => marks.every((mark, i) => i === 0 || mark > (marks[i - 1] ?? 0)), {
          error: '各句开始的秒数要从小到大。',
        }),
    })
    .optional(),
  ...provenance,
})
export type Story = z.infer<typeof Story>
