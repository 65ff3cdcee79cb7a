// Opens what a process left behind, as the next one would, and looks for everything that was acknowledged.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { closeDatabase, openDatabase, read } from '#db/database.server.ts'
import { event, segment } from '#db/schema/record.ts'
import { bringInContent } from '#process/library-at-start.server.ts'
import { wrongUnits } from '#record/capability/unit/recount.server.ts'
import { rebuild } from '#record/rebuild.server.ts'
import { verifyChain } from '#record/root.server.ts'
import { derivedOf } from '../record/happenings.ts'
import type { Learner } from './learner.ts'

/**
 * Every acknowledged thing is there and none twice, the file is sound, every chain holds. Looks at a copy, so that the
 * next process finds the very files that the last one left.
 * @param exactly nothing is on its way any more: what was never acknowledged must not be there either.
 */
export async function requireKept(dataDir: string, learners: Learner[], exactly = false): Promise<void> {
  await withCopy(dataDir, async () => {
    expect(await read.all(sql`pragma integrity_check`)).toEqual([{ integrity_check: 'ok' }])
    expect(await read.all(sql`pragma foreign_key_check`)).toEqual([])
    for (const learner of learners) await requireOwn(learner, exactly)
  })
}

async function requireOwn(learner: Learner, exactly: boolean) {
  const { person, opened, closed, answered, unsure } = learner
  const rows = await read
    .select({ id: event.id, kind: event.kind })
    .from(event)
    .where(eq(event.personId, person))
  const ids = (kind: string) => rows.filter((row) => row.kind === kind).map(({ id }) => id)
  const visits = await read.select().from(segment).where(eq(segment.personId, person))
  const lastSeq = new Map(visits.map(({ id, lastSeq }) => [id, lastSeq]))
  expect(ids('question-answered')).toEqual(expect.arrayContaining([...answered]))
  expect(ids('segment-studied')).toEqual(expect.arrayContaining([...closed]))
  for (const [id, seq] of opened) {
    if (closed.has(id)) continue
    // Whoever closed it was cut off before the reply; then it has become an event.
    const stored = lastSeq.get(id) ?? (!exactly && ids('segment-studied').includes(id) ? seq : undefined)
    expect(stored, `${id} as of its last beat`).toBeGreaterThanOrEqual(seq)
  }
  if (exactly) {
    expect([...answered, ...unsure]).toEqual(expect.arrayContaining(ids('question-answered')))
    expect(ids('segment-studied').toSorted()).toEqual([...closed].toSorted())
    expect(ids('lesson-opened')).toHaveLength(opened.size)
  }
  expect(await verifyChain(person)).toMatchObject({ length: rows.length, brokenAt: null })
}

/** What is derived is what comes out when all is derived again. */
export async function requireDerived(dataDir: string): Promise<void> {
  await withCopy(dataDir, async (copy) => {
    await bringInContent({ dataDir: copy, hourRule: 'yunnan-2024' })
    const before = await derivedOf()
    expect(Object.values(before).flat().length).toBeGreaterThan(0)
    expect(await wrongUnits(read, async () => undefined)).toEqual([])
    await rebuild(() => undefined)
    expect(await derivedOf()).toEqual(before)
  })
}

/** Opens a copy of what a process left, so that the next one finds the very files. */
export async function withCopy(dataDir: string, look: (copy: string) => Promise<void>) {
  const copy = mkdtempSync(join(tmpdir(), 'lianxue-kept-'))
  // A socket is no file.
  cpSync(dataDir, copy, { recursive: true, filter: (path) => !path.endsWith('/socket') })
  await openDatabase(copy)
  try {
    await look(copy)
  } finally {
    await closeDatabase()
    rmSync(copy, { recursive: true, force: true })
  }
}
