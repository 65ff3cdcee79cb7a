// Brings content/assessments/ into the tests on offer. A test whose file is gone is offered no more; attempts keep the
// blueprint that they began with.
import { eq } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { hashOf } from '#course/content-hash.ts'
import type { Problem } from '#course/problem.ts'
import { read, write } from '#db/database.server.ts'
import { assessment } from '#db/schema/assessment.ts'
import { filesIn } from '#assessment/bank/find-bank.server.ts'
import type { Blueprint } from '#assessment/blueprint/blueprint.ts'
import { checkBlueprints, type NamedModel } from '#assessment/blueprint/check-blueprints.ts'

/** What an import did, tests by id. */
export type BlueprintReport = {
  changed: string[]
  /** Their file is gone. */
  missing: string[]
  /** Why files were refused; what was imported of them before is on offer as it was. */
  problems: Problem[]
}

/** Imports every blueprint. A second run with nothing changed writes nothing. */
export async function importBlueprints(contentDir: string, model: NamedModel): Promise<BlueprintReport> {
  const files = await filesIn(contentDir, 'assessments')
  const { candidates, problems } = checkBlueprints(files, model)
  const rows = await read.select().from(assessment)
  const byId = new Map(rows.map((row) => [row.id, row]))
  const report: BlueprintReport = { changed: [], missing: [], problems }
  const at = now().toISOString()
  for (const { file, blueprint } of candidates) {
    const before = byId.get(blueprint.id)
    const hash = hashOf(blueprint)
    if (before?.hash === hash && before.file === file && before.missingSince === null) continue
    report.changed.push(blueprint.id)
    await store(blueprint, { file, hash, at })
  }
  const there = new Set(files.map(({ file }) => file))
  const ids = new Set(candidates.map(({ blueprint }) => blueprint.id))
  for (const { id, file, missingSince } of rows) {
    if (file === null || there.has(file) || ids.has(id)) continue
    report.missing.push(id)
    if (missingSince === null)
      await write((tx) => tx.update(assessment).set({ missingSince: at }).where(eq(assessment.id, id)))
  }
  return report
}

async function store(blueprint: Blueprint, { file, hash, at }: { file: string; hash: string; at: string }) {
  const row = { body: blueprint, hash, file, missingSince: null }
  await write((tx) =>
    tx
      .insert(assessment)
      .values({ id: blueprint.id, createdAt: at, ...row })
      .onConflictDoUpdate({ target: assessment.id, set: row }),
  )
}
