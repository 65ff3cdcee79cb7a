// A sitting from opening to closing, and more time for who needs it.
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { handIn } from '#assessment/attempt/hand-in.server.ts'
import { startAttempt } from '#assessment/attempt/start.server.ts'
import { endExtraTime, grantExtraTime, withExtraTime } from '#assessment/sitting/extra-time.server.ts'
import { ExtraTimeForm } from '#assessment/sitting/forms.ts'
import { roomsOf } from '#assessment/sitting/room.server.ts'
import { closeSitting, openSitting } from '#assessment/sitting/sitting.server.ts'
import { read, write } from '#db/database.server.ts'
import { assessment, attempt as attemptTable, extraTime } from '#db/schema/assessment.ts'
import { audit } from '#db/schema/people.ts'
import { WrongField } from '#people/roster/wrong-field.ts'
import type { Session } from '#people/session.ts'
import { addPerson, addUnits, refusal } from '../../people/house.ts'
import * as happen from '../../record/happenings.ts'
import { addItems, addTest, assessmentWorld, Device, paper, plainBank, sessionOf } from '../attempt/world.ts'

assessmentWorld()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')
const exam = { ...paper, id: 'asm-exam', supervised: true, answers: 'none' }
const paths = {
  county: '/county/',
  town: '/county/town/',
  village: '/county/town/village/',
  other: '/county/other/',
}
let trainer: Session
let elsewhere: Session

async function trainerOf(number: string, unit: keyof typeof paths): Promise<Session> {
  const id = await addPerson({ number, unit, roles: [['trainer', unit]] })
  const session = sessionOf(id)
  return { ...session, grants: [{ role: 'trainer', unitId: unit, path: paths[unit] }] }
}

beforeAll(async () => {
  await addItems(plainBank('itm-s-'), { secure: true })
  await addTest(exam)
  await addTest(paper)
  await addUnits(paths)
  trainer = await trainerOf('T1', 'town')
  elsewhere = await trainerOf('T2', 'other')
})

const open = (by = trainer, unit = 'town', assessmentId = exam.id, codes?: string[]) =>
  openSitting(by, { assessment: assessmentId, unit }, codes && (() => codes.shift() ?? '999999'))
const start = (person: string, code: string, path = paths.village) =>
  startAttempt(sessionOf(person, [path]), { assessment: exam.id, code })
const actsOn = async (target: string) =>
  (await read.select().from(audit).where(eq(audit.target, target))).map(({ act, actorId }) => [act, actorId])
const roomOf = async (id: string, by = trainer) =>
  (await roomsOf(by, exam.id)).find(({ sitting }) => sitting.id === id)

test('whoever is trainer over a unit opens a sitting for it; its code lets the people below it in', async () => {
  const sitting = await open()
  expect(sitting.code).toMatch(/^[1-9]\d{5}$/)
  expect(await actsOn(sitting.id)).toEqual([['sitting-opened', trainer.person.id]])
  const person = await addPerson({ number: 'L1', unit: 'village' })
  await start(person, sitting.code)
  expect(
    (await refusal(start(await addPerson({ number: 'L2', unit: 'other' }), sitting.code, paths.other))).kind,
  ).toBe('not-yours')
  // A double click opens one.
  expect((await open()).id).toBe(sitting.id)
  await closeSitting(trainer, sitting.id)
})

test('not over units of others, not for a test at home, not for one that is gone', async () => {
  expect((await refusal(open(trainer, 'county'))).kind).toBe('not-yours')
  expect((await refusal(open(elsewhere, 'town'))).kind).toBe('not-yours')
  expect((await refusal(open(trainer, 'nowhere'))).kind).toBe('not-yours')
  expect((await refusal(open(sessionOf('nobody'), 'town'))).kind).toBe('not-yours')
  expect((await refusal(open(trainer, 'town', paper.id))).kind).toBe('invalid')
  expect((await refusal(open(trainer, 'town', 'asm-none'))).kind).toBe('not-found')
  await addTest({ ...exam, id: 'asm-gone' })
  await write((tx) =>
    tx.update(assessment).set({ withdrawnAt: clock.iso }).where(eq(assessment.id, 'asm-gone')),
  )
  expect((await refusal(open(trainer, 'town', 'asm-gone'))).kind).toBe('closed')
})

test('no two open sittings have one code; a closed one gives its code back', async () => {
  const first = await open(trainer, 'town', exam.id, ['222222'])
  const second = await open(trainer, 'village', exam.id, ['222222', '222222', '333333'])
  expect([first.code, second.code]).toEqual(['222222', '333333'])
  expect((await refusal(open(elsewhere, 'other', exam.id, Array<string>(30).fill('222222')))).kind).toBe(
    'busy',
  )
  await closeSitting(trainer, first.id)
  expect((await open(elsewhere, 'other', exam.id, ['222222'])).code).toBe('222222')
  await closeSitting(trainer, second.id)
})

test('the room shows who began and who handed in, in the order of names, and how long each has; never points', async () => {
  const sitting = await open()
  const people = []
  for (const name of ['周明', '白云', '李青'])
    people.push(await addPerson({ number: `R-${name}`, name, unit: 'village' }))
  for (const person of people) {
    const { attempt } = await start(person, sitting.code)
    if (person === people[0]) {
      await new Device(person, attempt).answerAll()
      await handIn(person, attempt)
    }
    clock.advance(60)
  }
  const room = await roomOf(sitting.id)
  expect(room?.takers.map(({ name, left, handed }) => [name, left, handed])).toEqual([
    ['白云', 1080, false],
    ['李青', 1140, false],
    ['周明', null, true],
  ])
  expect(room?.writing).toBe(2)
  expect(JSON.stringify(room)).not.toMatch(/earned|score|result|theta/)
  expect(await roomOf(sitting.id, elsewhere)).toBeUndefined()
  await closeSitting(trainer, sitting.id)
})

test('closing lets nobody in any more and cuts nobody off', async () => {
  const sitting = await open()
  const person = await addPerson({ number: 'L3', name: '在答', unit: 'village' })
  const { attempt } = await start(person, sitting.code)
  expect((await refusal(closeSitting(elsewhere, sitting.id))).kind).toBe('not-yours')
  await closeSitting(trainer, sitting.id)
  expect((await refusal(closeSitting(trainer, sitting.id))).kind).toBe('already-done')
  expect((await actsOn(sitting.id)).map(([act]) => act)).toEqual(['sitting-opened', 'sitting-closed'])
  expect((await refusal(start(await addPerson({ number: 'L4', unit: 'village' }), sitting.code))).kind).toBe(
    'invalid',
  )
  expect(await roomOf(sitting.id)).toMatchObject({ writing: 1, takers: [{ left: 1200, handed: false }] })
  clock.advance(600)
  await new Device(person, attempt).answerAll()
  expect(await handIn(person, attempt)).toMatchObject({ handedBy: 'person', result: { answered: 8 } })
  expect(await roomOf(sitting.id)).toMatchObject({ writing: 0 })
})

test('the last few closed sittings can be looked up for ever, with who was there; older ones go', async () => {
  const sitting = await open()
  await start(await addPerson({ number: 'L6', name: '到场', unit: 'village' }), sitting.code)
  await closeSitting(trainer, sitting.id)
  clock.advance(40 * 86_400)
  expect(await roomOf(sitting.id)).toMatchObject({ writing: 0, takers: [{ name: '到场', handed: true }] })
  expect(await roomOf(sitting.id, elsewhere)).toBeUndefined()
  const later = []
  for (let i = 0; i < 5; i++) {
    later.push(await open())
    await closeSitting(trainer, later[i]?.id ?? '')
    clock.advance(86_400)
  }
  const shown = (await roomsOf(trainer, exam.id)).map((room) => room.sitting.id)
  expect(shown).toEqual(later.map(({ id }) => id).reverse())
})

test('more time is for one person in every test, also in the one that runs; taken back, what runs keeps it', async () => {
  const sitting = await open()
  const person = await addPerson({ number: 'L5', name: '加时人', unit: 'village' })
  const { attempt } = await start(person, sitting.code)
  const left = async () => (await roomOf(sitting.id))?.takers.find(({ name }) => name === '加时人')
  expect(await left()).toMatchObject({ left: 1200, extra: false })
  expect(await grantExtraTime(trainer, { number: ' ｌ５', share: 0.5 })).toBe('加时人')
  expect(await left()).toMatchObject({ left: 1800, extra: true })
  expect(await withExtraTime(trainer)).toMatchObject([{ name: '加时人', share: 0.5 }])
  expect(await withExtraTime(elsewhere)).toEqual([])
  // Less than before does not bring the end nearer.
  await grantExtraTime(trainer, { number: 'L5', share: 0.25 })
  expect(await left()).toMatchObject({ left: 1800 })
  expect((await refusal(endExtraTime(elsewhere, person))).kind).toBe('not-yours')
  await endExtraTime(trainer, person)
  expect(await left()).toMatchObject({ left: 1800, extra: false })
  expect((await refusal(endExtraTime(trainer, person))).kind).toBe('already-done')
  await handIn(person, attempt)
  const home = await startAttempt(sessionOf(person), { assessment: paper.id })
  const [row] = await read.select().from(attemptTable).where(eq(attemptTable.id, home.attempt))
  expect(Date.parse(row?.deadlineAt ?? '') - Date.parse(row?.startedAt ?? '')).toBe(20 * 60_000)
  expect(await actsOn(person)).toEqual([
    ['extra-time-granted', trainer.person.id],
    ['extra-time-granted', trainer.person.id],
    ['extra-time-ended', trainer.person.id],
  ])
  // What is held says nothing of why.
  expect(Object.keys(extraTime)).not.toContain('reason')
})

test('nobody gives himself time, nor somebody of other units, nor another share', async () => {
  await expect(grantExtraTime(elsewhere, { number: 'L3', share: 1 })).rejects.toThrow(WrongField)
  await expect(grantExtraTime(trainer, { number: 'nobody', share: 1 })).rejects.toThrow(WrongField)
  expect((await refusal(grantExtraTime(trainer, { number: 't1', share: 1 }))).kind).toBe('invalid')
  for (const share of ['0', '5', '', 'NaN', '-1'])
    expect(ExtraTimeForm.safeParse({ number: 'L3', share }).success).toBe(false)
  expect(ExtraTimeForm.parse({ number: 'L3', share: '0.25' }).share).toBe(0.25)
})
