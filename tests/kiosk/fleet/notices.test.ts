import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { now, setClock } from '#clock.server.ts'
import { read, write } from '#db/database.server.ts'
import { kiosk, notice } from '#db/schema/kiosk.ts'
import { audit } from '#db/schema/people.ts'
import { HallSheet } from '#kiosk/hall-sheet.ts'
import { NoticeForm } from '#kiosk/fleet/notice-forms.ts'
import { noticesFor } from '#kiosk/fleet/notices.server.ts'
import { endNotice, listNotices, pushNotice } from '#kiosk/fleet/push-notice.server.ts'
import type { Session } from '#people/session.ts'
import { plantCounty, plantPerson } from '../../people/roster/county.ts'
import { freshDatabase } from '../../support/database.ts'

freshDatabase()

let place: Awaited<ReturnType<typeof plantCounty>>
let county: Session
let baishi: Session
beforeAll(async () => {
  place = await plantCounty()
  county = await plantPerson('publisher', ['publisher', place.county])
  baishi = await plantPerson('baishi-publisher', ['publisher', place.baishi])
})
beforeEach(async () => {
  setClock(() => new Date('2026-11-27T02:00:00.000Z'))
  await write((tx) => tx.delete(notice))
  await write((tx) => tx.delete(kiosk))
})

const asked = (more: Partial<NoticeForm> = {}): NoticeForm => ({
  ...{ unit: place.baishi.id, title: '周六下午打扫村道', says: '自带扫把，村部门口集合。' },
  ...{ fromOn: '2026-11-27', toOn: '2026-12-03', from: null, to: null },
  ...more,
})
const titlesFor = async (unit: string, on: string) =>
  (await noticesFor(unit, on)).map(({ title, unit: from }) => `${from}：${title}`)

test('a village is told what was said to it, its township and its county, the nearest first, and nobody else is', async () => {
  await pushNotice(county, asked({ unit: place.county.id, title: '全县' }))
  await pushNotice(baishi, asked({ title: '全镇' }))
  await pushNotice(baishi, asked({ unit: place.yunling.id, title: '本村' }))
  expect(await titlesFor(place.yunling.id, '2026-11-27')).toEqual([
    '云岭村：本村',
    '白石镇：全镇',
    '青溪县：全县',
  ])
  expect(await titlesFor(place.shuikou.id, '2026-11-27')).toEqual(['青溪县：全县'])
  const shape = HallSheet.shape.notices
  expect(shape.safeParse(await noticesFor(place.yunling.id, '2026-11-27')).success).toBe(true)
})

test('a screen hears of a notice a week before it begins, and no more after its last day', async () => {
  await pushNotice(county, asked({ fromOn: '2026-12-10', toOn: '2026-12-12' }))
  const count = async (on: string) => (await noticesFor(place.yunling.id, on)).length
  expect(await count('2026-12-02')).toBe(0)
  expect(await count('2026-12-03')).toBe(1)
  expect(await count('2026-12-12')).toBe(1)
  expect(await count('2026-12-13')).toBe(0)
})

test('a notice that was taken back is told to nobody, and cannot be taken back twice', async () => {
  const { id } = await pushNotice(county, asked())
  await endNotice(county, { notice: id })
  expect(await noticesFor(place.yunling.id, '2026-11-27')).toEqual([])
  await expect(endNotice(county, { notice: id })).rejects.toMatchObject({ kind: 'already-done' })
  const acts = await read.select().from(audit).where(eq(audit.target, id)).orderBy(audit.id)
  expect(acts.map(({ act, actorId }) => [act, actorId])).toEqual([
    ['notice-pushed', county.person.id],
    ['notice-ended', county.person.id],
  ])
})

test('a publisher speaks to the screens of his own units only', async () => {
  const elsewhere = pushNotice(baishi, asked({ unit: place.heshan.id }))
  await expect(elsewhere).rejects.toMatchObject({ kind: 'not-yours', message: '没有找到这个单位。' })
  await expect(pushNotice(baishi, asked({ unit: place.county.id }))).rejects.toMatchObject({
    kind: 'not-yours',
  })
  const trainer = await plantPerson('trainer', ['trainer', place.county])
  await expect(pushNotice(trainer, asked())).rejects.toMatchObject({ kind: 'not-yours' })
  const { id } = await pushNotice(county, asked({ unit: place.heshan.id }))
  await expect(endNotice(baishi, { notice: id })).rejects.toMatchObject({ kind: 'not-found' })
  expect(await listNotices(baishi)).toEqual([])
})

test.each([
  [
    'a last day before the first',
    { fromOn: '2026-12-05', toOn: '2026-12-03' },
    'toOn',
    '最后一天比第一天还早。',
  ],
  ['days that are over', { fromOn: '2026-11-20', toOn: '2026-11-26' }, 'toOn', '最后一天已经过了。'],
  ['a quarter and a day', { toOn: '2027-03-01' }, 'toOn', '一条通知最多放92天。'],
  ['a beginning without an end', { from: '07:30' }, 'to', '几点到几点，两格都写，或者都空着。'],
  ['hours over midnight', { from: '22:00', to: '06:00' }, 'to', '到点要晚于起点。'],
])('%s is refused beside its field', async (_, more, field, message) => {
  await expect(pushNotice(county, asked(more))).rejects.toMatchObject({ field, message })
  expect(await read.$count(notice)).toBe(0)
})

test('a form says what is wrong with the words, and counts letters as people do', () => {
  const said = (more: object) => {
    const outcome = NoticeForm.safeParse({ ...asked(), ...more })
    return outcome.success ? outcome.data : outcome.error.issues.map(({ message }) => message)
  }
  expect(said({ title: '𠮷'.repeat(30), from: '', to: null })).toMatchObject({ from: null, to: null })
  expect(said({ title: '好'.repeat(31) })).toEqual(['标题太长，请控制在30个字以内。'])
  expect(said({ title: '一行\n两行' })).toEqual(['标题写成一行。'])
  expect(said({ says: '   ' })).toEqual(['请写正文。'])
  expect(said({ says: '好\u202e好' })).toEqual(['里面有看不见的字符，请删去后再提交。'])
  expect(said({ says: '一\r\n二' })).toMatchObject({ says: '一\n二' })
  expect(said({ from: '25:00' })).toEqual(['写成 07:30 这样的时刻。'])
  expect(said({ fromOn: '2026-02-30' })).toEqual(['请选一天，写成 2026-12-01 这样。'])
})

/** Plants a screen without any checks. */
const plant = (id: string, unitId: string, helloAt: string | null, revokedAt: string | null = null) =>
  write((tx) =>
    tx.insert(kiosk).values({
      ...{ id, unitId, name: id, playlist: 'county', enrolledAt: now().toISOString(), enrolledBy: 'x' },
      ...{ publicKey: { kty: 'EC', crv: 'P-256', x: id, y: id }, helloAt, revokedAt },
    }),
  )

test('a publisher sees which screens have heard of a notice, and of its end', async () => {
  const { id } = await pushNotice(county, asked())
  await plant('met', place.yunling.id, '2026-11-27T02:01:00.000Z')
  await plant('silent', place.yunling.id, '2026-11-20T02:00:00.000Z')
  await plant('new', place.baishi.id, null)
  await plant('elsewhere', place.shuikou.id, null)
  await plant('stolen', place.yunling.id, null, '2026-11-26T00:00:00.000Z')
  const [listed] = await listNotices(county)
  expect(listed).toMatchObject({ state: 'running', unit: '白石镇', reach: { all: 3, met: 1 } })
  expect(listed?.reach.waiting.map(({ name }) => name).sort()).toEqual(['new', 'silent'])
  setClock(() => new Date('2026-11-27T03:00:00.000Z'))
  await endNotice(county, { notice: id })
  expect((await listNotices(county))[0]).toMatchObject({ state: 'ended', reach: { all: 3, met: 0 } })
})

test('what is shown today stands first', async () => {
  await pushNotice(county, asked({ title: '以后', fromOn: '2026-12-01', toOn: '2026-12-02' }))
  await pushNotice(county, asked({ title: '今天' }))
  setClock(() => new Date('2026-11-27T03:00:00.000Z'))
  await pushNotice(county, asked({ title: '以前', fromOn: '2026-11-27', toOn: '2026-11-27' }))
  setClock(() => new Date('2026-11-28T03:00:00.000Z'))
  const listed = await listNotices(county)
  expect(listed.map(({ title, state }) => [title, state])).toEqual([
    ['今天', 'running'],
    ['以后', 'coming'],
    ['以前', 'over'],
  ])
})
