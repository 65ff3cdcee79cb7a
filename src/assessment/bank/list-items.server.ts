// Every item of the bank for the trainers' list.
import { and, eq, sql } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { bankItem, itemStatistics } from '#db/schema/assessment.ts'
import { item } from '#db/schema/library.ts'
import { driftedItems } from '#assessment/bank/bank.server.ts'
import { concernOf, type ListedItem } from '#assessment/bank/overview.ts'
import { indicatorNow } from '#record/capability/model.server.ts'
import { ItemStatistics, sayFlag } from '#assessment/calibration/statistics.ts'

/** All items, those of one indicator together. */
export async function listItems(): Promise<ListedItem[]> {
  const drifted = new Map((await driftedItems()).map(({ id, reason }) => [id, reason]))
  const rows = await read
    .select({
      bank: bankItem,
      stem: sql<string>`${item.body} ->> 'stem'`,
      statistics: itemStatistics.body,
    })
    .from(bankItem)
    .innerJoin(item, and(eq(item.id, bankItem.id), eq(item.revision, bankItem.revision)))
    .leftJoin(itemStatistics, eq(itemStatistics.itemId, bankItem.id))
    .orderBy(bankItem.indicator, bankItem.id)
  return rows.map(({ bank, stem, statistics }) => {
    const { id, kind, difficulty, secure, status } = bank
    return {
      ...{ id, kind, indicator: indicatorNow(bank.indicator), difficulty, secure, status },
      stem: secure ? null : stem,
      drift: drifted.get(id) ?? null,
      conflict: bank.conflictHash !== null,
      remarks: remarksOn(statistics, bank.revision),
    }
  })
}

/** What the answers to this revision give reason to look at; that there are few is none. */
function remarksOn(stored: unknown, revision: number): ListedItem['remarks'] {
  const { data } = ItemStatistics.safeParse(stored)
  if (data?.revision !== revision) return []
  return data.flags.flatMap((flag) => {
    const concern = concernOf(flag)
    return concern ? [{ concern, text: sayFlag(flag) }] : []
  })
}
