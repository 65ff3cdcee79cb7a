// A model as a file in each of its formats.
import { findModel } from '#plan/model/find-model.server.ts'
import { modelCsv, templateCsv } from '#plan/model/model-csv.ts'
import { casePackage } from '#plan/model/write-case.ts'
import type { Session } from '#people/session.ts'
import { modelInUse, modelWithPosts } from '#record/capability/model.server.ts'

/** The files that a model can be downloaded as, by the last part of the address. */
export const modelFormats = {
  'model.csv': { text: 'CSV表格', ending: 'csv' },
  'model.json': { text: 'JSON', ending: 'json' },
  'case.json': { text: 'CASE 1.1', ending: 'json' },
} as const

type File = { content: string; ending: 'csv' | 'json'; plain: string; name: string }

/**
 * @param look what findModel() names it by.
 * @returns null if there is no such format or model; a template is a table only.
 */
export async function modelFile(session: Session, format: string, look: string): Promise<File | null> {
  const known = Object.entries(modelFormats).find(([name]) => name === format)?.[1]
  const found = known && (await findModel(session, look))
  if (!found) return null
  if (found.type === 'template') {
    if (format !== 'model.csv') return null
    const { id, title } = found.template
    return { content: templateCsv(found.template, modelWithPosts()), ending: 'csv', plain: id, name: title }
  }
  const { id, title } = found.body.model
  const [, instant] = /^version:(.+)$/.exec(look) ?? []
  // The files' own models have no day; any fixed one gives the same file each time.
  const at = instant ?? modelInUse().since ?? '2026-01-01T00:00:00.000Z'
  const content =
    format === 'model.csv'
      ? modelCsv(found.body)
      : JSON.stringify(format === 'case.json' ? casePackage(found.body, at) : found.body, null, 2)
  const kind = format === 'case.json' ? '-case' : ''
  return { content, ending: known.ending, plain: `${id}${kind}`, name: `${title}${kind}` }
}
