// What a browser hears during a test says nothing of the keys: not in words, and not by being different for a right
// and a wrong answer.
import { beforeAll, expect, test } from 'vitest'
import { nextQuestion } from '#assessment/attempt/next.server.ts'
import { paperOf } from '#assessment/attempt/paper.server.ts'
import { attemptState } from '#assessment/attempt/state.server.ts'
import { ownerMark } from '#course/owner.server.ts'
import { blindAnswer, rightAnswer } from '#quiz/say-answer.ts'
import type { Item } from '#quiz/question.ts'
import { samples } from '../../quiz/samples.ts'
import * as happen from '../../record/happenings.ts'
import { random } from '../../support/evidence.ts'
import {
  adaptive,
  addTest,
  assessmentWorld,
  begin,
  Device,
  fieldsOf,
  itemOf,
  paper,
  rowsOf,
} from './world.ts'

/** One item of every kind; what must stay on the server begins with 密. */
const items = Object.values(samples).map((sample): Item => ({
  ...(sample as Item),
  ...{ indicator: 'openness', source: 'lsn-source', passage: '公示七天，有人不同意就再议。' },
}))
assessmentWorld(items)
happen.stoppedClock('2026-03-10T02:00:00.000Z')
beforeAll(async () => {
  await addTest({
    ...paper,
    minutes: null,
    cells: items.map(({ kind }) => ({ indicator: 'openness', kind, count: 1 })),
  })
  await addTest(adaptive)
})

const secrets = /密|"key"|"accept"|"weight"|"rubric"|"model"|"rationale"|"passage"|"rules"|"difficulty"/

const stateOf = (person: string, attempt: string) =>
  attemptState(person, { attempt, owner: ownerMark(person) })

test('the paper holds every kind, and nothing of it that must stay on the server', async () => {
  const person = happen.somebody()
  await begin(person)
  const shown = await paperOf(person, paper.id)
  expect(shown?.questions).toHaveLength(items.length)
  expect(JSON.stringify(items)).toMatch(secrets)
  expect(JSON.stringify(shown)).not.toMatch(secrets)
})

/** A complete answer that is not all right. */
function notRight(item: Item) {
  const next = random(3)
  for (let i = 0; i < 500; i++) {
    const answer = blindAnswer(item, next)
    if (JSON.stringify(answer) !== JSON.stringify(rightAnswer(item))) return answer
  }
  throw new Error(`Every answer to ${item.kind} is right.`)
}

test('right and wrong answers are answered alike, question by question', async () => {
  const person = happen.somebody()
  const attempt = await begin(person)
  const phone = new Device(person, attempt)
  for (const row of await rowsOf(attempt)) {
    const item = await itemOf(row)
    const right = await phone.save(item.id, rightAnswer(item))
    const before = await stateOf(person, attempt)
    const wrong = await phone.save(item.id, notRight(item))
    const after = await stateOf(person, attempt)
    expect([item.kind, wrong]).toEqual([item.kind, right])
    expect(JSON.stringify(right)).not.toMatch(secrets)
    const bare = ({ items: all }: typeof before) => all.map(({ fields: _, ...rest }) => rest)
    expect(bare(after)).toEqual(bare(before))
    expect(JSON.stringify(after)).not.toMatch(secrets)
  }
})

test('an adaptive test gives the next question alone', async () => {
  const person = happen.somebody()
  const attempt = await begin(person, adaptive.id)
  const phone = new Device(person, attempt)
  for (;;) {
    const item = await itemOf((await rowsOf(attempt)).at(-1)!)
    const next = await nextQuestion(person, phone.sending(item.id, fieldsOf(rightAnswer(item))))
    expect(JSON.stringify(next)).not.toMatch(secrets)
    if (next.type !== 'question') break
    expect(Object.keys(next).sort()).toEqual(['left', 'position', 'question', 'type'])
  }
})
