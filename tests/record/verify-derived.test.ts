// Whoever changes what was derived, and not the record itself, is found just as well, and so is what was changed.
import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import fc from 'fast-check'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { read, write } from '#db/database.server.ts'
import { untold } from '#db/lock.server.ts'
import { person as personTable } from '#db/schema/people.ts'
import {
  belief,
  closedHours,
  closedYear,
  countedSpan,
  credit,
  evidence,
  progress,
  refusedTime,
  version,
} from '#db/schema/record.ts'
import { erasePerson } from '#people/erase.server.ts'
import { closeYear } from '#record/hours/close-year.server.ts'
import { useHourRules } from '#record/hours/rule.server.ts'
import { rebuild } from '#record/rebuild.server.ts'
import { useModel } from '#record/capability/model.server.ts'
import { record, recordIn } from '#record/record.server.ts'
import { verifyRecord } from '#record/verify.server.ts'
import { versionsInForce } from '#record/versions.server.ts'
import { sampleModel } from '../support/capability.ts'
import { freshDatabase } from '../support/database.ts'
import * as happen from './happenings.ts'
import { life, lifeOf } from './lives.ts'

freshDatabase()
useModel(sampleModel, [])
happen.underYunnan()
const clock = happen.stoppedClock('2025-11-03T02:00:00.000Z')

const [mine, others] = ['p0', 'p1'] as const

beforeAll(async () => {
  const people = [mine, others].map((id, i) => ({
    id,
    number: `QX100${i}`,
    name: '杨',
    createdAt: clock.iso,
  }))
  await write((tx) => tx.insert(personTable).values(people))
  for (const at of ['2025-11-04T02:00:00.000Z', '2026-03-10T02:00:00.000Z']) {
    clock.set(at)
    for (const person of [mine, others]) {
      for (const each of happen.finished(person)) await record(each)
      await record(happen.studied({ person, refused: { 'no-sign': 120 } }))
      await record(happen.observed({ person, observedOn: at.slice(0, 10) }))
      clock.advance(3600)
    }
  }
  await record(happen.imported({ person: mine }))
  await closeYear(2025, 'officer-1')
})

const faults = async () => (await verifyRecord(read, [], untold.progress)).faults

type Derived = SQLiteTable & { personId: SQL | unknown }
/** A table is put back as it was after the test. */
const undo: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each()
  expect(await faults()).toEqual([])
})
async function keep(table: Derived | typeof closedHours | typeof closedYear | typeof version) {
  const rows = await read.select().from(table as SQLiteTable)
  undo.push(() =>
    write(async (tx) => {
      await tx.delete(table as SQLiteTable)
      for (const row of rows) await tx.insert(table as SQLiteTable).values(row)
    }),
  )
}

const tables = {
  belief,
  closedHours,
  closedYear,
  countedSpan,
  credit,
  evidence,
  progress,
  refusedTime,
  version,
}

/** Tampers with a table by one statement. */
async function tamper(table: keyof typeof tables, statement: SQL) {
  await keep(tables[table] as never)
  const { rowsAffected } = await write((tx) => tx.run(statement))
  expect(rowsAffected).toBeGreaterThan(0)
}

test('a record that nobody touched holds', async () => {
  expect(await faults()).toEqual([])
})

const p0 = sql`person_id = ${mine}`
const lesson26 = sql`person_id = ${mine} and period = 2026 and subject = 'lsn-a'`

test.each<[string, keyof typeof tables, SQL, string[]]>([
  [
    'hours of a lesson',
    'credit',
    sql`update credit set hours = 500 where ${lesson26}`,
    ['2026年“第一课”的学时记录（credit）：学时（hours）存着500，按记录应是0.25'],
  ],
  [
    'hours deleted',
    'credit',
    sql`delete from credit where ${lesson26}`,
    ['2026年“第一课”的学时记录（credit）不见了，按记录应有学时（hours）0.25'],
  ],
  [
    'hours of a class that was never held, under an event that is there',
    'credit',
    sql`insert into credit (event_id, person_id, meter, period, "on", subject, title, minutes, hours, rule, reason)
      select event_id, person_id, meter, period, "on", 'x', '没学过的课', minutes, 90, rule, reason
      from credit where ${lesson26}`,
    ['2026年“没学过的课”的学时记录（credit）存着学时（hours）90，按记录不该有这一行'],
  ],
  [
    'the year of a lesson',
    'credit',
    sql`update credit set period = 2024 where ${lesson26}`,
    ['年度（period）存着2024，按记录应是2026'],
  ],
  [
    'the rule of a lesson',
    'credit',
    sql`update credit set rule = 'ours@1' where ${lesson26}`,
    ['规则（rule）存着“ours@1”，按记录应是“yunnan-2024@'],
  ],
  [
    'studied seconds',
    'progress',
    sql`update progress set seconds = 9000 where ${p0}`,
    ['课 lsn-a 第1版的进度（progress）：有效学习秒数（seconds）存着9000，按记录应是'],
  ],
  [
    'the day a lesson was finished',
    'progress',
    sql`update progress set completed_at = null where ${p0}`,
    ['完成时间（completed_at）存着空，按记录应是“2026-'],
  ],
  [
    'refused time',
    'refusedTime',
    sql`update refused_time set seconds = 1 where ${p0} and reason = 'no-sign'`,
    ['没有计入的时间（refused_time，no-sign）：秒数（seconds）存着1，按记录应是120'],
  ],
  [
    'counted time',
    'countedSpan',
    sql`update counted_span set to_at = to_at + 60000 where ${p0} and from_at = (select min(from_at) from counted_span where ${p0})`,
    ['已计入的学习时段（counted_span）存着共1260秒，按记录应是共1200秒'],
  ],
  [
    'the body of evidence',
    'evidence',
    sql`update evidence set body = json_set(body, '$.level', 1) where ${p0} and item is null`,
    ['指标 mediation 的依据', '内容（body）存着'],
  ],
  [
    'evidence deleted',
    'evidence',
    sql`delete from evidence where ${p0} and item is null`,
    ['指标 mediation 的依据', '（evidence）不见了'],
  ],
  [
    'a belief',
    'belief',
    sql`update belief set mean = mean + 0.00001 where ${p0}`,
    ['指标 mediation 的能力估计（belief）：均值（mean）存着'],
  ],
  [
    'what a belief says',
    'belief',
    sql`update belief set status = 'reached', level = 5 where ${p0}`,
    ['对照目标（status）存着“reached”，按记录应是“no-target”；等级（level）存着5，按记录应是4'],
  ],
])(
  'changed and found, with the person, and with what it should be: %s',
  async (_, table, statement, says) => {
    await tamper(table, statement)
    const said = await faults()
    for (const part of says) expect(said.join('\n')).toContain(part)
    for (const line of said) expect(line).toMatch(/^工号 QX1000：.*查明以后运行 npm run rebuild 重新推算。$/)
    // What is advised does mend it.
    await rebuild(() => undefined)
    expect(await faults()).toEqual([])
  },
)

test('a rule that was changed in the table is named, with everybody whose hours it did not give', async () => {
  useHourRules([happen.yunnan])
  undo.push(() => Promise.resolve(useHourRules([])))
  await tamper('version', sql`update version set body = replace(body, '"hours":0.25', '"hours":7')`)
  const said = await faults()
  const name = `${happen.yunnan.id}@${happen.yunnan.version}`
  expect(said[0]).toContain(`按规则 ${name} 给的学时，有2个人的对不上`)
  expect(said.filter((line) => line.includes('学时（hours）存着0.25，按记录应是7')).length).toBe(4)
  expect(said.at(-1)).toContain(`学时规则 ${name} 在 version 表里的内容和 content/hour-rules 里的文件不一样`)
})

test('a rule that was deleted from the table is missed, and the rest is verified all the same', async () => {
  await tamper('version', sql`delete from version`)
  expect(await faults()).toEqual(
    ['QX1000', 'QX1001'].map((number) =>
      expect.stringContaining(`工号 ${number}：有的记录找不到当时的学时规则`),
    ),
  )
})

test('a row of a closed year, or its hash, that was changed is named', async () => {
  await tamper('closedHours', sql`update closed_hours set hours = 90 where ${p0}`)
  expect(await faults()).toEqual([
    '工号 QX1000：2025年封存的网上学习学时（closed_hours）存着90学时、10分钟，按当时的记录应是0.25学时、10分钟。',
  ])
  for (const each of undo.splice(0)) await each()
  await tamper('closedYear', sql`update closed_year set root = 'x'`)
  expect(await faults()).toEqual(['2025年封存的学时表：每一行都对得上，总校验值（closed_year.root）被改过。'])
})

test('of one person with very many differences the first are said and the rest counted', async () => {
  const [row] = await read
    .select()
    .from(credit)
    .where(and(p0, eq(credit.period, 2026)))
  await keep(credit as never)
  const forged = Array.from({ length: 30 }, (_, i) => ({ ...row, subject: `s${i}` }) as typeof row)
  await write((tx) => tx.insert(credit).values(forged as (typeof credit.$inferInsert)[]))
  const said = await faults()
  expect([said.length, said.at(-1)]).toEqual([21, '工号 QX1000：另外还有10处推算的数据对不上。'])
})

test('whatever happens to people, nothing is reported that was not touched', async () => {
  const inForce = await versionsInForce()
  for (const [n, things] of fc.sample(life(4, 16), { numRuns: 25, seed: 7 }).entries()) {
    const known = new Set<string>()
    await write(async (tx) => {
      for (const { event, receivedAt } of lifeOf(things, 100 + n, `life-${n}`)) {
        if (event.kind === 'event-corrected' && !known.has(event.corrects)) continue
        known.add(event.id)
        clock.set(receivedAt)
        await recordIn(tx, event, inForce)
      }
    })
  }
  expect(await faults()).toEqual([])
})

test('what a busy person does meanwhile is no fault', async () => {
  clock.set('2030-01-10T02:00:00.000Z')
  let over = false
  const verifying = (async () => {
    for (let i = 0; i < 5; i++) expect(await faults()).toEqual([])
    over = true
  })()
  let told = 0
  while (!over && told < 500) {
    clock.advance(900)
    for (const each of happen.finished(mine, { lesson: `lsn-${told}` })) await record(each)
    told += 1
    await new Promise((resolve) => setTimeout(resolve, 3))
  }
  await verifying
  expect(told).toBeGreaterThan(5)
})

test('people who were erased are no fault, in the closed year neither', async () => {
  await erasePerson(others, 'officer-1')
  expect(await faults()).toEqual([])
  await tamper('closedHours', sql`update closed_hours set hours = 90 where ${p0}`)
  expect((await faults()).join()).toContain('closed_hours）存着90学时')
})
