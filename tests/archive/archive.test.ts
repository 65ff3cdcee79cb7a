import { parse } from 'csv-parse/sync'
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { ownArchive, unitArchive } from '#archive/download.server.ts'
import { read, write } from '#db/database.server.ts'
import { audit, person, view } from '#db/schema/people.ts'
import { credit, event } from '#db/schema/record.ts'
import { record } from '#record/record.server.ts'
import { freshDatabase } from '../support/database.ts'
import { refusal } from '../people/house.ts'
import { attended, finished, imported, stoppedClock, underYunnan } from '../record/happenings.ts'
import { cadres, downloaded, plantOffice, posts } from './county.ts'
import { readSheet } from '#sheet/read-sheet.ts'

freshDatabase()
underYunnan()
const clock = stoppedClock('2026-10-10T02:00:00.000Z')

let office: Awaited<ReturnType<typeof plantOffice>>
beforeAll(async () => {
  office = await plantOffice()
  const [zhang, li, wang] = ['QX1001', 'QX1002', 'QX2001'].map(office.idOf) as [string, string, string]
  const entry = { certificate: '培2025-007', rank: '一级科员', enteredBy: '老赵' }
  const approvedBy = office.approves.person.id
  await record(imported({ person: zhang, startOn: '2025-05-06', endOn: '2025-05-08', entry, approvedBy }))
  await record(
    imported({ person: zhang, startOn: '2026-05-06', endOn: '2026-05-08', title: '=SUM(A1:A9)', approvedBy }),
  )
  await record(attended({ person: li, confirmedBy: approvedBy }))
  await record(
    imported({ person: wang, meter: 'online', title: '省网络学院自学', nature: 'elective', approvedBy }),
  )
  for (const lesson of ['lsn-a', 'lsn-b']) {
    for (const one of finished(li, { lesson, course: `crs-${lesson}`, minutes: 20 })) {
      clock.advance(60)
      await record(one)
    }
    clock.advance(7_200)
  }
})

type Line = Record<string, string>
const lines = (csv: Buffer) => parse(csv, { bom: true, columns: true }) as Line[]
const collected = async (file: AsyncGenerator<Uint8Array>) => {
  const chunks: Uint8Array[] = []
  for await (const chunk of file) chunks.push(chunk)
  return Buffer.concat(chunks)
}
const said = (line: Line | undefined) =>
  Object.fromEntries(Object.entries(line ?? {}).filter(([, cell]) => cell !== ''))

test('an entry from elsewhere says everything that was written, with the unit and post of that time', async () => {
  const [first, second] = lines(await downloaded(office.enters))
  expect(said(first)).toEqual({
    ...{ 工号: 'QX1001', 姓名: '张三', 单位: '青溪县/白石镇/云岭村', 职务: '网格员', 职级: '一级科员' },
    ...{ '培训班（课程）名称': '市委党校专题班', 培训方式: '集中培训', 主办单位: '市委党校', 来源: '导入' },
    ...{ 开始日期: '2025-05-06', 结束日期: '2025-05-08', 认定学时: '24', 证书号: '培2025-007' },
    ...{ 录入人: '老赵', 核准人: 'officer-2的姓名' },
  })
  expect(said(second)).toMatchObject({ 职务: '村党组织书记', '培训班（课程）名称': "'=SUM(A1:A9)" })
})

test('lessons of the platform name their rule, two of one name on one day are one line', async () => {
  const lesson = lines(await downloaded(office.enters)).find(({ 类别 }) => 类别 === '网络')
  expect(said(lesson)).toEqual({
    ...{ 工号: 'QX1002', 姓名: '李四', 单位: '青溪县/白石镇/云岭村', 职务: '村党组织书记', 类别: '网络' },
    ...{
      '培训班（课程）名称': '第一课',
      培训方式: '网络自学',
      开始日期: '2026-10-10',
      结束日期: '2026-10-10',
    },
    ...{ 认定学时: '1', 认定规则: 'yunnan-2024@2024.1', 来源: '平台', 录入人: '平台', 核准人: '平台' },
  })
})

test('the hours of the archive are those of the record', async () => {
  const sum = lines(await downloaded(office.enters)).reduce((all, line) => all + Number(line['认定学时']), 0)
  const credits = await read.select().from(credit)
  expect(sum).toBe(credits.reduce((all, { hours }) => all + hours, 0))
})

test('attendance is an entry of the platform, vouched for by who confirmed it', async () => {
  const line = lines(await downloaded(office.enters)).find(
    (one) => one['培训班（课程）名称'] === '三月三会一课',
  )
  expect(said(line)).toMatchObject({ 来源: '平台', 录入人: '平台', 核准人: 'officer-2的姓名', 认定学时: '2' })
})

test('an officer downloads the people of the own units, narrowed to a unit and a year', async () => {
  const numbers = async (by = office.enters, wanted = {}) =>
    lines(await downloaded(by, 'csv', wanted)).map((line) => line['工号'])
  expect(await numbers()).toEqual(['QX1001', 'QX1001', 'QX1002', 'QX1002', 'QX2001'])
  expect(await numbers(office.ofBaishi)).toEqual(['QX1001', 'QX1001', 'QX1002', 'QX1002'])
  expect(await numbers(office.enters, { unit: office.heshan.id })).toEqual(['QX2001'])
  expect(await numbers(office.enters, { year: 2025 })).toEqual(['QX1001'])
  const other = unitArchive(office.ofBaishi, { year: null, unit: office.heshan.id }, 'csv', posts)
  expect((await refusal(other)).kind).toBe('not-yours')
  const nobody = { ...office.ofBaishi, grants: [] }
  expect(await numbers(nobody)).toEqual([])
})

test('who is in a downloaded archive sees that it was looked at, and the audit log has one line', async () => {
  await write((tx) => tx.delete(view))
  const before = (await read.select().from(audit).where(eq(audit.act, 'archive-downloaded'))).length
  await downloaded(office.ofBaishi)
  const looks = await read.select().from(view)
  expect(looks.map(({ personId, viewerId, what }) => [personId, viewerId, what])).toEqual(
    ['QX1001', 'QX1002'].map((number) => [
      office.idOf(number),
      office.ofBaishi.person.id,
      '培训档案（下载）',
    ]),
  )
  const noted = await read.select().from(audit).where(eq(audit.act, 'archive-downloaded'))
  expect(noted).toHaveLength(before + 1)
  expect(noted.at(-1)).toMatchObject({ target: office.baishi.id, detail: { year: null, people: 2 } })
})

test('a person’s own archive is theirs alone, and nobody is said to have looked', async () => {
  await write((tx) => tx.delete(view))
  const session = {
    ...office.enters,
    grants: [],
    person: { id: office.idOf('QX2001'), ...(cadres[2] as { number: string; name: string }) },
  }
  expect(lines(await collected(ownArchive(session, 'csv', posts))).map(said)).toMatchObject([
    { 工号: 'QX2001', '培训班（课程）名称': '省网络学院自学', 必修选修: '选修' },
  ])
  expect(await read.select().from(view)).toEqual([])
})

test('a workbook holds the same table, with hours as numbers', async () => {
  const csv = lines(await downloaded(office.enters))
  const sheet = await readSheet(await downloaded(office.enters, 'xlsx'))
  const [heading = [], ...rows] = sheet.map(({ cells }) => cells)
  expect(rows.map((row) => Object.fromEntries(heading.map((name, i) => [name, row[i] ?? ''])))).toEqual(csv)
})

test('while the archive of many is made, the process goes on with other things', async () => {
  const [row] = await read.select().from(event).where(eq(event.kind, 'hours-imported'))
  const [held] = await read
    .select()
    .from(credit)
    .where(eq(credit.eventId, row?.id ?? ''))
  if (!row || !held) throw new Error('Nothing was imported.')
  const createdAt = clock.iso
  await write(async (tx) => {
    for (const many of Array.from({ length: 300 }, (_, i) => `many-${i}`)) {
      const ids = Array.from({ length: 20 }, (_, i) => `${many}-${i}`)
      await tx.insert(person).values({ id: many, number: many, name: '某人', createdAt })
      await tx
        .insert(event)
        .values(ids.map((id) => ({ ...row, personId: many, seq: undefined, id, once: id })))
      await tx
        .insert(credit)
        .values(ids.map((id) => ({ ...held, personId: many, eventId: id, subject: id, title: id })))
    }
  })
  for (const format of ['csv', 'xlsx'] as const) {
    let turns = 0
    let done = false
    const turn = () => void (turns++, done || setImmediate(turn))
    turn()
    const file = await downloaded(office.enters, format)
    done = true
    expect(file.length).toBeGreaterThan(100_000)
    // Made in one go, it would leave others a turn or two.
    expect(turns).toBeGreaterThan(60)
  }
})
