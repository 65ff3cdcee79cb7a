// Brings what content/ holds into force when the process starts: rules first, then the library.
import { join } from 'node:path'
import { forgetAsked } from '#course/asked.server.ts'
import { importLibrary, type ImportReport } from '#course/import.server.ts'
import { renewIndex } from '#course/indexed.server.ts'
import { describeProblem } from '#course/problem.ts'
import { log } from '#process/log.server.ts'
import { invalidateTags } from '#process/front-cache.server.ts'
import { readRules, useRules } from '#process/rules-at-start.server.ts'
import { indicatorsOf } from '#record/capability/model.ts'
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
  const indicators = new Set(indicatorsOf(rules.model).map(({ id }) => id))
  const report = await importLibrary({ contentDir, dataDir, indicators })
  await renewIndex()
  forgetAsked()
  invalidateTags(['library'])
  for (const problem of report.problems) log.warn({ file: problem.file }, describeProblem(problem))
  for (const file of report.conflicts)
    log.warn({ file }, '文件和工作室里的改动有冲突，工作室的版本仍在展出。')
  return report
}
