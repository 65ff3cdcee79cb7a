import { asc, eq } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { read, write } from '#db/database.server.ts'
import { unit } from '#db/schema/people.ts'
import { belief, credit, dispute, evidence, progress } from '#db/schema/record.ts'
import { placement, unitMonth } from '#db/schema/units.ts'
import { noteHealth } from '#plan/health/note-health.server.ts'
import { useModel } from '#record/capability/model.server.ts'
import { sampleModel } from '../../support/capability.ts'
import { freshDatabase } from '../../support/database.ts'

freshDatabase()
const on = '2026-11-01'
const event = { eventId: 'e' }

beforeAll(async () => {
  const targets = { theory: 3, policy: 3, law: 3, four: 3 }
  useModel(sampleModel, [
    { id: 'village-secretary', name: '村党组织书记', category: 'village-committee', targets },
  ])
  const row = (
    id: string,
    parentId: string | null,
    path: string,
    kind: 'county' | 'township' | 'village',
  ) => ({
    ...{ id, parentId, path, kind, name: id, createdAt: '2026-01-01T00:00:00.000Z' },
  })
  await write((tx) =>
    tx
      .insert(unit)
      .values([
        row('c', null, '/c/', 'county'),
        row('t1', 'c', '/c/t1/', 'township'),
        row('t2', 'c', '/c/t2/', 'township'),
        row('v', 't1', '/c/t1/v/', 'village'),
      ]),
  )
})

beforeEach(() =>
  write(async (tx) => {
    for (const table of [placement, belief, evidence, progress, credit, dispute, unitMonth])
      await tx.delete(table)
  }),
)

const place = (people: Record<string, string | null>) =>
  write((tx) =>
    tx.insert(placement).values(
      Object.entries(people).map(([personId, unitId]) => ({
        personId,
        unitId,
        posts: 'village-secretary',
      })),
    ),
  )

type Status = (typeof belief.$inferSelect)['status']
const believed = (personId: string, rows: [string, Status, string][]) =>
  write((tx) =>
    tx.insert(belief).values(
      rows.map(([indicator, status, asOfOn]) => ({
        ...{ personId, indicator, status, asOfOn, mean: 0, sd: 0.5, pieces: 3, kinds: 2, ...event },
        level: status === 'unmeasured' ? null : 3,
      })),
    ),
  )

const shown = (personId: string, kind: string, at: string, more = {}) =>
  write((tx) =>
    tx.insert(evidence).values({
      ...{ id: `${personId}-${kind}-${at}`, personId, indicator: 'law', at, body: { kind, ...more } },
      ...event,
    }),
  )

const noted = async (unitId: string) => {
  const [row] = await read.select().from(unitMonth).where(eq(unitMonth.unitId, unitId))
  return row!
}

test('everybody is counted where he is placed and in all units above, and nowhere else', async () => {
  await place({ p1: 'v', p2: 'v', p3: 't1', p4: 't2', p5: null })
  await noteHealth(on)
  const rows = await read.select().from(unitMonth).orderBy(asc(unitMonth.unitId))
  expect(rows.map(({ unitId, members, on: day }) => [unitId, members, day])).toEqual([
    ['c', 4, on],
    ['t1', 3, on],
    ['t2', 1, on],
    ['v', 2, on],
  ])
})

test('a unit without members is noted too, and nothing of it is low', async () => {
  await noteHealth(on)
  expect(await noted('t2')).toMatchObject({ members: 0, health: { studied: { of: 0, all: 0 } } })
})

test('studied lately has who finished a lesson, answered, or was credited a class; opening a page is none of it', async () => {
  await place({
    finished: 'v',
    answered: 'v',
    attended: 'v',
    before: 'v',
    after: 'v',
    seen: 'v',
    opened: 'v',
  })
  const lesson = (personId: string, completedAt: string | null) => ({
    ...{
      personId,
      lessonId: 'l',
      edition: 1,
      openedAt: '2026-10-01T00:00:00.000Z',
      sections: [],
      passed: [],
    },
    ...{ seconds: 9000, completedAt, ...event },
  })
  await write((tx) =>
    tx
      .insert(progress)
      .values([
        lesson('finished', '2026-10-02T00:00:00.000Z'),
        lesson('before', '2026-07-01T00:00:00.000Z'),
        lesson('opened', null),
      ]),
  )
  await shown('answered', 'practice', '2026-10-31T15:59:59.000Z')
  // Midnight in Shanghai: that is the day of the note itself.
  await shown('after', 'practice', '2026-10-31T16:00:00.000Z')
  // Being watched at work is no study of one's own.
  await shown('seen', 'observation', '2026-10-20T00:00:00.000Z')
  await write((tx) =>
    tx.insert(credit).values({
      ...{
        personId: 'attended',
        meter: 'concentrated',
        period: 2026,
        on: '2026-09-01',
        subject: '班',
        ...event,
      },
      ...{ title: '班', minutes: 0, hours: 8, rule: 'r', reason: '培训' },
    }),
  )
  await noteHealth(on)
  expect((await noted('v')).health['studied']).toEqual({ of: 3, all: 7 })
  expect((await noted('v')).health['observed']).toEqual({ of: 1, all: 7 })
})

test('what is measured, at target, followed and fresh comes from the beliefs', async () => {
  await place({ strong: 'v', weak: 'v', old: 'v', unknown: 'v' })
  await believed('strong', [
    ['theory', 'reached', '2026-10-01'],
    ['policy', 'reached', '2026-10-01'],
    ['law', 'uncertain', '2024-01-01'],
  ])
  await believed('weak', [
    ['theory', 'not-reached', '2026-10-20'],
    ['policy', 'reached', '2025-12-01'],
    ['openness', 'no-target', '2026-10-20'],
  ])
  await believed('old', [['theory', 'not-reached', '2025-01-01']])
  await believed('unknown', [['theory', 'unmeasured', '2026-10-20']])
  await noteHealth(on)
  expect((await noted('c')).health).toMatchObject({
    measured: { of: 3, all: 4 },
    broad: { of: 2, all: 4 },
    'at-target': { of: 1, all: 3 },
    followed: { of: 2, all: 3 },
    fresh: { of: 2, all: 3 },
  })
})

test('a watched test counts for a year; objections by when they were answered', async () => {
  await place({ p1: 'v', p2: 'v' })
  await shown('p1', 'supervised-test', '2026-01-01T02:00:00.000Z')
  await shown('p2', 'supervised-test', '2025-10-01T02:00:00.000Z')
  const objection = (personId: string, at: string, answeredAt: string | null) => ({
    ...{ id: `${personId}${at}`, personId, about: 'time:e', text: '理由', at, answeredAt },
  })
  await write((tx) =>
    tx.insert(dispute).values([
      objection('p1', '2026-09-01T02:00:00.000Z', '2026-09-05T02:00:00.000Z'),
      objection('p2', '2026-09-01T02:00:00.000Z', null),
      // Of more than a year ago.
      objection('p1', '2025-09-01T02:00:00.000Z', null),
    ]),
  )
  await noteHealth(on)
  expect((await noted('v')).health).toMatchObject({
    watched: { of: 1, all: 2 },
    answered: { of: 1, all: 2 },
  })
})

test('a watched test may have asked of situations only; the same at home is not watched', async () => {
  await place({ watched: 'v', alone: 'v' })
  await shown('watched', 'scenario', '2026-05-01T02:00:00.000Z')
  await shown('alone', 'procedure', '2026-05-01T02:00:00.000Z', { unsupervised: true })
  await noteHealth(on)
  expect((await noted('v')).health['watched']).toEqual({ of: 1, all: 2 })
})

test('more people than are looked at together are all counted once', async () => {
  const people = Array.from({ length: 250 }, (_, i) => [`p${i}`, i % 2 ? 'v' : 't2'] as const)
  await place(Object.fromEntries(people))
  for (const [id] of people.slice(0, 30)) await shown(id, 'practice', '2026-10-20T00:00:00.000Z')
  await noteHealth(on)
  expect((await noted('c')).health['studied']).toEqual({ of: 30, all: 250 })
  expect((await noted('v')).health['studied']).toEqual({ of: 15, all: 125 })
})

test('what was noted stays as it was; the next month is a row of its own', async () => {
  await place({ p1: 'v' })
  await noteHealth(on)
  await place({ p2: 'v' })
  await noteHealth(on)
  await noteHealth('2026-12-01')
  const rows = await read.select().from(unitMonth).where(eq(unitMonth.unitId, 'v')).orderBy(asc(unitMonth.on))
  expect(rows.map(({ on: day, members }) => [day, members])).toEqual([
    [on, 1],
    ['2026-12-01', 2],
  ])
})
