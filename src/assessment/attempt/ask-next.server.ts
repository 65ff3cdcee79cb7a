// The next question of an adaptive test: chosen, stored and counted in the job that calls.
import { eq, sql } from 'drizzle-orm'
import { nextItem, type Step } from '#assessment/adaptive/next-item.ts'
import type { Spread } from '#assessment/irt/score.ts'
import type { BankedItem } from '#assessment/bank/bank.server.ts'
import type { Blueprint } from '#assessment/blueprint/blueprint.ts'
import type { Attempt, ItemRow } from '#assessment/attempt/attempt.server.ts'
import { gradeRow } from '#assessment/attempt/grade-row.ts'
import type { Around } from '#assessment/attempt/hand-in.server.ts'
import { answeredBy, measuring, type Share } from '#assessment/attempt/measure.ts'
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import type { Item } from '#quiz/question.ts'
import type { Database } from '#db/database.server.ts'
import { attemptItem, exposure } from '#db/schema/assessment.ts'
import { evidence } from '#db/schema/record.ts'
import { population } from '#record/capability/belief.ts'
import { beliefsFrom, evidenceOf } from '#record/capability/belief.server.ts'
import { dimensionNow } from '#record/capability/model.server.ts'

type Adaptive = Extract<Blueprint, { form: 'adaptive' }>

/** The row of `exposure` that counts takers. */
const takersOf = ''

/** The indicators of a test's dimension, also of one that only an earlier model had. */
export function areasOf({ dimension }: Pick<Adaptive, 'dimension'>): string[] {
  return dimensionNow(dimension)?.indicators ?? []
}

/**
 * What the record believes of the dimension, as the mean of its indicators: it may choose items and is never in the score.
 * An indicator without evidence is as of anybody.
 */
export async function priorOf(person: string, blueprint: Adaptive): Promise<Spread> {
  const today = dayOf(now().toISOString())
  const beliefs = beliefsFrom(await evidenceOf(person, today), today)
  const own = areasOf(blueprint).map((area) => beliefs.get(area) ?? population)
  const mean = (of: (one: Spread) => number) =>
    own.reduce((sum, one) => sum + of(one), 0) / Math.max(1, own.length)
  return own.length === 0 ? population : { mean: mean((one) => one.mean), sd: mean((one) => one.sd) }
}

/** Items that an adaptive test of the dimension may ask: all that are graded at once. */
export function bankOf(blueprint: Adaptive, available: readonly BankedItem[]): BankedItem[] {
  const areas = new Set(areasOf(blueprint))
  return available.filter(({ indicator, kind }) => areas.has(indicator) && kind !== 'short-answer')
}

/** Items that this person has met before, in a test or beside a lesson. */
export async function seenBy(tx: Database, person: string): Promise<Set<string>> {
  const shown = await tx
    .selectDistinct({ item: attemptItem.itemId })
    .from(attemptItem)
    .where(eq(attemptItem.personId, person))
  const told = await tx
    .selectDistinct({ item: evidence.item })
    .from(evidence)
    .where(eq(evidence.personId, person))
  return new Set([...shown, ...told].flatMap(({ item }) => item ?? []))
}

/** Counts that a test showed these items to somebody; `takers` too where it is a new one. */
export async function countShown(tx: Database, assessmentId: string, items: readonly string[]) {
  if (items.length === 0) return
  await tx
    .insert(exposure)
    .values(items.map((itemId) => ({ assessmentId, itemId, shown: 1 })))
    .onConflictDoUpdate({
      target: [exposure.assessmentId, exposure.itemId],
      set: { shown: sql`${exposure.shown} + 1` },
    })
}

export const countTaker = (tx: Database, assessmentId: string) => countShown(tx, assessmentId, [takersOf])

/** What was prepared before the job. */
export type Choosing = { bank: readonly BankedItem[]; prior: Spread } & Pick<
  Around,
  'items' | 'standing' | 'inForce'
>

/**
 * Chooses the next item after these rows and stores it as asked, or says why the test ends. Items that the person never
 * met come first; where none of them may be asked, others may.
 */
export async function askNext(
  tx: Database,
  attempt: Attempt & { blueprint: Adaptive },
  rows: readonly ItemRow[],
  { bank, prior, items, standing, inForce }: Choosing,
): Promise<Step> {
  const at = now().toISOString()
  const calibrationOf = ({ id, revision }: Item) => inForce.calibration(id, revision, at)
  const shares: Share[] = rows.flatMap((row) => {
    const item = items.get(row.itemId)
    const graded = item && gradeRow(row, item, standing.get(row.itemId) === 'withdrawn')
    return graded?.standing === 'graded' ? [{ item: graded.item, share: graded.share }] : []
  })
  const counts = new Map(
    (await tx.select().from(exposure).where(eq(exposure.assessmentId, attempt.assessmentId))).map(
      ({ itemId, shown }) => [itemId, shown],
    ),
  )
  const asked = new Set(rows.map(({ itemId }) => itemId))
  const step = nextItem({
    // What was withdrawn after it was shown is not asked again, and does not count as answered.
    bank: bank
      .filter(({ id }) => !asked.has(id) || shares.some(({ item }) => item.id === id))
      .map(({ item }) => measuring(item, calibrationOf)),
    met: await seenBy(tx, attempt.personId),
    answered: answeredBy(shares, calibrationOf),
    exposure: counts,
    takers: counts.get(takersOf) ?? 1,
    prior,
    rules: attempt.blueprint,
    seed: attempt.seed,
  })
  if ('stop' in step) return step
  const chosen = bank.find(({ id }) => id === step.item.id)
  if (!chosen) throw new Error(`Item ${step.item.id} is not in the bank it was chosen from.`)
  await tx.insert(attemptItem).values({
    ...{ attemptId: attempt.id, personId: attempt.personId, position: rows.length + 1, shownAt: at },
    ...{ itemId: chosen.id, itemRevision: chosen.revision },
  })
  await countShown(tx, attempt.assessmentId, [chosen.id])
  return step
}
