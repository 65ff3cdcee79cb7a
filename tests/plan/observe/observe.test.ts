// Recording what was seen: by whom, of whom, for which day; taking it back; and what of it only the rater sees.
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { read, write } from '#db/database.server.ts'
import { assignment, person as personTable } from '#db/schema/people.ts'
import { evidence as evidenceTable } from '#db/schema/record.ts'
import { eq } from 'drizzle-orm'
import { exportPerson } from '#people/export.server.ts'
import { WrongField } from '#people/roster/wrong-field.ts'
import type { Role, Session } from '#people/session.ts'
import { evidenceInWords } from '#plan/evidence-words.server.ts'
import { ObserveForm, TakeBackForm } from '#plan/observe/forms.ts'
import { observableBy } from '#plan/observe/observable.server.ts'
import { observationOf, observe, takeBackObservation } from '#plan/observe/observe.server.ts'
import { ownObservations, ownSeverity } from '#plan/observe/own.server.ts'
import { saySeverity } from '#plan/observe/say-severity.ts'
import { useModel } from '#record/capability/model.server.ts'
import type { Evidence } from '#record/evidence/evidence.ts'
import { verifyChain } from '#record/root.server.ts'
import { addVersion } from '#record/versions.server.ts'
import { refusal, addPerson, addUnits } from '../../people/house.ts'
import * as happen from '../../record/happenings.ts'
import { sampleModel } from '../../support/capability.ts'
import { freshDatabase } from '../../support/database.ts'

freshDatabase()
happen.underYunnan()
const clock = happen.stoppedClock('2026-11-27T02:00:00.000Z')
const paths = {
  county: '/county/',
  town: '/county/town/',
  village: '/county/town/village/',
  next: '/county/next/',
}
let trainer: Session
let seen: string

async function rater(number: string, role: Role, unit: keyof typeof paths): Promise<Session> {
  const id = await addPerson({ number, unit, roles: [[role, unit]] })
  return {
    id: 'x',
    person: { id, number, name: `某${number}` },
    grants: [{ role, unitId: unit, path: paths[unit] }],
    unitPaths: [paths[unit]],
    secondFactor: false,
    noticeVersion: null,
  }
}

let last = 0
const somebody = (unit: keyof typeof paths = 'village') => addPerson({ number: `P${(last += 1)}`, unit })

beforeAll(async () => {
  useModel(sampleModel, [])
  await addUnits(paths)
  trainer = await rater('T1', 'trainer', 'town')
})
beforeEach(async () => {
  seen = await somebody()
})

const form = (changes: Partial<Record<keyof ReturnType<typeof ObserveForm.parse>, unknown>> = {}) =>
  ObserveForm.parse({
    ...{ person: seen, indicator: 'mediation', level: '4', observedOn: '2026-11-26' },
    note: '调解室里先听双方说完，再写下各自的要求。',
    ...changes,
  })
const piecesOf = async (person: string) => {
  const rows = await read.select().from(evidenceTable).where(eq(evidenceTable.personId, person))
  return rows.map(({ body }) => body as Evidence)
}

test('what a trainer saw becomes evidence of that day, with the name of who saw it', async () => {
  await observe(trainer, form())
  const pieces = await piecesOf(seen)
  expect(pieces).toMatchObject([
    { kind: 'observation', level: 4, indicator: 'mediation', at: '2026-11-26T04:00:00.000Z' },
  ])
  const [told] = await evidenceInWords(pieces)
  expect(told?.text).toBe(
    '某T1现场看到的做法，“矛盾调解”对照五条行为记为四级：调解室里先听双方说完，再写下各自的要求。',
  )
})

test('a supervisor may too; a reader, another town and the person herself may not', async () => {
  const officer = await rater('O1', 'officer', 'county')
  await observe(officer, form())
  for (const other of [await rater('R1', 'reader', 'county'), await rater('T2', 'trainer', 'next')])
    expect((await refusal(observe(other, form({ indicator: 'openness' })))).kind).toBe('not-yours')
  const own = await refusal(observe(officer, form({ person: officer.person.id })))
  expect(own).toMatchObject({ kind: 'not-yours', hint: '核对日子；自己的实务请别人来记。' })
  expect(await piecesOf(seen)).toHaveLength(1)
})

test('it counts who was over the unit on that day: before a move it is the former unit', async () => {
  const moved = await somebody('next')
  await write(async (tx) => {
    await tx.update(assignment).set({ toOn: '2026-10-31' }).where(eq(assignment.personId, moved))
    const held = { unitId: 'village', post: 'grid-worker', fromOn: '2026-11-01', main: true }
    await tx.insert(assignment).values({ id: v7(), personId: moved, ...held })
  })
  expect((await refusal(observe(trainer, form({ person: moved, observedOn: '2026-10-31' })))).kind).toBe(
    'not-yours',
  )
  await observe(trainer, form({ person: moved, observedOn: '2026-11-01' }))
  expect(await piecesOf(moved)).toHaveLength(1)
})

test('nobody whose account is closed, no day to come, none a year ago, no indicator that the model has not', async () => {
  const wrong = async (changes: Parameters<typeof form>[0]) => {
    const error: unknown = await observe(trainer, form(changes)).catch((reason: unknown) => reason)
    return error instanceof WrongField ? error.field : null
  }
  expect(await wrong({ observedOn: '2026-11-28' })).toBe('observedOn')
  expect(await wrong({ observedOn: '2025-11-26' })).toBe('observedOn')
  expect((await refusal(observe(trainer, form({ indicator: 'no-such' })))).kind).toBe('not-found')
  await write((tx) => tx.update(personTable).set({ closedAt: clock.iso }).where(eq(personTable.id, seen)))
  expect((await refusal(observe(trainer, form()))).kind).toBe('not-yours')
  expect(await piecesOf(seen)).toEqual([])
})

test.each([
  ['level', { level: '0' }],
  ['level', { level: '6' }],
  ['level', { level: undefined }],
  ['note', { note: '好' }],
  ['note', { note: '长'.repeat(201) }],
  ['note', { note: '里面有\u0000看不见的' }],
  ['note', { note: '\u202e\u200b\u200b\u202e\u200b' }],
  ['observedOn', { observedOn: '昨天' }],
])('a form with a wrong %s is refused beside the field', (field, changes) => {
  const parsed = ObserveForm.safeParse({ ...form({ person: 'p' }), ...changes })
  expect(parsed.error?.issues.map(({ path }) => path[0])).toEqual([field])
  expect(parsed.error?.issues[0]?.message).toMatch(/[\u4e00-\u9fff].*。$/)
})

test('sent twice it counts once; another level on the same day has to wait until the first is taken back', async () => {
  const first = await observe(trainer, form())
  expect(await observe(trainer, form())).toBe(first)
  const refused = await refusal(observe(trainer, form({ level: '2' })))
  expect(refused).toMatchObject({
    kind: 'already-done',
    message: '2026年11月26日这一项你已经记过四级，没有再记。',
  })
  await observe(trainer, form({ level: '2', observedOn: '2026-11-25' }))
  await observe(await rater('T3', 'trainer', 'village'), form({ level: '2' }))
  expect(await piecesOf(seen)).toHaveLength(3)
  await takeBackObservation(trainer, TakeBackForm.parse({ event: first, reason: 'level' }))
  await observe(trainer, form({ level: '2' }))
  expect((await piecesOf(seen)).map((piece) => piece.kind === 'observation' && piece.level)).toEqual([
    2, 2, 2,
  ])
})

test('taken back it no longer counts, stays in the record with its reason, and only once', async () => {
  const id = await observe(trainer, form())
  const back = TakeBackForm.parse({ event: id, reason: 'person' })
  const other = await rater('T4', 'trainer', 'town')
  expect((await refusal(takeBackObservation(other, back))).kind).toBe('not-found')
  expect((await refusal(takeBackObservation(trainer, { ...back, event: v7() }))).kind).toBe('not-found')
  await takeBackObservation(trainer, back)
  expect(await piecesOf(seen)).toEqual([])
  expect((await refusal(takeBackObservation(trainer, back))).kind).toBe('already-done')
  const { parts } = await exportPerson(seen)
  const events = JSON.stringify(parts.find(({ table }) => table === 'event'))
  expect(events).toContain('记的人撤回：记错了人。')
  expect(await observationOf(trainer.person.id, id)).not.toBeNull()
  expect((await verifyChain(seen)).brokenAt).toBeNull()
})

test('a rater finds again what he recorded and nobody else’s, the last first, without what was taken back', async () => {
  const mine = await rater('T5', 'trainer', 'town')
  expect(await ownObservations(mine, 1)).toEqual({ rows: [], all: 0, more: false })
  await observe(mine, form({ observedOn: '2026-11-01', indicator: 'openness' }))
  await observe(mine, form({ observedOn: '2026-03-01' }))
  const gone = await observe(mine, form({ observedOn: '2026-11-02' }))
  await observe(trainer, form({ observedOn: '2026-11-03' }))
  await takeBackObservation(mine, { event: gone, reason: 'day' })
  const { rows, all, more } = await ownObservations(mine, 1)
  expect([all, more]).toEqual([2, false])
  expect(rows.map(({ observedOn, indicator, name }) => [observedOn, indicator, name])).toEqual([
    ['2026-03-01', '矛盾调解', `某P${last}`],
    ['2026-11-01', '公开', `某P${last}`],
  ])
  for (let day = 10; day < 19; day += 1) await observe(mine, form({ observedOn: `2026-10-${day}` }))
  expect((await ownObservations(mine, 1)).more).toBe(true)
  expect((await ownObservations(mine, 2)).rows.map(({ observedOn }) => observedOn)).toEqual(['2026-11-01'])
})

test('the people to observe are those of one’s units today, unit by unit in roster order, without oneself', async () => {
  const mine = await rater('A0', 'officer', 'next')
  for (const number of ['A2', 'A1']) await addPerson({ number, unit: 'next' })
  const all = (await observableBy(mine, '', 1)).people
  const names = all.map(({ name }) => name)
  expect(names).toContain('某A1')
  expect(names).not.toContain('某A0')
  expect(names.indexOf('某A1')).toBeLessThan(names.indexOf('某A2'))
  expect(new Set(all.map(({ unit }) => unit))).toEqual(new Set(['next']))
  const found = async (search: string) => (await observableBy(mine, search, 1)).people.map(({ name }) => name)
  expect(await found('a2')).toEqual(['某A2'])
  expect(await found('某A1')).toEqual(['某A1'])
  expect(await found('100%')).toEqual([])
  expect(await found('nex')).toEqual(names)
  expect((await observableBy(await rater('R9', 'reader', 'next'), '', 1)).people).toEqual([])
})

test('a long list comes in pages', async () => {
  await addUnits({ large: '/large/' })
  for (let i = 0; i < 61; i += 1) await addPerson({ number: `L${String(i).padStart(2, '0')}`, unit: 'large' })
  const mine = { ...trainer, grants: [{ role: 'trainer' as const, unitId: 'large', path: '/large/' }] }
  const [first, second] = [await observableBy(mine, '', 1), await observableBy(mine, '', 2)]
  expect([first.people.length, first.more, second.people.length, second.more]).toEqual([60, true, 1, false])
})

test('a rater learns his own severity in levels, gets it with his data, and it is in no export of the person seen', async () => {
  const mine = await rater('T6', 'trainer', 'town')
  expect(await ownSeverity(mine)).toBeNull()
  await addVersion('severity', mine.person.id, '2026-11-01T00:00:00.000Z', 's1', 0.437)
  expect(await ownSeverity(mine)).toBeCloseTo(0.437, 9)
  await observe(mine, form())
  expect(await piecesOf(seen)).toMatchObject([{ severity: 0.437 }])
  expect(JSON.stringify(await exportPerson(mine.person.id))).toContain('0.437')
  const ofSeen = JSON.stringify(await exportPerson(seen))
  expect(ofSeen).toContain('observation')
  expect(ofSeen).not.toContain('0.437')
})

test('the words for severity: nothing yet, like the others, severe, lenient', () => {
  expect(saySeverity(null)).toBe('还没有算出你的尺度。记满10次、5个人以后，每月算一次。')
  expect(saySeverity(0.09)).toBe('你的尺度和大家差不多。')
  expect(saySeverity(0.42)).toBe('你的尺度比大家偏严约0.4级。')
  expect(saySeverity(-0.38)).toBe('你的尺度比大家偏宽约0.4级。')
})
