// Begins a draft from the form of /studio/new: empty, or with the text and pictures of a Word file. What could not be
// brought over stands as remarks on the draft, so that it is seen while the draft is mended.
import { Readable } from 'node:stream'
import { v7 } from 'uuid'
import { now } from '#clock.server.ts'
import { write } from '#db/database.server.ts'
import { remark } from '#db/schema/studio.ts'
import { settings } from '#env.ts'
import { WrongField } from '#people/roster/wrong-field.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'
import { startDraft } from '#studio/draft/begin.server.ts'
import type { DraftKind } from '#studio/draft/draft.ts'
import { takeFile } from '#studio/files/take-file.server.ts'
import { importWord } from '#studio/word/import-word.server.ts'

type Sent = {
  kind: DraftKind
  title: string
  course?: string | null | undefined
  unit?: string | null | undefined
  file?: File | null | undefined
}

/** @returns the id of the draft. @throws Refusal, WrongField; then nothing was begun. */
export async function startByForm(by: Session, { file, ...asked }: Sent): Promise<string> {
  if (!file || file.size === 0) {
    if (asked.title === '') throw new WrongField('title', 'invalid', '请写题目，以后还可以改。')
    return startDraft(by, asked)
  }
  const word = await importWord(new Uint8Array(await file.arrayBuffer())).catch(besideFile)
  const files: Record<string, string> = {}
  const lost = [...word.lost]
  for (const { name, bytes } of word.pictures) {
    try {
      files[name] = (await takeFile(settings.dataDir, { name, stream: Readable.from([bytes]) })).stored
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      lost.push({ what: error.message, where: name, mend: error.hint })
    }
  }
  const title = asked.title || word.title || file.name.replace(/\.docx$/i, '')
  const id = await startDraft(by, { ...asked, title: title.slice(0, 60), body: word.source, files })
  const at = now().toISOString()
  const remarks = lost.map(({ what, where, mend }) => ({
    ...{ id: v7(), draftId: id, personId: by.person.id, at },
    ...{ passage: where, text: `从Word带过来时：${what}${mend}` },
  }))
  if (remarks.length > 0) await write((tx) => tx.insert(remark).values(remarks))
  return id
}

function besideFile(error: unknown): never {
  if (error instanceof Refusal) throw new WrongField('file', error.kind, error.message, error.hint)
  throw error
}
