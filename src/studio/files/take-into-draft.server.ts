// What POST /studio/file does: a file is taken and stands beside the text of a draft.
import { settings } from '#env.ts'
import type { Session } from '#people/session.ts'
import { draftToWrite } from '#studio/draft/load.server.ts'
import { addFile } from '#studio/draft/save.server.ts'
import { takeFile, type Sent, type Taken } from '#studio/files/take-file.server.ts'

/**
 * Asks first whether the person may write in the draft, so that nobody sends in vain; and again when it is added.
 * @returns the name that it has in the draft. @throws Refusal
 */
export async function takeIntoDraft(by: Session, draft: string, sent: Sent): Promise<Taken> {
  await draftToWrite(by, draft)
  const taken = await takeFile(settings.dataDir, sent)
  return { ...taken, name: await addFile(by, draft, taken.name, taken.stored) }
}
