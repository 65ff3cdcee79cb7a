// The map as shapes: each indicator is a pane of its own, never joined to its neighbours, for the area of a polygon
// means nothing. Numbers and path strings only; Map.astro draws them. Angles run clockwise from twelve o'clock.
import { arc } from 'd3-shape'
import type { CapabilityMap, MapIndicator } from '#record/capability/map.ts'
import { levelStart } from '#record/capability/level.ts'

/** Drawing units: the picture is 360 wide, so that at 390 px a unit is nearly a pixel. */
const half = 180
const inner = 20
/** Up to six names stand in the corners; with more, two stand beside the circle, which then makes room for them. */
const outerOf = (dimensions: number) => (dimensions > 6 ? 118 : 145)
/** Characters a line of a name beside the circle. */
const besideWidth = 2
/** Characters a line of a name in a corner, where there are three on a side. */
const cornerWidth = 4
/** Largest text the labels leave room for, units. */
const largestText = 20
const gapBetweenPanes = 0.01
const gapBetweenDimensions = 0.035

/** Paths of one indicator; null where there is nothing to draw. */
export type Pane = {
  id: string
  /** The whole pane, for the frame of the one being looked at. */
  frame: string
  /** Lattice: 未测. */
  shut: string | null
  /** Solid, up to what is reached with a probability of 0.8. */
  sure: string | null
  /** Pale, the error. */
  band: string | null
  /** The estimate, a line. */
  mean: string | null
  /** The target of the post, a line. */
  goal: string | null
}

/** The name of a dimension: lines that start from `x`, `y`, the first shifted by `dy` em. */
export type Label = { lines: string[]; x: number; y: number; anchor: 'start' | 'middle' | 'end'; dy: number }

export type Radar = {
  viewBox: string
  /** Where each level ends. */
  rings: string
  panes: Pane[]
  labels: Label[]
  /** Centres of dimensions in which nothing is measured. */
  unmeasured: { x: number; y: number }[]
}

type Span = { from: number; to: number }

const path = arc<Span & { low: number; high: number }>()
  .innerRadius(({ low }) => low)
  .outerRadius(({ high }) => high)
  .startAngle(({ from }) => from)
  .endAngle(({ to }) => to)
  .digits(1)

/** Line height of labels, em. */
export const labelLine = 1.25

/** The shapes of a map of up to eight dimensions. */
export function radarOf(map: CapabilityMap): Radar {
  const outer = outerOf(map.dimensions.length)
  const sectors = map.dimensions.map((dimension, i) => ({ dimension, ...sectorOf(i, map.dimensions.length) }))
  const labels = sectors.map(({ dimension, ...span }) => labelOf(dimension.name, middle(span), outer))
  const top = Math.min(-outer, ...labels.map((label) => reach(label).top)) - 2
  const bottom = Math.max(outer, ...labels.map((label) => reach(label).bottom)) + 2
  return {
    viewBox: [-half, round(top), 2 * half, round(bottom - top)].join(' '),
    rings: sectors
      .flatMap((span) => [...map.cuts, Infinity].map((end) => line(radius(end, map.cuts, outer), span)))
      .join(''),
    panes: sectors.flatMap(({ dimension, ...span }) =>
      dimension.indicators.map((indicator, i) =>
        paneOf(indicator, part(span, i, dimension.indicators.length), map.cuts, outer),
      ),
    ),
    labels,
    unmeasured: sectors
      .filter(({ dimension }) => dimension.indicators.every(({ estimate }) => estimate === null))
      .map((span) => point((inner + outer) / 2 + 8, middle(span))),
  }
}

/** Distance from the centre: every level is one band of the same width, and what lies beyond the scale ends with it. */
export function radius(theta: number, cuts: readonly number[], outer = outerOf(1)): number {
  const bands = cuts.length + 1
  const width = cuts.length > 1 ? (levelStart(bands, cuts) - levelStart(2, cuts)) / (cuts.length - 1) : 1
  const edges = [levelStart(2, cuts) - width, ...cuts, levelStart(bands, cuts) + width]
  const filled = edges.slice(1).map((end, band) => {
    const start = edges[band] ?? end
    return Math.min(1, Math.max(0, (theta - start) / (end - start)))
  })
  return inner + ((outer - inner) / bands) * filled.reduce((sum, share) => sum + share, 0)
}

function paneOf(indicator: MapIndicator, span: Span, cuts: readonly number[], outer: number): Pane {
  const at = (theta: number) => radius(theta, cuts, outer)
  const { id, estimate, target } = indicator
  const frame = ring(inner, outer, span)
  const goal = target === null ? null : line(at(levelStart(target, cuts)), span)
  if (!estimate) return { id, frame, shut: frame, sure: null, band: null, mean: null, goal }
  const lower = at(estimate.lower)
  const upper = at(estimate.upper)
  return {
    id,
    frame,
    shut: null,
    sure: lower > inner ? ring(inner, lower, span) : null,
    band: upper > lower ? ring(lower, upper, span) : null,
    mean: line(at(estimate.mean), span),
    goal,
  }
}

function sectorOf(index: number, count: number): Span {
  const width = (2 * Math.PI) / count
  return {
    from: (index - 0.5) * width + gapBetweenDimensions / 2,
    to: (index + 0.5) * width - gapBetweenDimensions / 2,
  }
}

function part({ from, to }: Span, index: number, count: number): Span {
  const width = (to - from) / count
  return {
    from: from + index * width + gapBetweenPanes / 2,
    to: from + (index + 1) * width - gapBetweenPanes / 2,
  }
}

/** Top and bottom names are centred; the others stand in the corners, as near to the circle as the largest text allows. */
function labelOf(name: string, angle: number, outer: number): Label {
  // Of three names on a side the middle one has no corner.
  if (outer < outerOf(1) && Math.abs(Math.cos(angle)) < 0.5) return labelBeside(name, angle, outer)
  const above = Math.cos(angle) > 0
  const side = Math.abs(Math.sin(angle)) < 1e-9 ? 0 : Math.sign(Math.sin(angle))
  const lines = wrapName(name, side === 0 ? 5 : 4)
  // Beside a third name a corner is no lower for being short.
  const longest = Math.max(outer < outerOf(1) ? cornerWidth : 0, ...lines.map((text) => text.length))
  const x = side === 0 ? 0 : half - 2 - longest * largestText
  const y = Math.sqrt(Math.max(0, (outer + 8) ** 2 - x ** 2))
  return {
    lines,
    x: round(side * x),
    y: round(above ? -y : y),
    anchor: side === 0 ? 'middle' : side > 0 ? 'start' : 'end',
    dy: above ? -0.15 - (lines.length - 1) * labelLine : 0.9,
  }
}

/** A name in short lines beside the circle, between the two in the corners. */
function labelBeside(name: string, angle: number, outer: number): Label {
  const lines = name.match(new RegExp(`.{1,${besideWidth}}`, 'gu')) ?? []
  const side = Math.sign(Math.sin(angle))
  const halfHeight = ((lines.length - 1) / 2) * labelLine + 0.6
  const corner = Math.sqrt((outer + 8) ** 2 - (half - 2 - cornerWidth * largestText) ** 2) - 2
  const most = Math.max(0, corner - halfHeight * largestText)
  const natural = -Math.cos(angle) * outer
  return {
    lines,
    x: round(side * (half - 2 - besideWidth * largestText)),
    y: round(Math.max(-most, Math.min(most, natural))),
    anchor: side > 0 ? 'start' : 'end',
    dy: 0.36 - ((lines.length - 1) / 2) * labelLine,
  }
}

/** How far up and down a label reaches in the largest text. */
function reach({ lines, y, dy }: Label): { top: number; bottom: number } {
  const top = y + (dy - 0.9) * largestText
  return { top, bottom: top + (1.1 + (lines.length - 1) * labelLine) * largestText }
}

/** A name in one line, or in two: after 与, 和 or 、 if the halves are about even, else in the middle. */
export function wrapName(name: string, width: number): string[] {
  if (name.length <= width) return [name]
  const breaks = [...name].flatMap((sign, i) => ('与和、'.includes(sign) ? [i + 1] : []))
  const longerHalf = (at: number) => Math.max(at, name.length - at)
  const even = Math.ceil(name.length / 2)
  const at = breaks.find((place) => longerHalf(place) <= even + 1) ?? even
  return [name.slice(0, at), name.slice(at)]
}

function ring(low: number, high: number, span: Span): string {
  return path({ ...span, low, high }) ?? ''
}

function line(distance: number, { from, to }: Span): string {
  const start = point(distance, from)
  const end = point(distance, to)
  const large = to - from > Math.PI ? 1 : 0
  return `M${start.x} ${start.y}A${round(distance)} ${round(distance)} 0 ${large} 1 ${end.x} ${end.y}`
}

function middle({ from, to }: Span): number {
  return (from + to) / 2
}

function point(distance: number, angle: number): { x: number; y: number } {
  return { x: round(distance * Math.sin(angle)), y: round(-distance * Math.cos(angle)) }
}

/** One decimal is a tenth of a pixel; −0 would only confuse. */
function round(value: number): number {
  return Math.round(value * 10) / 10 + 0
}
