// Goes back to an older revision: its content is published as a new revision, so that what was learnt from those in
// between can still be explained.
import { and, eq, max } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { contentHash } from '#course/content-hash.ts'
import { itemsOf } from '#course/library.server.ts'
import { publishIn } from '#course/publish.server.ts'
import { document, revision } from '#db/schema/library.ts'
import { noteAct } from '#people/audit.server.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'
import { withMeta } from '#studio/draft/frontmatter.ts'
import { changeDocument } from '#studio/withdraw/withdraw.server.ts'

type Revision = typeof revision.$inferSelect

/**
 * Publishes what a revision said once more. The items are asked in the wording that they had in it; the edition stays
 * the newest, so that nobody loses or earns hours by it. A withdrawn document stays withdrawn.
 * @throws Refusal
 */
export async function rollBack(by: Session, id: string, number: number, reason: string): Promise<void> {
  await changeDocument(by, id, async (tx, { kind, slug, parentId, position, publishedRevisionId }) => {
    const [old] = await tx
      .select()
      .from(revision)
      .where(and(eq(revision.documentId, id), eq(revision.number, number)))
    if (!old) throw new Refusal('not-found', `没有第${number}次修订。`, '请从下面的各次修订里选。')
    const [shown] = await tx
      .select({ number: revision.number, hash: revision.hash })
      .from(document)
      .innerJoin(revision, eq(revision.id, document.publishedRevisionId))
      .where(eq(document.id, id))
    const [newest] = await tx
      .select({ edition: max(revision.edition) })
      .from(revision)
      .where(eq(revision.documentId, id))
    const written = inEdition(old, newest?.edition ?? old.edition)
    if (old.id === publishedRevisionId || written.hash === shown?.hash)
      throw new Refusal('already-done', `现在用的和第${number}次修订一个字不差，没有改动。`)
    const { itemsSource, files, tree, sections, minutes, reviewer, draftId } = old
    const items = [...(await itemsOf(old.id)).values()]
    const rest = { itemsSource, files, tree, sections, minutes, reviewer, items }
    const making = { at: now().toISOString(), origin: 'studio' as const, author: by.person.id, draftId }
    await publishIn(tx, { id, kind, slug, parentId, position, ...written, ...rest }, {}, making)
    await noteAct(tx, by.person.id, 'document-rolled-back', id, { from: shown?.number, to: number, reason })
  })
}

/** What was written, with the edition that it is published in now: files would be refused if it went down. */
function inEdition({ source, itemsSource, files, meta, hash, edition }: Revision, newest: number) {
  if (edition >= newest) return { source, meta, hash, edition }
  const renewed = withMeta(source.replaceAll('\r\n', '\n'), { edition: newest })
  return {
    source: renewed,
    meta: { ...meta, edition: newest },
    hash: contentHash({ source: renewed, itemsSource, files }),
    edition: newest,
  }
}
