// The models that a system administrator can look at: in force, of the files, an alternative, an earlier one, an upload.
import { comesWith } from '#plan/model/alternatives.server.ts'
import { readModelFile } from '#plan/model/read-model-file.ts'
import { keepUploads } from '#sheet/kept.server.ts'
import type { Session } from '#people/session.ts'
import { WrongField } from '#people/roster/wrong-field.ts'
import { regroup, type Template } from '#record/capability/model-alternative.ts'
import { modelVersions } from '#record/capability/model-versions.server.ts'
import { modelWithPosts } from '#record/capability/model.server.ts'
import type { ModelWithPosts } from '#record/capability/model.ts'

/** A model, or a template of one, with what it comes from. */
export type Found =
  | { type: 'model'; body: ModelWithPosts; from: 'in-force' | 'files' | 'alternative' | 'version' | 'upload' }
  | { type: 'template'; template: Template }

const uploads = keepUploads<ModelWithPosts>()

/**
 * A model by what names it in an address: `files`, `alternative:<id>`, `version:<instant>`, `upload:<id>`, or nothing for
 * the one in force. Null if there is none.
 */
export async function findModel(session: Session, which: string): Promise<Found | null> {
  const [, kind = '', id = ''] = /^([a-z]+)(?::(.+))?$/.exec(which) ?? []
  const { fromFiles, alternatives } = comesWith()
  if (which === '') return { type: 'model', body: modelWithPosts(), from: 'in-force' }
  if (kind === 'files') return { type: 'model', body: fromFiles, from: 'files' }
  if (kind === 'alternative') {
    const found = alternatives.find((one) => one.id === id)
    if (found?.form === 'template') return { type: 'template', template: found }
    return found ? { type: 'model', body: regroup(found, fromFiles), from: 'alternative' } : null
  }
  if (kind === 'version') {
    const body = (await modelVersions()).find(({ fromAt }) => fromAt === id)?.body
    return body ? { type: 'model', body, from: 'version' } : null
  }
  const body = kind === 'upload' ? uploads.of(session.person.id, id) : null
  return body && { type: 'model', body, from: 'upload' }
}

/**
 * Reads an uploaded model and keeps it to be looked at.
 * @returns what names it in an address, or what is wrong with the file.
 * @throws WrongField if there is no file.
 */
export async function takeModel(
  session: Session,
  file: File | null | undefined,
): Promise<{ look: string } | { problems: string[] }> {
  if (!file || file.size === 0) throw new WrongField('file', 'invalid', '没有收到文件。', '请选填好的文件。')
  const read = readModelFile(new Uint8Array(await file.arrayBuffer()), modelWithPosts())
  if ('problems' in read) return read
  return { look: `upload:${uploads.keep(session.person.id, read.read)}` }
}
