// Whoever changes the record behind the door's back is found, and so is what was changed.
import { eq, sql } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { read, write } from '#db/database.server.ts'
import { untold } from '#db/lock.server.ts'
import { rootOf } from '#db/chain-root.ts'
import { person as personTable } from '#db/schema/people.ts'
import { chain, credit, event, root } from '#db/schema/record.ts'
import { erasePerson } from '#people/erase.server.ts'
import { canonicalJson, hashLink, hashPayload } from '#record/events/chain.ts'
import { record } from '#record/record.server.ts'
import { storeRoot } from '#record/root.server.ts'
import { verifyRecord, type Anchor } from '#record/verify.server.ts'
import { freshDatabase } from '../support/database.ts'
import * as happen from './happenings.ts'

freshDatabase()
happen.underYunnan()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')

const people = ['杨', '李', '普'].map((name, i) => ({ id: `p${i}`, number: `QX100${i}`, name }))
const [mine, others, late] = ['p0', 'p1', 'p2'] as const

/** What a backup would have written down at this moment. */
async function anchorNow(name: string): Promise<Anchor> {
  const heads = await read.select({ personId: chain.personId, head: chain.head }).from(chain)
  const [last] = await read.all<{ events: number; seq: number }>(
    sql`select count(*) as events, max(seq) as seq from event`,
  )
  return {
    name,
    lastSeq: last?.seq ?? 0,
    events: last?.events ?? 0,
    chains: heads.length,
    root: rootOf(heads),
  }
}

const anchors: Anchor[] = []

beforeAll(async () => {
  const createdAt = clock.iso
  await write((tx) => tx.insert(personTable).values(people.map((one) => ({ ...one, createdAt }))))
  await storeRoot()
  for (let day = 0; day < 4; day++) {
    clock.advance(86_400)
    for (const { id } of people.slice(0, day < 2 ? 2 : 3)) {
      for (const each of happen.finished(id, { lesson: `lsn-${day}` })) await record(each)
      clock.advance(60)
      await record(happen.observed({ person: id, observedOn: `2026-03-0${day + 1}` }))
    }
    await storeRoot()
    if (day === 1) anchors.push(await anchorNow('2026-03-12-003000'))
  }
  await record(happen.imported({ person: mine }))
})

type Row = typeof event.$inferSelect
const rowsOf = async (id: string) => (await happen.eventsOf(id)) as Row[]
const put = (row: Row) => write((tx) => tx.update(event).set(row).where(eq(event.seq, row.seq)))
const verify = () => verifyRecord(read, anchors, untold.progress)
const faults = async () => (await verify()).faults

/** What a test has changed is put back as it was. */
const undo: (() => Promise<unknown>)[] = []
beforeEach(async () => {
  for (const each of undo.splice(0).reverse()) await each()
})

async function change(row: Row, to: Partial<Row>) {
  undo.push(() => put(row))
  await put({ ...row, ...to })
}

const at = (row: Row) => `工号 QX1000：seq ${row.seq}，编号 ${row.id}：`
const third = async () => (await rowsOf(mine))[2] as Row

test('a record that nobody touched holds, with every night and every backup', async () => {
  expect(await verify()).toEqual({ events: 41, chains: 3, roots: 5, anchors: 1, faults: [] })
  const steps: string[] = []
  await verifyRecord(read, [], (done, all, what) => steps.push(`${what} ${done}/${all}`))
  expect(steps).toContain('核对学习记录 41/41')
  expect(steps.at(-1)).toBe('核对推算的数据 3/3')
})

const bent = (text: string) => (text.startsWith('0') ? '1' : '0') + text.slice(1)

test.each<[string, (row: Row) => Partial<Row>, string]>([
  ['payload', (row) => ({ payload: row.payload?.replace('10', '90') ?? '' }), '内容（payload）'],
  ['payload, no longer JSON', (row) => ({ payload: `x${row.payload}` }), '内容（payload）被改过'],
  ['salt', () => ({ salt: 'no salt of ours' }), '盐（salt）被改过'],
  ['payloadHash', (row) => ({ payloadHash: bent(row.payloadHash) }), '内容的校验值（payload_hash）被改过'],
  ['hash', (row) => ({ hash: bent(row.hash) }), '校验值（hash）被改过'],
  ['previous', (row) => ({ previous: bent(row.previous) }), '上一条的校验值（previous）被改过'],
  ['receivedAt', () => ({ receivedAt: '2025-12-31T16:00:00.000Z' }), '收到时间（received_at）被改过'],
  ['at', () => ({ at: '2025-12-31T16:00:00.000Z' }), '发生时间（at）被改过'],
  ['kind', () => ({ kind: 'lesson-opened' }), '种类（kind）被改过'],
  ['id', () => ({ id: v7() }), '编号（id）、发生时间（at）、种类（kind）或收到时间（received_at）被改过'],
  ['effectiveAt', () => ({ effectiveAt: '2025-12-31T16:00:00.000Z' }), '计入时间（effective_at）被改过'],
  ['once', () => ({ once: 'completed:somebody:else' }), '只计一次的标记（once）被改过'],
  ['payload and salt, emptied of the one', () => ({ payload: null }), '内容（payload）被改过'],
])('one changed byte is found and named: %s', async (_, to, says) => {
  const row = await third()
  const changed = to(row)
  await change(row, changed)
  const said = await faults()
  expect(said[0]).toContain(at({ ...row, ...changed }))
  expect(said[0]).toContain(says)
  expect(said.every((line) => !line.includes('QX1001'))).toBe(true)
})

test('an event that was given to somebody else is found with both', async () => {
  const row = await third()
  await change(row, { personId: others })
  const said = (await faults()).join('\n')
  expect(said).toContain(
    `工号 QX1001：seq ${row.seq}，编号 ${row.id}：人员（person_id）被改过，原来是工号 QX1000的。`,
  )
  expect(said).toMatch(/工号 QX1000：seq \d+，编号 .*：它前面那一条被改记到工号 QX1001名下。/)
})

test('a row that was deleted is missed where it was, at the end too', async () => {
  const rows = await rowsOf(mine)
  const drop = (row: Row) => {
    undo.push(() => write((tx) => tx.insert(event).values(row)))
    return write((tx) => tx.delete(event).where(eq(event.seq, row.seq)))
  }
  await drop(rows[2] as Row)
  expect((await faults())[0]).toBe(`${at(rows[3] as Row)}它前面少了一条，或前一条被整条换过。`)
  await undo.pop()?.()
  await drop(rows.at(-1) as Row)
  expect(await faults()).toEqual(expect.arrayContaining(['工号 QX1000：末尾少了1条。']))
})

test('two rows that changed places are found', async () => {
  const [, first, second] = (await rowsOf(mine)) as [Row, Row, Row]
  const swap = () =>
    write(async (tx) => {
      await tx.update(event).set({ seq: -1 }).where(eq(event.id, first.id))
      await tx.update(event).set({ seq: first.seq }).where(eq(event.id, second.id))
      await tx.update(event).set({ seq: second.seq }).where(eq(event.id, first.id))
    })
  await swap()
  undo.push(async () => {
    await write((tx) => tx.update(event).set({ seq: -1 }).where(eq(event.id, second.id)))
    await put(first)
    await write(async (tx) => {
      await tx.update(event).set({ seq: first.seq }).where(eq(event.id, first.id))
      await tx.update(event).set({ seq: second.seq }).where(eq(event.id, second.id))
    })
  })
  expect((await faults())[0]).toBe(
    `工号 QX1000：seq ${first.seq}，编号 ${second.id}：位置被换过，它应在 seq ${second.seq} 之后。`,
  )
})

test('a row that was put in between is found, however well it was made', async () => {
  const rows = await rowsOf(mine)
  const [before, after] = rows.slice(1, 3) as [Row, Row]
  const payload = canonicalJson({ ...JSON.parse(rows.at(-1)?.payload ?? ''), hours: 400 })
  const payloadHash = hashPayload(before.salt ?? '', payload)
  const forged = { ...(rows.at(-1) as Row), id: v7(), once: null, payload, salt: before.salt, payloadHash }
  const link = { ...forged, previous: before.hash, receivedAt: before.receivedAt }
  const row = { ...link, effectiveAt: before.receivedAt, hash: hashLink(link) }
  // What came after it moves up by one.
  await write(async (tx) => {
    await tx.run(sql`update event set seq = -seq where seq >= ${after.seq}`)
    await tx.run(sql`update event set seq = 1 - seq where seq < 0`)
    await tx.insert(event).values({ ...row, seq: after.seq })
  })
  undo.push(() =>
    write(async (tx) => {
      await tx.delete(event).where(eq(event.seq, after.seq))
      await tx.run(sql`update event set seq = -seq where seq > ${after.seq}`)
      await tx.run(sql`update event set seq = -1 - seq where seq < 0`)
    }),
  )
  const said = await faults()
  expect(said.join('\n')).toContain(
    `seq ${after.seq + 1}，编号 ${after.id}：它前面的 seq ${after.seq} 是后来插进来的，或位置被换过。`,
  )
})

const setChain = async (to: Partial<typeof chain.$inferSelect>) => {
  const [old] = await read.select().from(chain).where(eq(chain.personId, mine))
  undo.push(() =>
    write((tx) =>
      tx
        .update(chain)
        .set(old ?? {})
        .where(eq(chain.personId, mine)),
    ),
  )
  await write((tx) => tx.update(chain).set(to).where(eq(chain.personId, mine)))
}

test('a head, a length, or the row of a chain that was changed is named', async () => {
  await setChain({ head: bent((await rowsOf(mine)).at(-1)?.hash ?? '') })
  expect(await faults()).toEqual(['工号 QX1000：链的末端（chain.head）被改过。'])
  await undo.pop()?.()
  await setChain({ length: 3 })
  expect(await faults()).toEqual(['工号 QX1000：链的条数（chain.length）被改过。'])
  await undo.pop()?.()
  const [old] = await read.select().from(chain).where(eq(chain.personId, mine))
  await write((tx) => tx.delete(chain).where(eq(chain.personId, mine)))
  undo.push(() => write((tx) => tx.insert(chain).values(old as typeof chain.$inferInsert)))
  expect(await faults()).toEqual(['工号 QX1000：链的末端（chain 表里的这一行）不见了。'])
})

test('the root of a night that was changed is named by its day', async () => {
  const [night] = await read.select().from(root).where(eq(root.on, '2026-03-12'))
  undo.push(() =>
    write((tx) =>
      tx
        .update(root)
        .set(night ?? {})
        .where(eq(root.on, '2026-03-12')),
    ),
  )
  await write((tx) =>
    tx
      .update(root)
      .set({ root: bent(night?.root ?? '') })
      .where(eq(root.on, '2026-03-12')),
  )
  const said = await faults()
  expect(said).toHaveLength(1)
  expect(said[0]).toContain('2026-03-12 夜里的总校验值（root）对不上')
})

test('a chain that was written anew from the first event to the head is found by the nights and the backups', async () => {
  const rows = await rowsOf(late)
  const [end] = await read.select().from(chain).where(eq(chain.personId, late))
  undo.push(async () => {
    for (const row of rows) await put(row)
    await write((tx) =>
      tx
        .update(chain)
        .set(end ?? {})
        .where(eq(chain.personId, late)),
    )
  })
  let { previous } = rows[0] as Row
  for (const row of rows) {
    const payload = row.payload?.replace('"note":"', '"note":"很好。') ?? ''
    const payloadHash = hashPayload(row.salt ?? '', payload)
    const link = { ...row, previous, payload, payloadHash }
    previous = hashLink(link)
    await put({ ...link, hash: previous })
  }
  await write((tx) => tx.update(chain).set({ head: previous }).where(eq(chain.personId, late)))
  expect((await faults()).map((line) => line.slice(0, 10))).toEqual(['2026-03-13', '2026-03-14'])
})

test('whole persons who vanished with all their rows are missed by the backup and the nights', async () => {
  const rows = await rowsOf(others)
  const [end] = await read.select().from(chain).where(eq(chain.personId, others))
  undo.push(() =>
    write(async (tx) => {
      await tx.insert(event).values(rows)
      await tx.insert(chain).values(end as typeof chain.$inferInsert)
    }),
  )
  await write(async (tx) => {
    await tx.delete(event).where(eq(event.personId, others))
    await tx.delete(chain).where(eq(chain.personId, others))
  })
  const said = (await faults()).join('\n')
  expect(said).toContain('备份 2026-03-12-003000 有16条记录，现在到同一条为止有8条：有记录被删过或补过。')
  expect(said).toContain('2026-03-12 夜里的总校验值（root）对不上')
  expect(said).toContain('credit 表有')
})

test('hours that no event has given are named with their person', async () => {
  const forged = {
    ...{ eventId: v7(), personId: mine, meter: 'online' as const, period: 2026, on: '2026-03-11' },
    ...{ subject: 'lsn-x', title: '没学过的课', minutes: 600, hours: 90, rule: 'yunnan-2024', reason: '无' },
  }
  await write((tx) => tx.insert(credit).values(forged))
  undo.push(() => write((tx) => tx.delete(credit).where(eq(credit.eventId, forged.eventId))))
  expect(await faults()).toEqual([
    '工号 QX1000：2026年“没学过的课”的学时记录（credit）存着学时（hours）90，按记录不该有这一行。查明以后运行 npm run rebuild 重新推算。',
  ])
  // Another person's event proves nothing either.
  await write((tx) =>
    tx
      .update(credit)
      .set({ eventId: sql`(select id from event where person_id = 'p1' limit 1)` })
      .where(eq(credit.subject, 'lsn-x')),
  )
  undo.push(() => write((tx) => tx.delete(credit).where(eq(credit.subject, 'lsn-x'))))
  expect(await faults()).toHaveLength(1)
})

test('a clock that was set back between two events raises no false alarm', async () => {
  clock.advance(-3_600)
  await record(happen.observed({ person: mine, observedOn: '2026-03-01' }))
  clock.advance(7_200)
  await record(happen.observed({ person: mine, observedOn: '2026-03-02' }))
  clock.advance(86_400)
  await storeRoot()
  expect(await faults()).toEqual([])
})

test('people who were erased leave a record that holds', async () => {
  await erasePerson(others, 'officer-1')
  expect(await faults()).toEqual([])
})

test('what arrives while everything is verified is no fault', async () => {
  const writing = (async () => {
    for (let i = 0; i < 60; i++) {
      await record(happen.observed({ person: i % 2 ? mine : `new-${i}` }))
      await new Promise((resolve) => setImmediate(resolve))
    }
  })()
  for (let i = 0; i < 5; i++) expect(await faults()).toEqual([])
  await writing
  expect(await faults()).toEqual([])
})
