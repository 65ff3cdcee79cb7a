// Removes a recording from the disk once no story that is shown or waits, no text and no draft needs it.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import { read, write, type Database } from '#db/database.server.ts'
import { mediaOf } from '#db/place.ts'
import { media } from '#db/schema/library.ts'
import { toldStory } from '#db/schema/village.ts'

/** @param stored `<hash>.<extension>`. The same again changes nothing. */
export async function dropVoice(dataDir: string, stored: string): Promise<void> {
  const hash = stored.split('.')[0] ?? ''
  const dropped = await write(async (tx) => {
    if (await isUsed(tx, stored)) return false
    await tx.delete(media).where(eq(media.hash, hash))
    return true
  })
  if (dropped) await rm(join(mediaOf(dataDir), stored), { force: true })
}

/** Finishes what was taken down before the process could remove its recording; a chore. */
export async function dropLeftVoices(dataDir: string): Promise<void> {
  const isLeft = and(inArray(toldStory.state, ['declined', 'taken-down']), isNotNull(toldStory.voice))
  const rows = await read.select({ id: toldStory.id, voice: toldStory.voice }).from(toldStory).where(isLeft)
  for (const { id, voice } of rows) {
    if (voice !== null) await dropVoice(dataDir, voice)
    await write((tx) => tx.update(toldStory).set({ voice: null }).where(eq(toldStory.id, id)))
  }
}

async function isUsed(tx: Database, stored: string): Promise<boolean> {
  const [row] = await tx.all<{ used: number }>(sql`
    select exists (select 1 from told_story where voice = ${stored} and state in ('waiting', 'shown'))
      or exists (select 1 from revision, json_each(revision.files) as file where file.value = ${stored})
      or exists (select 1 from draft, json_each(draft.files) as file where file.value = ${stored}) as used`)
  return row?.used === 1
}
