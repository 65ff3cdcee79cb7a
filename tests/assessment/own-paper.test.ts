// A trainer who takes a test himself: nothing that he may do as trainer helps him with it.
import { beforeAll, expect, test } from 'vitest'
import { handIn } from '#assessment/attempt/hand-in.server.ts'
import { startAttempt } from '#assessment/attempt/start.server.ts'
import { retireItem } from '#assessment/bank/change.server.ts'
import { lookAtItem } from '#assessment/bank/look-at-item.server.ts'
import { gradingDesk } from '#assessment/grading/desk.server.ts'
import { giveMark } from '#assessment/grading/mark.server.ts'
import { closeForgotten, closeSitting, openSitting } from '#assessment/sitting/sitting.server.ts'
import { read } from '#db/database.server.ts'
import { audit } from '#db/schema/people.ts'
import { eq } from 'drizzle-orm'
import type { Session } from '#people/session.ts'
import { addPerson, addUnits, refusal } from '../people/house.ts'
import * as happen from '../record/happenings.ts'
import {
  addItems,
  addTest,
  assessmentWorld,
  Device,
  paper,
  rowsOf,
  sessionOf,
  shortAnswer,
  single,
} from './attempt/world.ts'

assessmentWorld()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')
const path = '/county/'
const exam = {
  ...{ ...paper, id: 'asm-exam', supervised: true, answers: 'none' },
  cells: [
    { indicator: 'openness', kind: 'short-answer', count: 1 },
    { indicator: 'powers', count: 1 },
  ],
}
let trainer: Session
let other: Session

beforeAll(async () => {
  const items = [shortAnswer({ id: 'itm-short' }), single({ id: 'itm-one', indicator: 'powers' })]
  await addItems(items, { secure: true })
  await addTest(exam)
  await addUnits({ county: path })
  const holding = async (number: string): Promise<Session> => {
    const id = await addPerson({ number, unit: 'county', roles: [['trainer', 'county']] })
    return { ...sessionOf(id, [path]), grants: [{ role: 'trainer', unitId: 'county', path }] }
  }
  trainer = await holding('T1')
  other = await holding('T2')
})

const open = (by: Session) => openSitting(by, { assessment: exam.id, unit: 'county' })
const start = (by: Session, code: string) => startAttempt(by, { assessment: exam.id, code })

test('who opens a sitting does not sit in it: nobody would watch him', async () => {
  const own = await open(trainer)
  expect(await refusal(start(trainer, own.code))).toMatchObject({
    kind: 'invalid',
    message: '这一场是你自己开的，不能自己给自己监考。',
  })
  await closeSitting(trainer, own.id)
})

test('while he takes a test he sees no key of it: not in the bank, not where he grades others; and retires nothing of it', async () => {
  const learner = sessionOf(await addPerson({ number: 'L1', unit: 'county' }), [path])
  const { id, code } = await open(other)
  const before = await start(learner, code)
  await new Device(learner.person.id, before.attempt).save('itm-short', [['text', '大家看得见。']])
  await handIn(learner.person.id, before.attempt)
  const mark = new FormData()
  const fields = { attempt: before.attempt, item: 'itm-short', 'points-r1': '2', 'points-r2': '2' }
  for (const [name, value] of Object.entries(fields)) mark.set(name, value)

  const { attempt } = await start(trainer, code)
  for (const { itemId } of await rowsOf(attempt)) {
    expect((await refusal(lookAtItem(trainer, itemId))).kind).toBe('closed')
    expect((await refusal(retireItem(trainer, itemId, '有疑问'))).kind).toBe('closed')
  }
  expect(JSON.stringify(await gradingDesk(trainer))).not.toMatch(/密/)
  expect((await refusal(giveMark(trainer, mark))).kind).toBe('not-yours')
  expect((await gradingDesk(other)).toGrade).toHaveLength(1)

  await handIn(trainer.person.id, attempt)
  expect(await lookAtItem(trainer, 'itm-one')).toMatchObject({ item: { key: 'a' } })
  expect((await gradingDesk(trainer)).toGrade).toMatchObject([{ model: '密范 itm-short' }])
  expect(await giveMark(trainer, mark)).toBe('waiting')
  await closeSitting(other, id)
})

test('a sitting that was forgotten closes by itself, so that its code lets nobody in days later', async () => {
  const sitting = await open(other)
  const late = sessionOf(await addPerson({ number: 'L2', unit: 'county' }), [path])
  clock.advance(11 * 3600)
  await closeForgotten()
  expect((await open(other)).id).toBe(sitting.id)
  clock.advance(2 * 3600)
  await closeForgotten()
  await closeForgotten()
  expect((await refusal(start(late, sitting.code))).kind).toBe('invalid')
  const acts = await read.select().from(audit).where(eq(audit.target, sitting.id))
  expect(acts.map(({ act, actorId }) => [act, actorId])).toEqual([
    ['sitting-opened', other.person.id],
    ['sitting-closed', 'process'],
  ])
  expect((await open(other)).id).not.toBe(sitting.id)
})
