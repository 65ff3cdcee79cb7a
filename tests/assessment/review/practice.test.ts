// Practice and 错题本 of a person with the real library: what is asked, what is kept, what never shows up.
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { handIn } from '#assessment/attempt/hand-in.server.ts'
import { answerAnywhere } from '#assessment/review/answer-anywhere.server.ts'
import { mistakesOf } from '#assessment/review/mistakes.server.ts'
import { practiceOf } from '#assessment/review/practice.server.ts'
import { ownerMark } from '#course/owner.server.ts'
import { takeAnswer } from '#course/take-answer.server.ts'
import { askedBy } from '#course/asked.server.ts'
import { itemsOf } from '#course/library.server.ts'
import { read } from '#db/database.server.ts'
import { belief } from '#db/schema/record.ts'
import { wrongAnswer } from '#demo/answer.ts'
import type { Answer, Feedback, Item } from '#quiz/question.ts'
import { rightAnswer } from '#quiz/say-answer.ts'
import { record } from '#record/record.server.ts'
import { refusal } from '../../people/house.ts'
import { filledForm } from '../../quiz/filled-form.ts'
import * as happen from '../../record/happenings.ts'
import { random } from '../../support/evidence.ts'
import { realLibrary, send, sessionOf, showAgain, withdraw } from '../../course/real-library.ts'
import { addItems, addTest, begin, Device, retire, shortAnswer, single } from '../attempt/world.ts'

realLibrary()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')
const lesson = 'lsn-sizhi'
let passage = ''
const bank: Item[] = []
const of = (item: Item): Item => ({ ...item, source: lesson, passage })

beforeAll(async () => {
  passage = (await checksOf())[0]?.passage ?? ''
  const ids = ['itm-p1', 'itm-p2', 'itm-p3', 'itm-p4', 'itm-p5', 'itm-p6', 'itm-p7']
  bank.push(...ids.map((id) => of(single({ id }))))
  await addItems([...bank, of(shortAnswer({ id: 'itm-short' }))])
  await addItems([of(single({ id: 'itm-secret' }))], { secure: true })
  await addTest({
    ...{
      id: 'asm-told',
      title: '自测',
      summary: '一道题。',
      supervised: false,
      minutes: null,
      form: 'fixed',
    },
    ...{
      attempts: { most: 50, waitDays: 0 },
      answers: 'solutions',
      cells: [{ indicator: 'openness', kind: 'single', count: 7 }],
    },
  })
})

const checksOf = async () => [...(await itemsOf((await askedBy(lesson)).revision)).values()]
const right: Answer = { kind: 'single', choice: 'a' }
const wrong: Answer = { kind: 'single', choice: 'b' }

function practise(
  person: string | null,
  item: string,
  answer: Answer,
  event: string = v7(),
): Promise<Feedback> {
  happen.readQuestion()
  const form = filledForm(answer, item)
  form.set('lesson', '')
  form.set('event', event)
  return answerAnywhere(person === null ? null : sessionOf(person), form)
}
const now = () => clock.ms
const dueOf = async (person: string) => (await mistakesOf(person)).due.map(({ question }) => question.id)
const tomorrow = () => clock.advance(86_400)
const factsOf = async (person: string) =>
  (await happen.eventsOf(person)).map(({ payload }) => JSON.parse(payload ?? '{}') as object)

test('five questions of the open bank, none of them secure or graded by people, and no key', async () => {
  const person = happen.somebody()
  const practice = await practiceOf(person, 'openness', now())
  expect(practice).toMatchObject({ all: 7, unseen: 7 })
  expect(practice?.questions).toHaveLength(5)
  expect(JSON.stringify(practice)).not.toMatch(/itm-secret|itm-short|密解|"key"|passage/)
  expect(await practiceOf(person, 'nothing-like-this', now())).toBeNull()
})

test('what was never answered comes first; a page that comes back with a result shows the same five', async () => {
  const person = happen.somebody()
  const from = now()
  const before =
    (await practiceOf(person, 'openness', from))?.questions.map(({ question }) => question.id) ?? []
  for (const id of before) await practise(person, id, right)
  const again = await practiceOf(person, 'openness', from)
  expect(again?.questions.map(({ question }) => question.id)).toEqual(before)
  clock.advance(1)
  const next = await practiceOf(person, 'openness', now())
  expect(next?.unseen).toBe(2)
  const ids = next?.questions.map(({ question }) => question.id) ?? []
  expect(before).not.toContain(ids[0])
  expect(before).not.toContain(ids[1])
  expect(ids.slice(2)).toEqual(before.slice(0, 3))
})

test('an answer is told at once and kept as practice without a lesson; it moves the belief like a check', async () => {
  const person = happen.somebody()
  const event = v7()
  const said = await practise(person, 'itm-p1', wrong, event)
  expect(said).toMatchObject({
    type: 'graded',
    earned: 0,
    passage,
    rationale: '密解 itm-p1',
    firstTry: true,
    event,
  })
  expect(said.type === 'graded' && said.section).toMatch(/^s\d$/)
  expect(await practise(person, 'itm-p1', wrong, event)).toMatchObject({ event })
  expect(await factsOf(person)).toMatchObject([
    { item: 'itm-p1', mode: 'practice', lesson: null, edition: null, earned: 0, possible: 1, guessing: 0.25 },
  ])
  expect(await read.select().from(belief).where(eq(belief.personId, person))).toMatchObject([
    { indicator: 'openness', pieces: 1 },
  ])
  expect(await practise(person, 'itm-p1', right)).toMatchObject({
    ...{ firstTry: false, note: '这道题半年内答过，这一次算复习，不改变能力估计。' },
  })
})

test('what is not open for practice is not answered: secure, graded by people, retired, unknown; nor by nobody', async () => {
  const person = happen.somebody()
  for (const item of ['itm-secret', 'itm-none', ''])
    expect((await refusal(practise(person, item, right))).kind).toBe('not-found')
  expect((await refusal(practise(person, 'itm-short', { kind: 'short-answer', text: '好' }))).kind).toBe(
    'not-found',
  )
  expect((await refusal(practise(null, 'itm-p1', right))).kind).toBe('signed-out')
  expect(await practise(person, 'itm-p1', { kind: 'single', choice: '' })).toMatchObject({
    type: 'incomplete',
  })
  expect(await factsOf(person)).toEqual([])
})

test('faster than it can be read is neither graded nor kept', async () => {
  const person = happen.somebody()
  await practise(person, 'itm-p1', right)
  const form = filledForm(right, 'itm-p2')
  form.set('lesson', '')
  form.set('event', v7())
  expect(await answerAnywhere(sessionOf(person), form)).toMatchObject({ type: 'too-soon' })
  expect(await factsOf(person)).toHaveLength(1)
})

test('through the page’s script it goes to the one who gave it, or nowhere', async () => {
  const person = happen.somebody()
  happen.readQuestion()
  const fields = [...filledForm(right, 'itm-p1')].filter(([name]) => !['lesson', 'event'].includes(name))
  const body = { owner: ownerMark(person), fields: [...fields, ['lesson', ''], ['event', v7()]] }
  expect((await refusal(takeAnswer(sessionOf('another'), body, answerAnywhere))).kind).toBe('signed-out')
  expect(await takeAnswer(sessionOf(person), body, answerAnywhere)).toMatchObject({
    type: 'graded',
    earned: 1,
  })
  expect(await factsOf(person)).toHaveLength(1)
})

test('while a test with it is being taken, a question is neither practised nor in the book', async () => {
  const person = happen.somebody()
  await practise(person, 'itm-p1', wrong)
  tomorrow()
  expect(await dueOf(person)).toEqual(['itm-p1'])
  const attempt = await begin(person, 'asm-told')
  expect(await dueOf(person)).toEqual([])
  expect((await practiceOf(person, 'openness', now()))?.all).toBe(0)
  expect((await refusal(practise(person, 'itm-p1', right))).kind).toBe('closed')
  await handIn(person, attempt)
  expect(await dueOf(person)).toEqual(['itm-p1'])
})

test('a check that was not right comes the next day, goes the lesson’s own way, and stays of today once answered', async () => {
  const person = happen.somebody()
  const [check] = await checksOf()
  if (!check) throw new Error('The lesson has no check.')
  await send(person, lesson, check.id, wrongAnswer(random(3), check))
  await send(person, lesson, check.id, rightAnswer(check))
  expect(await mistakesOf(person)).toMatchObject({ due: [], done: 0, coming: [{ count: 1 }] })
  tomorrow()
  expect((await mistakesOf(person)).due).toMatchObject([
    { lesson, question: { id: check.id }, source: { href: expect.stringContaining('/courses/') as string } },
  ])
  await send(person, lesson, check.id, rightAnswer(check))
  expect(await mistakesOf(person)).toMatchObject({ due: [], done: 1, coming: [{ count: 1 }] })
  expect((await mistakesOf(person, check.id)).due).toHaveLength(1)
})

test('a handful a day, the longest due first, and how many are left', async () => {
  const person = happen.somebody()
  for (const { id } of bank) {
    await practise(person, id, wrong)
    tomorrow()
  }
  const { due, more } = await mistakesOf(person)
  expect(due.map(({ question }) => question.id)).toEqual(['itm-p1', 'itm-p2', 'itm-p3', 'itm-p4', 'itm-p5'])
  expect(more).toBe(2)
  expect(JSON.stringify(due)).not.toMatch(/密解|"key"|passage/)
})

test('of tests only what is told afterwards enters: a test with solutions does, the others and watched ones never', async () => {
  const person = happen.somebody()
  const attempt = await begin(person, 'asm-told')
  const phone = new Device(person, attempt)
  await phone.save('itm-p2', wrong)
  await handIn(person, attempt)
  for (const mode of ['test', 'supervised'] as const)
    await record(
      happen.answered({
        ...{ person, mode, lesson: null, edition: null },
        item: 'itm-p3',
        earned: 0,
        indicator: 'openness',
      }),
    )
  tomorrow()
  expect(await dueOf(person)).toEqual(['itm-p2'])
})

test('an answer that was taken back by a correction is in nobody’s book', async () => {
  const person = happen.somebody()
  const event = v7()
  await practise(person, 'itm-p4', wrong, event)
  tomorrow()
  expect(await dueOf(person)).toEqual(['itm-p4'])
  const common = { id: v7(), person, at: clock.iso }
  await record({ kind: 'event-corrected', ...common, corrects: event, reason: '判错了。', correctedBy: 'x' })
  expect(await dueOf(person)).toEqual([])
})

test('what cannot be asked today waits: a lesson that was withdrawn, and comes back with it', async () => {
  const person = happen.somebody()
  const [check] = await checksOf()
  if (!check) throw new Error('The lesson has no check.')
  await send(person, lesson, check.id, wrongAnswer(random(3), check))
  tomorrow()
  await withdraw(lesson, '在改')
  expect(await mistakesOf(person)).toMatchObject({ due: [], coming: [] })
  await showAgain(lesson)
  expect(await dueOf(person)).toEqual([check.id])
})

test('a retired question leaves practice and the book', async () => {
  const person = happen.somebody()
  await practise(person, 'itm-p7', wrong)
  await retire('itm-p7')
  tomorrow()
  expect(await dueOf(person)).toEqual([])
  expect((await practiceOf(person, 'openness', now()))?.all).toBe(6)
})
