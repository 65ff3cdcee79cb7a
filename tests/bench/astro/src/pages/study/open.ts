// A visit opened as one would write it with Astro and drizzle: one insert, one commit.
import type { APIRoute } from 'astro'
import { createClient } from '@libsql/client'

const client = createClient({ url: `file:${process.env['BEATS_DB']}`, concurrency: 1 })
await client.execute('PRAGMA journal_mode = WAL')
await client.execute('PRAGMA synchronous = FULL')

export const POST: APIRoute = async ({ request }) => {
  const { segment } = (await request.json()) as { segment: string }
  const sql = `INSERT INTO segment VALUES (?, 0, 0, '[]', '[]', '{}', '{}') ON CONFLICT DO NOTHING`
  await client.execute({ sql, args: [segment] })
  return Response.json({ segment })
}
