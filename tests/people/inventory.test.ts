// What is held about persons is written down, column by column; the person gets all of it, and it can be erased.
import { getTableConfig, SQLiteTable, type SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { sql } from 'drizzle-orm'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { read, write } from '#db/database.server.ts'
import { audit } from '#db/schema/people.ts'
import { theProcess } from '#people/audit.server.ts'
import { erasePerson } from '#people/erase.server.ts'
import { exportPerson } from '#people/export.server.ts'
import { holdings, notPersonal } from '#people/inventory.ts'
import { beginOf, hashLink, hashPayload, type StoredLink } from '#record/events/chain.ts'
import { freshDatabase } from '../support/database.ts'
import { addPerson, addUnits, refusal } from './house.ts'
import { firstBreak } from '../support/first-break.ts'

freshDatabase()
const schemas = join(import.meta.dirname, '../../src/db/schema')
const tables: { name: string; columns: SQLiteColumn[] }[] = []

beforeAll(async () => {
  for (const file of readdirSync(schemas)) {
    const schema = (await import(join(schemas, file))) as Record<string, unknown>
    for (const table of Object.values(schema))
      if (table instanceof SQLiteTable) tables.push(getTableConfig(table))
  }
})

const listed = () => holdings.flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`))

test('every column of every table is in the inventory or said to be not personal, and none is in both', () => {
  const all = tables.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`))
  const isNotPersonal = (column: string) =>
    notPersonal.includes(column) || notPersonal.includes(`${column.split('.')[0]}.*`)
  expect(all.length).toBeGreaterThan(150)
  expect(
    all.filter((column) => !listed().includes(column) && !isNotPersonal(column)),
    '写进 src/people/inventory.ts',
  ).toEqual([])
  expect(listed().filter((column) => isNotPersonal(column))).toEqual([])
  expect(listed().filter((column) => !all.includes(column))).toEqual([])
  expect(listed().length).toBe(new Set(listed()).size)
})

test('every entry says why, how long, and whose it is', () => {
  for (const holding of holdings) {
    expect(holding.purpose).toMatch(/\p{Script=Han}/u)
    expect(holding.retention).toMatch(/\p{Script=Han}/u)
    if (holding.person !== null) {
      const table = tables.find(({ name }) => name === holding.table)
      expect(table?.columns.map(({ name }) => name)).toContain(holding.person)
    }
    if (holding.erasure.how !== 'keep' || holding.exported) expect(holding.person).not.toBeNull()
  }
})

let last = 100

/** Fills one row of a table for a person: every text column that is free holds a word that can be looked for. */
async function fill(name: string, columns: SQLiteColumn[], personId: string, word: string) {
  const own = holdings.find((holding) => holding.table === name && holding.class !== 'act')?.person
  const values = columns.map((column) => {
    if (column.name === own) return personId
    if (column.name === 'unit_id') return 'village'
    if (column.name === 'user_id') return personId
    if (column.enumValues) return column.enumValues[0]
    if (column.dataType === 'json') return JSON.stringify({ text: `${word}-${name}-${column.name}` })
    return column.getSQLType() === 'text' ? `${word}-${name}-${column.name}` : ++last
  })
  const named = columns.map((column) => sql.identifier(column.name))
  await write((tx) =>
    tx.run(
      sql`insert into ${sql.identifier(name)} (${sql.join(named, sql`, `)}) values (${sql.join(
        values.map((value) => sql`${value}`),
        sql`, `,
      )})`,
    ),
  )
}

const about = () =>
  tables.filter(
    ({ name }) => name !== 'person' && holdings.some(({ table, person }) => table === name && person),
  )
const order = (name: string) => (name === 'login' ? 0 : 1)

/** Every value of the whole database, as text. */
async function dump(): Promise<string> {
  const rows = []
  for (const { name } of tables) rows.push(...(await read.all(sql`select * from ${sql.identifier(name)}`)))
  return JSON.stringify(rows)
}

async function fillAll(number: string, word: string) {
  const id = await addPerson({ number, name: `${word}-person-name` })
  for (const { name, columns } of about().toSorted((a, b) => order(a.name) - order(b.name))) {
    await fill(name, columns, id, word)
  }
  return id
}

test('a person gets everything that is held, except secrets, and nothing of another', async () => {
  await addUnits({ village: '/village/' })
  const id = await fillAll('A001', 'mine')
  await fillAll('A002', 'theirs')
  const given = JSON.stringify(await exportPerson(id))
  expect(given).not.toContain('theirs-')
  for (const { table, columns, exported, person } of holdings) {
    for (const column of columns) {
      const word = `mine-${table}-${column}`
      if ((await dump()).includes(word) && column !== person)
        expect(given.includes(word), word).toBe(exported)
    }
  }
  expect(given).toContain('A001')
  expect(given).toMatch(/"length":\d+/)
  expect(given).toContain('"units":[{"id":"village","name":"village"}]')
})

test('erasing leaves nothing but ids and hashes, and touches nobody else', async () => {
  const id = await fillAll('A003', 'gone')
  const before = await dump()
  expect(before).toContain('gone-event-payload')
  const others = (text: string) => text.match(/(mine|theirs)-[\w-]+/g)?.length
  await erasePerson(id, theProcess)
  const after = await dump()
  expect(others(after)).toBe(others(before))
  const keptWords = holdings
    .filter(({ erasure }) => erasure.how === 'keep')
    .flatMap(({ table, columns }) => columns.map((column) => `gone-${table}-${column}`))
  // An indicator of the model, in the counts of units.
  keptWords.push('gone-belief-indicator')
  const left = [...new Set(after.match(/gone-[\w-]+/g) ?? [])]
  expect(left.filter((word) => !keptWords.includes(word))).toEqual([])
  for (const word of [
    'gone-person-name',
    'A003',
    'gone-event-payload',
    'gone-event-salt',
    'gone-event-once',
  ]) {
    expect(after).not.toContain(`"${word}"`)
  }
  expect(after).toContain('gone-event-hash')
  expect(after).toContain('gone-event-payload_hash')
  const rows = await read.select().from(audit)
  expect(rows.map(({ act, target }) => [act, target])).toContainEqual(['person-erased', id])
})

test('after erasure the chain of receipts still holds', async () => {
  const id = await addPerson({ number: 'A004' })
  let previous = beginOf(id)
  for (let i = 0; i < 3; i++) {
    const link = {
      previous,
      id: `evt-${i}`,
      kind: 'lesson-opened',
      at: 'a',
      receivedAt: 'r',
      payloadHash: hashPayload('salt', `p${i}`),
    }
    const hash = hashLink(link)
    await write((tx) =>
      tx.run(sql`insert into event (id, kind, person_id, at, received_at, effective_at, payload, salt, payload_hash, previous, hash)
        values (${link.id}, ${link.kind}, ${id}, 'a', 'r', 'e', ${`p${i}`}, 'salt', ${link.payloadHash}, ${previous}, ${hash})`),
    )
    previous = hash
  }
  await erasePerson(id, theProcess)
  const links = await read.all<StoredLink>(
    sql`select id, kind, at, received_at as receivedAt, payload, salt, payload_hash as payloadHash, previous, hash
      from event where person_id = ${id} order by seq`,
  )
  expect(links.map(({ payload }) => payload)).toEqual([null, null, null])
  expect(firstBreak(id, links, previous)).toBeNull()
})

test('a person who does not exist cannot be erased', async () => {
  expect(await refusal(erasePerson('nobody', theProcess))).toMatchObject({
    kind: 'not-found',
    message: '没有这个人。',
  })
})
