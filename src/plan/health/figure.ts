// The figures of the learning health of a unit: each says of a member whether something is so. Pure. Never minutes,
// visits or places in a list: time may not be held against anybody.
import { z } from 'astro/zod'
import { dayAfter } from '#day.ts'

/** What is looked at of a member. Days are of Asia/Shanghai; null where there was none. */
export type Member = {
  /** Indicators for which the posts set a target. */
  targets: number
  /** Indicators measured; of these those with a target, and those that surely reach it. */
  measured: number
  aimed: number
  reached: number
  /** The last day of evidence for a measured indicator. */
  evidenceOn: string | null
  /** Indicators surely below the target, and those of them with evidence of the last 90 days. */
  gaps: number
  gapsFollowed: number
  /** When a lesson was finished, a question answered or a class attended last. */
  studiedOn: string | null
  /** When somebody last saw the person at work, and when a watched test was last taken. */
  observedOn: string | null
  watchedOn: string | null
  /** Objections of the last year. */
  objections: readonly { on: string; answeredOn: string | null }[]
}

const recentDays = 90
const yearDays = 365
/** Within so many days an objection is to be answered. */
const answerDays = 15

/** The first of so many days before a day. */
export const recentFrom = (on: string) => dayAfter(on, -recentDays)
export const yearFrom = (on: string) => dayAfter(on, -yearDays)

const since = (day: string | null, from: string) => day !== null && day >= from

/** Whether an objection has been open long enough to be judged. */
const isDue = ({ on, answeredOn }: Member['objections'][number], today: string) =>
  answeredOn !== null || dayAfter(on, answerDays) < today

/** By figure: true or false of a member on a day, null of one whom it is not about. */
export const figures = {
  studied: ({ studiedOn }, on) => since(studiedOn, recentFrom(on)),
  measured: ({ measured }) => measured > 0,
  broad: ({ targets, aimed }) => (targets === 0 ? null : aimed >= targets / 2),
  'at-target': ({ aimed, reached }) => (aimed === 0 ? null : reached > aimed / 2),
  fresh: ({ measured, evidenceOn }, on) => (measured === 0 ? null : since(evidenceOn, yearFrom(on))),
  // About all with targets, not only those with a gap: how many have one is nobody's business.
  followed: ({ aimed, gaps, gapsFollowed }) => (aimed === 0 ? null : gaps === 0 || gapsFollowed > 0),
  observed: ({ observedOn }, on) => since(observedOn, yearFrom(on)),
  watched: ({ watchedOn }, on) => since(watchedOn, yearFrom(on)),
  answered: ({ objections }, on) => {
    const due = objections.filter((one) => isDue(one, on))
    if (due.length === 0) return null
    return due.every((one) => one.answeredOn !== null && one.answeredOn <= dayAfter(one.on, answerDays))
  },
} satisfies Record<string, (member: Member, on: string) => boolean | null>

export type FigureId = keyof typeof figures

/** Figures of which is not said how many people they are about: whether somebody objected is his own affair. */
export const untold: ReadonlySet<FigureId> = new Set(['answered'])

export const figureIds = Object.keys(figures) as [FigureId, ...FigureId[]]

/** Members of whom it is so, of all whom it is about. */
export type Count = { of: number; all: number }
export type Counts = Record<FigureId, Count>

export const noCounts = (): Counts =>
  Object.fromEntries(figureIds.map((id) => [id, { of: 0, all: 0 }])) as Counts

/** Counts one more member, in place. */
export function countMember(counts: Counts, member: Member, on: string): void {
  for (const id of figureIds) {
    const is = figures[id](member, on)
    if (is === null) continue
    counts[id].all++
    if (is) counts[id].of++
  }
}

/** content/health-index.yaml: which figures a county looks at, in which order, and how they are called. */
export const HealthIndex = z.strictObject({
  figures: z
    .array(
      z.strictObject({
        id: z.enum(figureIds),
        name: z.string().min(1).max(12, '名称不超过十二个字，表里才写得下。'),
        /** What it means, in one sentence. */
        means: z.string().min(1).max(120),
      }),
    )
    .min(1)
    .max(12, '一个单位最多看十二项，多了就没有人看。')
    .refine((chosen) => new Set(chosen.map(({ id }) => id)).size === chosen.length, {
      error: '同一项写了两次。留一次就够。',
    }),
})
export type HealthIndex = z.infer<typeof HealthIndex>
