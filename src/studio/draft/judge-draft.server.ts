// What the door says of a draft, with everything that the library knows of it.
import { and, eq, inArray, max, or } from 'drizzle-orm'
import type { Problem } from '#course/problem.ts'
import { read } from '#db/database.server.ts'
import { item, revision } from '#db/schema/library.ts'
import { knownNames } from '#record/capability/model.server.ts'
import type { DraftRow } from '#studio/draft/draft.ts'
import { judgeDraft } from '#studio/judge/judge.server.ts'
import type { Asked, Judged } from '#studio/judge/judge.ts'
import { listsInForce } from '#studio/rules.server.ts'

export type { Judged }

type Content = Pick<Asked, 'content' | 'itemsSource'> & Pick<DraftRow, 'documentId' | 'kind' | 'files'>

/** @throws Refusal for a text that takes too long to read. */
export async function judge({ content, itemsSource, documentId, kind, files }: Content): Promise<Judged> {
  const asked = { kind, file: '正文', content, itemsSource, fileNames: Object.keys(files) }
  const known = await knownOf(documentId, itemsSource)
  const judged = await judgeDraft({ ...asked, known, lists: await listsInForce() })
  return { ...judged, problems: [...otherId(judged, documentId), ...judged.problems] }
}

/** A text that calls itself another document would be checked as that one. */
function otherId({ source, meta }: Judged, documentId: string): Problem[] {
  if (typeof meta['id'] !== 'string' || meta['id'] === documentId) return []
  const line = source.split('\n').findIndex((each) => each.startsWith('id:')) + 1
  const message = `编号写的是${meta['id'].slice(0, 80)}，这份稿子的编号是${documentId}。`
  return [{ file: '正文', line: line || 1, column: 1, message, mend: `在源码里把 id 改回${documentId}。` }]
}

/** What was said of the newest states, for a preview that follows a save; by the hash of the content. */
const said = new Map<string, Judged>()
const mostSaid = 30

/** Keeps what was said of a state that has just been stored. */
export function keepSaid(hash: string, judged: Judged) {
  said.delete(hash)
  said.set(hash, judged)
  for (const oldest of said.keys()) if (said.size > mostSaid) said.delete(oldest)
}

/** The same as it was said when it was stored, if that is still known: enough to look at, not to publish. */
export const judgedLately = async (draft: DraftRow): Promise<Judged> =>
  said.get(draft.hash) ?? (await judgeStored(draft))

/** What is stored of a draft, judged as it stands. */
export const judgeStored = (draft: DraftRow): Promise<Judged> =>
  judge({ ...draft, content: { type: 'source', source: draft.source } })

const itemIds = /\bitm-[a-z0-9-]{1,61}/g
const mostIds = 200

/** Only what this draft could collide with: a library has tens of thousands of items. */
async function knownOf(documentId: string, itemsSource: string | null): Promise<Asked['known']> {
  const ids = [...new Set((itemsSource ?? '').match(itemIds))].slice(0, mostIds)
  const rows = await read
    .select({ id: item.id, revision: item.revision, hash: item.hash, lessonId: item.lessonId })
    .from(item)
    .where(or(eq(item.lessonId, documentId), inArray(item.id, ids)))
  const items: Asked['known']['items'] = {}
  for (const row of rows) {
    const one = (items[row.id] ??= { lessonId: row.lessonId, revisions: {} })
    one.revisions[row.revision] = row.hash
  }
  const [newest] = await read
    .select({ edition: max(revision.edition) })
    .from(revision)
    .where(and(eq(revision.documentId, documentId)))
  const indicators = knownNames().dimensions.flatMap((one) => one.indicators.map(({ id }) => id))
  const editions = newest?.edition ? { [documentId]: newest.edition } : {}
  return { indicators, items, editions }
}
