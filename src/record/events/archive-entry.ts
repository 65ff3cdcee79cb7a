// What the training archive 干部教育培训档案 says of one entry beside its title, days and hours: words as they were
// written at the time, which nothing is computed from. Fields after the archives that we have seen (Guangyuan, Chaohu).
import { z } from 'astro/zod'

const words = z.string().max(200).optional()
const hours = z.number().nonnegative().max(2_000).optional()

export const ArchiveEntry = z.strictObject({
  /** Unit, post and rank of the person at that time. */
  unit: words,
  post: words,
  rank: words,
  /** 初任、任职、专门业务、在职、专题、网络、以训代学. */
  category: words,
  /** Institution that gave the training. */
  institution: words,
  /** 学时 planned, attended, and of leave. */
  plannedHours: hours,
  attendedHours: hours,
  leaveHours: hours,
  /** 学分, where they were counted. */
  points: hours,
  /** 结业, 未结业 or 退学. */
  result: words,
  score: words,
  certificate: words,
  /** The entry that this one makes up for. */
  makesUpFor: words,
  /** Platform 平台, imported 导入 or declared 申报. */
  source: words,
  /** The rule by which the hours were granted, where they were granted. */
  rule: words,
  /** Where the proof lies. */
  evidence: words,
  /** Names of who entered, approved and corrected it where it was kept before. */
  enteredBy: words,
  approvedBy: words,
  correctedBy: words,
})
export type ArchiveEntry = z.infer<typeof ArchiveEntry>
