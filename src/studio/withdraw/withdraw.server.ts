// Takes a document from readers 撤展, and shows it again. Readers see it at once; the audit log says who and why.
import { eq } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { libraryChanged } from '#course/library-change.server.ts'
import { withdrawIn } from '#course/publish.server.ts'
import { dayOf } from '#day.ts'
import { write, type Database } from '#db/database.server.ts'
import { document } from '#db/schema/library.ts'
import { unit } from '#db/schema/people.ts'
import { noteAct } from '#people/audit.server.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'
import { requirePublisher } from '#studio/withdraw/require-publisher.ts'

type Row = typeof document.$inferSelect

/** Takes a document from readers; with a course its lessons. @param reason readers are shown it. @throws Refusal */
export async function withdraw(by: Session, id: string, reason: string): Promise<void> {
  await changeDocument(by, id, async (tx, { withdrawnAt, withdrawnReason }) => {
    if (withdrawnAt !== null) {
      const why = withdrawnReason ? `，写的原因是：${withdrawnReason.replace(/。$/, '')}` : ''
      const hint = '要换一个原因，先重新展出，再撤展一次。'
      throw new Refusal('already-done', `这一份${dayOf(withdrawnAt)}已经撤展${why}。`, hint)
    }
    await withdrawIn(tx, id, { at: now().toISOString(), reason })
    await noteAct(tx, by.person.id, 'document-withdrawn', id, { reason })
  })
}

/** Shows it again, as it was published last. @throws Refusal */
export async function restore(by: Session, id: string, reason: string): Promise<void> {
  await changeDocument(by, id, async (tx, { withdrawnAt }) => {
    if (withdrawnAt === null) throw new Refusal('already-done', '这一份没有撤展，或者已经重新展出。')
    await withdrawIn(tx, id, null)
    await noteAct(tx, by.person.id, 'document-restored', id, { reason })
  })
}

/**
 * Changes what readers see of a document in one transaction, then tells whoever keeps pages.
 * @throws Refusal if there is none, or somebody else publishes it
 */
export async function changeDocument(
  by: Session,
  id: string,
  change: (tx: Database, found: Row) => Promise<void>,
): Promise<void> {
  const parentId = await write(async (tx) => {
    const [found] = await tx
      .select({ document, unitPath: unit.path })
      .from(document)
      .leftJoin(unit, eq(unit.id, document.unitId))
      .where(eq(document.id, id))
    if (!found) throw new Refusal('not-found', '馆里没有这一份。', '请从馆藏里找。')
    requirePublisher(by, found.unitPath)
    await change(tx, found.document)
    return found.document.parentId
  })
  libraryChanged(id, ...(parentId ? [parentId] : []))
}
