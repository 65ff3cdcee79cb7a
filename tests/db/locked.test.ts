// Every way to write, while another program holds the database and after it: `write`, `writeRow`, and the client that
// better-auth is given. A client that met a locked file once acknowledges and loses what it writes (README, Decisions).
import { createClient } from '@libsql/client'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { guarded, read, write, writeRow } from '#db/database.server.ts'
import { patience, type Bulk } from '#db/queue.server.ts'
import { mark } from '#db/schema/process.ts'
import { Refusal } from '#refusal.ts'
import { hold } from '../faults/hold.ts'
import { freshDatabase } from '../support/database.ts'

const place = freshDatabase()
const asUsual = { ...patience }
afterEach(() => void Object.assign(patience, asUsual))

const addMarks: Bulk<string> = (names) => ({
  sql: 'INSERT INTO mark SELECT value, 1 FROM json_each(?)',
  args: [JSON.stringify(names)],
})
const statement = (name: string) => ({ sql: 'INSERT INTO mark VALUES (?, 1)', args: [name] })

const ways: [string, (name: string) => Promise<unknown>][] = [
  ['write', (name) => write((tx) => tx.insert(mark).values({ name, value: '1' }))],
  ['writeRow', (name) => writeRow(addMarks, name)],
  ['execute', (name) => guarded.execute(statement(name))],
  ['batch', (name) => guarded.batch([statement(`${name} first`), statement(name)])],
]
const writeAll = (prefix: string) => Promise.allSettled(ways.map(([way, run]) => run(`${prefix} ${way}`)))

/** The marks that the disk has, seen by a connection of its own. */
async function onDisk(prefix: string): Promise<string[]> {
  const client = createClient({ url: `file:${join(place.dataDir, 'lianxue.db')}` })
  const { rows } = await client.execute({
    sql: 'SELECT name FROM mark WHERE name LIKE ? ORDER BY name',
    args: [`${prefix} %`],
  })
  client.close()
  return rows.map((row) => String(row['name']).slice(prefix.length + 1))
}
const all = ['batch', 'batch first', 'execute', 'write', 'writeRow']

test('a file that another program holds for a moment is waited for, in every way to write, and reads go on', async () => {
  const giveBack = await hold(place.dataDir)
  const writing = writeAll('soon')
  // Only the database's own id.
  expect(await read.select().from(mark)).toHaveLength(1)
  expect((await guarded.execute('SELECT count(*) FROM mark')).rows[0]?.[0]).toBe(1)
  await giveBack()
  expect((await writing).map(({ status }) => status)).toEqual(ways.map(() => 'fulfilled'))
  expect(await onDisk('soon')).toEqual(all)
})

test('one that is held for too long is refused in words, and afterwards every way writes to the disk', async () => {
  patience.milliseconds = 400
  const giveBack = await hold(place.dataDir)
  for (const outcome of await writeAll('never')) {
    const reason = outcome.status === 'rejected' ? outcome.reason : null
    expect(reason).toBeInstanceOf(Refusal)
    expect(reason).toMatchObject({ kind: 'busy', status: 503 })
  }
  await giveBack()
  Object.assign(patience, asUsual)
  for (const round of ['one', 'two'])
    expect((await writeAll(round)).map(({ status }) => status)).toEqual(ways.map(() => 'fulfilled'))
  expect([await onDisk('one'), await onDisk('two'), await onDisk('never')]).toEqual([all, all, []])
})
