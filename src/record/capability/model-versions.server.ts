// Capability models that were put in force here, one dated version after the other. The newest stands above the files'.
import { and, desc, eq } from 'drizzle-orm'
import { read, type Database } from '#db/database.server.ts'
import { version } from '#db/schema/record.ts'
import { ModelWithPosts } from '#record/capability/model.ts'
import { rememberModels, useModel } from '#record/capability/model.server.ts'
import { addVersionIn } from '#record/versions.server.ts'

/** A model that was put in force at an instant (ISO UTC). */
export type ModelVersion = { fromAt: string; body: ModelWithPosts }

/** All of them, the newest first. @throws Error if one is not a model any more. */
export async function modelVersions(): Promise<ModelVersion[]> {
  const rows = await read
    .select({ fromAt: version.fromAt, body: version.body })
    .from(version)
    .where(and(eq(version.kind, 'model'), eq(version.subject, 'in-force')))
    .orderBy(desc(version.fromAt))
  return rows.map(({ fromAt, body }) => {
    const read = ModelWithPosts.safeParse(body)
    if (read.success) return { fromAt, body: read.data }
    throw new Error(`${fromAt}启用的能力模型读不出来：${read.error.issues[0]?.message ?? ''}`)
  })
}

/** Brings into use what is in force: the newest version, or the files' model while there is none. */
export async function bringModel(fromFiles: ModelWithPosts): Promise<void> {
  const versions = await modelVersions()
  const [newest] = versions
  const { model, posts } = newest?.body ?? fromFiles
  useModel(model, posts, newest?.fromAt ?? null)
  rememberModels([...versions.map(({ body }) => body.model), fromFiles.model])
}

/** Adds a version from an instant on; for a job that writes. */
export async function addModelIn(tx: Database, { fromAt, body }: ModelVersion) {
  await addVersionIn(tx, 'model', 'in-force', fromAt, `${body.model.id}@${fromAt}`, body)
}
