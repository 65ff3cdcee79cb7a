// When two graders agree on a short answer, and what it is worth then. Pure.
import { possibleOf, type Criterion } from '#quiz/kinds/short-answer/kind.ts'

/** Points by criterion of the rubric, and whether they settle what two disagreed on. */
export type GivenMark = { points: Readonly<Record<string, number>>; settles: boolean }

/**
 * - `waiting`: so many marks are missing.
 * - `agreed`: what is stored.
 * - `disagreed`: the totals of the two are too far apart.
 */
export type Agreement =
  | { type: 'waiting'; missing: number }
  | { type: 'agreed'; earned: number; possible: number }
  | { type: 'disagreed'; totals: [number, number]; tolerance: number }

/**
 * The part of all points by which two may differ: a sixth. One point of six, two of twelve; below six points they must
 * be equal. A design choice, for rubrics of few whole points.
 */
const toleranceShare = 1 / 6

/** Points by which the totals of two graders may differ: whole. */
export const toleranceOf = (rubric: readonly Criterion[]) =>
  Math.floor(possibleOf(rubric) * toleranceShare + 1e-9)

/** What a grader gave in all. A criterion without points counts nothing, one that the rubric does not have neither. */
export const totalOf = (rubric: readonly Criterion[], points: GivenMark['points']) =>
  rubric.reduce((sum, { id, points: most }) => {
    const given = Object.hasOwn(points, id) ? (points[id] ?? 0) : 0
    return sum + Math.min(Math.max(given, 0), most)
  }, 0)

/**
 * What some marks of different graders come to. Two within the tolerance: their mean, which is in halves because points
 * are whole. Whatever settles counts alone. The order of the marks does not matter.
 */
export function agree(marks: readonly GivenMark[], rubric: readonly Criterion[]): Agreement {
  const possible = possibleOf(rubric)
  const settling = marks.find(({ settles }) => settles)
  if (settling) return { type: 'agreed', earned: totalOf(rubric, settling.points), possible }
  const [first, second] = marks.map(({ points }) => totalOf(rubric, points)).sort((a, b) => a - b)
  if (first === undefined || second === undefined) return { type: 'waiting', missing: 2 - marks.length }
  const tolerance = toleranceOf(rubric)
  return second - first <= tolerance
    ? { type: 'agreed', earned: (first + second) / 2, possible }
    : { type: 'disagreed', totals: [first, second], tolerance }
}
