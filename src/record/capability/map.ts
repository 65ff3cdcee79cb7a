// The capability map of one person: the model, with what is believed of each indicator. Read by pages, drawn by radar.ts.
import { believe, quantile, type Belief } from '#record/capability/belief.ts'
import {
  dimensionOf,
  isMeasured,
  level,
  probabilityOfLevel,
  status,
  sureEnough,
  unlikelyEnough,
  type Status,
} from '#record/capability/level.ts'
import type { CapabilityModel, Dimension, Indicator } from '#record/capability/model.ts'
import { numeral } from '#record/capability/words.ts'

/** What is shown of a measured indicator. */
export type Estimate = {
  mean: number
  sd: number
  /** Reached with a probability of 0.8, so that 达标 means: the solid part of the pane reaches the target line. */
  lower: number
  /** Reached with a probability of 0.2, so that 未达标 means: not even the pale part reaches the target line. */
  upper: number
  level: number
  /** Probability of the target, or null without one. */
  probability: number | null
}

export type MapIndicator = {
  id: string
  name: string
  /** What a person does at each level, first to fifth. */
  anchors: string[]
  status: Status
  /** Level that the posts ask for, or null. */
  target: number | null
  /** Null while 未测: what is not shown is not in the map. */
  estimate: Estimate | null
  /** 初步: read by labels, before calibration. */
  provisional: boolean
  /** Lessons finished that touch it; coverage, not evidence. */
  coverage: number
  /** Pieces of evidence, and how many kinds they are of. */
  pieces: number
  kinds: number
}

export type MapDimension = {
  id: string
  name: string
  indicators: MapIndicator[]
  /** Mean of the indicators, or null unless all are measured. */
  estimate: { mean: number; sd: number; level: number } | null
}

export type CapabilityMap = {
  title: string
  /** Whose model it is. */
  note: string
  /** The day as of which evidence has aged. */
  asOfOn: string
  cuts: number[]
  /** Names of the levels, first to last. */
  levels: string[]
  dimensions: MapDimension[]
}

/**
 * The map of a person on a day. `targets` and `coverage` are by indicator, `beliefs` too; an indicator without a
 * belief is 未测.
 */
export function drawMap(
  model: CapabilityModel,
  targets: Readonly<Record<string, number>>,
  beliefs: ReadonlyMap<string, Belief>,
  asOfOn: string,
  coverage: Readonly<Record<string, number>> = {},
): CapabilityMap {
  const unknown = believe([], asOfOn, model.cuts)
  const beliefOf = (indicator: Indicator) => beliefs.get(indicator.id) ?? unknown
  const drawIndicator = (indicator: Indicator): MapIndicator => ({
    id: indicator.id,
    name: indicator.name,
    anchors: indicator.anchors,
    coverage: coverage[indicator.id] ?? 0,
    ...seen(beliefOf(indicator), targets[indicator.id] ?? null, model.cuts),
  })
  const drawDimension = (dimension: Dimension): MapDimension => ({
    id: dimension.id,
    name: dimension.name,
    indicators: dimension.indicators.map(drawIndicator),
    estimate: dimensionEstimate(dimension.indicators.map(beliefOf), model.cuts),
  })
  return {
    title: model.title,
    note: model.note,
    asOfOn,
    cuts: model.cuts,
    levels: model.levels.map(({ name }) => name),
    dimensions: model.dimensions.map(drawDimension),
  }
}

/** The whole map in one sentence, for those who do not see the picture. */
export function summaryOf(map: CapabilityMap): string {
  const all = map.dimensions.flatMap((dimension) => dimension.indicators)
  const measured = all.filter(({ estimate }) => estimate !== null)
  const reached = all.filter((indicator) => indicator.status === 'reached')
  const counted = `${numeral(all.length)}项指标中已测${numeral(measured.length)}项`
  if (measured.length === 0) return `能力图谱：${numeral(all.length)}项指标都还未测，不代表低。`
  const shut = map.dimensions.filter(({ indicators }) =>
    indicators.every(({ estimate }) => estimate === null),
  )
  const unseen = shut.map(({ name, indicators }) => `；${name}${numeral(indicators.length)}项均未测`).join('')
  return `能力图谱：${counted}，其中${numeral(reached.length)}项达到岗位目标${unseen}。详见旁边的表。`
}

function seen(belief: Belief, target: number | null, cuts: readonly number[]) {
  return {
    status: status(belief, target, cuts),
    target,
    estimate: isMeasured(belief) ? estimateOf(belief, target, cuts) : null,
    provisional: belief.provisional,
    pieces: belief.pieces,
    kinds: belief.kinds,
  }
}

function estimateOf(belief: Belief, target: number | null, cuts: readonly number[]): Estimate {
  return {
    mean: belief.mean,
    sd: belief.sd,
    lower: quantile(belief, 1 - sureEnough),
    upper: quantile(belief, 1 - unlikelyEnough),
    level: level(belief, cuts),
    probability: target === null ? null : probabilityOfLevel(belief, target, cuts),
  }
}

function dimensionEstimate(beliefs: readonly Belief[], cuts: readonly number[]) {
  const mean = dimensionOf(beliefs)
  return mean && { ...mean, level: level(mean, cuts) }
}
