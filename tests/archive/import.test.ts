import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { approveBatch, undoBatch } from '#archive/approve.server.ts'
import { findBatch, listBatches, rowsOf } from '#archive/batch.server.ts'
import { storeBatch } from '#archive/store.server.ts'
import { read, write } from '#db/database.server.ts'
import { audit } from '#db/schema/people.ts'
import { credit, event, hoursBatch, hoursRow } from '#db/schema/record.ts'
import { erasePerson } from '#people/erase.server.ts'
import { verifyChain } from '#record/root.server.ts'
import { freshDatabase } from '../support/database.ts'
import { refusal } from '../people/house.ts'
import { creditsInOrder, eventsOf, imported, stoppedClock, underYunnan } from '../record/happenings.ts'
import { record } from '#record/record.server.ts'
import { brought, plantOffice, previewOf, stored, upload } from './county.ts'
import { csv, typedRow } from './files.ts'

freshDatabase()
underYunnan()
const clock = stoppedClock('2026-11-22T02:00:00.000Z')

let office: Awaited<ReturnType<typeof plantOffice>>
beforeAll(async () => {
  office = await plantOffice()
})

/** A class that nobody has been to yet. */
let classes = 0
const newClass = () => `第${(classes += 1)}期培训班`
const row = (changes: Record<string, string> = {}) =>
  typedRow({ '培训班（课程）名称': newClass(), ...changes })
const hoursOf = async (number: string) =>
  (await creditsInOrder(office.idOf(number))).reduce((sum, { hours }) => sum + hours, 0)
const verdicts = async (bytes: Uint8Array, by = office.enters) =>
  (await previewOf(by, bytes)).rows.map(({ verdict, says }) => [verdict, says.join('')])

test('a preview stores nothing', async () => {
  const preview = await previewOf(office.enters, csv(row(), row({ 工号: 'QX9999' })))
  expect(preview).toMatchObject({ fileName: '学时.csv', counts: { fresh: 1, there: 0, wrong: 1 } })
  expect(await read.select().from(hoursRow)).toEqual([])
  expect(await read.select().from(event)).toEqual([])
})

test('who is not in the officer’s units looks as if there were no such person', async () => {
  const outside = '工号：不在你管的单位里，或者名册里没有。请核对工号；别的单位的人由那里的培训管理员导入。'
  const bytes = csv(row({ 工号: 'QX2001', 姓名: '王五' }), row({ 工号: 'QX9999' }), row())
  expect(await verdicts(bytes, office.ofBaishi)).toEqual([
    ['wrong', outside],
    ['wrong', outside],
    ['fresh', ''],
  ])
})

test('a name that is not that of the roster is named; spaces and case make no difference', async () => {
  const bytes = csv(row({ 姓名: '张五' }), row({ 姓名: '张　三', 工号: 'qx1001' }))
  expect(await verdicts(bytes)).toEqual([
    ['wrong', '姓名：名册里这个工号是“张三”，文件里写的是“张五”。请核对工号和姓名。'],
    ['fresh', ''],
  ])
})

test('a training that stands twice in a file is stored once; with other hours one must choose', async () => {
  const once = row()
  const other = once.map((cell) => (cell === '24' ? '16' : cell))
  expect(await verdicts(csv(once, once, other))).toEqual([
    ['fresh', ''],
    ['there', '和第2行是同一件事，只记一次。'],
    ['wrong', '认定学时：和第2行是同一件事，那里写24，这里写16。请留下对的一行。'],
  ])
})

test('a file with nothing new stores nothing, and an upload is its owner’s alone', async () => {
  const id = await upload(office.enters, csv(row({ 工号: 'QX9999' })))
  expect((await refusal(storeBatch(office.enters, id))).message).toBe('这个文件里没有可以存的新行。')
  expect((await refusal(storeBatch(office.approves, id))).kind).toBe('closed')
  expect((await refusal(storeBatch(office.enters, 'no-such'))).message).toBe('这次上传的文件已经不在了。')
})

test('hours count once another officer has approved them, and the learner’s record says where they come from', async () => {
  const title = newClass()
  const bytes = csv(typedRow({ '培训班（课程）名称': title, 必修选修: '必修', 证书号: '培2026-018' }))
  const batch = await stored(office.enters, bytes)
  const before = await hoursOf('QX1001')
  expect(await findBatch(office.approves, batch)).toMatchObject({
    ...{ state: 'waiting', rows: 1, recorded: 0, own: false, covered: true, enteredBy: 'officer-1的姓名' },
  })
  expect(await rowsOf(batch, 1)).toMatchObject([
    { line: 2, number: 'QX1001', entry: { title }, recorded: false },
  ])
  await approveBatch(office.approves, batch)
  expect(await hoursOf('QX1001')).toBe(before + 24)
  expect(await findBatch(office.approves, batch)).toMatchObject({ state: 'approved', recorded: 1 })
  const stands = (await eventsOf(office.idOf('QX1001'))).at(-1)
  expect(JSON.parse(stands?.payload ?? '')).toEqual({
    ...{ meter: 'concentrated', title, organiser: '县委党校', startOn: '2026-03-02', endOn: '2026-03-04' },
    ...{ hours: 24, nature: 'compulsory', entry: { certificate: '培2026-018' }, batch },
    ...{ enteredBy: office.enters.person.id, approvedBy: office.approves.person.id },
  })
  expect(stands).toMatchObject({
    at: clock.iso,
    receivedAt: clock.iso,
    effectiveAt: '2026-03-04T04:00:00.000Z',
  })
  expect(await verifyChain(office.idOf('QX1001'))).toMatchObject({ brokenAt: null })
})

test('who entered a batch cannot approve it, nor can who does not answer for everybody in it', async () => {
  const batch = await stored(office.enters, csv(row(), row({ 工号: 'QX2001', 姓名: '王五' })))
  expect(await refusal(approveBatch(office.enters, batch))).toEqual({
    ...{ kind: 'not-yours', message: '这一批是你录入的，不能由你核准。', hint: '请另一位培训管理员核准。' },
  })
  // One township only: for that officer there is no such batch.
  expect((await refusal(approveBatch(office.ofBaishi, batch))).kind).toBe('not-found')
  expect((await refusal(undoBatch(office.ofBaishi, batch, '不对'))).kind).toBe('not-found')
  const ids = async (by = office.ofBaishi) => (await listBatches(by, 1)).batches.map(({ id }) => id)
  expect(await ids()).not.toContain(batch)
  expect(await ids(office.approves)).toContain(batch)
  const ofTown = await stored(office.enters, csv(row()))
  expect(await ids()).toContain(ofTown)
  await approveBatch(office.ofBaishi, ofTown)
  expect(await findBatch(office.ofBaishi, ofTown)).toMatchObject({ state: 'approved' })
})

test('who has hours in a batch cannot approve it, but may turn it down or take it back', async () => {
  const self = { ...office.approves, person: { ...office.approves.person, id: office.idOf('QX1001') } }
  const batch = await stored(office.enters, csv(row(), row({ 工号: 'QX1002', 姓名: '李四' })))
  const before = await hoursOf('QX1001')
  expect(await findBatch(self, batch)).toMatchObject({ aboutReader: true, own: false, covered: true })
  expect(await refusal(approveBatch(self, batch))).toEqual({
    ...{ kind: 'not-yours', message: '这一批里有你自己的学时，不能由你核准。' },
    hint: '请另一位培训管理员核准。',
  })
  expect(await hoursOf('QX1001')).toBe(before)
  await approveBatch(office.approves, batch)
  expect(await hoursOf('QX1001')).toBe(before + 24)
  await undoBatch(self, batch, '我没有去')
  expect(await hoursOf('QX1001')).toBe(before)
  const waits = await stored(office.enters, csv(row()))
  await undoBatch(self, waits, '我没有去')
  expect(await findBatch(self, waits)).toMatchObject({ state: 'declined' })
  const ofOthers = await stored(office.enters, csv(row({ 工号: 'QX1002', 姓名: '李四' })))
  await approveBatch(self, ofOthers)
  expect(await findBatch(self, ofOthers)).toMatchObject({ aboutReader: false, state: 'approved' })
})

test('an officer who has lost a unit no longer decides over what was entered for it', async () => {
  const batch = await stored(office.enters, csv(row({ 工号: 'QX2001', 姓名: '王五' })))
  const moved = { ...office.enters, grants: office.ofBaishi.grants }
  expect(await findBatch(moved, batch)).toMatchObject({ own: true, covered: false })
  await approveBatch(office.approves, batch)
  expect((await refusal(undoBatch(moved, batch, '不对'))).message).toBe('这一批里有不在你管的单位里的人。')
})

test('what is recorded or waits already is recognised, and with other hours it is said how to change it', async () => {
  const known = row()
  await brought(office, csv(known))
  const waits = row()
  await stored(office.enters, csv(waits))
  const more = (cells: string[]) => cells.map((cell) => (cell === '24' ? '30' : cell))
  expect(await verdicts(csv(known, waits))).toEqual([
    ['there', '已经记过，不再记。'],
    ['there', '已经在等待核准的一批里，不再记。'],
  ])
  expect(await verdicts(csv(more(known), more(waits)))).toEqual([
    ['there', '已经记过，那里是24学时。要改成30，先撤回那一批再导入。'],
    ['there', '已经在等待核准的一批里，那里是24学时。要改成30，先撤回那一批再导入。'],
  ])
})

test('a batch that is turned down counts nothing, with a reason, and may be brought in again', async () => {
  const bytes = csv(row())
  const batch = await stored(office.enters, bytes)
  expect((await refusal(undoBatch(office.approves, batch, '  '))).message).toBe('还没有写理由。')
  await undoBatch(office.approves, batch, '没有结业证书')
  expect(await findBatch(office.enters, batch)).toMatchObject({
    ...{ state: 'declined', reason: '没有结业证书', undoneBy: 'officer-2的姓名' },
  })
  expect((await refusal(approveBatch(office.approves, batch))).message).toBe('这一批已经有人处理过了。')
  expect(await verdicts(bytes)).toEqual([['fresh', '']])
})

test('who entered a batch may take it back while it waits', async () => {
  const batch = await stored(office.enters, csv(row()))
  await undoBatch(office.enters, batch, '传错了文件')
  expect(await findBatch(office.enters, batch)).toMatchObject({
    state: 'declined',
    undoneBy: 'officer-1的姓名',
  })
})

test('what is taken back is gone from the hours, stays in the record with its reason, and may be brought in anew', async () => {
  const bytes = csv(row({ 工号: 'QX1002', 姓名: '李四' }), row({ 工号: 'QX1002', 姓名: '李四' }))
  const before = await hoursOf('QX1002')
  const { id } = await brought(office, bytes)
  expect(await hoursOf('QX1002')).toBe(before + 48)
  await undoBatch(office.approves, id, '名单弄错了')
  expect(await hoursOf('QX1002')).toBe(before)
  expect(await findBatch(office.enters, id)).toMatchObject({ state: 'undone', recorded: 0 })
  const last = (await eventsOf(office.idOf('QX1002'))).at(-1)
  expect(JSON.parse(last?.payload ?? '')).toMatchObject({
    ...{ reason: '转入的学时撤回：名单弄错了', correctedBy: office.approves.person.id },
  })
  await undoBatch(office.approves, id, '再按一次')
  expect(await verdicts(bytes)).toEqual([
    ['fresh', ''],
    ['fresh', ''],
  ])
  await brought(office, bytes)
  expect(await hoursOf('QX1002')).toBe(before + 48)
})

test('an approval that was cut off in the middle is completed by asking again, and counts nothing twice', async () => {
  const rows = Array.from({ length: 7 }, () => row())
  const batch = await stored(office.enters, csv(...rows))
  const before = await hoursOf('QX1001')
  // As the process leaves it when it ends: decided, some rows through, of one only the event.
  await write(async (tx) => {
    const approved = { approvedBy: office.approves.person.id, approvedAt: clock.iso }
    await tx.update(hoursBatch).set(approved).where(eq(hoursBatch.id, batch))
  })
  const [first] = await rowsOf(batch, 1)
  const cut = imported({
    person: office.idOf('QX1001'),
    ...first?.entry,
    batch,
    approvedBy: office.approves.person.id,
  })
  await record(cut)
  expect(await findBatch(office.approves, batch)).toMatchObject({ state: 'approving', recorded: 0 })
  await Promise.all([approveBatch(office.approves, batch), approveBatch(office.approves, batch)])
  expect(await findBatch(office.approves, batch)).toMatchObject({ state: 'approved', recorded: 7 })
  expect(await hoursOf('QX1001')).toBe(before + 7 * 24)
  expect(await read.select().from(hoursRow).where(eq(hoursRow.eventId, cut.id))).toMatchObject([{ line: 2 }])
})

test('taking back that was cut off is completed by asking again', async () => {
  const before = await hoursOf('QX1001')
  const { id } = await brought(office, csv(row(), row(), row()))
  await write((tx) =>
    tx
      .update(hoursBatch)
      .set({ undoneBy: office.approves.person.id, undoneAt: clock.iso, reason: '弄错了' })
      .where(eq(hoursBatch.id, id)),
  )
  expect(await findBatch(office.approves, id)).toMatchObject({ state: 'undoing', recorded: 3 })
  // Nothing may be recorded any more, and the reason of the first decision holds.
  expect((await refusal(approveBatch(office.approves, id))).kind).toBe('closed')
  await undoBatch(office.approves, id, '')
  expect(await findBatch(office.approves, id)).toMatchObject({ state: 'undone', reason: '弄错了' })
  expect(await hoursOf('QX1001')).toBe(before)
})

test('two officers decide at once: one decision holds', async () => {
  const batch = await stored(office.enters, csv(row()))
  const outcomes = await Promise.allSettled([
    approveBatch(office.approves, batch),
    undoBatch(office.approves, batch, '不要'),
  ])
  expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(1)
  const { state } = await findBatch(office.approves, batch)
  expect(['approved', 'declined', 'undone']).toContain(state)
  expect(
    (await eventsOf(office.idOf('QX1001'))).filter(({ payload }) => payload?.includes(batch)),
  ).toHaveLength(state === 'declined' ? 0 : 1)
})

/** A batch with the same rows, as when two officers stored the same file in the same moment. */
async function twinOf(batch: string): Promise<string> {
  const id = `${batch}-twin`
  const rows = await read.select().from(hoursRow).where(eq(hoursRow.batchId, batch))
  const [entered] = await read.select().from(hoursBatch).where(eq(hoursBatch.id, batch))
  if (!entered) throw new Error('There is no such batch.')
  await write(async (tx) => {
    await tx.insert(hoursBatch).values({ ...entered, id })
    await tx.insert(hoursRow).values(rows.map((one) => ({ ...one, batchId: id })))
  })
  return id
}

test('one training in two batches counts once, and lives on when the first of them is taken back', async () => {
  const first = await stored(office.enters, csv(row()))
  const second = await twinOf(first)
  const before = await hoursOf('QX1001')
  await approveBatch(office.approves, first)
  await approveBatch(office.approves, second)
  expect(await hoursOf('QX1001')).toBe(before + 24)
  await undoBatch(office.approves, first, '重复')
  expect(await findBatch(office.approves, second)).toMatchObject({ state: 'approving', recorded: 0 })
  await approveBatch(office.approves, second)
  expect(await hoursOf('QX1001')).toBe(before + 24)
  await undoBatch(office.approves, second, '也不对')
  expect(await hoursOf('QX1001')).toBe(before)
})

test('a class without hours stands in the record and adds nothing', async () => {
  const before = await hoursOf('QX1001')
  const title = newClass()
  await brought(office, csv(typedRow({ '培训班（课程）名称': title, 认定学时: '0', 结果: '退学' })))
  expect(await hoursOf('QX1001')).toBe(before)
  const held = await read.select().from(credit).where(eq(credit.subject, title))
  expect(held).toMatchObject([{ hours: 0, rule: 'imported' }])
})

test('the audit log says who stored, approved, turned down and took back, and names nobody', async () => {
  const batch = await stored(office.enters, csv(row()))
  await approveBatch(office.approves, batch)
  await undoBatch(office.approves, batch, '弄错了')
  const lines = (await read.select().from(audit)).filter(({ detail }) => detail['batch'] === batch)
  expect(lines.map(({ act, actorId, target, detail }) => [act, actorId, target, detail['rows']])).toEqual([
    ['hours-stored', office.enters.person.id, office.county.id, 1],
    ['hours-approved', office.approves.person.id, office.county.id, 1],
    ['hours-undone', office.approves.person.id, office.county.id, 1],
  ])
  expect(JSON.stringify(lines)).not.toMatch(/张三|QX1001/)
})

test('rows that were never finished storing are forgotten after an hour, and those of others at work are not', async () => {
  const orphan = (batchId: string) => ({ batchId, line: 2, personId: office.idOf('QX1001'), body: {} })
  await write((tx) =>
    tx.insert(hoursRow).values([orphan('01900000-0000-7000-8000-000000000000'), orphan('f-at-work')]),
  )
  await stored(office.enters, csv(row()))
  const left = (await read.select().from(hoursRow)).filter(({ body }) => JSON.stringify(body) === '{}')
  expect(left.map(({ batchId }) => batchId)).toEqual(['f-at-work'])
})

test('who is erased disappears from waiting batches too', async () => {
  const batch = await stored(office.enters, csv(row({ 工号: 'QX2001', 姓名: '王五' }), row()))
  await erasePerson(office.idOf('QX2001'), 'process')
  expect(await findBatch(office.approves, batch)).toMatchObject({ rows: 1 })
  await approveBatch(office.approves, batch)
  expect(await findBatch(office.approves, batch)).toMatchObject({ state: 'approved' })
})
