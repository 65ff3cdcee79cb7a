// What the page of the capability model shows an administrator: what is in force, what was, and what another would change.
import { and, asc, gt, lte, max, sum } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { belief } from '#db/schema/record.ts'
import { compareModels, type ModelChange } from '#plan/model/compare-models.ts'
import { findModel, type Found } from '#plan/model/find-model.server.ts'
import { asInForce } from '#plan/model/put-in-force.server.ts'
import type { Session } from '#people/session.ts'
import { indicatorNamed, modelWithPosts } from '#record/capability/model.server.ts'
import type { ModelWithPosts } from '#record/capability/model.ts'

/** What would come of a model: as it would be put in force, and what that changes; null if there is no such model. */
export type Preview =
  | { type: 'template'; template: Extract<Found, { type: 'template' }>['template'] }
  | { type: 'model'; body: ModelWithPosts; change: ModelChange; kept: string[] }

export async function previewOf(session: Session, which: string): Promise<Preview | null> {
  const found = await findModel(session, which)
  if (found === null || found.type === 'template') return found
  const body = await asInForce(found.body)
  const own = new Set(found.body.posts.map(({ id }) => id))
  return {
    type: 'model',
    body,
    change: compareModels(
      modelWithPosts(),
      body,
      await piecesByIndicator(),
      (id) => indicatorNamed(id) ?? id,
    ),
    // Posts that the file does not have and somebody holds.
    kept: body.posts.filter(({ id }) => !own.has(id)).map(({ name }) => name),
  }
}

/** Rows that are added up at once, so that nobody is held up. */
const rowsAtOnce = 10_000

/** Pieces of evidence of everybody by indicator, as beliefs count them. */
export async function piecesByIndicator(): Promise<Map<string, number>> {
  const total = new Map<string, number>()
  for (let from: string | null = ''; from !== null; from = await addUp(from, total))
    await new Promise((resolve) => setImmediate(resolve))
  return total
}

/** Adds up the rows of the persons after one; returns the last of them, or null at the end. */
async function addUp(from: string, total: Map<string, number>): Promise<string | null> {
  const slice = read
    .select({ personId: belief.personId })
    .from(belief)
    .where(gt(belief.personId, from))
    .orderBy(asc(belief.personId))
    .limit(rowsAtOnce)
    .as('slice')
  const [last] = await read.select({ id: max(slice.personId) }).from(slice)
  if (!last?.id) return null
  const rows = await read
    .select({ indicator: belief.indicator, pieces: sum(belief.pieces).mapWith(Number) })
    .from(belief)
    .where(and(gt(belief.personId, from), lte(belief.personId, last.id)))
    .groupBy(belief.indicator)
  for (const { indicator, pieces } of rows) total.set(indicator, (total.get(indicator) ?? 0) + pieces)
  return last.id
}
