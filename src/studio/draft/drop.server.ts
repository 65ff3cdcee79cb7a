// Gives up a draft: it leaves the lists, and what was written and said stays on record.
import { eq } from 'drizzle-orm'
import { write } from '#db/database.server.ts'
import { draft } from '#db/schema/studio.ts'
import { noteAct } from '#people/audit.server.ts'
import type { Session } from '#people/session.ts'
import { draftToWrite } from '#studio/draft/load.server.ts'

/** @throws Refusal */
export async function dropDraft(by: Session, id: string): Promise<void> {
  await write(async (tx) => {
    await draftToWrite(by, id, tx)
    await tx.update(draft).set({ state: 'dropped', publishAt: null }).where(eq(draft.id, id))
    await noteAct(tx, by.person.id, 'draft-dropped', id)
  })
}
