// Short answers wait for people; their points come into the record and the result when they have agreed.
import { beforeAll, expect, test } from 'vitest'
import { storeGraded } from '#assessment/attempt/graded.server.ts'
import { handIn } from '#assessment/attempt/hand-in.server.ts'
import { refusal } from '../../people/house.ts'
import * as happen from '../../record/happenings.ts'
import {
  addTest,
  assessmentWorld,
  attemptOf,
  begin,
  Device,
  paper,
  rowsOf,
  shortAnswer,
  single,
} from './world.ts'

assessmentWorld([shortAnswer({ id: 'itm-short' }), single({ id: 'itm-one', indicator: 'powers' })])
happen.stoppedClock('2026-03-10T02:00:00.000Z')
beforeAll(() =>
  addTest({
    ...paper,
    cells: [
      { indicator: 'openness', kind: 'short-answer', count: 1 },
      { indicator: 'powers', count: 1 },
    ],
  }),
)

async function handed(text: string) {
  const person = happen.somebody()
  const id = await begin(person)
  const phone = new Device(person, id)
  await phone.save('itm-short', [['text', text]])
  await phone.save('itm-one', [['choice', 'a']])
  await handIn(person, id)
  return { person, id, personId: person }
}

test('it waits, counts nothing yet, and is no event; then it counts like any other answer', async () => {
  const { person, id } = await handed('大家看得见，才好监督。')
  expect((await attemptOf(person, id)).result).toMatchObject({
    ...{ answered: 2, waiting: 1, score: { earned: 1, possible: 1 } },
  })
  expect((await happen.eventsOf(person)).map(({ kind }) => kind)).toEqual([
    'question-answered',
    'attempt-handed-in',
  ])
  const result = await storeGraded({ id, personId: person }, 'itm-short', 3, 4)
  expect(result).toMatchObject({ waiting: 0, score: { earned: 1.75, possible: 2 } })
  expect((await attemptOf(person, id)).result).toEqual(result)
  const events = await happen.eventsOf(person)
  expect(JSON.parse(events[2]?.payload ?? '')).toMatchObject({
    ...{ item: 'itm-short', earned: 3, possible: 4, guessing: 0, answer: { kind: 'short-answer' } },
  })
  expect((await happen.derivedOf(person)).evidence).toHaveLength(2)
})

test('given twice, the first points stand', async () => {
  const { person, id } = await handed('看得见。')
  const first = await storeGraded({ id, personId: person }, 'itm-short', 3, 4)
  expect(await storeGraded({ id, personId: person }, 'itm-short', 0, 4)).toEqual(first)
  expect(await happen.eventsOf(person)).toHaveLength(3)
})

test('what does not wait is not graded by people: another kind, an empty answer, an attempt that runs', async () => {
  const { person, id } = await handed('')
  expect((await attemptOf(person, id)).result).toMatchObject({
    waiting: 0,
    score: { earned: 1, possible: 2 },
  })
  for (const item of ['itm-short', 'itm-nobody'])
    expect((await refusal(storeGraded({ id, personId: person }, item, 1, 4))).kind).toBe('invalid')
  const other = happen.somebody()
  const running = await begin(other)
  await new Device(other, running).save('itm-short', [['text', '看得见。']])
  expect((await refusal(storeGraded({ id: running, personId: other }, 'itm-short', 1, 4))).kind).toBe(
    'invalid',
  )
  expect(await happen.eventsOf(other)).toEqual([])
  expect(await rowsOf(running)).toHaveLength(2)
})
