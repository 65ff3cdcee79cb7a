// Brings what content/ holds into force when the process starts: rules first, then the library.
import { join } from 'node:path'
import { importBank } from '#assessment/bank/import-bank.server.ts'
import { importBlueprints } from '#assessment/blueprint/import-blueprints.server.ts'
import { forgetAsked } from '#course/asked.server.ts'
import { importLibrary, type ImportReport } from '#course/import.server.ts'
import { renewIndex } from '#course/indexed.server.ts'
import { describeProblem } from '#course/problem.ts'
import { log } from '#process/log.server.ts'
import { invalidateTags } from '#process/front-cache.server.ts'
import { readRules, useRules } from '#process/rules-at-start.server.ts'
import { knownNames } from '#record/capability/model.server.ts'
import { forgetSegments } from '#record/hours/segment.server.ts'
import { forgetVersions } from '#record/versions.server.ts'

/** The content that comes with this installation. */
export const contentDir = join(import.meta.dirname, '..', '..', 'content')

/**
 * Reads rules and library. A bad lesson is refused and reported, the rest goes on; a bad rule file stops the start.
 * @throws Error that lists what is wrong with the rule files.
 */
export async function bringInContent({
  dataDir,
  hourRule,
}: {
  dataDir: string
  hourRule: string
}): Promise<ImportReport> {
  forgetVersions()
  forgetSegments()
  const rules = readRules(contentDir)
  await useRules(rules, hourRule)
  // Files may go on naming what an earlier model had.
  const names = knownNames()
  const indicators = new Set(names.dimensions.flatMap((one) => one.indicators.map(({ id }) => id)))
  const report = await importLibrary({ contentDir, dataDir, indicators })
  await renewIndex()
  forgetAsked()
  invalidateTags(['library', 'model'])
  // Passages of the bank are from what is published by now.
  const bank = await importBank(contentDir, indicators)
  const tests = await importBlueprints(contentDir, names)
  const problems = [...report.problems, ...bank.problems, ...tests.problems]
  for (const problem of problems) log.warn({ file: problem.file }, describeProblem(problem))
  for (const file of report.conflicts)
    log.warn({ file }, '文件和工作室里的改动有冲突，工作室的版本仍在展出。')
  for (const item of bank.conflicts)
    log.warn({ item }, '这道题在文件里和站上都改过，用的仍是站上的，请到题库页决定。')
  for (const item of bank.missing) log.warn({ item }, '文件里已没有这道题，题库里还在用。')
  for (const id of tests.missing) log.warn({ id }, '这份测评的文件没有了，不再开放。')
  return report
}
