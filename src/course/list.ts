// list.yaml: a list of powers 小微权力清单 or of what must be made public 公开事项. Each entry leads from the power over
// its steps to who is responsible, by when, and on which basis.
import { z } from 'astro/zod'
import { indicators, line, Path, permanentId, provenance } from '#course/provenance.ts'

/** The seven classes of village affairs. */
export const Area = z.enum([
  '议事决策',
  '组织人事',
  '资金管理',
  '工程采购',
  '救助救济',
  '阳光事务',
  '公共服务',
])
export type Area = z.infer<typeof Area>

export const Entry = z.strictObject({
  /** Anchor on the page; never changed. */
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,40}$/, { error: '只用小写字母、数字和连字符，如 xiangmu-lixiang。' })
    .refine((id) => !['main', 'sources'].includes(id), { error: '这个代号页面上别处已经用了，换一个。' }),
  area: Area,
  /** The power, or the matter to be made public. */
  title: line(60),
  steps: z
    .array(
      z.strictObject({
        text: line(200),
        /** Who is responsible for this step. */
        who: line(60),
        /** By when, or for how long. */
        limit: line(80).optional(),
      }),
    )
    .min(1)
    .max(12),
  /** Where it goes wrong most often. */
  risk: line(200).optional(),
  /** The law or rule it rests on. */
  basis: line(300),
})
export type Entry = z.infer<typeof Entry>

export const List = z.strictObject({
  id: permanentId('lst', 'xiaowei'),
  title: line(60),
  summary: line(300),
  /** What it cannot be used for, said before the first entry. */
  caution: line(300),
  path: Path,
  indicators,
  entries: z.array(Entry).min(1).max(60),
  ...provenance,
})
export type List = z.infer<typeof List>
