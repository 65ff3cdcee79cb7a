// Decides for a document that was changed in its file and in the studio; until then what readers see stays.
import { desc, eq } from 'drizzle-orm'
import { document, revision } from '#db/schema/library.ts'
import { noteAct } from '#people/audit.server.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'
import { changeDocument } from '#studio/withdraw/withdraw.server.ts'

/**
 * `site`: what is here stays, and the file is left until it changes again. `file`: the file takes its place at the next
 * import. @throws Refusal
 */
export async function settleFileConflict(by: Session, id: string, keep: 'site' | 'file'): Promise<void> {
  await changeDocument(by, id, async (tx, { conflictHash }) => {
    if (conflictHash === null) throw new Refusal('already-done', '这一份没有冲突要处理。')
    const [newest] = await tx
      .select({ hash: revision.hash })
      .from(revision)
      .where(eq(revision.documentId, id))
      .orderBy(desc(revision.number))
      .limit(1)
    const importedHash = keep === 'site' ? conflictHash : (newest?.hash ?? conflictHash)
    await tx.update(document).set({ conflictHash: null, importedHash }).where(eq(document.id, id))
    await noteAct(tx, by.person.id, 'file-conflict-settled', id, { keep })
  })
}
