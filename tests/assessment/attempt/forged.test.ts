// Who tries to lose a bad result, or to see through a test that runs; and what an upheld objection does to a result.
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { eventIdOf } from '#assessment/attempt/event-id.server.ts'
import { handIn, handInOverdue } from '#assessment/attempt/hand-in.server.ts'
import { inTurn } from '#assessment/attempt/in-turn.server.ts'
import { goOn } from '#assessment/attempt/next.server.ts'
import { testsOf } from '#assessment/attempt/overview.server.ts'
import { outcomeOf } from '#assessment/attempt/results.server.ts'
import { settleDispute } from '#course/dispute/settle.server.ts'
import { read } from '#db/database.server.ts'
import { attempt as attemptTable } from '#db/schema/assessment.ts'
import type { Session } from '#people/session.ts'
import { rightAnswer } from '#quiz/say-answer.ts'
import { disputesOf, fileDispute } from '#record/dispute.server.ts'
import { record } from '#record/record.server.ts'
import { grantExtraTime } from '#assessment/sitting/extra-time.server.ts'
import { addPerson, addUnits } from '../../people/house.ts'
import * as happen from '../../record/happenings.ts'
import {
  adaptive,
  addTest,
  areas,
  assessmentWorld,
  attemptOf,
  begin,
  Device,
  fieldsOf,
  itemOf,
  paper,
  rowsOf,
  sessionOf,
  wrong,
} from './world.ts'

assessmentWorld()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')
const path = '/county/'
let officer: Session
let trainer: Session

beforeAll(async () => {
  await addTest(paper)
  const hard = areas.map((indicator) => ({ indicator, difficulty: 'hard', count: 2 }))
  await addTest({ ...paper, id: 'asm-hard', cells: hard })
  await addTest(adaptive)
  await addUnits({ county: path })
  const holding = async (number: string, role: 'officer' | 'trainer') => {
    const id = await addPerson({ number, unit: 'county', roles: [[role, 'county']] })
    return { ...sessionOf(id, [path]), grants: [{ role, unitId: 'county', path }] }
  }
  officer = await holding('O1', 'officer')
  trainer = await holding('T1', 'trainer')
})

test('nobody can foretell the events of his attempt, take one of their ids, and so never be handed in', async () => {
  const person = happen.somebody()
  const id = await begin(person)
  await new Device(person, id).answerAll(() => false)
  const { startedAt } = await attemptOf(person, id)
  // All that the person is told of the attempt, by its page and by the export of his data.
  for (const seed of ['', id, startedAt, person])
    await record(happen.answered({ person, id: eventIdOf({ id, seed, startedAt } as never, 5) }))
  await handIn(person, id)
  expect(await attemptOf(person, id)).toMatchObject({ handedBy: 'person', result: { score: { earned: 0 } } })
})

test('more time that is granted while the clock hands in a class stands: the paper goes on', async () => {
  const person = await addPerson({ number: 'L1', unit: 'county' })
  const id = await begin(person)
  clock.advance(20 * 60 + 30)
  // A class is being handed in, and this one waits for its turn.
  let free = () => undefined as void
  const before = inTurn(() => new Promise<void>((done) => (free = done)))
  const byTheClock = handInOverdue()
  const looking = testsOf(person)
  await new Promise((soon) => setTimeout(soon, 50))
  await grantExtraTime(trainer, { number: 'L1', share: 0.5 })
  free()
  await Promise.all([before, byTheClock])
  expect((await looking).running).toMatchObject([{ id }])
  expect((await attemptOf(person, id)).handedAt).toBeNull()
  clock.advance(10 * 60)
  await handInOverdue()
  expect((await attemptOf(person, id)).handedBy).toBe('time')
})

test('the solutions of a test that is over are not told while another one that runs asks the same', async () => {
  const person = happen.somebody()
  const first = await begin(person)
  const second = await begin(person, 'asm-hard')
  const both = new Set((await rowsOf(second)).map(({ itemId }) => itemId))
  await handIn(person, first)
  const told = async () => {
    const outcome = await outcomeOf(person, paper.id, first)
    const rows = await rowsOf(first)
    return rows.map(({ itemId }, i) => [both.has(itemId), outcome?.answers[i]?.solution !== null])
  }
  expect((await told()).some(([shared]) => shared)).toBe(true)
  for (const [shared, solved] of await told()) expect(solved).toBe(!shared)
  await handIn(person, second)
  for (const [, solved] of await told()) expect(solved).toBe(true)
})

async function uphold(person: string, event: string) {
  await fileDispute(person, { about: `answer:${event}`, text: '题目有歧义。' })
  const [{ id: dispute } = { id: '' }] = await disputesOf(person)
  await settleDispute(officer, { dispute, outcome: 'upheld', answer: '按满分计。' })
}

test('an answer that is graded anew after an objection counts in the result, its area, and the map as it is told there', async () => {
  const person = await addPerson({ number: 'L2', unit: 'county' })
  const id = await begin(person)
  await new Device(person, id).answerAll((position) => position > 2)
  await handIn(person, id)
  const [row] = await rowsOf(id)
  const before = await outcomeOf(person, paper.id)
  expect(before?.attempt.result.score).toMatchObject({ earned: 6, possible: 8 })
  await uphold(person, row?.eventId ?? '')
  const after = await outcomeOf(person, paper.id)
  expect(after?.attempt.result.score).toMatchObject({ earned: 7, possible: 8 })
  expect(after?.areas.reduce((sum, { earned }) => sum + earned, 0)).toBe(7)
  expect(after?.answers[0]).toMatchObject({ standing: 'right', event: null })
  // Still evidence, not review.
  expect(after?.moves.map(({ evidence, review }) => [evidence, review])).toEqual(
    before?.moves.map(({ evidence, review }) => [evidence, review]),
  )
  expect((await testsOf(person)).taken[0]?.result.score.earned).toBe(7)
  // What was stored at handing in is as it was.
  expect((await attemptOf(person, id)).result?.score.earned).toBe(6)
})

test('so does the estimate of an adaptive test', async () => {
  const person = await addPerson({ number: 'L3', unit: 'county' })
  const id = await begin(person, adaptive.id)
  const phone = new Device(person, id)
  for (let ended = false; !ended;) {
    const rows = await rowsOf(id)
    const item = await itemOf(rows.at(-1)!)
    const answer = rows.length % 2 === 0 ? rightAnswer(item) : wrong(item)
    ended = (await goOn(person, phone.sending(item.id, fieldsOf(answer)))).type === 'ended'
  }
  const theta = async () => (await outcomeOf(person, adaptive.id))?.attempt.result.estimate?.theta ?? NaN
  const before = await theta()
  await uphold(person, (await rowsOf(id))[0]?.eventId ?? '')
  expect(await theta()).toBeGreaterThan(before + 0.1)
  const [stored] = await read.select().from(attemptTable).where(eq(attemptTable.id, id))
  expect(stored?.result).toMatchObject({ estimate: { theta: before } })
})
