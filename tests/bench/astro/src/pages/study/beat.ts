// A beat stored as one would write it with Astro and drizzle: one update, one commit. It asks nobody who he is and
// believes what it is told, so it does less than ours.
import type { APIRoute } from 'astro'
import { createClient } from '@libsql/client'
import { eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/libsql'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

const segment = sqliteTable('segment', {
  id: text('id').primaryKey(),
  lastBeatAt: integer('last_beat_at').notNull(),
  lastSeq: integer('last_seq').notNull(),
  spans: text('spans', { mode: 'json' }).notNull(),
  sections: text('sections', { mode: 'json' }).notNull(),
  watched: text('watched', { mode: 'json' }).notNull(),
  refused: text('refused', { mode: 'json' }).notNull(),
})

const client = createClient({ url: `file:${process.env['BEATS_DB']}`, concurrency: 1 })
await client.execute('PRAGMA journal_mode = WAL')
await client.execute('PRAGMA synchronous = FULL')
const db = drizzle(client)

type Beat = { segment: string; seq: number; seconds: number; sections: string[]; watched: object }

export const POST: APIRoute = async ({ request }) => {
  const { segment: id, seq, seconds, sections, watched } = (await request.json()) as Beat
  const at = Date.now()
  await db
    .update(segment)
    .set({ lastBeatAt: at, lastSeq: seq, spans: [[at - seconds * 1000, at]], sections, watched, refused: {} })
    .where(eq(segment.id, id))
  return Response.json({ seconds, refused: 0 })
}
