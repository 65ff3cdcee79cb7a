// Taking a test: begun once, saved as one goes, resumed elsewhere, handed in once; and nothing is lost on the way.
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { eventIdOf } from '#assessment/attempt/event-id.server.ts'
import { handIn, handInOverdue } from '#assessment/attempt/hand-in.server.ts'
import { saveAnswer } from '#assessment/attempt/save.server.ts'
import { attemptState } from '#assessment/attempt/state.server.ts'
import { startAttempt } from '#assessment/attempt/start.server.ts'
import { availableItems } from '#assessment/bank/bank.server.ts'
import { draw } from '#assessment/blueprint/draw.ts'
import { ownerMark } from '#course/owner.server.ts'
import { closeDatabase, openDatabase, read, write } from '#db/database.server.ts'
import { attempt as attemptTable, exposure, extraTime } from '#db/schema/assessment.ts'
import { event as eventTable } from '#db/schema/record.ts'
import { rightAnswer } from '#quiz/say-answer.ts'
import { rebuild } from '#record/rebuild.server.ts'
import { record } from '#record/record.server.ts'
import { verifyChain } from '#record/root.server.ts'
import { refusal } from '../../people/house.ts'
import * as happen from '../../record/happenings.ts'
import {
  addTest,
  assessmentWorld,
  attemptOf,
  begin,
  Device,
  itemOf,
  paper,
  retire,
  rowsOf,
  sessionOf,
  wrong,
} from './world.ts'

const place = assessmentWorld()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')
beforeAll(() => addTest(paper))

const stateOf = (person: string, attempt: string) =>
  attemptState(person, { attempt, owner: ownerMark(person) })
const factsOf = async (person: string) =>
  (await happen.eventsOf(person)).map(({ kind, payload }): Record<string, unknown> => ({
    ...(JSON.parse(payload ?? '{}') as object),
    kind,
  }))

test('two devices and a double click that begin at once get one attempt with one paper', async () => {
  const person = happen.somebody()
  const begun = await Promise.all(
    Array.from({ length: 8 }, () => startAttempt(sessionOf(person), { assessment: paper.id })),
  )
  expect(new Set(begun.map(({ attempt }) => attempt)).size).toBe(1)
  expect(begun.filter(({ resumed }) => !resumed)).toHaveLength(1)
  expect(await rowsOf(begun[0]?.attempt ?? '')).toHaveLength(8)
  expect(await begin(person)).toBe(begun[0]?.attempt)
})

test('the paper can be drawn again from its seed, holds what its cells ask for, and is counted as shown', async () => {
  const person = happen.somebody()
  const before = await read.select().from(exposure).where(eq(exposure.assessmentId, paper.id))
  const id = await begin(person)
  const { seed, blueprint } = await attemptOf(person, id)
  const rows = await rowsOf(id)
  if (blueprint.form !== 'fixed') throw new Error('It is a paper.')
  const again = draw(blueprint.cells, await availableItems({ secure: false }), { seen: new Set(), seed })
  expect(again.type === 'drawn' && again.items.map((one) => one.id)).toEqual(rows.map((row) => row.itemId))
  const after = await read.select().from(exposure).where(eq(exposure.assessmentId, paper.id))
  const counted = (of: typeof after, item: string) => of.find((row) => row.itemId === item)?.shown ?? 0
  for (const item of ['', ...rows.map((row) => row.itemId)])
    expect([item, counted(after, item)]).toEqual([item, counted(before, item) + 1])
})

test('a second attempt asks what the person has not met, as far as there is any', async () => {
  const person = happen.somebody()
  const first = await begin(person)
  await handIn(person, first)
  const second = await begin(person)
  const met = new Set((await rowsOf(first)).map((row) => row.itemId))
  // Of each indicator two hard items exist, of which the first paper asked one or two.
  const again = (await rowsOf(second)).filter(({ itemId }) => met.has(itemId) && !itemId.includes('hard'))
  expect(again).toEqual([])
})

test('everything saved on one device is there on another, half an answer and a mark as well', async () => {
  const person = happen.somebody()
  const id = await begin(person)
  const [one, two, three] = await rowsOf(id)
  const phone = new Device(person, id)
  expect(await phone.save(one?.itemId ?? '', rightAnswer(await itemOf(one!)))).toMatchObject({
    outcome: 'saved',
    state: 'answered',
    left: 20 * 60,
    handed: false,
  })
  expect(await phone.save(two?.itemId ?? '', [], { marked: true })).toMatchObject({ state: 'none' })
  const state = await stateOf(person, id)
  expect(state.items.map(({ item, state, marked }) => [item, state, marked]).slice(0, 3)).toEqual([
    [one?.itemId, 'answered', false],
    [two?.itemId, 'none', true],
    [three?.itemId, 'none', false],
  ])
  expect(state.items[0]?.fields).toEqual([['choice', 'a']])
})

test('an answer of another device that was given earlier and arrives later does not overwrite', async () => {
  const person = happen.somebody()
  const id = await begin(person)
  const [row] = await rowsOf(id)
  const item = row?.itemId ?? ''
  const [phone, laptop] = [new Device(person, id), new Device(person, id)]
  const early = phone.sending(item, [['choice', 'b']])
  clock.advance(60)
  await laptop.save(item, [['choice', 'a']])
  clock.advance(60)
  expect(await saveAnswer(person, { ...early, ago: 120_000 })).toMatchObject({
    outcome: 'older',
    instead: { fields: [['choice', 'a']] },
  })
  expect((await stateOf(person, id)).items[0]?.fields).toEqual([['choice', 'a']])
  // And one that was given later stands, whichever device it is from.
  expect(await phone.save(item, [['choice', 'c']], { ago: 1000 })).toMatchObject({ outcome: 'saved' })
  expect((await stateOf(person, id)).items[0]?.fields).toEqual([['choice', 'c']])
})

test('of one page the last word stands, also where the first was long on its way and its reply was lost', async () => {
  const person = happen.somebody()
  const id = await begin(person)
  const item = (await rowsOf(id))[0]?.itemId ?? ''
  const phone = new Device(person, id)
  const [first, second] = [phone.sending(item, [['choice', 'b']]), phone.sending(item, [['choice', 'a']])]
  clock.advance(30)
  // 30 s on the line: to the server it looks as if it had just been given.
  await saveAnswer(person, first)
  expect(await saveAnswer(person, { ...second, ago: 20_000 })).toMatchObject({ outcome: 'saved' })
  expect(await saveAnswer(person, first)).toMatchObject({ outcome: 'older' })
  expect(await saveAnswer(person, { ...second, ago: 25_000 })).toMatchObject({ outcome: 'saved' })
  expect((await stateOf(person, id)).items[0]?.fields).toEqual([['choice', 'a']])
})

test('time zone and clock of a device change nothing: only the server’s clock and how long ago it was', async () => {
  const person = happen.somebody()
  const id = await begin(person)
  const item = (await rowsOf(id))[0]?.itemId ?? ''
  clock.advance(300)
  // A clock that was put back by a year meanwhile says that the answer is a year old.
  const phone = new Device(person, id)
  expect(await phone.save(item, [['choice', 'a']], { ago: 365 * 86_400_000 })).toMatchObject({
    outcome: 'saved',
    left: 15 * 60,
  })
  expect((await rowsOf(id))[0]).toMatchObject({ answeredAt: (await attemptOf(person, id)).startedAt })
  expect((await attemptOf(person, id)).deadlineAt).toBe(
    new Date(Date.parse((await attemptOf(person, id)).startedAt) + 20 * 60_000).toISOString(),
  )
})

test('what comes after the time and the grace for the line is kept, marked and not counted, and closes the attempt', async () => {
  const person = happen.somebody()
  const id = await begin(person)
  const [one, two, three] = await rowsOf(id)
  const phone = new Device(person, id)
  await phone.save(one?.itemId ?? '', rightAnswer(await itemOf(one!)))
  clock.advance(20 * 60 + 10)
  expect(await phone.save(two?.itemId ?? '', rightAnswer(await itemOf(two!)))).toMatchObject({
    outcome: 'saved',
    left: 0,
    handed: false,
  })
  clock.advance(1)
  expect(await phone.save(three?.itemId ?? '', rightAnswer(await itemOf(three!)))).toMatchObject({
    outcome: 'late',
    handed: true,
  })
  expect(await attemptOf(person, id)).toMatchObject({
    handedBy: 'time',
    result: { answered: 2, late: 1, score: { earned: 2, possible: 8 } },
  })
  const rows = await rowsOf(id)
  expect(rows[2]).toMatchObject({
    answer: null,
    earned: null,
    eventId: null,
    lateAnswer: { fields: [['choice', 'a']] },
  })
  expect((await factsOf(person)).map(({ kind }) => kind)).toEqual([
    'question-answered',
    'question-answered',
    'attempt-handed-in',
  ])
  // What waited in a device comes even later: kept, and said in the result.
  expect(await phone.save(rows[3]?.itemId ?? '', [['choice', 'a']])).toMatchObject({ outcome: 'late' })
  expect((await attemptOf(person, id)).result?.late).toBe(2)
  // Half an answer as well; no answer is none.
  expect(await phone.save(rows[4]?.itemId ?? '', [['choice', 'z']])).toMatchObject({ outcome: 'late' })
  expect(await phone.save(rows[5]?.itemId ?? '', [])).toMatchObject({ outcome: 'saved' })
  expect((await attemptOf(person, id)).result?.late).toBe(3)
  // Sent again because the reply was lost, it is no late answer.
  expect(await phone.save(one?.itemId ?? '', rightAnswer(await itemOf(one!)))).toMatchObject({
    outcome: 'saved',
  })
  expect((await attemptOf(person, id)).result?.late).toBe(3)
})

test('who has been granted more time has it, by the server’s clock', async () => {
  const person = happen.somebody()
  await write((tx) =>
    tx.insert(extraTime).values({ personId: person, share: 0.5, grantedBy: 'x', grantedAt: clock.iso }),
  )
  const id = await begin(person)
  clock.advance(29 * 60)
  const item = (await rowsOf(id))[0]?.itemId ?? ''
  expect(await new Device(person, id).save(item, [['choice', 'a']])).toMatchObject({
    outcome: 'saved',
    left: 60,
  })
})

test('the clock hands in what nobody handed in, of everybody, once', async () => {
  const people = [happen.somebody(), happen.somebody(), happen.somebody()]
  const ids = await Promise.all(people.map((person) => begin(person)))
  await new Device(people[0]!, ids[0]!).answerAll()
  clock.advance(20 * 60 + 5)
  await handInOverdue()
  expect((await attemptOf(people[0]!, ids[0]!)).handedAt).toBeNull()
  clock.advance(6)
  await Promise.all([handInOverdue(), handInOverdue(), handIn(people[0]!, ids[0]!)])
  for (const [i, person] of people.entries()) {
    expect(await attemptOf(person, ids[i]!)).toMatchObject({ handedBy: 'time' })
    expect((await factsOf(person)).filter(({ kind }) => kind === 'attempt-handed-in')).toHaveLength(1)
  }
  expect((await attemptOf(people[0]!, ids[0]!)).result?.score).toMatchObject({ earned: 8, possible: 8 })
})

test('handed in twice, and by two devices at once, it is recorded once: the answers, then the attempt', async () => {
  const person = happen.somebody()
  const id = await begin(person)
  const phone = new Device(person, id)
  await phone.answerAll((position) => position !== 3)
  const last = (await rowsOf(id))[7]?.itemId ?? ''
  await phone.save(last, [])
  clock.advance(60)
  const all = await Promise.all([handIn(person, id), handIn(person, id), handIn(person, id)])
  expect(new Set(all.map(({ handedAt }) => handedAt)).size).toBe(1)
  const facts = await factsOf(person)
  expect(facts.map(({ kind }) => kind)).toEqual([...Array(7).fill('question-answered'), 'attempt-handed-in'])
  const rows = await rowsOf(id)
  expect(facts.slice(0, 7).map(({ item }) => item)).toEqual(rows.slice(0, 7).map((row) => row.itemId))
  expect(facts[0]).toMatchObject({
    mode: 'test',
    lesson: null,
    attempt: id,
    earned: 1,
    possible: 1,
    guessing: 0.25,
  })
  expect(facts[7]).toMatchObject({
    ...{ attempt: id, assessment: paper.id, supervised: false, handedBy: 'person' },
    ...{ shown: 8, answered: 7, late: 0, withdrawn: 0, earned: 6, possible: 8, waiting: 0 },
  })
  expect((await attemptOf(person, id)).result).toMatchObject({ score: { earned: 6, possible: 8 } })
  expect(await verifyChain(person)).toMatchObject({ length: 8, brokenAt: null })
})

test('beliefs move by the items alone, and a rebuild gives the same', async () => {
  const person = happen.somebody()
  const id = await begin(person)
  await new Device(person, id).answerAll((position) => position % 2 === 0)
  expect((await happen.derivedOf(person)).belief).toEqual([])
  await handIn(person, id)
  const derived = await happen.derivedOf(person)
  expect(derived.evidence).toHaveLength(8)
  expect(derived.belief).toHaveLength(4)
  for (const piece of derived.evidence as { body: unknown }[])
    expect(piece.body).toMatchObject({ kind: 'unsupervised-test' })
  await rebuild(() => undefined)
  expect(await happen.derivedOf(person)).toEqual(derived)
})

test('the second answer to an item within half a year is review: recorded, and no evidence', async () => {
  const person = happen.somebody()
  const twice = async (right: boolean) => {
    const id = await begin(person)
    await new Device(person, id).answerAll(() => right)
    await handIn(person, id)
    return id
  }
  await twice(true)
  clock.advance(100 * 86_400)
  await twice(false)
  clock.advance(40 * 86_400)
  const third = await twice(false)
  const items = new Set(
    (await happen.eventsOf(person))
      .map(({ payload }) => (JSON.parse(payload ?? '') as { item?: string }).item)
      .filter(Boolean),
  )
  const evidence = (await happen.derivedOf(person)).evidence as { item: string; eventId: string }[]
  expect(evidence).toHaveLength(items.size)
  expect(new Set(evidence.map(({ item }) => item)).size).toBe(items.size)
  const reviewed = (await rowsOf(third)).filter(
    ({ eventId }) => !evidence.some((one) => one.eventId === eventId),
  )
  expect(reviewed.length).toBeGreaterThan(0)
})

test('a question withdrawn meanwhile is said, does not count, and its answer is kept', async () => {
  const person = happen.somebody()
  const id = await begin(person)
  const phone = new Device(person, id)
  await phone.answerAll()
  const [, gone] = await rowsOf(id)
  await retire(gone?.itemId ?? '')
  expect((await stateOf(person, id)).items.map(({ withdrawn }) => withdrawn)).toEqual([
    false,
    true,
    ...Array(6).fill(false),
  ])
  await handIn(person, id)
  expect((await attemptOf(person, id)).result).toMatchObject({
    ...{ shown: 8, answered: 7, withdrawn: 1, score: { earned: 7, possible: 7 } },
  })
  expect((await rowsOf(id))[1]).toMatchObject({
    ...{ withdrawn: true, earned: null, eventId: null, answer: { kind: 'single', choice: 'a' } },
  })
  expect((await factsOf(person)).filter(({ item }) => item === gone?.itemId)).toEqual([])
})

test('the process ends in the middle and starts again: the paper, the answers and the time are as they were', async () => {
  const person = happen.somebody()
  const id = await begin(person)
  const phone = new Device(person, id)
  const rows = await rowsOf(id)
  await phone.save(rows[0]?.itemId ?? '', rightAnswer(await itemOf(rows[0]!)))
  await closeDatabase()
  await openDatabase(place.dataDir)
  clock.advance(60)
  const state = await stateOf(person, id)
  expect(state).toMatchObject({ handed: false, left: 19 * 60 })
  expect(state.items.map(({ item }) => item)).toEqual(rows.map(({ itemId }) => itemId))
  expect(state.items[0]?.state).toBe('answered')
  await handIn(person, id)
  expect((await attemptOf(person, id)).result?.answered).toBe(1)
})

test('a hand-in that fails half way leaves nothing behind: neither event nor result, and it can be done again', async () => {
  const person = happen.somebody()
  const id = await begin(person)
  await new Device(person, id).answerAll()
  const rows = await rowsOf(id)
  // Another event stands under the id that the fifth answer would get: an impossible clash, made by hand.
  const other = happen.somebody()
  await record(happen.opened({ person: other, id: eventIdOf(await attemptOf(person, id), 5) }))
  await expect(handIn(person, id)).rejects.toMatchObject({ kind: 'invalid' })
  expect(await happen.eventsOf(person)).toEqual([])
  expect((await attemptOf(person, id)).handedAt).toBeNull()
  expect(await rowsOf(id)).toEqual(rows)
  await write((tx) => tx.delete(eventTable).where(eq(eventTable.personId, other)))
  await handIn(person, id)
  expect(await happen.eventsOf(person)).toHaveLength(9)
})

test('attempts a year and the days between are kept, in words with the day', async () => {
  await addTest({ ...paper, id: 'asm-rare', title: '少考', attempts: { most: 2, waitDays: 14 } })
  const person = happen.somebody()
  clock.set('2027-11-20T02:00:00.000Z')
  await handIn(person, await begin(person, 'asm-rare'))
  expect(await refusal(begin(person, 'asm-rare'))).toEqual({
    kind: 'closed',
    message: '现在还不能再测：上一次是2027年11月20日，两次之间至少隔14天。',
    hint: '2027年12月4日起可以再测。',
  })
  clock.set('2027-12-03T16:00:00.000Z')
  await handIn(person, await begin(person, 'asm-rare'))
  clock.set('2027-12-30T02:00:00.000Z')
  expect(await refusal(begin(person, 'asm-rare'))).toMatchObject({
    message: '现在还不能再测：今年已经测过2次，一年最多2次。',
    hint: '2028年1月1日起可以再测。',
  })
  clock.set('2027-12-31T16:00:00.000Z')
  expect(await begin(person, 'asm-rare')).toBeTruthy()
})

test('a paper that cannot be filled names the cell that is short, and counts as nothing', async () => {
  const person = happen.somebody()
  await addTest({
    ...paper,
    id: 'asm-short',
    cells: [{ indicator: 'openness', kind: 'order', difficulty: 'hard', count: 2 }],
  })
  const said = await refusal(begin(person, 'asm-short'))
  expect(said.message).toMatch(/公开 · 排序题 · 难：要2道，一道也没有。$/)
  expect(await read.select().from(attemptTable).where(eq(attemptTable.personId, person))).toEqual([])
  expect(await read.select().from(exposure).where(eq(exposure.assessmentId, 'asm-short'))).toEqual([])
})

test('an attempt is nobody else’s, and what another person’s browser kept goes nowhere', async () => {
  const [person, other] = [happen.somebody(), happen.somebody()]
  const id = await begin(person)
  const [row] = await rowsOf(id)
  const foreign = new Device(other, id)
  expect((await refusal(foreign.save(row?.itemId ?? '', [['choice', 'a']]))).kind).toBe('not-found')
  expect((await refusal(stateOf(other, id))).kind).toBe('not-found')
  expect((await refusal(handIn(other, id))).kind).toBe('not-found')
  const kept = new Device(person, id).sending(row?.itemId ?? '', [['choice', 'b']])
  expect((await refusal(saveAnswer(other, kept))).kind).toBe('signed-out')
  expect((await rowsOf(id))[0]?.answer).toBeNull()
})

test('what is not an answer is refused in words, and nothing is stored', async () => {
  const person = happen.somebody()
  const id = await begin(person)
  const [row] = await rowsOf(id)
  const phone = new Device(person, id)
  const sound = phone.sending(row?.itemId ?? '', [['choice', 'a']])
  const bad: object[] = [
    { ...sound, ago: -1 },
    { ...sound, ago: Number.NaN },
    { ...sound, seq: 1.5 },
    { ...sound, fields: 'choice=a' },
    { ...sound, fields: [['choice']] },
    { ...sound, fields: Array.from({ length: 101 }, () => ['choice', 'a']) },
    { ...sound, fields: [['choice', 'x'.repeat(4_001)]] },
    { ...sound, extra: 1 },
  ]
  for (const body of bad) expect((await refusal(saveAnswer(person, body))).kind).toBe('invalid')
  expect((await refusal(saveAnswer(person, { ...sound, item: 'itm-nobody' }))).kind).toBe('not-found')
  expect((await rowsOf(id))[0]?.answer).toBeNull()
  // Fields that no question has are kept as far as they go, and are no answer.
  expect(
    await phone.save(row?.itemId ?? '', [
      ['__proto__', 'x'],
      ['choice', 'z'],
    ]),
  ).toMatchObject({ state: 'partial' })
  await handIn(person, id)
  expect((await attemptOf(person, id)).result).toMatchObject({
    answered: 0,
    score: { earned: 0, possible: 8 },
  })
})

test('wrong answers are worth nothing, and the result says so by indicator', async () => {
  const person = happen.somebody()
  const id = await begin(person)
  const phone = new Device(person, id)
  for (const row of await rowsOf(id)) {
    const item = await itemOf(row)
    await phone.save(row.itemId, item.indicator === 'powers' ? wrong(item) : rightAnswer(item))
  }
  await handIn(person, id)
  const { result } = await attemptOf(person, id)
  expect(result?.areas.find(({ indicator }) => indicator === 'powers')).toMatchObject({
    earned: 0,
    possible: 2,
  })
  expect(result?.score).toMatchObject({ earned: 6, possible: 8 })
  expect(result?.score.error).toBeGreaterThan(0.1)
})
