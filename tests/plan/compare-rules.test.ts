// "What if another rule set held": the same record under two rule sets, for whom one may see, and nothing is stored.
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { read } from '#db/database.server.ts'
import { view } from '#db/schema/people.ts'
import { compareRules, peopleToCompare, rulesToCompare } from '#plan/compare-rules.server.ts'
import { useHourRules } from '#record/hours/rule.server.ts'
import { record } from '#record/record.server.ts'
import { plantOffice } from '../archive/county.ts'
import { refusal } from '../people/house.ts'
import * as happen from '../record/happenings.ts'
import { nanjing, shanxi, yunnan, zhengzhou } from '../record/published-rules.ts'
import { freshDatabase } from '../support/database.ts'

freshDatabase()
happen.underYunnan()
const clock = happen.stoppedClock('2026-05-10T02:00:00.000Z')

let office: Awaited<ReturnType<typeof plantOffice>>
beforeAll(async () => {
  useHourRules([nanjing, shanxi, yunnan, zhengzhou])
  office = await plantOffice()
})

test('the rule set in force is offered first, and each once', async () => {
  expect((await rulesToCompare()).map(({ id }) => id)).toEqual([
    'yunnan-2024',
    'nanjing',
    'shanxi',
    'zhengzhou',
  ])
})

test('an officer may choose himself and the people of his units', async () => {
  const names = (await peopleToCompare(office.ofBaishi)).map(({ name }) => name)
  expect(names).toEqual([office.ofBaishi.person.name, '张三', '李四'])
})

test('a record is worked out under both, the person sees who looked, and nothing is changed', async () => {
  const person = office.idOf('QX1001')
  for (const [lesson, minutes] of [
    ['lsn-1', 16],
    ['lsn-2', 15],
  ] as const) {
    for (const event of happen.finished(person, { lesson, minutes })) await record(event)
    clock.advance(3600)
  }
  await record(happen.attended({ person, hours: 2, on: '2026-03-01' }))
  const before = await happen.derivedOf(person)
  const { rows, sums } = await compareRules(office.ofBaishi, { person, a: 'yunnan-2024', b: 'shanxi' })
  expect(sums).toEqual([
    { meter: 'concentrated', period: 2026, a: 2, b: 2 },
    { meter: 'online', period: 2026, a: 1, b: 0.6 },
  ])
  expect(rows.map(({ title, a, b }) => [title, a?.hours, a?.points, b?.hours, b?.points])).toEqual([
    ['三月三会一课', 2, null, 2, 1],
    ['第一课', 1, null, 0.6, 0.3],
  ])
  expect(rows[1]).toMatchObject({
    ...{ differs: true, fewer: '' },
    a: { reason: '本课15分钟，本课程今年累计31分钟，按云南省干部网络培训学时折算（2024年）合计1学时。' },
    b: {
      reason:
        '本课15分钟，本课程今年累计31分钟，按山西省干部网络培训学时学分折算合计0.6学时；本课加0.3学时，按选修折0.15学分。',
    },
  })
  expect(rows[0]).toMatchObject({ differs: false })
  expect(await happen.derivedOf(person)).toEqual(before)
  const looks = await read.select().from(view).where(eq(view.personId, person))
  expect(looks).toMatchObject([{ viewerId: office.ofBaishi.person.id, what: '按两套学时规则对比' }])
})

test('whoever looks at his own record is not noted down', async () => {
  const own = office.ofBaishi.person.id
  expect(await compareRules(office.ofBaishi, { person: own, a: 'nanjing', b: 'zhengzhou' })).toMatchObject({
    rows: [],
  })
  expect(await read.select().from(view).where(eq(view.personId, own))).toEqual([])
})

test('a person of another township, and a rule set that does not exist, are not found', async () => {
  const stranger = office.idOf('QX2001')
  const asked = { person: stranger, a: 'yunnan-2024', b: 'shanxi' }
  expect(await refusal(compareRules(office.ofBaishi, asked))).toEqual({
    kind: 'not-found',
    message: '没有找到这个人。',
    hint: '他可能不在你管理的范围，请从列表里选。',
  })
  expect(await refusal(compareRules(office.ofBaishi, { ...asked, b: 'mars' }))).toMatchObject({
    message: '没有找到这套规则。',
  })
  expect(await read.select().from(view).where(eq(view.personId, stranger))).toEqual([])
})
