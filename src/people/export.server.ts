// Everything that is held about a person, for that person (personal information protection law, article 45).
import { sql, type SQL } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { read } from '#db/database.server.ts'
import type { Holding } from '#people/holding.ts'
import { holdings } from '#people/inventory.ts'

type Rows = Record<string, unknown>[]

/** One part of an export: why and how long it is held, and what it says. */
export type ExportedPart = { table: string; purpose: string; retention: string; rows: Rows }

/** True for the event of an answer in a test that somebody watched. */
const watched = sql`case when json_valid(payload) then payload ->> '$.mode' end = 'supervised'`
const ofWatched = sql`exists (select 1 from event where event.id = evidence.event_id and ${watched})`

/**
 * Columns of which a part is not given. Which secure item it was: whoever collects item, option and points from many
 * people has the keys of the bank; what was answered and its points are given with the attempt, by the place in the paper.
 * And how severe the rater of an observation is, which is only his to know.
 */
const given: Record<string, SQL> = {
  'event.payload': sql`iif(${watched}, null, payload)`,
  'event.salt': sql`iif(${watched}, null, salt)`,
  'evidence.item': sql`iif(${ofWatched}, null, item)`,
  'evidence.body': sql`json_remove(iif(${ofWatched}, json_remove(body, '$.item'), body), '$.severity')`,
}

async function rowsOf({ table, columns, person }: Holding, personId: string): Promise<Rows> {
  const pairs = columns.map(
    (column) => sql`${column}, ${given[`${table}.${column}`] ?? sql.identifier(column)}`,
  )
  const whose = sql`${sql.identifier(person ?? '')} = ${personId}`
  // As JSON, because a column named `length` is lost among the properties of a row.
  const found = await read.all<{ json: string }>(
    sql`select json_object(${sql.join(pairs, sql`, `)}) as json from ${sql.identifier(table)} where ${whose}`,
  )
  return found.map(({ json }) => JSON.parse(json) as Record<string, unknown>)
}

/** All that is held about a person except secrets (hashes, tokens, which items a watched test asked, severity of others), with the names of the units it mentions. */
export async function exportPerson(personId: string) {
  const parts: ExportedPart[] = []
  for (const holding of holdings.filter((one) => one.exported && one.person !== null)) {
    const { table, purpose, retention } = holding
    parts.push({ table, purpose, retention, rows: await rowsOf(holding, personId) })
  }
  const units = await read.all<{ id: string; name: string }>(
    sql`select id, name from unit where id in (select unit_id from assignment where person_id = ${personId}
      union select unit_id from "grant" where person_id = ${personId})`,
  )
  return {
    about: '平台存着的关于你的全部数据（密码等加密摘要、监考卷出的是哪几道题、记你的人的宽严除外）',
    exportedAt: now().toISOString(),
    parts,
    units,
  }
}
