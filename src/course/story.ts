// The frontmatter of a story: short enough to be read aloud, with one question to talk about at home.
import { z } from 'astro/zod'
import { indicators, line, Path, permanentId, provenance } from '#course/provenance.ts'

/** The halls in which stories hang: family traditions, revolutionary culture, stories of upright officials. */
export const Hall = z.enum(['家风', '红色文化', '清廉故事'])
export type Hall = z.infer<typeof Hall>

/** When a story is told best; the first page shows those of today's season. */
export const Season = z.enum(['春', '夏', '秋', '冬'])
export type Season = z.infer<typeof Season>

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
  ...provenance,
})
export type Story = z.infer<typeof Story>
