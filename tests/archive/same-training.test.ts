// One class written in two ways counts once, also beside what earlier versions stored; and classes that lie on the same
// days are told to the officer.
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { approveBatch } from '#archive/approve.server.ts'
import { overlapping } from '#archive/overlap.ts'
import { read, write } from '#db/database.server.ts'
import { event } from '#db/schema/record.ts'
import { formerKey } from '#record/events/effective.ts'
import { record } from '#record/record.server.ts'
import { verifyChain } from '#record/root.server.ts'
import { creditsInOrder, imported, stoppedClock, underYunnan } from '../record/happenings.ts'
import { freshDatabase } from '../support/database.ts'
import { brought, plantOffice, previewOf, stored } from './county.ts'
import { csv, typedRow } from './files.ts'

freshDatabase()
underYunnan()
stoppedClock('2026-11-22T02:00:00.000Z')

let office: Awaited<ReturnType<typeof plantOffice>>
beforeAll(async () => {
  office = await plantOffice()
})

const titled = (title: string, more = {}) => typedRow({ '培训班（课程）名称': title, ...more })
const rowsOf = async (...rows: string[][]) =>
  (await previewOf(office.enters, csv(...rows))).rows.map((row) => ({
    ...{ verdict: row.verdict, says: row.says.join('') },
    beware: row.verdict === 'fresh' ? row.beware : '',
  }))
const hoursOf = async (number: string) =>
  (await creditsInOrder(office.idOf(number))).reduce((sum, { hours }) => sum + hours, 0)

test('a class that is recorded, waits or stands above is recognised in another spelling', async () => {
  const [plain, spaced, wide] = ['履职培训班(第1期)', '履职 培训班（第1期）', '履职培训班〔第１期〕']
  expect(await rowsOf(titled(plain), titled(spaced), titled(wide))).toMatchObject([
    { verdict: 'fresh' },
    { verdict: 'there', says: '和第2行是同一件事，只记一次。' },
    { verdict: 'there', says: '和第2行是同一件事，只记一次。' },
  ])
  const batch = await stored(office.enters, csv(titled(plain)))
  expect(await rowsOf(titled(wide))).toMatchObject([
    { verdict: 'there', says: '已经在等待核准的一批里，不再记。' },
  ])
  await approveBatch(office.approves, batch)
  expect(await rowsOf(titled(spaced))).toMatchObject([{ verdict: 'there', says: '已经记过，不再记。' }])
  const again = imported({
    person: office.idOf('QX1001'),
    title: wide,
    ...{ startOn: '2026-03-02', endOn: '2026-03-04', hours: 24 },
  })
  expect(await record(again)).toMatchObject({ repeated: true })
  expect(await hoursOf('QX1001')).toBe(24)
})

test('what an earlier version stored under its own key is known, holds, and does not come in a second time', async () => {
  const person = office.idOf('QX1002')
  const title = '示范班（第 2 期）ABC'
  const mine = { 工号: 'QX1002', 姓名: '李四' }
  // A batch that waited while the version changed.
  const waiting = await stored(office.enters, csv(titled(title, mine)))
  const old = imported({ person, title, startOn: '2026-03-02', endOn: '2026-03-04', hours: 24 })
  await record(old)
  await write((tx) =>
    tx
      .update(event)
      .set({ once: formerKey(old) })
      .where(eq(event.id, old.id)),
  )
  expect(await verifyChain(person)).toMatchObject({ brokenAt: null })
  expect(await rowsOf(titled(title, mine), titled('示范班(第2期)abc', mine))).toMatchObject([
    { verdict: 'there' },
    { verdict: 'there' },
  ])
  await approveBatch(office.approves, waiting)
  expect(await record({ ...old, id: imported({ person }).id })).toMatchObject({ repeated: true, id: old.id })
  expect(await read.select().from(event).where(eq(event.personId, person))).toHaveLength(1)
  expect(await hoursOf('QX1002')).toBe(24)
})

test('two classes on the same days are told with their names, and may be stored all the same', async () => {
  const mine = (startOn: string, endOn: string, more = {}) => ({
    ...{ 工号: 'QX2001', 姓名: '王五', 开始日期: startOn, 结束日期: endOn, 认定学时: '8' },
    ...more,
  })
  await brought(office, csv(titled('已经记的班', mine('2026-04-01', '2026-04-03'))))
  await stored(office.enters, csv(titled('等着核准的班', mine('2026-05-01', '2026-05-03'))))
  const rows = [
    titled('甲班', mine('2026-04-03', '2026-04-05')),
    titled('乙班', mine('2026-05-02', '2026-05-02')),
    titled('丙班', mine('2026-06-01', '2026-06-03')),
    titled('丁班', mine('2026-06-03', '2026-06-04')),
    titled('戊班', mine('2026-06-05', '2026-06-06')),
    titled('网上的课', mine('2026-06-01', '2026-06-06', { 培训方式: '网络自学' })),
    titled('别人的班', { ...mine('2026-06-01', '2026-06-06'), 工号: 'QX1001', 姓名: '张三' }),
  ]
  const after = '日期重叠。请核对是不是两个班都参加了；没有错就照样存。'
  const found = await rowsOf(...rows)
  expect(found.map(({ beware }) => beware)).toEqual([
    `和已有的“已经记的班”（2026-04-01至2026-04-03）${after}`,
    `和已有的“等着核准的班”（2026-05-01至2026-05-03）${after}`,
    `和第5行的“丁班”（2026-06-03至2026-06-04）${after}`,
    `和第4行的“丙班”（2026-06-01至2026-06-03）${after}`,
    ...['', '', ''],
  ])
  expect(found.every(({ verdict }) => verdict === 'fresh')).toBe(true)
  expect(await brought(office, csv(...rows))).toMatchObject({ state: 'approved', rows: 7 })
})

test('every span that shares a day with another is found, in whatever order they come', () => {
  const span = (title: string, from: number, to: number) => ({
    title,
    ...{ startOn: `2026-01-${from}`, endOn: `2026-01-${to}` },
  })
  const spans = [
    span('short', 13, 14),
    span('long', 10, 30),
    span('in it', 20, 21),
    span('after', 31, 31),
    span('same day', 31, 31),
  ]
  for (const order of [spans, spans.toReversed()])
    expect(new Set([...overlapping(order).keys()].map(({ title }) => title))).toEqual(
      new Set(['short', 'long', 'in it', 'after', 'same day']),
    )
  expect(overlapping([span('a', 10, 11), span('b', 12, 13)]).size).toBe(0)
})
