// A supervised test: who has the code said in the room, and belongs there.
import { beforeAll, expect, test } from 'vitest'
import { handIn } from '#assessment/attempt/hand-in.server.ts'
import { startAttempt } from '#assessment/attempt/start.server.ts'
import { write } from '#db/database.server.ts'
import { sitting } from '#db/schema/assessment.ts'
import { exportPerson } from '#people/export.server.ts'
import { receiptsFile } from '#record/receipts.server.ts'
import { addUnits, refusal } from '../../people/house.ts'
import * as happen from '../../record/happenings.ts'
import {
  addItems,
  addTest,
  assessmentWorld,
  attemptOf,
  begin,
  Device,
  paper,
  plainBank,
  rowsOf,
  sessionOf,
} from './world.ts'

assessmentWorld()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')
const exam = { ...paper, id: 'asm-exam', supervised: true, answers: 'none' }
beforeAll(async () => {
  await addItems(plainBank('itm-s-'), { secure: true })
  await addTest(exam)
  await addTest(paper)
  await addUnits({ county: '/county/', town: '/county/town/', other: '/county/other/' })
  const held = { assessmentId: exam.id, invigilatorId: 'x', openedAt: clock.iso }
  await write((tx) =>
    tx.insert(sitting).values([
      { ...held, id: 'sit-1', unitId: 'town', code: '123456' },
      { ...held, id: 'sit-2', unitId: 'town', code: '654321', closedAt: clock.iso },
      { ...held, id: 'sit-3', unitId: 'town', code: '111111', assessmentId: 'asm-paper' },
    ]),
  )
})

const here = ['/county/town/']
const start = (person: string, code: string, paths = here) =>
  startAttempt(sessionOf(person, paths), { assessment: exam.id, code })

test('the code of the room lets one in, typed in whatever width; the paper is of secure items and says who watched', async () => {
  const person = happen.somebody()
  const { attempt } = await start(person, ' １２３ 456')
  expect(await attemptOf(person, attempt)).toMatchObject({ sittingId: 'sit-1' })
  for (const { itemId } of await rowsOf(attempt)) expect(itemId).toMatch(/^itm-s-/)
  await new Device(person, attempt).answerAll()
  await handIn(person, attempt)
  const events = await happen.eventsOf(person)
  expect(events.map(({ payload }) => JSON.parse(payload ?? '') as object)).toMatchObject([
    ...Array(8).fill({ mode: 'supervised' }),
    { supervised: true },
  ])
  expect((await happen.derivedOf(person)).evidence).toMatchObject(
    Array(8).fill({ body: { kind: 'supervised-test' } }),
  )
})

test('what a person downloads of himself says what he answered and what it gave, not which secure item it was', async () => {
  const person = happen.somebody()
  const { attempt } = await start(person, '123456')
  await new Device(person, attempt).answerAll((position) => position > 1)
  await handIn(person, attempt)
  const { parts } = await exportPerson(person)
  const files = [{ parts }, await receiptsFile({ id: person, name: '张三', number: 'QX1' })]
  for (const file of files) expect(JSON.stringify(file)).not.toMatch(/itm-s-/)
  const rows = (table: string) => parts.filter((one) => one.table === table).flatMap((one) => one.rows)
  expect(rows('attempt_item').map(({ position, earned }) => [position, earned])).toEqual([
    [1, 0],
    ...[2, 3, 4, 5, 6, 7, 8].map((position) => [position, 1]),
  ])
  expect(rows('evidence')).toHaveLength(8)
  // What is of the open bank is given whole.
  const open = await begin(person)
  await new Device(person, open).answerAll()
  await handIn(person, open)
  expect(JSON.stringify(await exportPerson(person))).toMatch(/itm-openness/)
})

test('a wrong code, one of a closed room or of another test does not; nor somebody of another unit', async () => {
  for (const code of ['', '000000', '654321', '111111', "123456' or '1"])
    expect(await refusal(start(happen.somebody(), code))).toMatchObject({
      kind: 'invalid',
      message: '场次码不对，或者这一场没有开。',
    })
  expect((await refusal(start(happen.somebody(), '123456', ['/county/other/']))).kind).toBe('not-yours')
  expect((await refusal(start(happen.somebody(), '123456', []))).kind).toBe('not-yours')
})

test('codes cannot be tried through', async () => {
  const person = happen.somebody()
  for (let i = 0; i < 10; i++) expect((await refusal(start(person, `00000${i}`))).kind).toBe('invalid')
  expect((await refusal(start(person, '123456'))).kind).toBe('too-many')
})

test('once begun it goes on without the code, on another device too', async () => {
  const person = happen.somebody()
  const { attempt } = await start(person, '123456')
  expect(await start(person, '')).toEqual({ attempt, resumed: true })
})
