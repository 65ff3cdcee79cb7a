import { eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { read, write } from '#db/database.server.ts'
import { belief, chain, event } from '#db/schema/record.ts'
import type { Event } from '#record/events/event.ts'
import { record, recordIn } from '#record/record.server.ts'
import { versionsInForce } from '#record/versions.server.ts'
import { freshDatabase } from '../support/database.ts'
import * as happen from './happenings.ts'

freshDatabase()
happen.underYunnan()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')

const wrong = (event: object) => record(event as Event)

test('the same event sent twice counts once and gives the first receipt again', async () => {
  const person = happen.somebody()
  const answer = happen.answered({ person })
  const first = await record(answer)
  const before = await happen.derivedOf(person)
  clock.advance(60)
  const second = await record(answer)
  expect(second).toEqual({ ...first, repeated: true })
  expect(await happen.derivedOf(person)).toEqual(before)
  expect(await happen.eventsOf(person)).toHaveLength(1)
})

test('fifty copies of one event that arrive together are one row, and everybody gets the same receipt', async () => {
  const person = happen.somebody()
  const hours = happen.imported({ person })
  const receipts = await Promise.all(Array.from({ length: 50 }, () => record(hours)))
  expect(new Set(receipts.map(({ hash }) => hash)).size).toBe(1)
  expect(receipts.filter(({ repeated }) => !repeated)).toHaveLength(1)
  expect(await happen.eventsOf(person)).toHaveLength(1)
  expect(await happen.creditsInOrder(person)).toHaveLength(1)
})

test('one fact reported fifty times under other ids is credited once', async () => {
  const person = happen.somebody()
  const receipts = await Promise.all(
    Array.from({ length: 50 }, () => record(happen.attended({ person, hours: 2 }))),
  )
  expect(new Set(receipts.map(({ id }) => id)).size).toBe(1)
  expect(await happen.creditsInOrder(person)).toMatchObject([{ hours: 2 }])
})

const facts = (person: string): [string, () => Event][] => [
  ['a finished lesson', () => happen.finished(person).at(-1) as Event],
  ['a class elsewhere', () => happen.imported({ person })],
  ['an attended class', () => happen.attended({ person })],
]

test.each(facts('person-of-facts'))('%s reported again under another id counts once', async (_, report) => {
  for (const before of happen.finished('person-of-facts').slice(0, 2)) await record(before)
  const first = await record(report())
  clock.advance(1)
  const credits = await happen.creditsInOrder('person-of-facts')
  expect(credits.filter(({ eventId }) => eventId === first.id)).toHaveLength(1)
  const second = await record(report())
  expect(second).toEqual({ ...first, repeated: true })
  expect(await happen.creditsInOrder('person-of-facts')).toEqual(credits)
})

test('two people may have been to the same class', async () => {
  const [one, other] = [happen.somebody(), happen.somebody()]
  await record(happen.attended({ person: one }))
  expect(await record(happen.attended({ person: other }))).toMatchObject({ repeated: false })
  expect(await happen.creditsInOrder(other)).toHaveLength(1)
})

test('the same id with other content, of another kind or of somebody else is refused, and nothing changes', async () => {
  const person = happen.somebody()
  const first = happen.imported({ person })
  await record(first)
  const before = [await happen.eventsOf(person), await happen.derivedOf(person)]
  const others: Event[] = [
    { ...first, hours: 48 },
    { ...first, organiser: '别的单位' },
    happen.attended({ person, id: first.id }),
    { ...first, person: happen.somebody() },
  ]
  for (const other of others) {
    await expect(record(other)).rejects.toMatchObject({
      kind: 'invalid',
      message: '这个编号已经记着另一件事，没有改动。',
      hint: '请刷新页面后再提交一次。',
    })
  }
  expect([await happen.eventsOf(person), await happen.derivedOf(person)]).toEqual(before)
})

const hint = '请按提示改正后再提交，已有的记录不受影响。'
const missing = (field: string) => `这条记录有误：“${field}”缺少或不合要求。`
const malformed: [string, object, string][] = [
  ['of an unknown kind', { ...happen.opened({ person: 'p' }), kind: 'lesson-liked' }, missing('kind')],
  ['without a kind', { ...happen.opened({ person: 'p' }), kind: undefined }, missing('kind')],
  ['without a person', { ...happen.opened({ person: 'p' }), person: '' }, missing('person')],
  ['whose id is no uuid', { ...happen.opened({ person: 'p' }), id: 'abc' }, missing('id')],
  ['with a day for an instant', { ...happen.opened({ person: 'p' }), at: '2026-03-01' }, missing('at')],
  ['with an edition in words', { ...happen.opened({ person: 'p' }), edition: '一' }, missing('edition')],
  [
    'with a field nobody knows',
    { ...happen.opened({ person: 'p' }), bonus: 8 },
    '这条记录有误：“bonus”是不认识的内容。',
  ],
  [
    'with a span that never began',
    { ...happen.studied({ person: 'p' }), spans: [[null, 5]] },
    missing('spans.0.0'),
  ],
  [
    'with time without end',
    { ...happen.studied({ person: 'p' }), spans: [[0, Infinity]] },
    missing('spans.0.1'),
  ],
  ['with less than no points', { ...happen.answered({ person: 'p' }), earned: -1 }, missing('earned')],
  ['of a sixth level', { ...happen.observed({ person: 'p' }), level: 6 }, missing('level')],
  [
    'of a day that no calendar has',
    { ...happen.observed({ person: 'p' }), observedOn: '2026-02-30' },
    missing('observedOn'),
  ],
  ['with less than no hours', { ...happen.imported({ person: 'p' }), hours: -1 }, missing('hours')],
  ['with hours that are no number', { ...happen.imported({ person: 'p' }), hours: NaN }, missing('hours')],
  ['on a third meter', { ...happen.imported({ person: 'p' }), meter: 'party' }, missing('meter')],
  [
    'that takes back without a reason',
    { ...happen.corrected({ person: 'p', corrects: v7() }), reason: '' },
    missing('reason'),
  ],
]

test.each(malformed)('an event %s is refused with the field named', async (_, event, message) => {
  await expect(wrong(event)).rejects.toMatchObject({ kind: 'invalid', message, hint })
})

test.each([[null], [undefined], [7], ['lesson-opened'], [[]]])(
  'what is no event at all (%j) is refused',
  async (event) => {
    await expect(wrong(event as never)).rejects.toMatchObject({ kind: 'invalid', hint })
  },
)

const toCome: [string, (on: string) => Event, string][] = [
  ['observation', (observedOn) => happen.observed({ person: 'p', observedOn }), 'observedOn'],
  ['class elsewhere', (endOn) => happen.imported({ person: 'p', endOn }), 'endOn'],
  ['attendance', (on) => happen.attended({ person: 'p', on }), 'on'],
]

test.each(toCome)('no %s is recorded for a day that has not come in Shanghai', async (_, make, field) => {
  clock.set('2026-03-10T15:59:59.000Z')
  for (const day of ['2026-03-11', '2026-03-12', '2027-01-01', '9999-12-31']) {
    await expect(record(make(day))).rejects.toMatchObject({
      kind: 'invalid',
      message: `“${field}”写的${day}还没有到。`,
      hint: '请填实际发生的日期。',
    })
  }
  clock.set('2026-03-10T16:00:00.000Z')
  expect(await record(make('2026-03-11'))).toMatchObject({ repeated: false })
})

test('a class that ends before it begins, and more points than there are, are refused', async () => {
  const backwards = happen.imported({ person: 'p', startOn: '2026-02-05', endOn: '2026-02-04' })
  await expect(record(backwards)).rejects.toMatchObject({
    kind: 'invalid',
    message: '“endOn”写的2026-02-04比“startOn”写的2026-02-05还早。',
  })
  const generous = happen.answered({ person: 'p', earned: 3, possible: 2 })
  await expect(record(generous)).rejects.toMatchObject({
    kind: 'invalid',
    message: '“earned”写的3比满分2还多。',
  })
})

test('if what follows from an event cannot be stored, the event is not there either', async () => {
  const person = happen.somebody()
  await record(happen.answered({ person, item: 'itm-1' }))
  const before = [await happen.eventsOf(person), await happen.derivedOf(person), await chainOf(person)]
  const inForce = await versionsInForce()
  const failing = {
    ...inForce,
    calibration: () => {
      throw new Error('no calibration today')
    },
  }
  const answer = happen.answered({ person, item: 'itm-2' })
  await expect(write((tx) => recordIn(tx, answer, failing))).rejects.toThrow('no calibration today')
  expect([await happen.eventsOf(person), await happen.derivedOf(person), await chainOf(person)]).toEqual(
    before,
  )
  expect(await record(answer)).toMatchObject({ repeated: false })
})

const chainOf = (person: string) => read.select().from(chain).where(eq(chain.personId, person))

test('of events that belong together, one bad one keeps all of them out', async () => {
  const person = happen.somebody()
  const inForce = await versionsInForce()
  const both = write(async (tx) => {
    await recordIn(tx, happen.attended({ person }), inForce)
    await recordIn(tx, { ...happen.observed({ person }), level: 9 }, inForce)
  })
  await expect(both).rejects.toMatchObject({ kind: 'invalid', message: missing('level') })
  expect(await happen.eventsOf(person)).toEqual([])
  expect(await happen.creditsInOrder(person)).toEqual([])
})

test('a phone clock that is years off changes nothing but its own claim', async () => {
  clock.set('2026-03-11T02:00:00.000Z')
  const claims = ['1999-01-01T00:00:00.000Z', '2026-03-11T02:00:00.000Z', '2099-12-31T23:59:59.999Z']
  const people = claims.map(() => happen.somebody())
  for (const [i, person] of people.entries())
    for (const each of happen.finished(person)) await record({ ...each, at: claims[i] ?? '' })
  for (const person of people) {
    expect(await happen.creditsInOrder(person)).toMatchObject([
      { period: 2026, on: '2026-03-11', hours: 0.25 },
    ])
    const [answer] = (await happen.eventsOf(person)).filter(({ kind }) => kind === 'question-answered')
    expect(answer).toMatchObject({ effectiveAt: clock.iso, receivedAt: clock.iso })
  }
})

test('what an officer took back counts no more and can be entered again as it really was', async () => {
  const person = happen.somebody()
  const typo = happen.imported({ person, hours: 240 })
  await record(typo)
  await record(happen.corrected({ person, corrects: typo.id }))
  expect(await happen.creditsInOrder(person)).toEqual([])
  const right = happen.imported({ person, hours: 24 })
  expect(await record(right)).toMatchObject({ id: right.id, repeated: false })
  expect(await happen.creditsInOrder(person)).toMatchObject([{ hours: 24, eventId: right.id }])
  expect(await record(happen.imported({ person, hours: 24 }))).toMatchObject({ id: right.id, repeated: true })
  expect(await happen.eventsOf(person)).toHaveLength(3)
})

test('taking the same thing back twice takes it back once', async () => {
  const person = happen.somebody()
  const attended = happen.attended({ person })
  await record(attended)
  const first = await record(happen.corrected({ person, corrects: attended.id }))
  expect(await record(happen.corrected({ person, corrects: attended.id }))).toEqual({
    ...first,
    repeated: true,
  })
})

test('nothing is taken back that is not there, and of somebody else the reply is the same', async () => {
  const [person, other] = [happen.somebody(), happen.somebody()]
  const theirs = happen.attended({ person: other })
  await record(theirs)
  for (const corrects of [v7(), theirs.id]) {
    await expect(record(happen.corrected({ person, corrects }))).rejects.toMatchObject({
      kind: 'not-found',
      message: '没有找到要更正的那条记录。',
      hint: '请从这个人的学习记录里选那一条更正。',
    })
  }
  expect(await happen.eventsOf(person)).toEqual([])
  expect(await happen.creditsInOrder(other)).toHaveLength(1)
})

test('a correction is not taken back itself: the fact is entered anew', async () => {
  const person = happen.somebody()
  const attended = happen.attended({ person })
  const back = happen.corrected({ person, corrects: attended.id })
  await record(attended)
  await record(back)
  await expect(record(happen.corrected({ person, corrects: back.id }))).rejects.toMatchObject({
    kind: 'invalid',
    message: '更正不能再更正。',
    hint: '请把对的情况重新记一条。',
  })
  await record(happen.attended({ person }))
  expect(await happen.creditsInOrder(person)).toHaveLength(1)
})

test('an answer taken back moves the belief back', async () => {
  const person = happen.somebody()
  const beliefOf = () => read.select().from(belief).where(eq(belief.personId, person))
  await record(happen.answered({ person, item: 'itm-1' }))
  const before = await beliefOf()
  clock.advance(60)
  const wrongOne = happen.answered({ person, item: 'itm-2', earned: 0 })
  await record(wrongOne)
  expect(await beliefOf()).not.toEqual(before)
  await record(happen.corrected({ person, corrects: wrongOne.id }))
  expect(await beliefOf()).toEqual(before)
})

test('an erased event that is sent again finds its place taken and brings nothing back', async () => {
  const person = happen.somebody()
  const answer = happen.answered({ person })
  const first = await record(answer)
  await write((tx) => tx.update(event).set({ payload: null, salt: null }).where(eq(event.id, answer.id)))
  expect(await record(answer)).toEqual({ ...first, repeated: true })
  expect((await happen.eventsOf(person))[0]?.payload).toBeNull()
})
