// What a person is told of those who looked.
import { expect, test } from 'vitest'
import { write } from '#db/database.server.ts'
import { assignment } from '#db/schema/people.ts'
import { erasePerson } from '#people/erase.server.ts'
import { lookedAt } from '#people/looks.ts'
import { logView, looksAt } from '#people/view.server.ts'
import { freshDatabase } from '../support/database.ts'
import { stoppedClock } from '../record/happenings.ts'
import { addPerson, addUnits } from './house.ts'

freshDatabase()
const clock = stoppedClock('2026-03-10T02:00:00.000Z')

test('looks of a day at the same thing are told once, with the last minute and how often', () => {
  const look = (viewerId: string, what: string, at: string) => ({ viewerId, viewer: viewerId, what, at })
  const logged = [
    look('b', '图谱', '2026-03-10T09:00:00.000Z'),
    look('a', '图谱', '2026-03-10T08:30:00.000Z'),
    look('a', '打印', '2026-03-10T08:20:00.000Z'),
    look('a', '图谱', '2026-03-10T08:00:00.000Z'),
    // The evening before in London is the same day in Shanghai.
    look('a', '图谱', '2026-03-09T16:00:00.000Z'),
    look('a', '图谱', '2026-03-09T15:59:59.000Z'),
  ]
  expect(lookedAt(logged).map(({ viewerId, what, at, times }) => [viewerId, what, at, times])).toEqual([
    ['b', '图谱', '2026-03-10T09:00:00.000Z', 1],
    ['a', '图谱', '2026-03-10T08:30:00.000Z', 3],
    ['a', '打印', '2026-03-10T08:20:00.000Z', 1],
    ['a', '图谱', '2026-03-09T15:59:59.000Z', 1],
  ])
})

test('a person sees who looked, when, at what, and which post the viewer held on that day', async () => {
  await addUnits({ county: '/county/', village: '/county/village/' })
  const seen = await addPerson({ number: 'S1' })
  const viewer = await addPerson({ number: 'V1', name: '李四', unit: 'village' })
  const nobody = await addPerson({ number: 'V2', name: '无任职' })
  await logView(viewer, seen, '学时与能力图谱')
  await write((tx) => tx.update(assignment).set({ toOn: '2026-03-31' }))
  await write((tx) =>
    tx.insert(assignment).values({
      ...{ id: 'later', personId: viewer, unitId: 'county', post: 'party-affairs' },
      ...{ fromOn: '2026-04-01', main: true },
    }),
  )
  clock.set('2026-05-10T02:00:00.000Z')
  await logView(nobody, seen, '能力图谱（下载CSV）')
  await logView(viewer, seen, '学时与能力图谱')
  const looks = await looksAt(seen)
  expect(
    looks.map(({ viewer, unit, post, what, at }) => [viewer, unit, post, what, at.slice(0, 10)]),
  ).toEqual([
    ['李四', 'county', 'party-affairs', '学时与能力图谱', '2026-05-10'],
    ['无任职', null, null, '能力图谱（下载CSV）', '2026-05-10'],
    ['李四', 'village', 'grid-worker', '学时与能力图谱', '2026-03-10'],
  ])
  expect(await looksAt(viewer)).toEqual([])
})

test('of very many looks the latest fifty are told, also when most are of one day', async () => {
  const seen = await addPerson({ number: 'S2' })
  const viewer = await addPerson({ number: 'V3' })
  for (let day = 0; day < 60; day++) {
    clock.advance(86_400)
    await logView(viewer, seen, '学时与能力图谱')
  }
  for (let i = 0; i < 40; i++) await logView(viewer, seen, '学时与能力图谱')
  const looks = await looksAt(seen)
  expect(looks).toHaveLength(50)
  expect(looks[0]?.times).toBe(41)
})

test('a name that was erased is not told', async () => {
  const seen = await addPerson({ number: 'S3' })
  const viewer = await addPerson({ number: 'V4', name: '王五' })
  await logView(viewer, seen, '学时与能力图谱')
  await erasePerson(viewer, 'test')
  expect((await looksAt(seen))[0]?.viewer).toBe('已删除')
})
