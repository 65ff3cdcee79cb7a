// The map of a person as a file: what it says, what it must say, and that nothing in it is computed by a spreadsheet.
import { readSheet } from 'read-excel-file/universal'
import { expect, test } from 'vitest'
import { write } from '#db/database.server.ts'
import { assignment, person as personTable, unit } from '#db/schema/people.ts'
import { looksAt } from '#people/view.server.ts'
import { personFile } from '#plan/person-file.server.ts'
import { noDecisionWord } from '#record/capability/words.ts'
import { record } from '#record/record.server.ts'
import { realLibrary, send, sessionOf } from '../course/real-library.ts'
import * as happen from '../record/happenings.ts'

realLibrary()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')

/** Somebody with a name and a unit that a spreadsheet would compute, two kinds of evidence and one indicator of one. */
async function measured(): Promise<string> {
  const id = happen.somebody()
  const createdAt = clock.iso
  await write(async (tx) => {
    const village = { id: 'u1', path: '/u1/', name: '=清溪村', kind: 'village' as const, createdAt }
    await tx.insert(unit).values(village).onConflictDoNothing()
    await tx.insert(personTable).values({ id, number: id, name: '=1+1', createdAt })
    const held = { id, personId: id, unitId: 'u1', post: 'village-secretary', main: true }
    await tx.insert(assignment).values({ ...held, fromOn: '2026-01-01' })
  })
  await send(id, 'lsn-jian', 'itm-jian-1', { kind: 'true-false', choice: true })
  for (const observedOn of ['2026-03-01', '2026-03-02', '2026-03-03'])
    await record(happen.observed({ person: id, indicator: 'fact-finding', observedOn, level: 1 }))
  await record(happen.observed({ person: id, indicator: 'openness', observedOn: '2026-03-02', level: 2 }))
  return id
}

const take = (by: string, of: string, format: 'csv' | 'xlsx' | 'json', query = '') =>
  personFile(sessionOf(by), of, new URLSearchParams(query), format)

type Json = {
  notes: string[]
  indicators: Record<string, unknown>[]
  evidence: { indicator: string; share: number | null; weight: number; ageDays: number }[]
}

test('as JSON there is a row for each indicator, and the shares of its evidence add up to the estimate', async () => {
  const person = await measured()
  clock.set('2026-09-01T02:00:00.000Z')
  const reply = await take(person, person, 'json')
  const file = (await reply.json()) as Json
  expect(file.notes[0]).toBe(noDecisionWord)
  expect(file).toMatchObject({ person: '=1+1', asOf: '2026-09-01', takenOn: '2026-09-01' })
  expect(file.indicators).toHaveLength(24)
  const row = file.indicators.find(({ indicator }) => indicator === 'fact-finding')
  expect(row).toMatchObject({ kinds: 2, pieces: 4, coverage: 0, provisional: true, status: 'not-reached' })
  const own = file.evidence.filter(({ indicator }) => indicator === 'fact-finding')
  expect(own).toHaveLength(4)
  expect(own.reduce((sum, { share }) => sum + (share ?? NaN), 0)).toBeCloseTo(Number(row?.['mean']), 3)
  expect(own.map(({ ageDays }) => ageDays).sort()).toEqual([175, 182, 183, 184])
})

test('what is not measured leaves neither an estimate nor shares', async () => {
  const person = await measured()
  const file = (await (await take(person, person, 'json')).json()) as Json
  const row = file.indicators.find(({ indicator }) => indicator === 'openness')
  expect(row).toMatchObject({ status: 'unmeasured', level: null, mean: null, sd: null, probability: null })
  expect(file.evidence.filter(({ indicator }) => indicator === 'openness')).toMatchObject([{ share: null }])
})

test('as CSV numbers below zero stay numbers, and no name becomes a formula', async () => {
  const person = await measured()
  const lines = (await (await take(person, person, 'csv')).text()).replace('\uFEFF', '').split('\r\n')
  const row = lines.find((line) => line.includes('fact-finding'))?.split(',') ?? []
  expect(Number(row[4])).toBeLessThan(0)
  expect(lines.filter((line) => /(^|,)[=+@]/.test(line))).toEqual([])
  expect(lines.some((line) => line.startsWith(noDecisionWord))).toBe(true)
  expect(lines.some((line) => line.startsWith("'=1+1，=清溪村"))).toBe(true)
  expect(lines[0]?.split(',')).toHaveLength(row.length)
})

test('as a workbook it has the map, the evidence and what a reader has to know', async () => {
  const person = await measured()
  const bytes = await (await take(person, person, 'xlsx')).arrayBuffer()
  const sheet = async (name: string) => (await readSheet(bytes, name)) as unknown[][]
  expect(await sheet('能力图谱')).toHaveLength(25)
  expect(await sheet('证据')).toHaveLength(6)
  expect((await sheet('说明')).flat()).toContain(noDecisionWord)
})

test('whoever takes the map of another is in the list of looks, and nobody is for their own', async () => {
  const person = await measured()
  const officer = await measured()
  await take(person, person, 'csv')
  expect(await looksAt(person)).toEqual([])
  await take(officer, person, 'xlsx')
  await take(officer, person, 'csv')
  expect((await looksAt(person)).map(({ what }) => what)).toEqual([
    '能力图谱（下载CSV）',
    '能力图谱（下载Excel）',
  ])
})

test('a file is of the day that was asked for, and a day that cannot be shown is refused in words', async () => {
  const person = await measured()
  const file = (await (await take(person, person, 'json', 'asOf=2026-01-31')).json()) as Json
  expect(file).toMatchObject({ asOf: '2026-01-31', evidence: [] })
  const reply = await take(person, person, 'csv', 'asOf=2026-01-32')
  expect(reply.status).toBe(400)
  expect(await reply.json()).toMatchObject({ message: expect.stringContaining('没有“2026-01-32”这一天') })
  expect((await take(person, 'nobody', 'csv')).status).toBe(404)
})
