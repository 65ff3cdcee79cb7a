// A database as the program before the migration 0002 left it, with a life's worth of rows, and what is in it.
import { mkdirSync } from 'node:fs'
import { createClient, type Client } from '@libsql/client'
import { knownMigrations } from '#db/migrate.server.ts'
import { databaseOf } from '#db/place.ts'
import { beginOf, hashLink, hashPayload } from '#record/events/chain.ts'

/** The columns of that time, of the tables that 0002 changes and of the record. */
const columnsThen = {
  event: 'seq,id,kind,person_id,once,at,received_at,effective_at,payload,salt,payload_hash,previous,hash',
  chain: 'person_id,length,head,derived_to',
  credit: 'event_id,person_id,meter,period,"on",subject,title,course_id,edition,minutes,hours,rule,reason',
  progress: 'person_id,lesson_id,edition,opened_at,sections,passed,seconds,completed_at,event_id',
  dispute: 'id,person_id,about,text,at,answer,answered_at,answered_by',
}

const uuid = (n: number) => `019b0000-0000-7000-8000-${String(n).padStart(12, '0')}`

/** Events of a person as the door would have chained them, in the order of arrival. */
function eventsOf(person: string, from: number, many: number) {
  let previous = beginOf(person)
  return Array.from({ length: many }, (_, i) => {
    const at = new Date(Date.UTC(2026, 0, 1, 1) + (from + i) * 60_000).toISOString()
    const payload = JSON.stringify({ edition: 1, lesson: `lsn-${i % 40}`, revision: 'rev-1' })
    const link = { id: uuid(from + i), kind: 'lesson-opened', at, receivedAt: at, previous }
    const salt = `${from + i}`.padStart(32, '0')
    const payloadHash = hashPayload(salt, payload)
    const hash = hashLink({ ...link, payloadHash })
    previous = hash
    return [
      from + i,
      link.id,
      link.kind,
      person,
      null,
      at,
      at,
      at,
      payload,
      salt,
      payloadHash,
      link.previous,
      hash,
    ]
  })
}

async function insert(client: Client, table: keyof typeof columnsThen, rows: unknown[][]) {
  const columns = columnsThen[table].split(',')
  const values = columns.map((_, i) => `json_extract(value, '$[${i}]')`).join(', ')
  const sql = `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values} FROM json_each(?)`
  for (let i = 0; i < rows.length; i += 1000)
    await client.execute({ sql, args: [JSON.stringify(rows.slice(i, i + 1000))] })
}

/** Makes one in a folder. */
export async function oldDatabase(dataDir: string, people = 20, each = 200): Promise<void> {
  mkdirSync(dataDir, { recursive: true })
  const client = createClient({ url: `file:${databaseOf(dataDir)}`, concurrency: 1 })
  await client.execute('PRAGMA journal_mode = WAL')
  await client.execute(
    'CREATE TABLE __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)',
  )
  for (const { statements, hash, when } of knownMigrations().slice(0, 2)) {
    for (const statement of statements) await client.execute(statement)
    const sql = 'INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)'
    await client.execute({ sql, args: [hash, when] })
  }
  for (let p = 0; p < people; p++) {
    const person = `person-${p}`
    const events = eventsOf(person, 1 + p * each, each)
    const last = events.at(-1) as string[]
    await insert(client, 'event', events)
    await insert(client, 'chain', [[person, each, last[12], `${last[7]} ${last[1]}`]])
    const credit = (event: unknown[], i: number) => [
      ...[event[1], person, 'online', 2026, '2026-01-01', `lsn-${i}`, `第${i}课`, 'crs-a', 1, 10, 0.25],
      ...['yunnan-2024@2024.1', '学完并通过'],
    ]
    await insert(client, 'credit', events.map(credit))
    const far = (event: unknown[], i: number) => [
      person,
      `lsn-${i}`,
      1,
      event[5],
      '[]',
      '[]',
      60,
      null,
      event[1],
    ]
    await insert(client, 'progress', events.map(far))
    await insert(client, 'dispute', [
      [`d-${p}`, person, `time:${last[1]}`, '我一直在学。', last[5], null, null, null],
    ])
  }
  await client.execute('PRAGMA wal_checkpoint(TRUNCATE)')
  client.close()
}

/** Everything that was in it, as text; the same after any migration. */
export async function contentThen(dataDir: string): Promise<string> {
  const client = createClient({ url: `file:${databaseOf(dataDir)}`, concurrency: 1 })
  const all: unknown[] = []
  for (const [table, columns] of Object.entries(columnsThen)) {
    const first = columns.split(',').slice(0, 3).join(', ')
    all.push((await client.execute(`SELECT ${columns} FROM ${table} ORDER BY ${first}`)).rows)
  }
  client.close()
  return JSON.stringify(all)
}
