import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ItemStatistics } from '#assessment/calibration/statistics.ts'
import { computeStatistics } from '#assessment/calibration/statistics.server.ts'
import { chanceOfRight } from '#assessment/irt/response.ts'
import { now, setClock } from '#clock.server.ts'
import { read, write } from '#db/database.server.ts'
import { calibrationRun, itemStatistics } from '#db/schema/assessment.ts'
import { assignment, audit, person, unit } from '#db/schema/people.ts'
import { version } from '#db/schema/record.ts'
import { settings, useSettings } from '#env.ts'
import { calibrateCommands, type CalibrateArguments } from '#process/calibrate.server.ts'
import { CapabilityModel } from '#record/capability/model.ts'
import { useModel } from '#record/capability/model.server.ts'
import type { AnsweredEvidence } from '#record/evidence/evidence.ts'
import { rebuild } from '#record/rebuild.server.ts'
import { record } from '#record/record.server.ts'
import { forgetVersions, versionsInForce } from '#record/versions.server.ts'
import { random } from '../../support/evidence.ts'
import { freshDatabase } from '../../support/database.ts'
import * as happen from '../../record/happenings.ts'
import { bankOf, normals } from './simulated.ts'
import { enter, offer, take, type Ended } from './tested.ts'

const place = freshDatabase()
happen.underYunnan()
const clock = now
afterAll(() => setClock(clock))

const indicator = (id: string, name: string) => ({ id, name, anchors: ['一', '二', '三', '四', '五'] })
const dimension = (id: string, name: string) => ({
  id,
  name,
  indicators: [indicator(`${id}-one`, `${name}一`)],
})
const model = CapabilityModel.parse({
  ...{ id: 'try', title: '试用', note: '试用', cuts: [-1.5, -0.5, 0.5, 1.5] },
  levels: [1, 2, 3, 4, 5].map((level) => ({ level, name: `${level}级` })),
  dimensions: [dimension('meeting', '议事'), dimension('open', '公开')],
})

const aUnit = { id: 'u1', parentId: null, path: '/u1/', name: '青溪县', kind: 'county' as const }

const statisticsOf = async (id: string) => {
  const [row] = await read.select().from(itemStatistics).where(eq(itemStatistics.itemId, id))
  return ItemStatistics.parse(row?.body)
}

const told: string[] = []
const calibrate = async (args: Partial<CalibrateArguments> = {}) => {
  told.length = 0
  const done = await calibrateCommands['calibrate']!(
    { apply: false, model: '2pl', ...args },
    (line) => told.push(line),
    () => undefined,
  )
  return [...told, done].join('\n')
}

const true_ = bankOf(12, 91).map((one) => ({ ...one, c: 0.25 }))
const ids = true_.map((_, i) => `itm-${String(i).padStart(2, '0')}`)
const next = random(92)
const normal = normals(next)

/** So many people answer these items as their ability (mean, deviation 1) and the items have it. */
const group = (name: string, people: number, items: readonly number[], mean: number, day: string) =>
  Array.from({ length: people }, (_, i) => {
    const theta = mean + normal()
    const ended = items.map((at): Ended => {
      const { a, b, c } = true_[at]!
      const right = next() < c + (1 - c) / (1 + Math.exp(-a * (theta - b)))
      return { item: ids[at]!, chose: right ? 'a' : ['b', 'c', 'd'][Math.floor(next() * 3)]! }
    })
    return { id: `${name}-${i}`, person: `${name}-${i}`, handedAt: `2026-11-${day}T02:00:00.000Z`, ended }
  })

beforeAll(async () => {
  useSettings({ ...settings, dataDir: place.dataDir })
  useModel(model, [])
  setClock(() => new Date('2026-11-20T02:00:00.000Z'))
  await offer('asm-one', '村务测评')
  for (const id of ids) await enter(id, 'meeting-one')
  await enter('itm-few', 'open-one')
})

describe('what the statistics count', () => {
  const answers = (id: string) => ({ id, person: id, handedAt: '2026-11-02T02:00:00.000Z' })

  test('the first answer of each person to the item as it is worded now, handed in and graded', async () => {
    await enter('itm-few', 'open-one', 2)
    const few = (more: { chose: string } | { blank: true } | { waiting: true } | { withdrawn: true }) => ({
      item: 'itm-few',
      revision: 2,
      ...more,
    })
    await take([
      { ...answers('x1'), ended: [few({ chose: 'a' })] },
      // The same person once more: review.
      {
        ...answers('x1-again'),
        person: 'x1',
        handedAt: '2026-11-03T02:00:00.000Z',
        ended: [few({ chose: 'b' })],
      },
      { ...answers('x2'), ended: [few({ chose: 'd' })] },
      { ...answers('x3'), ended: [few({ blank: true })] },
      { ...answers('x4'), ended: [few({ waiting: true })] },
      { ...answers('x5'), ended: [few({ withdrawn: true })] },
      { ...answers('x6'), ended: [{ item: 'itm-few', revision: 1, chose: 'b' }] },
      { ...answers('x7'), ended: [few({ chose: 'b' })], open: true },
    ])
    await computeStatistics(place.dataDir)
    expect(await statisticsOf('itm-few')).toMatchObject({ revision: 2, answers: 2, blank: 1, facility: 0.5 })
    expect((await statisticsOf('itm-few')).options?.map(({ count }) => count)).toEqual([1, 0, 0, 1])
    expect(await statisticsOf('itm-00')).toMatchObject({
      answers: 0,
      facility: null,
      flags: [{ type: 'few', answers: 0, needed: 30 }],
    })
  })

  test('computed once more, they replace what was there, with their own time', async () => {
    setClock(() => new Date('2026-11-21T02:00:00.000Z'))
    await take([{ ...answers('x8'), ended: [{ item: 'itm-few', revision: 2, chose: 'a' }] }])
    await computeStatistics(place.dataDir)
    expect((await statisticsOf('itm-few')).answers).toBe(3)
    const rows = await read.select().from(itemStatistics)
    expect(rows).toHaveLength(ids.length + 1)
    expect(new Set(rows.map(({ computedAt }) => computedAt))).toEqual(new Set(['2026-11-21T02:00:00.000Z']))
  })

  test('groups are those of the main post on the day of the answer, named by the posts', async () => {
    const post = (id: string, name: string, category: string) => ({ id, name, category, targets: {} })
    const posts = [
      post('village-secretary', '村党组织书记', 'village-committee'),
      post('grid-worker', '网格员', 'other'),
      post('social-worker', '社区工作者', 'other'),
    ]
    const names = ['itm-p0', 'itm-p1', 'itm-p2', 'itm-p3', 'itm-p4']
    for (const id of names) await enter(id, 'open-one')
    await write((tx) => tx.insert(unit).values({ ...aUnit, createdAt: '2026-01-01T00:00:00.000Z' }))
    useModel(model, posts)
    const people = Array.from({ length: 150 }, (_, i) => `post-${i}`)
    const held = (personId: string, i: number) => {
      const row = (id: string, post: string, fromOn: string, toOn: string | null, main = true) => ({
        ...{ id: `${personId}-${id}`, personId, unitId: aUnit.id, post, fromOn, toOn, main },
      })
      // A hundred grid and social workers: half of them were secretaries before, all hold another post beside.
      if (i < 100)
        return [
          row('c', 'village-secretary', '2025-01-01', null, false),
          row('b', i % 3 ? 'grid-worker' : 'social-worker', '2026-11-09', null),
          ...(i % 2 ? [row('a', 'village-secretary', '2025-01-01', '2026-11-08')] : []),
        ]
      // Fifty secretaries, who are grid workers from the day after.
      return [
        row('b', 'grid-worker', '2026-11-10', null),
        row('a', 'village-secretary', '2025-01-01', '2026-11-09'),
      ]
    }
    await write(async (tx) => {
      await tx
        .insert(person)
        .values(people.map((id) => ({ id, number: id, name: id, createdAt: '2026-01-01T00:00:00.000Z' })))
      await tx.insert(assignment).values(people.flatMap(held))
    })
    const lot = random(93)
    await take(
      people.map((id, i) => ({
        ...{ id, person: id, handedAt: '2026-11-09T02:00:00.000Z' },
        // The first item seven of ten secretaries get right and three of ten others; the rest is chance.
        ended: names.map((item, at) => ({
          ...{ item, chose: lot() < (at > 0 ? 0.5 : i < 100 ? 0.3 : 0.7) ? 'a' : 'b' },
        })),
      })),
    )
    await computeStatistics(place.dataDir)
    const { differences, flags } = await statisticsOf('itm-p0')
    expect(differences).toMatchObject({
      reference: { group: '网格员、社区工作者', answers: 100 },
      others: [{ group: '村党组织书记', answers: 50, class: 'C' }],
    })
    expect(flags).toContainEqual({ type: 'harder-for', group: '网格员、社区工作者', than: '村党组织书记' })
    expect((await statisticsOf('itm-p1')).flags.map(({ type }) => type)).not.toContain('harder-for')
    useModel(model, [])
  })
})

describe('npm run calibrate', () => {
  const calibrations = () => read.select().from(version).where(eq(version.kind, 'calibration'))
  const inForce = async (id: string, when = '2026-12-31T00:00:00.000Z', revision = 1) =>
    (await versionsInForce()).calibration(id, revision, when)

  test('without enough answers says so and changes nothing', async () => {
    const said = await calibrate({ apply: true })
    expect(said).toContain('答的人够200个的题不到5道，还不能校准')
    expect(said).toContain('没有可以启用的参数')
    expect(await calibrations()).toEqual([])
  })

  test('finds the items of a dimension, prints them, and puts nothing in force unasked', async () => {
    // Item 11 is answered by too few.
    await take(group('first', 900, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 0, '04'))
    await take(group('some', 150, [0, 1, 2, 11], 0, '05'))
    const said = await calibrate()
    expect(said).toContain('议事：1050人，10道题')
    expect(said).toContain('这些人就是量尺的起点')
    expect(said).toContain('1道题答的人还不到200个')
    expect(said).toMatch(/村务测评：\d+份答卷，每份约10题，信度（克龙巴赫α）0\.\d\d/)
    expect(said).toMatch(/itm-00：1050人答过，区分度\d\.\d\d±\d\.\d\d，难度.*猜中0\.25（第一次校准）/)
    expect(said).toContain('npm run calibrate -- --apply')
    expect(await calibrations()).toEqual([])
    expect((await statisticsOf('itm-00')).answers).toBe(1050)
  })

  test('tests whose questions were chosen to fit the person are in the statistics, and calibrate nothing', async () => {
    const before = await calibrate()
    await take(
      group('fit', 300, [0, 1, 2, 3, 4, 5, 6, 7], 0, '06').map((one) => ({ ...one, form: 'adaptive' })),
    )
    expect(await calibrate()).toBe(before)
    expect((await statisticsOf('itm-00')).answers).toBe(1350)
  })

  test('put in force, the parameters count from now on and not before', async () => {
    const said = await calibrate({ apply: true })
    expect(said).toContain('已启用10道题的参数')
    for (const [i, id] of ids.slice(0, 10).entries()) {
      const found = await inForce(id)
      const apart = [-2, -1, 0, 1, 2].map((theta) =>
        Math.abs(chanceOfRight(found!, theta) - chanceOfRight(true_[i]!, theta)),
      )
      expect(apart.reduce((sum, one) => sum + one, 0) / apart.length, id).toBeLessThan(0.06)
      expect(found!.c).toBe(0.25)
      expect(await inForce(id, '2026-11-20T23:59:59.000Z')).toBe(null)
    }
    expect(await inForce('itm-11')).toBe(null)
    const [run] = await read.select().from(calibrationRun)
    expect(run).toMatchObject({
      name: 'calibration-2026-11-21T02:00:00.000Z',
      fromAt: '2026-11-21T02:00:00.000Z',
    })
    expect((await inForce('itm-00'))!.version).toBe(run!.name)
    const acts = await read.select().from(audit).where(eq(audit.act, 'calibration-in-force'))
    expect(acts.map(({ target }) => target)).toEqual([run!.name])
  })

  test('much stronger people later: new items stand on the old scale, a leaked one is named, old versions stay', async () => {
    const before = await read.select().from(version)
    // Item 3 has got about: three of four know its key.
    const later = group('later', 1500, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 1, '22').map((one) => ({
      ...one,
      ended: one.ended.map((e) => (e.item === ids[3] && next() < 0.75 ? { item: e.item, chose: 'a' } : e)),
    }))
    // The first ones' answers are of a wording that is asked no more.
    for (const id of ids) await enter(id, 'meeting-one', 2)
    await take(later.map((one) => ({ ...one, ended: one.ended.map((e) => ({ ...e, revision: 2 })) })))
    setClock(() => new Date('2026-11-23T02:00:00.000Z'))
    const said = await calibrate({ apply: true })
    expect(said).toMatch(/用\d道锚题接上原来的量尺：新能力×\d\.\d\d\+\d\.\d\d/)
    expect(said).toContain(`锚题${ids[3]}变了`)
    expect(said).toContain('（原来：区分度')
    for (const at of [10, 11]) {
      // On the scale of these people alone it would be lower by one.
      expect(Math.abs((await inForce(ids[at]!, undefined, 2))!.b - true_[at]!.b)).toBeLessThan(0.5)
    }
    const after = await read.select().from(version)
    for (const row of before) expect(after).toContainEqual(row)
    expect(after.length).toBeGreaterThan(before.length)
    expect((await inForce('itm-00', '2026-11-22T00:00:00.000Z'))!.version).toBe(
      'calibration-2026-11-21T02:00:00.000Z',
    )
    expect((await inForce('itm-00'))!.version).toBe('calibration-2026-11-21T02:00:00.000Z')
    expect((await inForce('itm-00', undefined, 2))!.version).toBe('calibration-2026-11-23T02:00:00.000Z')
  })

  test('what is answered afterwards is read by the version of its own wording, also once all is thrown away', async () => {
    const answer = (day: string, person: string, itemRevision: number) => {
      setClock(() => new Date(`2026-11-${day}T02:00:00.000Z`))
      const about = { item: 'itm-00', itemRevision, indicator: 'meeting-one' }
      return record(happen.answered({ person, ...about, mode: 'test', lesson: null, edition: null }))
    }
    await answer('20', 'later-0', 1)
    await answer('24', 'later-1', 1)
    await answer('24', 'later-2', 2)
    const derived = () => Promise.all(['later-0', 'later-1', 'later-2'].map(happen.derivedOf))
    const first = await derived()
    const versionIn = ({ evidence }: (typeof first)[number]) =>
      (evidence as { body: AnsweredEvidence }[]).map(({ body }) => body.calibration?.version ?? null)
    expect(first.map(versionIn)).toEqual([
      [null],
      ['calibration-2026-11-21T02:00:00.000Z'],
      ['calibration-2026-11-23T02:00:00.000Z'],
    ])
    forgetVersions()
    await rebuild(() => undefined)
    expect(await derived()).toEqual(first)
  })

  test('twice at once is refused', async () => {
    const first = calibrate()
    await expect(calibrate()).rejects.toThrow('正在校准')
    await first
  })
})
