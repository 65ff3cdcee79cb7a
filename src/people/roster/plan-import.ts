// What an import would do, row by row, before anything is written. Rows act one after another on a picture of the
// roster, so the same file on the same roster always gives the same plan, and a second import changes nothing.
import type { Held, Post, WantedAssignment } from '#people/roster/assignment.ts'
import { tidyNumber } from '#people/number.ts'
import { planAssignment, type AssignmentPlan } from '#people/roster/plan-assignment.ts'
import { planUnit, type UnitPicture } from '#people/roster/plan-unit.ts'
import { readCells, type Entry } from '#people/roster/read-cells.ts'
import type { RosterRow } from '#people/roster/read-roster.ts'

export type KnownPerson = {
  id: string
  number: string
  name: string
  closed: boolean
  inScope: boolean
  held: Held[]
}

/** The roster as it is: persons by `tidyNumber`, units by their names from the root, joined by "/". */
export type Picture = { people: Map<string, KnownPerson>; units: UnitPicture; posts: Post[] }

export type ImportChoices = {
  /** 新建不存在的单位 */
  makeUnits: boolean
  /** 主职有变动的，原主职到新任职的前一天为止 */
  endFormer: boolean
}

/** What becomes of a row, with a sentence for the page. */
export type PlannedRow = {
  row: RosterRow
  act: 'add-person' | 'add-assignment' | 'same' | 'error'
  says: string
}

/** Everything to write. New persons, units and assignments are named by the ids that `newId` gave. */
export type Changes = {
  units: { id: string; parentId: string; path: string; name: string }[]
  people: { id: string; number: string; name: string }[]
  assignments: (Held & { personId: string })[]
  ends: { id: string; toOn: string }[]
}

export type ImportPlan = { rows: PlannedRow[]; changes: Changes }

/** @param newId gives a fresh id at each call. */
export function planImport(
  rows: RosterRow[],
  picture: Picture,
  choices: ImportChoices,
  newId: () => string,
): ImportPlan {
  const work: Work = {
    picture: { ...picture, people: new Map(picture.people), units: new Map(picture.units) },
    choices,
    newId,
    changes: { units: [], people: [], assignments: [], ends: [] },
  }
  return { rows: rows.map((row) => ({ row, ...planRow(row, work) })), changes: work.changes }
}

type Work = { picture: Picture; choices: ImportChoices; newId: () => string; changes: Changes }
type Verdict = Pick<PlannedRow, 'act' | 'says'>

const wrong = (says: string): Verdict => ({ act: 'error', says })

function planRow(row: RosterRow, work: Work): Verdict {
  const read = readCells(row, work.picture.posts)
  if ('problems' in read) return wrong(read.problems.join(''))
  const { entry } = read
  const known = work.picture.people.get(tidyNumber(entry.number))
  const stranger = known && refusePerson(known, entry)
  if (stranger) return wrong(stranger)
  const place = planUnit(entry.units, work.picture.units, work.choices.makeUnits, work.newId)
  if ('problem' in place) return wrong(place.problem)
  const wanted = { unitId: place.unitId, post: entry.post, fromOn: entry.fromOn, main: entry.main }
  const plan = planAssignment(known?.held ?? [], wanted, work.choices.endFormer)
  if (plan.kind !== 'add') return sayUnchanged(plan, entry, work.picture)
  for (const unit of place.make) {
    work.picture.units.set(unit.names, { id: unit.id, path: unit.path, inScope: true })
    work.changes.units.push({ id: unit.id, parentId: unit.parentId, path: unit.path, name: unit.name })
  }
  const made = place.make.length > 0 ? `新建单位${place.make.map((unit) => unit.name).join('、')}。` : ''
  const ended = applyAdd(known, entry, wanted, plan, work)
  return { act: known ? 'add-assignment' : 'add-person', says: made + ended }
}

/** Why a row may not touch the person with this number. */
function refusePerson(known: KnownPerson, entry: Entry): string | null {
  if (!known.inScope) return '这个工号由范围以外的人使用。核对工号，或请上级管理员办理。'
  if (known.name !== entry.name) {
    return `工号${known.number}已是“${known.name}”。核对工号；如果是改名，先在他的人员页改正姓名。`
  }
  return known.closed ? '这个账号已停用。先在他的人员页恢复账号，再导入。' : null
}

function sayUnchanged(
  plan: Exclude<AssignmentPlan, { kind: 'add' }>,
  entry: Entry,
  picture: Picture,
): Verdict {
  const { held } = plan
  const post = picture.posts.find((one) => one.id === held.post)?.name ?? held.post
  if (plan.kind === 'clash') {
    return wrong(
      `从${held.fromOn}起他的主职是“${post}”，一天只能有一个主职。“是否主职”写“否”，或先结束原主职，或勾选“原主职自动结束”（新任职要晚于原主职）。`,
    )
  }
  if (plan.differs.includes('main')) {
    return wrong(
      `这个任职已有，记为${held.main ? '主职' : '兼职'}，与本行${entry.main ? '“是”' : '“否”'}不同。改成一致，或在人员页先结束它。`,
    )
  }
  const ended = held.toOn ? `，到${held.toOn}止` : ''
  return {
    act: 'same',
    says: `已有这个任职，从${held.fromOn}起${ended}。${plan.differs.length > 0 ? '以已有的日期为准。' : ''}`,
  }
}

/** Adds the assignment, and the person if new, to the picture and to the changes; says which former post ends. */
function applyAdd(
  known: KnownPerson | undefined,
  entry: Entry,
  wanted: WantedAssignment,
  plan: Extract<AssignmentPlan, { kind: 'add' }>,
  work: Work,
): string {
  const { picture, changes, newId } = work
  const person = known ?? {
    id: newId(),
    number: entry.number,
    name: entry.name,
    closed: false,
    inScope: true,
    held: [],
  }
  if (!known) changes.people.push({ id: person.id, number: person.number, name: person.name })
  const added: Held = { ...wanted, id: newId(), toOn: null, mine: true }
  changes.assignments.push({ ...added, personId: person.id })
  for (const { held, toOn } of plan.end) endIn(changes, held.id, toOn)
  const held = person.held.map((one) => ({
    ...one,
    toOn: plan.end.find((end) => end.held.id === one.id)?.toOn ?? one.toOn,
  }))
  picture.people.set(tidyNumber(entry.number), { ...person, held: [...held, added] })
  const post = (id: string) => picture.posts.find((one) => one.id === id)?.name ?? id
  return plan.end.map((end) => `原主职“${post(end.held.post)}”到${end.toOn}止。`).join('')
}

/** An assignment of this very file is ended where it is added; one that stood before gets an end. */
function endIn(changes: Changes, id: string, toOn: string) {
  const fresh = changes.assignments.find((one) => one.id === id)
  if (fresh) fresh.toOn = toOn
  else changes.ends.push({ id, toOn })
}
