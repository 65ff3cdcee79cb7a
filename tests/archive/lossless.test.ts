// The archive of one county, brought into an empty one with the same roster, is the same archive byte for byte.
import fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { v7 } from 'uuid'
import { tidyText } from '#sheet/cell.ts'
import { categories, columns, results, sources } from '#archive/columns.ts'
import { now } from '#clock.server.ts'
import { closeDatabase, openDatabase } from '#db/database.server.ts'
import { checkName } from '#people/roster/newcomer.ts'
import type { ArchiveEntry } from '#record/events/archive-entry.ts'
import type { Event } from '#record/events/event.ts'
import { putInForce } from '#record/hours/rule.server.ts'
import { record } from '#record/record.server.ts'
import { forgetVersions } from '#record/versions.server.ts'
import * as happen from '../record/happenings.ts'
import { brought, downloaded, plantOffice, previewOf, stored, type Cadre } from './county.ts'
import { cells } from './naughty.ts'

const clock = happen.stoppedClock('2026-11-22T02:00:00.000Z')

const names = [...new Set(cells)].filter((name) => checkName(name) === null && name === name.trim())
const people: Cadre[] = ['张三', '李 四', ...names.slice(0, 18)].map((name, i) => ({
  number: `QX${1001 + i}`,
  name,
  unit: i % 2 === 0 ? 'yunling' : 'shuikou',
}))

type Office = Awaited<ReturnType<typeof plantOffice>>

/** Does something in a county of its own with the same roster and nothing recorded. */
async function inCounty<T>(work: (office: Office) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lianxue-archive-'))
  await openDatabase(dataDir)
  try {
    forgetVersions()
    await putInForce(happen.yunnan)
    return await work(await plantOffice(people))
  } finally {
    await closeDatabase()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const cell = fc.oneof(fc.constantFrom(...cells), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }))
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined })
const amount = fc.integer({ min: 0, max: 600_000 }).map((thousandths) => thousandths / 1000)
const day = fc
  .integer({ min: 0, max: 1_000 })
  .map((days) => new Date(Date.UTC(2024, 0, 1) + days * 86_400_000).toISOString().slice(0, 10))

const entry = fc.record({
  ...Object.fromEntries(
    [
      'unit',
      'post',
      'rank',
      'institution',
      'rule',
      'score',
      'certificate',
      'makesUpFor',
      'evidence',
      'enteredBy',
      'approvedBy',
      'correctedBy',
    ].map((field) => [field, maybe(cell)]),
  ),
  category: maybe(fc.constantFrom(...categories)),
  result: maybe(fc.constantFrom(...results)),
  source: maybe(fc.constantFrom(...sources)),
  plannedHours: maybe(amount),
  attendedHours: maybe(amount),
  leaveHours: maybe(amount),
  points: maybe(amount),
})

/** No more than can be earned in the days that are told; who was present is told for one. */
function possible<T extends { kind: string; days: string[]; hours: number }>(told: T): T {
  const [from = '', to = ''] = told.kind === 'attended' ? [] : told.days
  const days = from === '' ? 1 : (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1
  return { ...told, hours: Math.min(told.hours, 12 * days) }
}

const told = fc.record({
  who: fc.integer({ min: 0, max: people.length - 1 }),
  kind: fc.constantFrom('imported', 'imported', 'attended'),
  meter: fc.constantFrom('online', 'concentrated'),
  // As others may have recorded it: with spaces around.
  title: fc
    .tuple(cell, maybe(fc.constant(' ')))
    .map(([text, space = '']) => text + space)
    .filter((text) => tidyText(text) !== ''),
  organiser: fc.oneof(fc.constant(''), cell),
  days: fc.tuple(day, day).map((both) => both.sort()),
  hours: amount,
  nature: maybe(fc.constantFrom('compulsory', 'elective')),
  entry: maybe(entry),
})
const training = told.map(possible)
type Training = typeof training extends fc.Arbitrary<infer T> ? T : never

const given = (fields: object) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as ArchiveEntry

function toEvent(
  { who, kind, days: [startOn = '', endOn = ''], hours, entry, ...told }: Training,
  office: Office,
): Event {
  const person = office.idOf(people[who]?.number ?? '')
  const { title, organiser, meter } = told as {
    title: string
    organiser: string
    meter: 'online' | 'concentrated'
  }
  if (kind === 'attended')
    return happen.attended({
      person,
      title,
      organiser,
      meter,
      on: endOn,
      hours: Math.min(100, hours) || 1,
      confirmedBy: office.enters.person.id,
    })
  const { nature } = told as { nature?: 'compulsory' | 'elective' }
  return {
    ...{
      id: v7(),
      at: now().toISOString(),
      kind: 'hours-imported',
      person,
      title,
      organiser,
      meter,
      startOn,
      endOn,
      hours,
    },
    ...(nature && { nature }),
    ...(entry && { entry: given(entry) }),
    approvedBy: office.approves.person.id,
  }
}

/** Everything that a year may leave behind: classes from elsewhere, lists of who came, lessons of this platform. */
async function live(trainings: Training[], office: Office) {
  for (const one of trainings) await record(toEvent(one, office))
  for (const [i, { number }] of people.slice(0, 3).entries()) {
    clock.advance(7_200)
    for (const lesson of ['lsn-a', 'lsn-b', 'lsn-c'].slice(i))
      for (const event of happen.finished(office.idOf(number), {
        lesson,
        course: `crs-${lesson}`,
        minutes: 12,
      })) {
        clock.advance(60)
        await record(event)
      }
  }
}

test('exported, imported, approved and exported again, it is the same table, from CSV and from a workbook', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(training, { minLength: 1, maxLength: 60 }), async (trainings) => {
      const { csv, xlsx } = await inCounty(async (office) => {
        await live(trainings, office)
        const csv = await downloaded(office.enters)
        const xlsx = await downloaded(office.enters, 'xlsx')
        // In the same house everything is there already, and nothing is stored.
        for (const [file, name] of [
          [csv, '档案.csv'],
          [xlsx, '档案.xlsx'],
        ] as const) {
          const { counts, rows } = await previewOf(office.enters, file, name)
          expect({ ...counts, there: 0 }).toEqual({ fresh: 0, there: 0, wrong: 0 })
          expect(counts.there).toBe(rows.length)
        }
        return { csv, xlsx }
      })
      for (const [file, name] of [
        [csv, '档案.csv'],
        [xlsx, '档案.xlsx'],
      ] as const) {
        const again = await inCounty(async (office) => {
          const { rows, counts } = await previewOf(office.enters, file, name)
          expect(rows.filter(({ verdict }) => verdict !== 'fresh')).toEqual([])
          expect(await brought(office, file, name)).toMatchObject({ state: 'approved', rows: counts.fresh })
          return downloaded(office.enters)
        })
        expect(again.toString()).toBe(csv.toString())
        expect(again.equals(csv)).toBe(true)
      }
    }),
    { numRuns: 5, endOnFailure: true },
  )
}, 120_000)

test('every naughty string survives in every column of words, and in names', async () => {
  const words = columns.flatMap(({ field }) =>
    [
      'unit',
      'post',
      'rank',
      'institution',
      'score',
      'certificate',
      'makesUpFor',
      'evidence',
      'enteredBy',
      'approvedBy',
      'correctedBy',
      'rule',
    ].includes(field)
      ? [field]
      : [],
  )
  const trainings = cells.map((text, i): Training => ({
    ...{
      who: i % people.length,
      kind: 'imported',
      meter: 'online',
      title: text,
      organiser: text,
      hours: 1,
      nature: undefined,
    },
    days: ['2026-01-01', '2026-01-02'],
    entry: Object.fromEntries(words.map((word) => [word, text])) as never,
  }))
  const csv = await inCounty(async (office) => {
    for (const one of trainings) await record(toEvent(one, office))
    return downloaded(office.enters)
  })
  expect(csv.toString().split('\r\n').length).toBeGreaterThan(300)
  const again = await inCounty(async (office) => {
    await brought(office, csv)
    return downloaded(office.enters)
  })
  expect(again.equals(csv)).toBe(true)
}, 120_000)

test('before it is approved, nothing of an archive counts', async () => {
  const csv = await inCounty(async (office) => {
    await live([], office)
    return downloaded(office.enters)
  })
  await inCounty(async (office) => {
    await stored(office.enters, csv)
    expect((await downloaded(office.enters)).toString().trimEnd().split('\r\n')).toHaveLength(1)
  })
})
