// An Astro endpoint that commits each beat on its own (tests/bench/astro), run by the same adapter as ours.
import { createServer, type RequestListener } from 'node:http'
import { pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client'
import { answerWith } from '../process.ts'
import { listen } from './listen.ts'

const { BEATS_DB: file = '', ASTRO_ENTRY: entry = '' } = process.env

/** The same table as ours, with a row for each segment. */
async function open(segments: string[]): Promise<void> {
  const client = createClient({ url: `file:${file}` })
  await client.execute('PRAGMA journal_mode = WAL')
  await client.execute(`CREATE TABLE segment (id TEXT PRIMARY KEY, last_beat_at INTEGER NOT NULL,
    last_seq INTEGER NOT NULL, spans TEXT NOT NULL, sections TEXT NOT NULL, watched TEXT NOT NULL, refused TEXT NOT NULL)`)
  await client.execute('CREATE TABLE answer (id TEXT PRIMARY KEY, item TEXT NOT NULL, body TEXT NOT NULL)')
  await client.execute('CREATE INDEX segment_beat ON segment (last_beat_at)')
  for (const id of segments)
    await client.execute({ sql: `INSERT INTO segment VALUES (?, 0, 0, '[]', '[]', '{}', '{}')`, args: [id] })
  client.close()
}

const { handler } = (await import(pathToFileURL(entry).href)) as { handler: RequestListener }
const origin = await listen(createServer(handler))
answerWith({ origin: () => origin, open })
