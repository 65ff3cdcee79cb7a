// An adaptive test: one question after the other, counted as shown, ended with its reason; the record may choose its
// questions and is never in its score.
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { handIn } from '#assessment/attempt/hand-in.server.ts'
import { goOn, nextQuestion, type Next } from '#assessment/attempt/next.server.ts'
import { attemptState } from '#assessment/attempt/state.server.ts'
import { ownerMark } from '#course/owner.server.ts'
import { read } from '#db/database.server.ts'
import { attempt as attemptTable, exposure } from '#db/schema/assessment.ts'
import { rightAnswer } from '#quiz/say-answer.ts'
import { record } from '#record/record.server.ts'
import { refusal } from '../../people/house.ts'
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
  retire,
  rowsOf,
  wrong,
} from './world.ts'

assessmentWorld()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')
beforeAll(() => addTest(adaptive))

/** Answers what is asked now and goes on. */
async function answer(phone: Device, right: boolean): Promise<Next> {
  const row = (await rowsOf(phone.attempt)).at(-1)
  const item = await itemOf(row!)
  const fields = fieldsOf(right ? rightAnswer(item) : wrong(item))
  return nextQuestion(phone.person, phone.sending(item.id, fields))
}

async function takeAll(person: string, right: (position: number) => boolean) {
  const phone = new Device(person, await begin(person, adaptive.id))
  for (let position = 1; ; position++) {
    const next = await answer(phone, right(position))
    if (next.type !== 'question') return { id: phone.attempt, next }
    expect(next.position).toBe(position + 1)
  }
}

test('it asks one after the other, all areas in turn, ends with its reason and is handed in', async () => {
  const person = happen.somebody()
  const { id, next } = await takeAll(person, (position) => position % 2 === 1)
  expect(next).toEqual({ type: 'ended', why: '这次测试最多8题，已经做完。' })
  const rows = await rowsOf(id)
  expect(rows).toHaveLength(8)
  const asked = await Promise.all(rows.map(async (row) => (await itemOf(row)).indicator))
  for (const area of areas) expect(asked.filter((one) => one === area)).toHaveLength(2)
  const { result, handedBy } = await attemptOf(person, id)
  expect(handedBy).toBe('person')
  expect(result).toMatchObject({
    ...{ shown: 8, answered: 8, stopped: 'length', score: { earned: 4, possible: 8 } },
    estimate: { dimension: 'integrity', provisional: true },
  })
  const events = await happen.eventsOf(person)
  expect(events).toHaveLength(9)
  expect(JSON.parse(events[8]?.payload ?? '')).toMatchObject({ estimate: { theta: result?.estimate?.theta } })
})

test('every question that was shown is counted, and how many took the test', async () => {
  const rows = await read.select().from(exposure).where(eq(exposure.assessmentId, adaptive.id))
  const takers = await read.select().from(attemptTable).where(eq(attemptTable.assessmentId, adaptive.id))
  expect(rows.find(({ itemId }) => itemId === '')?.shown).toBe(takers.length)
  const shown = (await Promise.all(takers.map(({ id }) => rowsOf(id)))).flat()
  for (const { itemId, shown: times } of rows.filter((row) => row.itemId !== ''))
    expect([itemId, times]).toEqual([itemId, shown.filter((row) => row.itemId === itemId).length])
})

test('what the record believes may choose the questions and does not touch the score', async () => {
  const [known, unknown] = [happen.somebody(), happen.somebody()]
  for (const indicator of areas)
    for (let i = 0; i < 4; i++)
      await record(
        happen.answered({
          person: known,
          indicator,
          item: `itm-x-${indicator}-${i}`,
          mode: 'supervised',
          difficulty: 'hard',
        }),
      )
  const first = await takeAll(known, () => true)
  const second = await takeAll(unknown, () => true)
  const difficulties = async (id: string) =>
    Promise.all((await rowsOf(id)).map(async (row) => (await itemOf(row)).difficulty))
  expect(await difficulties(first.id)).not.toEqual(await difficulties(second.id))
  // Eight right answers to the same eight items are worth the same for whomever.
  const { estimateOf } = await import('#assessment/attempt/measure.ts')
  for (const [person, { id }] of [
    [known, first],
    [unknown, second],
  ] as const) {
    const shares = await Promise.all(
      (await rowsOf(id)).map(async (row) => ({ item: await itemOf(row), share: 1 })),
    )
    expect((await attemptOf(person, id)).result?.estimate).toEqual(
      estimateOf('integrity', shares, () => null),
    )
  }
})

test('the same sent twice asks one question, and an answer that was gone on from stays as it was', async () => {
  const person = happen.somebody()
  const id = await begin(person, adaptive.id)
  const phone = new Device(person, id)
  const [first] = await rowsOf(id)
  const sent = phone.sending(first?.itemId ?? '', [['choice', 'a']])
  const all = await Promise.all([
    nextQuestion(person, sent),
    nextQuestion(person, sent),
    nextQuestion(person, sent),
  ])
  expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1)
  expect(await rowsOf(id)).toHaveLength(2)
  // From another device that still shows the first question.
  const laptop = new Device(person, id)
  expect(await laptop.save(first?.itemId ?? '', [['choice', 'b']])).toMatchObject({ outcome: 'fixed' })
  expect(await goOn(person, laptop.sending(first?.itemId ?? '', [['choice', 'b']]))).toEqual(all[0])
  const state = await attemptState(person, { attempt: id, owner: ownerMark(person) })
  expect(state.items[0]?.fields).toEqual([['choice', 'a']])
})

test('without a whole answer it does not go on, and keeps what there is', async () => {
  const person = happen.somebody()
  const id = await begin(person, adaptive.id)
  const phone = new Device(person, id)
  const item = (await rowsOf(id))[0]?.itemId ?? ''
  expect(await nextQuestion(person, phone.sending(item, [], { marked: true }))).toEqual({
    ...{ type: 'incomplete', missing: '还没有作答，请先答这一题', left: null },
  })
  expect(await rowsOf(id)).toHaveLength(1)
})

test('a question that is withdrawn while it is shown is left behind without an answer, and another is asked for it', async () => {
  const person = happen.somebody()
  const id = await begin(person, adaptive.id)
  const phone = new Device(person, id)
  const item = (await rowsOf(id))[0]?.itemId ?? ''
  await retire(item)
  expect(await nextQuestion(person, phone.sending(item, []))).toMatchObject({ type: 'question', position: 2 })
  for (;;) if ((await answer(phone, true)).type !== 'question') break
  expect((await attemptOf(person, id)).result).toMatchObject({ shown: 9, answered: 8, withdrawn: 1 })
})

test('who stops early has what was answered, and the reason is said', async () => {
  const person = happen.somebody()
  const id = await begin(person, adaptive.id)
  await answer(new Device(person, id), true)
  await handIn(person, id)
  expect((await attemptOf(person, id)).result).toMatchObject({
    ...{ shown: 2, answered: 1, stopped: 'person', score: { earned: 1, possible: 1 } },
  })
})

test('with a time limit the last answer that came too late is kept and not counted', async () => {
  await addTest({ ...adaptive, id: 'asm-timed', minutes: 10 })
  const person = happen.somebody()
  const id = await begin(person, 'asm-timed')
  const phone = new Device(person, id)
  await answer(phone, true)
  clock.advance(611)
  expect(await answer(phone, true)).toMatchObject({ type: 'ended' })
  expect((await attemptOf(person, id)).result).toMatchObject({ answered: 1, late: 1, stopped: 'time' })
})

test('a test whose dimension has nothing to ask is not begun, and counts as nothing', async () => {
  await addTest({ ...adaptive, id: 'asm-empty', dimension: 'law' })
  const person = happen.somebody()
  expect(await refusal(begin(person, 'asm-empty'))).toMatchObject({
    message: '题库里暂时没有可出的题，这一次没有开始。',
  })
  expect(await read.select().from(exposure).where(eq(exposure.assessmentId, 'asm-empty'))).toEqual([])
})
