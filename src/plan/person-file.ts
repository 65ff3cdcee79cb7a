// The map of a person as a file: a row for each indicator, and a row for each piece of evidence with its age and share.
// What is not shown (未测) is empty and not in the file. Pure.
import { dayOf } from '#day.ts'
import type { Belief } from '#record/capability/belief.ts'
import type { CapabilityMap } from '#record/capability/map.ts'
import {
  kindWords,
  levelWord,
  noDecisionWord,
  provisionalWord,
  statusWords,
} from '#record/capability/words.ts'
import type { EvidenceKind } from '#record/evidence/evidence.ts'
import { ageInDays } from '#record/evidence/weight.ts'

/** A number of the map as it leaves: four decimals. */
const round = (value: number) => Math.round(value * 10_000) / 10_000

/** One indicator; what is null is not shown. */
export type IndicatorRow = {
  dimension: string
  indicator: string
  name: string
  level: number | null
  mean: number | null
  sd: number | null
  /** Probability that the target is reached. */
  probability: number | null
  target: number | null
  status: string
  kinds: number
  pieces: number
  /** Lessons finished that touch it. */
  coverage: number
  provisional: boolean
  asOf: string
}

/** One piece of evidence, with what it counts on the day. */
export type EvidenceRow = {
  indicator: string
  name: string
  on: string
  kind: EvidenceKind
  says: string
  ageDays: number
  weight: number
  /** What it adds to the estimate; empty of an indicator that is not estimated. */
  share: number | null
}

/** Every indicator in the order of the model. */
export const indicatorRows = (map: CapabilityMap): IndicatorRow[] =>
  map.dimensions.flatMap((dimension) =>
    dimension.indicators.map(
      ({ id, name, estimate, target, status, kinds, pieces, coverage, provisional }) => ({
        ...{ dimension: dimension.name, indicator: id, name },
        level: estimate?.level ?? null,
        mean: estimate ? round(estimate.mean) : null,
        sd: estimate ? round(estimate.sd) : null,
        probability: estimate && estimate.probability !== null ? round(estimate.probability) : null,
        ...{ target, status, kinds, pieces, coverage },
        provisional: estimate !== null && provisional,
        asOf: map.asOfOn,
      }),
    ),
  )

/** A piece of evidence with the sentence on what it was. */
type Said = { evidence: { id: string; at: string; kind: EvidenceKind }; text: string }

/** The evidence of every indicator, oldest first. @param saidOf by indicator. */
export const evidenceRows = (
  map: CapabilityMap,
  saidOf: ReadonlyMap<string, readonly Said[]>,
  beliefOf: (indicator: string) => Belief,
): EvidenceRow[] =>
  map.dimensions.flatMap(({ indicators }) =>
    indicators.flatMap(({ id, name, estimate }) => {
      const shares = new Map(beliefOf(id).shares.map((share) => [share.id, share]))
      return (saidOf.get(id) ?? []).map(({ evidence: { id: piece, at, kind }, text }) => ({
        ...{ indicator: id, name, on: dayOf(at), kind, says: text, ageDays: ageInDays(at, map.asOfOn) },
        weight: round(shares.get(piece)?.weight ?? 0),
        share: estimate ? round(shares.get(piece)?.share ?? 0) : null,
      }))
    }),
  )

export const indicatorHeading = [
  ...['方面', '指标', '指标编号', '等级', '估计值', '误差', '达到目标的把握', '岗位目标', '对照目标'],
  ...['证据种数', '证据条数', '学过的课', '是否初步', '截至'],
]
export const indicatorWidths = [22, 20, 24, 8, 10, 10, 16, 10, 12, 10, 10, 10, 10, 12]

export const indicatorCells = (row: IndicatorRow): (string | number)[] => [
  ...[row.dimension, row.name, row.indicator, row.level === null ? '' : levelWord(row.level)],
  ...[row.mean ?? '', row.sd ?? '', row.probability ?? ''],
  ...[row.target === null ? '' : levelWord(row.target), statusWords[row.status as keyof typeof statusWords]],
  ...[row.kinds, row.pieces, row.coverage, row.provisional ? provisionalWord : '', row.asOf],
]

export const evidenceHeading = ['指标', '指标编号', '日期', '种类', '内容', '多少天前', '分量', '使估计变动']
export const evidenceWidths = [20, 24, 12, 12, 60, 10, 10, 12]

export const evidenceCells = (row: EvidenceRow): (string | number)[] => [
  ...[
    row.name,
    row.indicator,
    row.on,
    kindWords[row.kind],
    row.says,
    row.ageDays,
    row.weight,
    row.share ?? '',
  ],
]

/** Whose map a file is, and who took it. */
export type About = {
  person: string
  /** Units and posts on the day of the map, in words. */
  posts: string
  asOf: string
  model: string
  takenBy: string
  takenOn: string
}

/** What a reader has to know beside the rows, one sentence each. */
export const notesOf = ({ person, posts, asOf, model, takenBy, takenOn }: About): string[] => [
  noDecisionWord,
  `${person}，${posts || '没有任职登记'}。截至${asOf}的能力图谱，按“${model}”。`,
  '零是全体的平均水平，一是一个标准差。空着的格子是未测，不代表低。学过的课是学完的课数，不算证据。',
  '各条证据的“使估计变动”相加，就是估计值；只有几乎全对或全错时，量尺到头，会差一点。',
  `${takenBy}于${takenOn}下载。`,
]
