// Importing a roster: look at what every row would do, then do it in one transaction. Nothing that the browser
// kept in between is trusted: the text is read and planned again on the roster as it is then.
import { v7 } from 'uuid'
import { read, write } from '#db/database.server.ts'
import type { Post } from '#people/roster/assignment.ts'
import { applyChanges } from '#people/roster/apply-changes.server.ts'
import { noteAct } from '#people/audit.server.ts'
import { loadPicture } from '#people/roster/picture.server.ts'
import {
  planImport,
  type ImportChoices,
  type ImportPlan,
  type PlannedRow,
} from '#people/roster/plan-import.ts'
import { readRoster } from '#people/roster/read-roster.ts'
import { scopeOf } from '#people/roster/scope.ts'
import { forgetPerson } from '#people/session.server.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'

export type ImportCounts = Record<PlannedRow['act'], number> & { units: number }

export type ImportPreview = { rows: PlannedRow[]; counts: ImportCounts } | { problems: string[] }

/** What an import of this text would do, without doing it. */
export async function previewImport(
  session: Session,
  text: string,
  choices: ImportChoices,
  posts: Post[],
): Promise<ImportPreview> {
  const roster = readRoster(text)
  if ('problems' in roster) return roster
  const picture = await loadPicture(read, scopeOf(session, 'system-admin'), roster.rows, posts)
  const plan = planImport(roster.rows, picture, choices, v7)
  return { rows: plan.rows, counts: countRows(plan) }
}

/**
 * Imports the rows in one transaction; a second import of the same text changes nothing.
 * @param skipErrors leaves out the rows that are in error, instead of refusing all.
 * @throws Refusal `invalid` if a row is in error and may not be skipped.
 */
export async function applyImport(
  session: Session,
  text: string,
  choices: ImportChoices & { skipErrors: boolean },
  posts: Post[],
): Promise<ImportCounts> {
  const roster = readRoster(text)
  if ('problems' in roster) throw new Refusal('invalid', roster.problems.join(''), '没有写入任何一行。')
  const { counts, changed } = await write(async (tx) => {
    const scope = scopeOf(session, 'system-admin')
    const plan = planImport(roster.rows, await loadPicture(tx, scope, roster.rows, posts), choices, v7)
    const counts = countRows(plan)
    if (counts.error > 0 && !choices.skipErrors) throw refuseErrors(counts.error)
    await applyChanges(tx, plan.changes)
    await noteAct(
      tx,
      session.person.id,
      'roster-imported',
      scope[0]?.split('/').at(-2) ?? '',
      detailOf(plan, counts),
    )
    return { counts, changed: new Set(plan.changes.assignments.map((one) => one.personId)) }
  })
  for (const personId of changed) forgetPerson(personId)
  return counts
}

const refuseErrors = (errors: number) =>
  new Refusal('invalid', `有${errors}行有错，没有写入任何一行。`, '改好再上传，或勾选“跳过有错的行”。')

function countRows(plan: ImportPlan): ImportCounts {
  const counts = { 'add-person': 0, 'add-assignment': 0, same: 0, error: 0, units: plan.changes.units.length }
  for (const row of plan.rows) counts[row.act]++
  return counts
}

/** Who and what was changed, by ids: the log outlives the people in it. */
function detailOf(plan: ImportPlan, counts: ImportCounts) {
  const added = plan.changes.people.map((one) => one.id)
  const assigned = [...new Set(plan.changes.assignments.map((one) => one.personId))]
  const ended = plan.changes.ends.map((end) => end.id)
  return { counts, units: plan.changes.units.map((unit) => unit.id), added, assigned, ended }
}
