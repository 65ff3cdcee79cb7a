// One item of the bank as its page shows it to a trainer. Opening a secure one is a line of the audit log.
import { asc, count, desc, eq, inArray, max } from 'drizzle-orm'
import { read, write } from '#db/database.server.ts'
import { assessment, attempt, attemptItem, bankItem, itemStatistics } from '#db/schema/assessment.ts'
import { item as itemTable } from '#db/schema/library.ts'
import { person } from '#db/schema/people.ts'
import { noteAct } from '#people/audit.server.ts'
import type { Session } from '#people/session.ts'
import { guessing } from '#quiz/guessing.ts'
import { publicHalf } from '#quiz/public-half.ts'
import type { Item, PublicQuestion } from '#quiz/question.ts'
import { parametersOf, type ItemParameters } from '#record/evidence/likelihood.ts'
import { versionsInForce } from '#record/versions.server.ts'
import { now } from '#clock.server.ts'
import { itemAt, sourcesNow } from '#assessment/bank/bank.server.ts'
import { driftOf, sectionWith } from '#assessment/bank/drift.ts'
import type { SourceText } from '#assessment/bank/source-texts.server.ts'
import { ItemStatistics } from '#assessment/calibration/statistics.ts'
import { itemsBeingTested } from '#assessment/review/answers.server.ts'
import { Refusal } from '#refusal.ts'

export type LookedAtItem = {
  row: typeof bankItem.$inferSelect
  item: Item
  question: PublicQuestion
  /** The document with the passage, and where in it the passage stands; null while it is not on show. */
  source: { title: string; href: string } | null
  drift: string | null
  author: string
  checkedBy: string | null
  revisions: { revision: number; at: string }[]
  /** How often it was shown in tests, by test. */
  shown: { title: string; times: number; last: string }[]
  statistics: ItemStatistics | null
  computedAt: string | null
  /** Parameters in force; `calibrated` is false while they come from the author's label. */
  parameters: ItemParameters & { calibrated: boolean }
}

/**
 * The item, or null if the bank has none of this id.
 * @throws Refusal `closed` while it is in a test that this trainer is taking himself.
 */
export async function lookAtItem(by: Session, id: string): Promise<LookedAtItem | null> {
  const [row] = await read.select().from(bankItem).where(eq(bankItem.id, id))
  const item = row && (await itemAt(id, row.revision))
  if (!row || !item) return null
  if ((await itemsBeingTested(read, by.person.id)).has(id))
    throw new Refusal('closed', '这道题在你正在做的测评里。', '交卷以后再看。')
  if (row.secure) await write((tx) => noteAct(tx, by.person.id, 'item-opened', id))
  const [sources, names, revisions, shown, statistics, versions] = await Promise.all([
    sourcesNow(),
    namesOf([row.author, row.checkedBy]),
    read
      .select({ revision: itemTable.revision, at: itemTable.createdAt })
      .from(itemTable)
      .where(eq(itemTable.id, id))
      .orderBy(desc(itemTable.revision)),
    shownIn(id),
    read.select().from(itemStatistics).where(eq(itemStatistics.itemId, id)),
    versionsInForce(),
  ])
  const calibration = versions.calibration(id, row.revision, now().toISOString())
  const { difficulty } = item
  return {
    ...{ row, item, revisions, shown, question: publicHalf(item) },
    source: placeOf(item, sources.get(item.source ?? '')),
    drift: driftOf(item, sources),
    author: names.get(row.author) ?? row.author,
    checkedBy: row.checkedBy && (names.get(row.checkedBy) ?? row.checkedBy),
    statistics: ItemStatistics.safeParse(statistics[0]?.body).data ?? null,
    computedAt: statistics[0]?.computedAt ?? null,
    parameters: {
      ...parametersOf({ difficulty, guessing: guessing(item), calibration }),
      calibrated: calibration !== null,
    },
  }
}

function placeOf(item: Item, text: SourceText | undefined) {
  if (!text?.open) return null
  const section = sectionWith(text, item.passage)
  const anchor = section !== null && section !== 'lead' ? `#${section}` : ''
  return { title: text.title, href: `${text.href}${anchor}` }
}

/** Names of whoever of these is a person; files name groups. */
async function namesOf(ids: (string | null)[]): Promise<Map<string, string>> {
  const wanted = ids.filter((id) => id !== null)
  const rows = await read
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(inArray(person.id, wanted))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

async function shownIn(id: string): Promise<LookedAtItem['shown']> {
  const rows = await read
    .select({
      test: attempt.assessmentId,
      body: assessment.body,
      times: count(),
      last: max(attemptItem.shownAt),
    })
    .from(attemptItem)
    .innerJoin(attempt, eq(attempt.id, attemptItem.attemptId))
    .leftJoin(assessment, eq(assessment.id, attempt.assessmentId))
    .where(eq(attemptItem.itemId, id))
    .groupBy(attempt.assessmentId)
    .orderBy(asc(attempt.assessmentId))
  return rows.map(({ test, body, times, last }) => ({
    title: String((body as { title?: unknown } | null)?.title ?? test),
    times,
    last: last ?? '',
  }))
}
