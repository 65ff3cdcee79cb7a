// Brings content/items/ into the bank: only what changed, never over what was changed here, never removing anything.
import { and, eq } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { knownLibrary } from '#course/known.server.ts'
import type { Problem } from '#course/problem.ts'
import { read, write, type Database } from '#db/database.server.ts'
import { bankItem } from '#db/schema/assessment.ts'
import { item } from '#db/schema/library.ts'
import { forgetBank } from '#assessment/bank/bank.server.ts'
import { checkBank, type BankCandidate } from '#assessment/bank/check-bank.ts'
import { findBank } from '#assessment/bank/find-bank.server.ts'
import { sourceTexts } from '#assessment/bank/source-texts.server.ts'

/** What an import did, items by id. */
export type BankReport = {
  /** New, or in a new revision. */
  published: string[]
  unchanged: string[]
  /** Changed here since; that stays. */
  kept: string[]
  /** Changed in the file and here; what is here stays until somebody decides. */
  conflicts: string[]
  /** Their file, or their place in it, is gone; they are asked as before. */
  missing: string[]
  /** Why files and items were refused; what was imported of them before is asked as before. */
  problems: Problem[]
}

type Row = typeof bankItem.$inferSelect & { hash: string }

/** Imports the open bank. A second run with nothing changed writes nothing. */
export async function importBank(
  contentDir: string,
  indicators: ReadonlySet<string> | null,
): Promise<BankReport> {
  const rows = await bankRows()
  const { candidates, problems, ids } = checkBank(await findBank(contentDir), {
    known: await knownLibrary(indicators),
    sources: await sourceTexts(),
    taken: new Map(),
    states: new Map(
      [...rows].map(([id, { hash, importedHash }]) => [id, { current: hash, imported: importedHash }]),
    ),
  })
  const report: BankReport = {
    ...{ published: [], unchanged: [], kept: [], conflicts: [] },
    missing: [...rows.values()].filter(({ id, file }) => file !== null && !ids.has(id)).map(({ id }) => id),
    problems,
  }
  for (const candidate of candidates) lists(report, candidate).push(candidate.item.id)
  const changes = candidates.flatMap((one) => changeOf(one, rows.get(one.item.id), now().toISOString()))
  if (changes.length > 0) {
    await write(async (tx) => {
      for (const change of changes) await change(tx)
    })
  }
  // Also where nothing changed: what is kept may be of a database that was open before.
  forgetBank()
  return report
}

/** Every item of the bank with the hash of its present revision, by id. */
async function bankRows(): Promise<Map<string, Row>> {
  const rows = await read
    .select({ bank: bankItem, hash: item.hash })
    .from(bankItem)
    .innerJoin(item, and(eq(item.id, bankItem.id), eq(item.revision, bankItem.revision)))
  return new Map(rows.map(({ bank, hash }) => [bank.id, { ...bank, hash }]))
}

function lists(report: BankReport, { decision }: BankCandidate): string[] {
  switch (decision) {
    case 'new':
    case 'publish':
      return report.published
    case 'conflict':
      return report.conflicts
    case 'keep':
      return report.kept
    case 'adopt':
    case 'unchanged':
      return report.unchanged
  }
}

type Change = (tx: Database) => Promise<unknown>

/** What has to be written for a candidate; nothing if everything is as it was. */
function changeOf(candidate: BankCandidate, before: Row | undefined, at: string): Change[] {
  const { decision, hash, file, item: body, author, checkedBy, checkedOn } = candidate
  const { id, revision, kind, indicator, difficulty } = body
  const about = { author, checkedBy, checkedOn }
  const change = (values: Partial<Row>): Change[] =>
    before && differs(before, values)
      ? [(tx) => tx.update(bankItem).set(values).where(eq(bankItem.id, id))]
      : []
  const settled = { file, conflictHash: null, importedHash: hash }
  const present = { ...about, ...settled, revision, kind, indicator, difficulty }
  const stored: Change = (tx) =>
    tx
      .insert(item)
      .values({ id, revision, hash, lessonId: null, indicator, body, createdAt: at })
      .onConflictDoNothing()
  switch (decision) {
    case 'new':
      return [
        stored,
        (tx) =>
          tx.insert(bankItem).values({ ...present, id, secure: false, status: 'active', createdAt: at }),
      ]
    case 'publish':
      return [stored, ...change(present)]
    case 'conflict':
      return change({ file, conflictHash: hash })
    case 'keep':
      return change({ file, conflictHash: null })
    case 'adopt':
      return change(settled)
    case 'unchanged':
      return change({ ...settled, ...about })
  }
}

const differs = (before: Row, values: Partial<Row>) =>
  Object.entries(values).some(([name, value]) => before[name as keyof Row] !== value)
