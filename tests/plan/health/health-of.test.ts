import { beforeAll, beforeEach, expect, test } from 'vitest'
import { write } from '#db/database.server.ts'
import { unit } from '#db/schema/people.ts'
import { unitMonth } from '#db/schema/units.ts'
import type { Count } from '#plan/health/figure.ts'
import { useHealthIndex } from '#plan/health/health-index.server.ts'
import { healthOf } from '#plan/health/health-of.server.ts'
import { liveMonths } from '#plan/health/series.ts'
import { cellsOf } from '#record/capability/unit/disclose.ts'
import { freshDatabase } from '../../support/database.ts'
import { random } from '../../support/evidence.ts'

freshDatabase()

const index = {
  figures: [
    { id: 'watched' as const, name: '监考测过', means: '参加过监考测评的人。' },
    { id: 'studied' as const, name: '近期在学', means: '最近学过的人。' },
    { id: 'answered' as const, name: '异议按时答复', means: '按时得到答复的人。' },
  ],
}

beforeAll(async () => {
  const row = (id: string, parentId: string | null, path: string, kind: 'county' | 'village') => ({
    ...{ id, parentId, path, kind, name: id, createdAt: '2026-01-01T00:00:00.000Z' },
  })
  const below = ['v1', 'v2', 'v3'].map((id) => row(id, 'c', `/c/${id}/`, 'village'))
  await write((tx) => tx.insert(unit).values([row('c', null, '/c/', 'county'), ...below]))
})

beforeEach(async () => {
  useHealthIndex(index)
  await write((tx) => tx.delete(unitMonth))
})

type Noted = Record<string, Partial<Record<'studied' | 'watched' | 'answered', [of: number, all: number]>>>
const note = (on: string, units: Noted) =>
  write((tx) =>
    tx.insert(unitMonth).values(
      Object.entries(units).map(([unitId, counts]) => ({
        ...{ unitId, on, members: 0 },
        health: Object.fromEntries(
          Object.entries(counts).map(([id, [of, all]]): [string, Count] => [id, { of, all }]),
        ),
      })),
    ),
  )

const studied = async (unitId: string, sight: 'live' | 'published' = 'live') =>
  (await healthOf(unitId, sight))!.figures.find(({ id }) => id === 'studied')!.months

/** A county of three villages of twenty, all alike. */
const alike = (of: number): Noted => ({
  c: { studied: [3 * of, 60] },
  v1: { studied: [of, 20] },
  v2: { studied: [of, 20] },
  v3: { studied: [of, 20] },
})

test('the figures come in the order of the county, over the months that were noted, each with its n', async () => {
  await note('2026-10-01', alike(8))
  await note('2026-11-01', alike(11))
  const health = (await healthOf('v1', 'live'))!
  expect(health.figures.map(({ name }) => name)).toEqual(['监考测过', '近期在学', '异议按时答复'])
  expect(health.figures[1]!.months).toEqual([
    { on: '2026-10-01', share: { type: 'percent', percent: 40 }, people: 20 },
    { on: '2026-11-01', share: { type: 'percent', percent: 55 }, people: 20 },
  ])
})

test('of fewer than five nothing is shown, and nothing that would tell of them', async () => {
  await note('2026-11-01', {
    c: { studied: [24, 44] },
    v1: { studied: [10, 20] },
    v2: { studied: [12, 20] },
    v3: { studied: [2, 4] },
  })
  const open = await Promise.all(['c', 'v1', 'v2', 'v3'].map(async (id) => (await studied(id))[0]!.share))
  expect(open[0]).not.toBe(null)
  expect(open[3]).toBe(null)
  // With both others open, the county less these would be the four.
  expect(open.slice(1, 3)).toContain(null)
})

test('all is said as at least 80, nobody as at most 20', async () => {
  await note('2026-11-01', {
    c: { studied: [30, 60] },
    v1: { studied: [20, 20] },
    v2: { studied: [0, 20] },
    v3: { studied: [10, 20] },
  })
  expect((await studied('v1'))[0]!.share).toEqual({ type: 'high' })
  expect((await studied('v2'))[0]!.share).toEqual({ type: 'low' })
})

test('how many objected is not said', async () => {
  await note('2026-11-01', {
    c: { answered: [20, 30] },
    v1: { answered: [7, 10] },
    v2: { answered: [7, 10] },
    v3: { answered: [6, 10] },
  })
  const [answered] = (await healthOf('v1', 'live'))!.figures.filter(({ id }) => id === 'answered')
  expect(answered!.months).toEqual([
    { on: '2026-11-01', share: { type: 'percent', percent: 70 }, people: null },
  ])
})

test('twelve months are shown, not more', async () => {
  const months = Array.from({ length: 14 }, (_, i) => 2025 * 12 + 8 + i)
  for (const at of months)
    await note(`${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`, alike(10))
  expect((await studied('v1')).map(({ on }) => on)).toEqual([
    ...['2025-11-01', '2025-12-01', '2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01'],
    ...['2026-05-01', '2026-06-01', '2026-07-01', '2026-08-01', '2026-09-01', '2026-10-01'],
  ])
  expect((await studied('v1', 'published')).map(({ on }) => on)).toEqual([
    ...['2026-01-01', '2026-04-01', '2026-07-01', '2026-10-01'],
  ])
})

test('who has no rights over persons sees what was published: the quarter, renewed only if enough differ', async () => {
  await note('2026-07-01', alike(8))
  await note('2026-08-01', alike(16))
  await note('2026-10-01', alike(10))
  const seen = (await studied('v1', 'published')).map(({ on, share }) => [on, share])
  expect(seen).toEqual([
    ['2026-07-01', { type: 'percent', percent: 40 }],
    ['2026-10-01', { type: 'percent', percent: 40 }],
  ])
  await note('2026-11-01', alike(16))
  expect(await studied('v1', 'published')).toHaveLength(2)
})

test('nothing is there before the first month, of an unknown unit, or where the county looks at nothing', async () => {
  expect(await healthOf('v1', 'live')).toBe(null)
  await note('2026-11-01', alike(8))
  expect(await healthOf('nowhere', 'live')).toBe(null)
  useHealthIndex(null)
  expect(await healthOf('v1', 'live')).toBe(null)
})

test('a sister unit that began within a quarter adds no column to the others', async () => {
  const { v3, ...first } = alike(8)
  await note('2026-07-01', first)
  await note('2026-08-01', { v3: v3! })
  await note('2026-10-01', alike(16))
  expect((await studied('v1', 'published')).map(({ on }) => on)).toEqual(['2026-07-01', '2026-10-01'])
  expect((await studied('v3', 'published')).map(({ on }) => on)).toEqual(['2026-08-01', '2026-10-01'])
})

test('of every unit of a tree the same is shown as if the whole tree had been looked at', async () => {
  const below = ['a', 'b', 'd'].map((id) => ({
    ...{ id, parentId: 'v1', path: `/c/v1/${id}/`, kind: 'village' as const, name: id },
    createdAt: '2026-01-01T00:00:00.000Z',
  }))
  await write((tx) => tx.insert(unit).values(below))
  const ids = ['c', 'v1', 'v2', 'v3', 'a', 'b', 'd']
  const parents: Record<string, string> = { v1: 'c', v2: 'c', v3: 'c', a: 'v1', b: 'v1', d: 'v1' }
  const next = random(7)
  const seen = new Set<boolean>()
  for (let round = 0; round < 25; round++) {
    await write((tx) => tx.delete(unitMonth))
    const counts = new Map(ids.map((id): [string, Count] => [id, { of: 0, all: 0 }]))
    for (const leaf of ['v2', 'v3', 'a', 'b', 'd', 'v1']) {
      const all = Math.floor(12 * next())
      const of = Math.floor((all + 1) * next())
      for (let id: string | undefined = leaf; id; id = parents[id]) {
        const { of: had, all: were } = counts.get(id)!
        counts.set(id, { of: had + of, all: were + all })
      }
    }
    const rows = [...counts].map(([unitId, studied]) => ({
      ...{ unitId, on: '2026-11-01', members: 0, health: { studied } },
    }))
    await write((tx) => tx.insert(unitMonth).values(rows))
    const units = ids.map((id) => ({ id, parentId: parents[id] ?? null }))
    const whole = cellsOf(units, liveMonths(rows).get('2026-11-01')!)
    for (const id of ids) {
      const shown = (await studied(id))[0]!.share
      seen.add(shown === null)
      expect(shown, `${id} ${JSON.stringify([...counts])}`).toEqual(
        whole.get(id)!.get('studied')!.share?.sure ?? null,
      )
    }
  }
  expect(seen.size).toBe(2)
})
