// The map of a unit: whose figures each role sees, of which day, and that what is hidden leaves the house nowhere.
import readSheets from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setClock } from '#clock.server.ts'
import { write } from '#db/database.server.ts'
import { unitMonth, unitSize, unitSnapshot, unitTotal } from '#db/schema/units.ts'
import type { Session } from '#people/session.ts'
import { mapFile } from '#plan/unit/map-file.server.ts'
import { overseenUnits } from '#plan/unit/overseen.server.ts'
import { cellAt, indicatorIn, seenOf } from '#plan/unit/unit-map.ts'
import { unitMapFor, yearAgo } from '#plan/unit/unit-map.server.ts'
import { useModel } from '#record/capability/model.server.ts'
import { plantPerson, plantUnit } from '../../people/roster/county.ts'
import { sampleModel } from '../../support/capability.ts'
import { freshDatabase } from '../../support/database.ts'

freshDatabase()

type Unit = { id: string; path: string; name: string }
type Counts = { reached: number; notReached: number; uncertain: number; levels: number[] }

/** Most of them in the middle, the rest to both sides. */
function counts(reached: number, notReached: number, uncertain: number): Counts {
  const n = reached + notReached + uncertain
  const [end, side] = [Math.floor(n / 10), Math.floor(n / 5)]
  return { reached, notReached, uncertain, levels: [end, side, n - 2 * end - 2 * side, side, end] }
}

/** Numbers that stand nowhere but in hidden cells. */
const canary = counts(3571, 2803, 1545)
const canaries = [7919, 3571, 2803, 1545, 3574, ...canary.levels].map(String)
const few = counts(3, 0, 0)

/** The number by itself, not within an id. */
const alone = (number: string) => new RegExp(`(?<![\\w-])${number}(?![\\w-])`)

const rowOf = ({ id }: Unit, indicator: string, { levels, ...statuses }: Counts) => {
  const [level1 = 0, level2 = 0, level3 = 0, level4 = 0, level5 = 0] = levels
  return { unitId: id, indicator, ...statuses, noTarget: 0, level1, level2, level3, level4, level5 }
}
const plus = (...all: Counts[]): Counts => ({
  reached: all.reduce((sum, one) => sum + one.reached, 0),
  notReached: all.reduce((sum, one) => sum + one.notReached, 0),
  uncertain: all.reduce((sum, one) => sum + one.uncertain, 0),
  levels: [0, 1, 2, 3, 4].map((i) => all.reduce((sum, one) => sum + (one.levels[i] ?? 0), 0)),
})
const times = (n: number, one: Counts): Counts => plus(...Array<Counts>(n).fill(one))

const usual = counts(9, 6, 5)
const formerly = counts(5, 11, 4)
const formula = '=HYPERLINK("http://x","y")村'
let county: Unit, town: Unit, villages: Unit[], lonely: Unit, only: Unit, empty: Unit, secret: Unit
let officer: Session, trainer: Session, stranger: Session, townOfficer: Session

beforeAll(async () => {
  setClock(() => new Date('2026-11-27T02:00:00.000Z'))
  useModel(sampleModel, [])
  county = await plantUnit('青溪县', null)
  town = await plantUnit('白石镇', county)
  villages = []
  for (const name of ['云岭村', formula, '竹溪村']) villages.push(await plantUnit(name, town))
  lonely = await plantUnit('孤山乡', county)
  only = await plantUnit('独村'.repeat(15), lonely)
  empty = await plantUnit('新设街道', county)
  secret = await plantUnit('大岭镇', county)
  const small = await plantUnit('小村', secret)
  const large = await plantUnit('大村', secret)
  const own = counts(4, 4, 2)
  const townTotal = plus(times(3, usual), own)
  const lonelyTotal = usual
  const secretTotal = plus(few, canary)
  await write(async (tx) => {
    const sizes: [Unit, number][] = [
      ...[
        [county, 8300],
        [town, 90],
        [lonely, 25],
        [only, 25],
        [empty, 0],
        [secret, 8100],
      ],
      ...[[small, 6], [large, 8094], ...villages.map((one) => [one, 25])],
    ] as [Unit, number][]
    for (const [{ id }, members] of sizes) {
      await tx.insert(unitSize).values({ unitId: id, members })
      for (const on of ['2025-11-01', '2026-10-01'])
        await tx.insert(unitMonth).values({ unitId: id, on, members: Math.max(0, members - 1), health: {} })
    }
    const now: [Unit, Counts][] = [
      [county, plus(townTotal, lonelyTotal, secretTotal)],
      [town, townTotal],
      ...villages.map((one): [Unit, Counts] => [one, usual]),
      ...([
        [lonely, usual],
        [only, usual],
        [secret, secretTotal],
        [small, few],
        [large, canary],
      ] as [Unit, Counts][]),
    ]
    for (const [unit, count] of now) await tx.insert(unitTotal).values(rowOf(unit, 'mediation', count))
    // A year ago the town and its villages stood lower; in October that was published, in November nothing was.
    const past: [Unit, Counts][] = [
      ...villages.map((one): [Unit, Counts] => [one, formerly]),
      ...([
        [town, times(3, formerly)],
        [county, times(3, formerly)],
      ] as [Unit, Counts][]),
    ]
    for (const [unit, count] of past) {
      const row = rowOf(unit, 'mediation', count)
      await tx.insert(unitSnapshot).values({ ...row, on: '2025-11-01', published: false })
      await tx.insert(unitSnapshot).values({ ...row, on: '2026-10-01', published: true })
    }
  })
  officer = await plantPerson('officer', ['officer', county])
  trainer = await plantPerson('trainer', ['trainer', county])
  townOfficer = await plantPerson('town-officer', ['officer', town])
  stranger = await plantPerson('stranger', ['officer', lonely])
})
afterAll(() => setClock(() => new Date()))

const mapOf = async (session: Session, unit: Unit, month: string | null = null) => {
  const found = await unitMapFor(session, unit.id, month)
  if (!found) throw new Error('There is no map.')
  return found
}
const names = (rows: { name: string }[]) => rows.map(({ name }) => name)

describe('who sees what', () => {
  test('an officer sees the figures of today', async () => {
    const { map } = await mapOf(officer, town)
    expect([map.sight, map.on, map.current]).toEqual(['live', '2026-11-27', true])
    expect(map.whole.members).toBe(90)
    const { measured, share } = cellAt(map.whole, 'mediation')
    expect(measured).toBe(70)
    expect(share).toEqual({
      sure: { type: 'percent', percent: 44 },
      possible: { type: 'percent', percent: 69 },
    })
  })

  test('who is only trainer sees what was published, and of which day', async () => {
    const { map } = await mapOf(trainer, town)
    expect([map.sight, map.on, map.current]).toEqual(['published', '2026-10-01', true])
    expect(map.whole.members).toBe(89)
    const { measured, share } = cellAt(map.whole, 'mediation')
    expect(measured).toBe(60)
    expect(share?.possible).toEqual({ type: 'percent', percent: 45 })
  })

  test('a trainer of whose unit nothing was published sees closed cells and no day', async () => {
    const other = await plantUnit('别的县', null)
    const { map } = await mapOf(await plantPerson('other', ['trainer', other]), other)
    await write((tx) => tx.insert(unitSize).values({ unitId: other.id, members: 4 }))
    expect([map.on, map.months, seenOf(map).open]).toEqual([null, [], 0])
    const again = await mapOf(await plantPerson('other2', ['trainer', other]), other)
    expect(again.map.whole.members).toBeNull()
  })

  test('a trainer finds no number of today in the list of units, an officer does', async () => {
    expect((await overseenUnits(trainer)).map(({ members }) => members).filter((n) => n !== null)).toEqual([])
    expect((await overseenUnits(officer)).find(({ name }) => name === '白石镇')?.members).toBe(90)
  })

  test('whoever is not over the unit finds none, and no file of it', async () => {
    expect(await unitMapFor(stranger, town.id, null)).toBeNull()
    expect(await unitMapFor(townOfficer, county.id, null)).toBeNull()
    expect(await unitMapFor(officer, 'nowhere', null)).toBeNull()
    for (const format of ['csv', 'xlsx', 'json'] as const) {
      const reply = await mapFile(stranger, town.id, null, format)
      expect(reply.status).toBe(404)
      expect(await reply.text()).not.toContain('白石镇')
    }
  })

  test('the list of units begins where the grants do, in roster order', async () => {
    expect(names(await overseenUnits(townOfficer))).toEqual(['白石镇', ...names(villages)])
    const all = await overseenUnits(officer)
    expect(all.filter(({ top }) => top).map(({ name }) => name)).toEqual(['青溪县'])
    expect(names(all).slice(0, 3)).toEqual(['青溪县', '白石镇', '云岭村'])
    expect(await overseenUnits(await plantPerson('learner', ['learner', county]))).toEqual([])
  })
})

describe('the lines of the map', () => {
  test('own members come first, then the sub-units in roster order', async () => {
    const { map } = await mapOf(officer, town)
    expect(names(map.rows)).toEqual(['本级', '云岭村', formula, '竹溪村'])
    expect(map.rows[0]?.members).toBe(15)
    expect(cellAt(map.rows[0] ?? map.whole, 'mediation').measured).toBe(10)
  })

  test('a unit without sub-units is one line', async () => {
    const { map } = await mapOf(officer, villages[0] ?? town)
    expect(map.rows).toEqual([])
    expect(names(map.above)).toEqual(['青溪县', '白石镇'])
    expect(cellAt(map.whole, 'mediation').measured).toBe(20)
  })

  test('an empty unit has a page with nothing open', async () => {
    const { map } = await mapOf(officer, empty)
    expect(seenOf(map)).toEqual({ indicators: 24, open: 0, fewest: null, most: null })
    expect(map.whole.members).toBe(0)
  })

  test('a unit with one sub-unit and nobody of its own shows them alike, the long name whole', async () => {
    const { map } = await mapOf(officer, lonely)
    expect(names(map.rows)).toEqual([only.name])
    expect(cellAt(map.rows[0] ?? map.whole, 'mediation')).toEqual(cellAt(map.whole, 'mediation'))
  })
})

describe('other days', () => {
  test('a month that was kept can be looked at, with the people of then', async () => {
    const { map } = await mapOf(officer, town, '2026-10')
    expect([map.on, map.current, map.whole.members]).toEqual(['2026-10-01', false, 89])
    expect(cellAt(map.whole, 'mediation').measured).toBe(60)
    expect(map.months).toEqual(['2026-10-01', '2025-11-01'])
  })

  test('a month that was not kept shows the latest figures', async () => {
    expect((await mapOf(officer, town, '2024-01')).map.current).toBe(true)
    expect((await mapOf(officer, town, 'nonsense')).map.current).toBe(true)
  })

  test('the cell of a year ago is there, and null where nothing was kept', async () => {
    const found = await mapOf(officer, town)
    const indicator = indicatorIn(found.map, 'mediation')?.id ?? ''
    const before = await yearAgo(found, indicator)
    expect(before?.on).toBe('2025-11-01')
    expect(before?.cell?.measured).toBe(60)
    expect((await yearAgo(await mapOf(officer, town, '2025-11'), indicator))?.cell).toBeNull()
  })
})

describe('what is hidden leaves the house nowhere', () => {
  test('neither in the map nor in a file of it', async () => {
    const { map } = await mapOf(officer, secret)
    expect(map.rows.map((row) => cellAt(row, 'mediation').share)).toEqual([null, null])
    const text = JSON.stringify({
      ...map,
      whole: { ...map.whole, cells: [...map.whole.cells] },
      rows: map.rows.map((row) => ({ ...row, cells: [...row.cells] })),
    })
    const files = await Promise.all(
      (['csv', 'json'] as const).map(async (format) =>
        (await mapFile(officer, secret.id, null, format)).text(),
      ),
    )
    const sheets = await cellsOf(await mapFile(officer, secret.id, null, 'xlsx'))
    for (const out of [text, ...files, JSON.stringify(sheets)]) {
      expect(out).toContain('7922')
      for (const number of canaries) expect(out).not.toMatch(alone(number))
    }
  })

  test('a hidden cell of a file is empty and says why', async () => {
    const csv = await (await mapFile(officer, secret.id, null, 'csv')).text()
    const line = csv.split('\r\n').find((one) => one.startsWith('小村') && one.includes('mediation'))
    expect(line).toMatch(/mediation,,,,,,,,,2026-11-27,不足5人或为保护他人隐去$/)
  })
})

describe('files of the map', () => {
  test('say whose day they are of and that nothing is decided by them', async () => {
    for (const format of ['csv', 'json'] as const) {
      const text = await (await mapFile(officer, town.id, null, format)).text()
      expect(text).toContain('不作为任用、考核等人事决定的自动依据')
      expect(text).toContain('2026-11-27')
    }
    const sheets = await cellsOf(await mapFile(trainer, town.id, null, 'xlsx'))
    expect(JSON.stringify(sheets)).toContain('不作为任用、考核等人事决定的自动依据')
    expect(JSON.stringify(sheets)).toContain('按季度公布')
    expect(JSON.stringify(sheets)).toContain('2026-10-01')
  })

  test('hold a row for each line and indicator, and no formula', async () => {
    const csv = await (await mapFile(officer, town.id, null, 'csv')).text()
    const lines = csv.split('\r\n').filter(Boolean)
    expect(lines.length).toBe(1 + 5 * 24 + 5)
    expect(lines.some((line) => line.startsWith('=') || line.startsWith('"='))).toBe(false)
    expect(lines.find((line) => line.startsWith('白石镇（合计）') && line.includes('mediation'))).toBe(
      '白石镇（合计）,90,群众工作与议事协商,矛盾调解,mediation,70,44%,69%,≤20%,≤20%,40%,≤20%,≤20%,2026-11-27,',
    )
    const [first] = await cellsOf(await mapFile(officer, town.id, null, 'xlsx'))
    expect(first?.flat().some((value) => String(value).startsWith('='))).toBe(false)
  })

  test('are of the month that was asked for', async () => {
    const text = await (await mapFile(officer, town.id, '2026-10', 'json')).text()
    expect(JSON.parse(text)).toMatchObject({ asOf: '2026-10-01', figures: 'live', unit: { members: 89 } })
  })
})

/** Every cell of every sheet of a workbook. */
async function cellsOf(reply: Response): Promise<unknown[][][]> {
  const sheets = await readSheets(Buffer.from(await reply.arrayBuffer()))
  return sheets.map(({ data }) => data)
}
