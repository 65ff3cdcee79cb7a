// Who may close a year and check it, and what each training officer sees of a year.
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { checkYearBy, closeYearBy, mayClose, yearLines } from '#archive/years.server.ts'
import { read } from '#db/database.server.ts'
import { audit } from '#db/schema/people.ts'
import { record } from '#record/record.server.ts'
import { refusal } from '../people/house.ts'
import * as happen from '../record/happenings.ts'
import { freshDatabase } from '../support/database.ts'
import { plantOffice } from './county.ts'

freshDatabase()
happen.underYunnan()
const clock = happen.stoppedClock('2026-05-10T02:00:00.000Z')

const notTheirs = {
  kind: 'not-yours',
  message: '封存和核对由全县的培训管理员办理。',
  hint: '请联系县里的培训管理员。',
}

test('the county’s officer closes a year, a township’s sees the people of his units', async () => {
  const { idOf, enters, ofBaishi } = await plantOffice()
  expect([enters, ofBaishi].map(mayClose)).toEqual([true, false])
  expect(await yearLines(enters)).toEqual([])

  const [zhang, wang] = [idOf('QX1001'), idOf('QX2001')]
  const class_ = (person: string, hours: number, on: string) =>
    happen.imported({ person, hours, title: `班${on}`, startOn: on, endOn: on })
  for (const event of happen.finished(zhang)) await record(event)
  for (const event of [
    class_(zhang, 8, '2026-03-01'),
    class_(wang, 24, '2026-03-02'),
    class_(wang, 6, '2025-11-01'),
  ])
    await record(event)
  const none = { rows: [], count: 0, online: 0, concentrated: 0 }
  expect(await yearLines(enters)).toEqual([
    {
      year: 2026,
      total: { online: 0.25, concentrated: 32, people: 2 },
      over: false,
      closed: null,
      late: none,
      check: null,
    },
    {
      year: 2025,
      total: { online: 0, concentrated: 6, people: 1 },
      over: true,
      closed: null,
      late: none,
      check: null,
    },
  ])
  expect(await yearLines(ofBaishi)).toMatchObject([
    { year: 2026, total: { online: 0.25, concentrated: 8, people: 1 } },
  ])

  clock.set('2027-01-20T02:00:00.000Z')
  const sure = { year: 2026, sure: 'true' }
  expect(await refusal(closeYearBy(ofBaishi, sure))).toEqual(notTheirs)
  expect(await refusal(checkYearBy(ofBaishi, { year: 2026 }))).toEqual(notTheirs)
  expect(await refusal(closeYearBy(enters, { year: 2026 }))).toEqual({
    kind: 'invalid',
    message: '还没有勾选确认，没有封存。',
    hint: '看过说明，勾选以后再封存。',
  })
  expect((await yearLines(enters))[0]?.closed).toBeNull()

  await closeYearBy(enters, sure)
  expect((await refusal(closeYearBy(enters, sure))).kind).toBe('already-done')
  const noted = await read.select().from(audit).where(eq(audit.act, 'year-closed'))
  expect(noted).toMatchObject([{ actorId: enters.person.id, target: '2026' }])

  clock.advance(86_400)
  await record(class_(zhang, 3, '2026-12-20'))
  clock.advance(60)
  await record(class_(wang, 4, '2026-12-21'))
  expect((await yearLines(enters))[0]).toMatchObject({
    total: { online: 0.25, concentrated: 32, people: 2 },
    closed: { by: enters.person.name, closedAt: '2027-01-20T02:00:00.000Z' },
    late: { count: 2, online: 0, concentrated: 7, rows: [{ name: '王五' }, { name: '张三' }] },
  })
  expect((await yearLines(ofBaishi))[0]).toMatchObject({
    total: { online: 0.25, concentrated: 8, people: 1 },
    late: { count: 1, concentrated: 3, rows: [{ name: '张三', title: '班2026-12-20', before: 0, after: 3 }] },
  })
  expect(await checkYearBy(enters, { year: 2026 })).toMatchObject({
    state: 'done',
    result: { holds: true, people: 2, rows: 3 },
  })
  expect((await yearLines(enters))[0]?.check).toMatchObject({ state: 'done' })
})
