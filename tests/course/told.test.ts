// What a page hears that does not know whether its last words arrived, and whose an answer is that waited in a browser.
import { expect, test } from 'vitest'
import { v7 } from 'uuid'
import { ownerMark } from '#course/owner.server.ts'
import { closeStudy } from '#course/study.server.ts'
import { takeAnswer } from '#course/take-answer.server.ts'
import { whatIsTold } from '#course/told.server.ts'
import * as happen from '../record/happenings.ts'
import { Page, realLibrary, sessionOf } from './real-library.ts'

realLibrary()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')
const open = (person: string) => Page.open(person, 'lsn-sizhi', clock)
const ask = (person: string, segment: string, owner = ownerMark(person)) =>
  whatIsTold(person, { segment, owner })
const answersOf = async (person: string) =>
  (await happen.eventsOf(person)).filter(({ kind }) => kind === 'question-answered').length

test('an open visit: the number of the last beat that arrived, and what was counted and refused', async () => {
  const person = happen.somebody()
  const page = await open(person)
  expect(await ask(person, page.segment)).toEqual({ open: true, seq: 0, seconds: 0, refused: 0 })
  await page.read(30)
  clock.advance(200)
  await page.read(30, { uncounted: { 'no-sign': 200 } })
  expect(await ask(person, page.segment)).toEqual({ open: true, seq: 2, seconds: 60, refused: 200 })
})

test('an ended visit: what became of it', async () => {
  const person = happen.somebody()
  const page = await open(person)
  await page.read(30, { sections: ['s1'] })
  await closeStudy(person, { segment: page.segment })
  expect(await ask(person, page.segment)).toEqual({
    open: false,
    ended: { seconds: 30, refused: 0, sections: ['s1'] },
  })
})

test('an unknown visit and another person’s are alike', async () => {
  const [person, other] = [happen.somebody(), happen.somebody()]
  const page = await open(person)
  expect(await ask(other, page.segment)).toEqual({ open: false, ended: null })
  await closeStudy(person, { segment: page.segment })
  expect(await ask(other, page.segment)).toEqual({ open: false, ended: null })
  expect(await ask(other, v7())).toEqual({ open: false, ended: null })
})

test('who signed in at the same browser since does not hear that the time of the first is lost', async () => {
  const [first, second] = [happen.somebody(), happen.somebody()]
  const page = await open(first)
  await expect(ask(second, page.segment, ownerMark(first))).rejects.toMatchObject({
    kind: 'signed-out',
    hint: expect.stringContaining('登录后自动提交'),
  })
})

test.each([{}, { segment: 'x', owner: 'y' }, { segment: v7() }, null, 7])(
  'what names no visit is refused: %j',
  async (body) => {
    await expect(whatIsTold(happen.somebody(), body)).rejects.toMatchObject({ kind: 'invalid' })
  },
)

test('the mark of a person is always the same, no other’s, and does not show who it is', () => {
  const [one, other] = [happen.somebody(), happen.somebody()]
  expect(ownerMark(one)).toBe(ownerMark(one))
  expect(ownerMark(one)).not.toBe(ownerMark(other))
  expect(ownerMark(one)).not.toContain(one.slice(0, 8))
})

const fields = (event = v7()): [string, string][] => [
  ['lesson', 'lsn-sizhi'],
  ['item', 'itm-sizhi-3'],
  ['choice', 'a'],
  ['event', event],
]

test('an answer from script is judged and kept like that of the form; the same again is kept once', async () => {
  const person = happen.somebody()
  const sent = { owner: ownerMark(person), fields: fields() }
  const [once, again] = [await takeAnswer(sessionOf(person), sent), await takeAnswer(sessionOf(person), sent)]
  expect(once).toMatchObject({ type: 'graded', event: sent.fields[3]?.[1] })
  expect(again).toMatchObject({ type: 'graded', event: sent.fields[3]?.[1] })
  expect(await answersOf(person)).toBe(1)
})

test('one that waited goes to who gave it or to nobody', async () => {
  const [first, second] = [happen.somebody(), happen.somebody()]
  const sent = { owner: ownerMark(first), fields: fields() }
  await expect(takeAnswer(sessionOf(second), sent)).rejects.toMatchObject({ kind: 'signed-out' })
  await expect(takeAnswer(null, sent)).rejects.toMatchObject({ kind: 'signed-out' })
  expect(await answersOf(second)).toBe(0)
  expect(await takeAnswer(sessionOf(first), sent)).toMatchObject({ type: 'graded' })
})

test('who is not signed in hears whether it was right, and nothing is kept', async () => {
  expect(await takeAnswer(null, { fields: fields() })).toMatchObject({
    type: 'graded',
    note: '没有登录，这一次不计入学习记录。',
  })
})

test.each([
  null,
  [],
  { fields: [['item']] },
  { fields: [['item', 7]] },
  { fields: Array.from({ length: 101 }, () => ['a', 'b']) },
  { fields: [['text', 'x'.repeat(4_001)]] },
  { fields: [], more: 1 },
])('what is no answer is refused in words: %#', async (body) => {
  await expect(takeAnswer(sessionOf(happen.somebody()), body)).rejects.toMatchObject({
    kind: 'invalid',
    message: '收到的答案不完整，没有记录。',
  })
})
