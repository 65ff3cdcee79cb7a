// What is believed of one person and indicator: the exact posterior on a grid over all of the evidence. Every piece
// enters at once, so neither the order of arrival nor an approximation can move the result.
import { evidenceKinds, type Evidence, type EvidenceKind } from '#record/evidence/evidence.ts'
import { likelihood, readingOf, type Grid, type Likelihood } from '#record/evidence/likelihood.ts'
import { halfLifeDays, weigh } from '#record/evidence/weight.ts'

/** Points of the θ grid, from −4 to 4. */
export const gridPoints = 61

/** The scale: beyond four deviations nobody is told from the next. */
export const scale: Grid = { start: -4, step: 8 / (gridPoints - 1), points: gridPoints }

/** Cuts between the five levels where no model says otherwise. */
export const defaultCuts: readonly number[] = [-1.5, -0.5, 0.5, 1.5]

/** What one piece of evidence contributes. */
export type Share = {
  /** The evidence's id. */
  id: string
  /** Kind × age on the day of the belief. */
  weight: number
  /** What it adds to the mean, w·E[ℓ′(θ)]. */
  share: number
}

/** A posterior over θ, where 0 and 1 are mean and deviation of the population. */
export type Belief = {
  mean: number
  sd: number
  /** Probability of each grid point; sums to 1. */
  grid: number[]
  /** What all pieces together say of each grid point: Σ weight × log-likelihood. */
  told: number[]
  /** One entry per piece, in the order of ids. */
  shares: Share[]
  /** mean − Σ share: what the ends of the scale hold back; 0 unless nearly everything is right, or wrong. */
  edge: number
  /** Distinct kinds of evidence among the pieces. */
  kindList: EvidenceKind[]
  /** How many kinds that is. */
  kinds: number
  /** Number of pieces. */
  pieces: number
  /** True while a piece is read by an author's label, or by a rater of unknown severity. */
  provisional: boolean
}

type Trace = { id: string; weight: number } & Likelihood

/** Mean and deviation of everybody, by the definition of the scale. */
export const population = { mean: 0, sd: 1 }

/** θ at a point of the grid. */
export function thetaAt(point: number): number {
  return scale.start + point * scale.step
}

const thetas = Array.from({ length: gridPoints }, (_, point) => thetaAt(point))

/**
 * The belief on a day from all evidence of one person and indicator; without evidence it is the population, N(0, 1)
 * on the grid. The share of a piece follows from ∫ p′(θ) dθ = 0: for a standard normal prior the posterior mean is
 * Σ w·E[ℓ′(θ)], up to the density at the ends of the grid (`edge`).
 */
export function believe(evidence: readonly Evidence[], asOfOn: string, cuts = defaultCuts): Belief {
  const traces = [...evidence].sort(byId).map((piece) => traceOf(piece, asOfOn, cuts))
  const told = summed(traces)
  const grid = posteriorOf(told)
  const { mean, sd } = momentsOf(grid)
  const kindList = evidenceKinds.filter((kind) => evidence.some((piece) => piece.kind === kind))
  const shares = traces.map(({ id, weight, slope }) => ({ id, weight, share: weight * dot(grid, slope) }))
  return {
    mean,
    sd,
    grid,
    told,
    shares,
    edge: mean - shares.reduce((sum, { share }) => sum + share, 0),
    kindList,
    kinds: kindList.length,
    pieces: evidence.length,
    provisional: evidence.some(readByLabel),
  }
}

/** Mean, deviation and grid of a belief so many days later, no evidence having come: every weight has aged alike. */
export function aged({ told }: Pick<Belief, 'told'>, days: number): Pick<Belief, 'mean' | 'sd' | 'grid'> {
  const factor = 0.5 ** (days / halfLifeDays)
  const grid = posteriorOf(told.map((log) => factor * log))
  return { ...momentsOf(grid), grid }
}

/** Mean and deviation under a grid of probabilities. */
function momentsOf(grid: readonly number[]): { mean: number; sd: number } {
  const mean = dot(grid, thetas)
  let variance = 0
  for (let point = 0; point < gridPoints; point += 1)
    variance += (grid[point] ?? 0) * (thetaAt(point) - mean) ** 2
  return { mean, sd: Math.sqrt(variance) }
}

/** E[f(θ)] under a grid of probabilities. */
export function expected(grid: readonly number[], f: (theta: number) => number): number {
  return grid.reduce((sum, mass, point) => sum + mass * f(thetaAt(point)), 0)
}

/** P(θ ≥ cut); between two grid points the logarithm of the density is taken as a straight line. */
export function probabilityAtLeast(belief: Pick<Belief, 'grid'>, cut: number): number {
  const { rises, masses } = cellsOf(belief.grid)
  let below = 0
  for (let cell = 0; cell < masses.length; cell += 1) {
    const part = (cut - thetaAt(cell)) / scale.step
    if (part <= 0) break
    below += (masses[cell] ?? 0) * (part >= 1 ? 1 : shareOfCell(rises[cell] ?? 0, part))
  }
  return Math.min(1, Math.max(0, 1 - below))
}

/** θ below which the given probability lies; the reverse of `probabilityAtLeast`. */
export function quantile(belief: Pick<Belief, 'grid'>, probability: number): number {
  const { rises, masses } = cellsOf(belief.grid)
  let left = probability
  for (let cell = 0; cell < masses.length; cell += 1) {
    const [mass, rise] = [masses[cell] ?? 0, rises[cell] ?? 0]
    if (left <= mass) {
      const share = Math.max(0, left / mass)
      return thetaAt(cell) + scale.step * (isFlat(rise) ? share : Math.log1p(share * Math.expm1(rise)) / rise)
    }
    left -= mass
  }
  return thetaAt(gridPoints - 1)
}

function traceOf(piece: Evidence, asOfOn: string, cuts: readonly number[]): Trace {
  return { id: piece.id, weight: weigh(piece, asOfOn), ...likelihood(readingOf(piece, cuts), scale) }
}

/**
 * Normal prior and weighted log-likelihoods (one value per point of `scale`) as the probability of each grid point, by
 * the trapezoid rule: the two end points count half.
 */
export function posterior(traces: readonly Pick<Trace, 'weight' | 'log'>[], prior = population): number[] {
  return posteriorOf(summed(traces), prior)
}

function summed(traces: readonly Pick<Trace, 'weight' | 'log'>[]): number[] {
  const told = thetas.map(() => 0)
  for (const { weight, log } of traces)
    for (let point = 0; point < gridPoints; point += 1)
      told[point] = (told[point] ?? 0) + weight * (log[point] ?? 0)
  return told
}

// Loops and not array methods from here on: every answer and every rebuild come through here thousands of times.

function posteriorOf(told: readonly number[], prior = population): number[] {
  const grid = thetas.map((theta, point) => (told[point] ?? 0) - 0.5 * ((theta - prior.mean) / prior.sd) ** 2)
  let highest = -Infinity
  for (const log of grid) highest = Math.max(highest, log)
  let total = 0
  for (let point = 0; point < gridPoints; point += 1) {
    const mass = Math.exp((grid[point] ?? 0) - highest) * (isEnd(point) ? 0.5 : 1)
    grid[point] = mass
    total += mass
  }
  for (let point = 0; point < gridPoints; point += 1) grid[point] = (grid[point] ?? 0) / total
  return grid
}

function dot(grid: readonly number[], values: readonly number[]): number {
  let sum = 0
  for (let point = 0; point < gridPoints; point += 1) sum += (grid[point] ?? 0) * (values[point] ?? 0)
  return sum
}

/** What lies between each grid point and the next: its probability, and by how much the log-density rises. */
function cellsOf(grid: readonly number[]): { rises: number[]; masses: number[] } {
  const rises: number[] = []
  const masses: number[] = []
  let total = 0
  let before = logDensity(grid, 0)
  for (let cell = 0; cell < gridPoints - 1; cell += 1) {
    const log = logDensity(grid, cell + 1)
    const rise = log - before
    const mass = Math.exp(before) * (isFlat(rise) ? 1 : Math.expm1(rise) / rise)
    rises.push(rise)
    masses.push(mass)
    total += mass
    before = log
  }
  for (let cell = 0; cell < masses.length; cell += 1) masses[cell] = (masses[cell] ?? 0) / total
  return { rises, masses }
}

function logDensity(grid: readonly number[], point: number): number {
  const mass = grid[point] ?? 0
  return Math.log(Math.max(isEnd(point) ? 2 * mass : mass, 1e-300))
}

/** Share of a cell's probability that lies in the first part of it. */
function shareOfCell(rise: number, part: number): number {
  return isFlat(rise) ? part : Math.expm1(rise * part) / Math.expm1(rise)
}

function isFlat(rise: number): boolean {
  return Math.abs(rise) < 1e-9
}

function isEnd(point: number): boolean {
  return point === 0 || point === gridPoints - 1
}

function readByLabel(piece: Evidence): boolean {
  return piece.kind === 'observation' ? piece.severity === null : piece.calibration === null
}

function byId(one: Evidence, other: Evidence): number {
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0
}
