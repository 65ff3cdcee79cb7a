// Judges all of content/ without a database, as a start from empty would: library, bank, blueprints, against each other.
import { checkLibrary, type CheckedLibrary } from '#course/check-library.server.ts'
import { nothingKnown } from '#course/known.ts'
import type { Problem } from '#course/problem.ts'
import { checkBank, type CheckedBank } from '#assessment/bank/check-bank.ts'
import { filesIn, findBank } from '#assessment/bank/find-bank.server.ts'
import {
  checkBlueprints,
  type CheckedBlueprints,
  type NamedModel,
} from '#assessment/blueprint/check-blueprints.ts'

export type CheckedContent = {
  library: CheckedLibrary
  bank: CheckedBank
  blueprints: CheckedBlueprints
  problems: Problem[]
}

/** Checks a content folder against its capability model. */
export async function checkContent(contentDir: string, model: NamedModel): Promise<CheckedContent> {
  const indicators = new Set(model.dimensions.flatMap(({ indicators: own }) => own.map(({ id }) => id)))
  const known = { ...nothingKnown, indicators }
  const library = await checkLibrary(contentDir, known)
  const sources = library.candidates.map(({ id, meta, sections }) => {
    const text = { title: String(meta['title']), open: true, sections }
    return [id, text] as const
  })
  const taken = library.candidates.flatMap(({ items, file }) => items.map(({ id }) => [id, file] as const))
  const bank = checkBank(await findBank(contentDir), {
    known,
    sources: new Map(sources),
    taken: new Map(taken),
    states: new Map(),
  })
  const blueprints = checkBlueprints(await filesIn(contentDir, 'assessments'), model)
  const problems = [...library.problems, ...bank.problems, ...blueprints.problems]
  return { library, bank, blueprints, problems }
}
