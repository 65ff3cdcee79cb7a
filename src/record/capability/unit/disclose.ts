// What of the counts of units may be shown, so that nothing hidden can be computed from what is shown anywhere.
//
// Whoever sees every page (the unit, those above it, its siblings, all below, the numbers, the whole percents and the
// distributions together) finds for every hidden count at least two tables of persons that fit all of it; and for a share
// that is only said to be at most 20 % or at least 80 %, one in which it is not none and one in which it is not all.
// What is decided of a unit follows from the units above it and the siblings of each, so all pages agree.
//
// Not promised:
// - anything to whom goes through the tables that fit and asks of each whether these same rules would have hidden the
//   same cells: the choice of what is hidden may tell a little more than what is shown;
// - that two days tell no more than one: figures of now are for those who may see the persons;
// - that nobody was measured in a unit: that is no secret, and its empty cell may be found to be empty; the same for a
//   unit whose posts set no target;
// - anything to whom knows persons: their posts, or that everybody of a unit was measured;
// - that a unit has nobody whose evidence does not say, where the unit above it is shown with such an interval;
// - anything about a hidden cell to whom links levels with statuses (who reaches a target is at its level or above);
//   so where a share is hidden to protect others, the distribution is hidden as well.
import { percentOf, shownOf, type Cell } from '#record/capability/unit/cell.ts'
import { hideBeside, seatAtTop, seatsOf, type Part, type Seat } from '#record/capability/unit/family.ts'
import type { Sorting } from '#record/capability/unit/slack.ts'
import { aimedOf, measuredOf, nobody, without, type Tally } from '#record/capability/unit/tally.ts'

/** A unit of the tree. */
export type Unit = { id: string; parentId: string | null }

/** Fewest persons measured of whom a number and a share are shown; of a distribution. */
export const leastForShare = 5
export const leastForLevels = 10

/** Reached, evidence does not say, not reached. */
const statuses: Sorting = {
  least: leastForShare,
  secret: [0, 2],
  face: ([reached = 0, uncertain = 0], total) =>
    percentOf(reached, total) * 101 + percentOf(reached + uncertain, total),
}

const levels: Sorting = {
  least: leastForLevels,
  secret: [0, 1, 2, 3, 4],
  face: (by, total) => by.reduce((face, n) => face * 101 + percentOf(n, total), 0),
}

/** The key of the members that belong to a unit itself and to none of its sub-units: 本级. */
export const ownOf = (unitId: string): string => `${unitId}/own`

/**
 * The cells of units and of 本级 of each, by indicator.
 * @param units a unit, those above it up to the root, and of each of them all sub-units; or the whole tree. The order
 * does not matter.
 * @param totals tallies by unit and indicator, each with all below the unit; what is missing is nobody.
 * @param sameDay false for tallies that were published one by one: what a unit has beyond its parts would be the count
 * of nobody then, and 本级 is not shown.
 */
export function cellsOf(
  units: readonly Unit[],
  totals: ReadonlyMap<string, ReadonlyMap<string, Tally>>,
  sameDay = true,
): Map<string, Map<string, Cell>> {
  const below = Map.groupBy(units, ({ parentId }) => parentId)
  const ids = new Set(units.map(({ id }) => id))
  const roots = units.filter(({ parentId }) => parentId === null || !ids.has(parentId))
  const indicators = new Set([...totals.values()].flatMap((tallies) => [...tallies.keys()]))
  const cells = new Map(units.map(({ id }) => [id, new Map<string, Cell>()]))
  for (const { id } of units) if (below.has(id)) cells.set(ownOf(id), new Map())
  for (const indicator of indicators) {
    const memberOf = ({ id }: Unit): Member => ({
      ...{ id, tally: totals.get(id)?.get(indicator) ?? nobody, mayShow: true },
    })
    const membersIn = (member: Member) =>
      membersOf(member, (below.get(member.id) ?? []).map(memberOf), sameDay)
    for (const top of roots.map(memberOf)) {
      disclose(top, atTop(top), membersIn, (id, cell) => cells.get(id)?.set(indicator, cell))
    }
  }
  return cells
}

/** A unit, or 本级 of one. */
type Member = { id: string; tally: Tally; mayShow: boolean }

/** What is decided of a unit. */
type Decision = { measured: boolean; share: Seat | null; levels: Seat | null }

/** Sub-units and the members of the unit itself; none of a unit without sub-units. */
function membersOf({ id, tally }: Member, parts: readonly Member[], sameDay: boolean): Member[] {
  if (parts.length === 0) return []
  const own = without(
    tally,
    parts.map((part) => part.tally),
  )
  const counts = [own.reached, own.notReached, own.uncertain, own.noTarget, ...own.levels]
  const isCount = counts.every((n) => n >= 0)
  return [...parts, { id: ownOf(id), tally: isCount ? own : nobody, mayShow: sameDay }]
}

/** Says the cell of a unit and goes on with what is below it. */
function disclose(
  member: Member,
  decision: Decision,
  membersIn: (member: Member) => Member[],
  say: (id: string, cell: Cell) => void,
): void {
  say(member.id, cellOf(member.tally, decision))
  const members = membersIn(member)
  const decisions = within(decision, members)
  for (const [i, one] of members.entries()) disclose(one, decisions[i] ?? closed, membersIn, say)
}

const closed: Decision = { measured: false, share: null, levels: null }

function atTop(top: Member): Decision {
  const measured = measuredOf(top.tally) >= leastForShare
  const share = seatAtTop(statuses, statusPart(top, measured))
  return { measured, share, levels: seatAtTop(levels, levelPart(top, measured, share)) }
}

function within(whole: Decision, members: readonly Member[]): Decision[] {
  const measured = numbersShown(whole.measured, members)
  const open = (i: number) => measured[i] === true
  const parts = members.map((one, i) => statusPart(one, open(i)))
  const shares = whole.share ? seatsOf(statuses, whole.share, parts) : []
  const levelParts = members.map((one, i) => levelPart(one, open(i), shares[i] ?? null))
  const distributions = whole.levels ? seatsOf(levels, whole.levels, levelParts) : []
  return members.map((_, i) => ({
    measured: open(i),
    share: shares[i] ?? null,
    levels: distributions[i] ?? null,
  }))
}

/** Whose number of measured is shown. */
function numbersShown(whole: boolean, members: readonly Member[]): boolean[] {
  if (!whole) return members.map(() => false)
  const sizes = members.map(({ tally }) => ({ by: [], total: measuredOf(tally) }))
  const hidden = new Set(
    [...members.keys()].filter((i) => !members[i]?.mayShow || (sizes[i]?.total ?? 0) < leastForShare),
  )
  hideBeside(leastForShare, sizes, hidden)
  return members.map((_, i) => !hidden.has(i))
}

function statusPart({ id, tally }: Member, mayShow: boolean): Part {
  const { reached, uncertain, notReached } = tally
  return { id, by: [reached, uncertain, notReached], total: aimedOf(tally), mayShow }
}

function levelPart({ id, tally }: Member, open: boolean, share: Seat | null): Part {
  const mayShow = open && (share !== null || aimedOf(tally) < leastForShare)
  return { id, by: tally.levels, total: measuredOf(tally), mayShow }
}

function cellOf(tally: Tally, decision: Decision): Cell {
  const [measured, aimed] = [measuredOf(tally), aimedOf(tally)]
  const { reached, uncertain } = tally
  return {
    measured: decision.measured ? measured : null,
    share: decision.share && {
      sure: shownOf(reached, aimed),
      possible: shownOf(reached + uncertain, aimed),
    },
    levels: decision.levels && tally.levels.map((n) => shownOf(n, measured)),
  }
}
