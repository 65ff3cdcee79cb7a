// The frontmatter of a practice case: what was done somewhere, under which conditions, and how the case finder knows
// that it fits. Its text has five sections, always the same.
import { z } from 'astro/zod'
import { indicators, line, Path, permanentId, provenance } from '#course/provenance.ts'

/** What a case is about. */
export const Topic = z.enum([
  '议事协商',
  '矛盾调解',
  '集体三资',
  '村务公开',
  '工程项目',
  '作风服务',
  '家风教育',
  '干部培养',
  '小区物业',
  '环境整治',
  '考核激励',
])
export type Topic = z.infer<typeof Topic>

/** Where it was done, and so where it may fit. */
export const Setting = z.enum(['村', '社区', '乡镇街道', '县区'])
export type Setting = z.infer<typeof Setting>

/** What it cannot do without. */
export const Need = z.enum([
  '带头人',
  '热心骨干',
  '固定场地',
  '专项经费',
  '线上平台',
  '上级部门配合',
  '网格力量',
])
export type Need = z.infer<typeof Need>

/** The headings of a case, in this order. */
export const caseSections = ['遇到的问题', '当时的条件', '做法', '需要什么', '局限'] as const

export const Case = z.strictObject({
  id: permanentId('cas', 'yeliao'),
  title: line(40),
  /** The problem and the way out, in one or two sentences. */
  summary: line(200),
  path: Path,
  indicators,
  topics: z.array(Topic).min(1).max(4),
  settings: z.array(Setting).min(1).max(4),
  needs: z.array(Need).max(7),
  /** Words in which people tell of such a situation; the finder reads them, nobody else. */
  spoken: z.array(line(40)).min(8).max(30),
  /** The lesson behind it. */
  lesson: permanentId('lsn', 'sizhi'),
  ...provenance,
})
export type Case = z.infer<typeof Case>
