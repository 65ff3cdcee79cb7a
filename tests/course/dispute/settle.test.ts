// A training officer answers objections: what follows for the learner, who may answer, and that it counts once.
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { askedBy, type StudiedLesson } from '#course/asked.server.ts'
import { answeredDisputes, openDisputeCount, openDisputes } from '#course/dispute/desk.server.ts'
import { factsAbout } from '#course/dispute/facts.server.ts'
import { disputesInWords } from '#course/dispute/said.server.ts'
import { settleDispute } from '#course/dispute/settle.server.ts'
import { itemsOf } from '#course/library.server.ts'
import { stateOf } from '#course/study.server.ts'
import { read, write } from '#db/database.server.ts'
import { bankItem } from '#db/schema/assessment.ts'
import { audit, assignment } from '#db/schema/people.ts'
import { belief } from '#db/schema/record.ts'
import { wrongAnswer, answered as graded } from '#demo/answer.ts'
import type { Session } from '#people/session.ts'
import { ownTakenOut } from '#plan/observe/own.server.ts'
import { ownRecord } from '#plan/own-record.server.ts'
import type { Item } from '#quiz/question.ts'
import { rightAnswer } from '#quiz/say-answer.ts'
import { disputesOf, fileDispute } from '#record/dispute.server.ts'
import { answersOf, triesOf, type Try } from '#record/hours/tries.server.ts'
import { record } from '#record/record.server.ts'
import { verifyChain } from '#record/root.server.ts'
import { sayEvent } from '#record/say-event.ts'
import { plantCounty, plantPerson } from '../../people/roster/county.ts'
import * as happen from '../../record/happenings.ts'
import { random } from '../../support/evidence.ts'
import { realLibrary, showAgain, withdraw } from '../real-library.ts'

realLibrary()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')

let county: Awaited<ReturnType<typeof plantCounty>>
let officer: Session
let ofCounty: Session
let lesson: StudiedLesson
let items: Item[]

beforeAll(async () => {
  county = await plantCounty()
  officer = await plantPerson('officer-baishi', ['officer', county.baishi])
  ofCounty = await plantPerson('officer-county', ['officer', county.county])
  lesson = await askedBy('lsn-sizhi')
  items = [...(await itemsOf(lesson.revision)).values()]
})

let people = 0

/** A cadre of the village 云岭村, which belongs to the township 白石镇. */
async function cadre(unit = county.yunling): Promise<Session> {
  const session = await plantPerson(`cadre-${(people += 1)}`)
  const held = { personId: session.person.id, unitId: unit.id, post: 'grid-worker', main: true }
  await write((tx) => tx.insert(assignment).values({ id: v7(), ...held, fromOn: '2026-01-01' }))
  return session
}

const ofLesson = () => ({ lesson: lesson.id, edition: lesson.edition, revision: lesson.revision })

/** A visit of so many seconds, of which others were refused. */
async function visit({ person }: Session, seconds: number, refused: number) {
  const to = Date.parse(clock.iso)
  const event = happen.studied({
    person: person.id,
    ...ofLesson(),
    openedAt: new Date(to - seconds * 1000).toISOString(),
    spans: [[to - seconds * 1000, to]],
    sections: lesson.sections,
    refused: { 'faster-than-clock': refused },
    silentSeconds: 0,
  })
  await record(event)
  return event
}

async function answer({ person }: Session, item: Item, right: boolean) {
  const given = right ? rightAnswer(item) : wrongAnswer(random(7), item)
  const { revision: _, ...where } = ofLesson()
  const event = happen.answered({ person: person.id, ...where, ...graded(item, given) })
  await record(event)
  return event
}

const keepSecure = ({ id, revision, kind, indicator, difficulty }: Item) =>
  write((tx) =>
    tx.insert(bankItem).values({
      ...{ id, revision, kind, indicator, difficulty, secure: true, status: 'active', author: '某人' },
      createdAt: clock.iso,
    }),
  )

async function object({ person }: Session, about: string): Promise<string> {
  await fileDispute(person.id, { about, reason: 'other', text: '请核对。' })
  const [dispute] = await disputesOf(person.id)
  return dispute?.id ?? ''
}

const settle = (by: Session, dispute: string, outcome: 'upheld' | 'declined', minutes?: string) =>
  settleDispute(by, { dispute, outcome, minutes, answer: '核对了当天的记录。' })

const progressOf = (session: Session) => stateOf(session.person.id, { lesson: lesson.id })
const kindsOf = async ({ person }: Session) => (await happen.eventsOf(person.id)).map(({ kind }) => kind)
const creditsOf = ({ person }: Session) => happen.creditsInOrder(person.id)

test('refused time that an officer gives back finishes the lesson which lacked nothing else', async () => {
  const learner = await cadre()
  for (const item of items) await answer(learner, item, true)
  const { id } = await visit(learner, 60, 1200)
  expect(await progressOf(learner)).toMatchObject({ seconds: 60, completedAt: null })
  await settle(officer, await object(learner, `time:${id}`), 'upheld')
  expect(await progressOf(learner)).toMatchObject({ seconds: 1260, completedAt: clock.iso })
  expect(await creditsOf(learner)).toMatchObject([{ subject: lesson.id, minutes: lesson.minutes }])
  expect((await kindsOf(learner)).slice(-2)).toEqual(['dispute-settled', 'lesson-completed'])
  expect(await verifyChain(learner.person.id)).toMatchObject({ brokenAt: null })
  const [said] = await disputesInWords(await disputesOf(learner.person.id))
  expect(said).toMatchObject({
    outcome: 'upheld',
    answer: '核对了当天的记录。',
    changed: '成立，补回20分钟。',
    by: officer.person.name,
    eventId: expect.any(String) as string,
  })
})

test('an officer may give back a part; more than was refused, nothing or a word is refused beside the field', async () => {
  const learner = await cadre()
  const { id } = await visit(learner, 60, 95)
  const dispute = await object(learner, `time:${id}`)
  for (const [minutes, message] of [
    ['2', '补回的时间不能比没有计入的还多。'],
    ['0', '填要补回的分钟数，要大于0。'],
    ['-1', '填要补回的分钟数，要大于0。'],
    ['全部', '填要补回的分钟数，要大于0。'],
  ])
    await expect(settle(officer, dispute, 'upheld', minutes)).rejects.toMatchObject({
      field: 'minutes',
      kind: 'invalid',
      message,
      hint: '最多1分35秒，全部补回就不用改。',
    })
  await settle(officer, dispute, 'upheld', '0.5')
  expect(await progressOf(learner)).toMatchObject({ seconds: 90 })
  // What is left may be asked for again; the form offers it rounded up, and never gives more than is left.
  await settle(officer, await object(learner, `time:${id}`), 'upheld', '1.1')
  expect(await progressOf(learner)).toMatchObject({ seconds: 155 })
  await expect(object(learner, `time:${id}`)).rejects.toMatchObject({
    message: '这一段已经全部补回，不用再提。',
  })
})

test('a wrong grade that is put right passes the item, is evidence in the place of the first, and finishes the lesson', async () => {
  const learner = await cadre()
  await visit(learner, 1200, 0)
  const [first, ...others] = items
  if (!first) throw new Error('The lesson has no items.')
  for (const item of others) await answer(learner, item, true)
  const wrong = await answer(learner, first, false)
  const answeredAt = clock.iso
  clock.advance(600)
  await settle(officer, await object(learner, `answer:${wrong.id}`), 'upheld')
  const state = await progressOf(learner)
  expect(state.passed).toContain(first.id)
  expect(state.completedAt).toBe(clock.iso)
  const { evidence } = await happen.derivedOf(learner.person.id)
  const pieces = evidence as { item: string; at: string; body: { share: number } }[]
  expect(pieces.filter(({ item }) => item === first.id)).toMatchObject([
    { at: answeredAt, body: { share: 1 } },
  ])
  expect((await kindsOf(learner)).slice(-4)).toEqual([
    'dispute-settled',
    'event-corrected',
    'question-answered',
    'lesson-completed',
  ])
  const events = await happen.eventsOf(learner.person.id)
  const anew = JSON.parse(events.at(-2)?.payload ?? '') as Record<string, unknown>
  const { id, kind: _, person: _p, at: _at, earned: _e, ...same } = wrong
  expect(anew).toMatchObject({ ...same, earned: wrong.possible, regrades: { event: id } })
})

test('a test of a course that is passed with the points that were missing gives its lessons', async () => {
  const { person } = await cadre()
  const [one, other] = items
  if (!one || !other) throw new Error('The lesson has too few items.')
  const asked = { person: person.id, lesson: null, edition: null, mode: 'test' as const }
  const wrong = happen.answered({ ...asked, ...graded(one, wrongAnswer(random(7), one)) })
  await record(wrong)
  await record(happen.answered({ ...asked, ...graded(other, rightAnswer(other)) }))
  const share = wrong.earned / wrong.possible
  const tested = happen.tested({
    person: person.id,
    course: lesson.course,
    items: [one.id, other.id],
    ...{ earned: 1 + share, possible: 2, passShare: 1 },
    lessons: [{ ...ofLesson(), title: lesson.title, minutes: lesson.minutes }],
  })
  await record(tested)
  expect(await happen.creditsInOrder(person.id)).toEqual([])
  clock.advance(86_400)
  await fileDispute(person.id, { about: `answer:${wrong.id}`, reason: 'same' })
  await settle(officer, (await disputesOf(person.id))[0]?.id ?? '', 'upheld')
  expect(await happen.creditsInOrder(person.id)).toMatchObject([
    { subject: lesson.id, minutes: lesson.minutes },
    { subject: `test:${lesson.course}` },
  ])
  const tries = await triesOf(read, person.id, lesson.course)
  expect(tries.map(({ earned, takenBack }) => [earned, takenBack])).toEqual([
    [1 + share, true],
    [2, false],
  ])
  expect(
    (await answersOf(tries[1] as Try)).map(({ item, earned, possible }) => [item, earned / possible]),
  ).toEqual([
    [other.id, 1],
    [one.id, 1],
  ])
})

test('an objection that is declined changes nothing but that it was answered', async () => {
  const learner = await cadre()
  const { id } = await visit(learner, 60, 95)
  const before = await happen.derivedOf(learner.person.id)
  await settle(officer, await object(learner, `time:${id}`), 'declined')
  expect(await happen.derivedOf(learner.person.id)).toEqual(before)
  expect((await kindsOf(learner)).at(-1)).toBe('dispute-settled')
  expect(await disputesOf(learner.person.id)).toMatchObject([
    { outcome: 'declined', answeredBy: officer.person.id, answeredAt: clock.iso },
  ])
})

test('an objection to a cell is answered in words; the map follows evidence alone', async () => {
  const learner = await cadre()
  await answer(learner, items[0] as Item, true)
  const before = await happen.derivedOf(learner.person.id)
  await settle(officer, await object(learner, 'cell:mediation'), 'upheld')
  expect(await happen.derivedOf(learner.person.id)).toEqual(before)
  const [said] = await disputesInWords(await disputesOf(learner.person.id))
  expect(said?.changed).toBe('已记下，会按证据重看这一格。')
})

/** Two observations by the same trainer of a cadre, of whom the first was recorded wrongly. */
async function observedTwice(learner: Session, rater: Session) {
  const seen = { person: learner.person.id, rater: rater.person.id }
  const wrong = happen.observed({ ...seen, level: 1, observedOn: '2026-03-02', note: '记成了邻村的事。' })
  const right = happen.observed({ ...seen, level: 4, observedOn: '2026-03-03' })
  for (const one of [wrong, right]) await record(one)
  return { wrong, right }
}

const takeOut = (by: Session, dispute: string, observations: string[], outcome?: 'declined') =>
  settleDispute(by, { dispute, outcome: outcome ?? 'upheld', observations, answer: '那天她不在场。' })

const observationsIn = async ({ person }: Session) => {
  const { evidence } = await happen.derivedOf(person.id)
  const bodies = (evidence as { body: { kind: string; level?: number } }[]).map(({ body }) => body)
  return bodies.flatMap(({ kind, level }) => (kind === 'observation' ? [level] : []))
}

const meansOf = async ({ person }: Session) =>
  (await read.select().from(belief).where(eq(belief.personId, person.id))).map(({ mean, sd }) => [mean, sd])

test('a wrong observation that an officer ticks is taken out: the map moves, the record and the answer say which', async () => {
  const learner = await cadre()
  const { wrong, right } = await observedTwice(learner, ofCounty)
  const id = await object(learner, 'cell:mediation')
  const row = (await openDisputes(officer, 1)).rows.find(({ dispute }) => dispute.id === id)
  const which = `2026年3月2日${ofCounty.person.name}记的“矛盾调解”一级`
  expect(row?.observed.map(({ id: one, text, note }) => [one, text, note])).toEqual([
    [right.id, `2026年3月3日${ofCounty.person.name}记的“矛盾调解”四级`, right.note],
    [wrong.id, which, '记成了邻村的事。'],
  ])
  clock.advance(60)
  await takeOut(officer, id, [wrong.id, wrong.id])
  expect(await observationsIn(learner)).toEqual([4])
  // The map is as that of somebody of whom the wrong one was never recorded.
  const twin = await cadre()
  await record({ ...right, id: v7(), person: twin.person.id })
  expect(await meansOf(learner)).toEqual(await meansOf(twin))
  expect((await kindsOf(learner)).slice(-2)).toEqual(['dispute-settled', 'event-corrected'])
  expect(await verifyChain(learner.person.id)).toMatchObject({ brokenAt: null })

  const [said] = await disputesInWords(await disputesOf(learner.person.id))
  expect(said?.changed).toBe(`成立，更正了${which}，不再计入，图谱已重算。`)
  const { receipts, titles } = await ownRecord(
    learner.person.id,
    { receipts: 1, refused: 1, disputes: 1 },
    null,
  )
  const lines = receipts.map(({ kind, facts }) => sayEvent(kind, facts, (name) => titles.get(name) ?? null))
  expect(lines.slice(0, 2)).toEqual([`更正了${which}：那天她不在场。`, '异议成立。答复：那天她不在场。'])
  expect(receipts.filter(({ corrected }) => corrected).map(({ id: one }) => one)).toEqual([wrong.id])

  // Who recorded it sees that it was, and may record that day anew.
  expect((await ownTakenOut(ofCounty)).map(({ id: one }) => one)).toEqual([wrong.id])
  const anew = happen.observed({ ...wrong, id: v7(), level: 3 })
  expect(await record(anew)).toMatchObject({ id: anew.id, repeated: false })
  expect(await ownTakenOut(officer)).toEqual([])
})

test('what was taken out is not taken out twice, by nobody; nothing of the second answer is kept', async () => {
  const learner = await cadre()
  const { wrong, right } = await observedTwice(learner, ofCounty)
  const first = await object(learner, 'cell:mediation')
  await takeOut(officer, first, [wrong.id])
  await expect(takeOut(ofCounty, first, [right.id])).rejects.toMatchObject({ kind: 'already-done' })
  const second = await object(learner, 'cell:mediation')
  const before = await happen.derivedOf(learner.person.id)
  await expect(takeOut(officer, second, [right.id, wrong.id])).rejects.toMatchObject({
    field: 'observations',
    message: '勾了的里面有一条已经撤回或更正过，没有再改。',
  })
  expect(await happen.derivedOf(learner.person.id)).toEqual(before)
  expect((await disputesOf(learner.person.id))[0]).toMatchObject({ id: second, outcome: null })
  await takeOut(ofCounty, second, [right.id])
  expect(await observationsIn(learner)).toEqual([])
})

test('a tick on another person, another indicator, what is no observation, or in an answer that declines is refused', async () => {
  const [learner, other] = [await cadre(), await cadre()]
  const { wrong } = await observedTwice(learner, ofCounty)
  const foreign = (await observedTwice(other, ofCounty)).wrong
  const open = happen.observed({
    person: learner.person.id,
    indicator: 'openness',
    rater: ofCounty.person.id,
  })
  await record(open)
  const asked = await answer(learner, items[0] as Item, false)
  const { id: visited } = await visit(learner, 60, 95)
  const dispute = await object(learner, 'cell:mediation')
  const before = await happen.derivedOf(learner.person.id)
  for (const stray of [foreign.id, open.id, asked.id, v7()])
    await expect(takeOut(officer, dispute, [wrong.id, stray])).rejects.toMatchObject({
      field: 'observations',
      message: '勾了的里面有一条不是这个人这一项的实务观察。',
    })
  await expect(takeOut(officer, dispute, [wrong.id], 'declined')).rejects.toMatchObject({
    field: 'observations',
    message: '选了“不成立”，又勾了要更正的观察。',
  })
  const ofTime = await object(learner, `time:${visited}`)
  await expect(takeOut(officer, ofTime, [wrong.id])).rejects.toMatchObject({ kind: 'invalid' })
  expect(await happen.derivedOf(learner.person.id)).toEqual(before)
  expect(await observationsIn(other)).toEqual([1, 4])
  for (const one of [dispute, ofTime]) await settle(officer, one, 'declined')
})

test('an officer may take out what he recorded himself, and a long answer fits as the reason', async () => {
  const learner = await cadre()
  const { wrong } = await observedTwice(learner, officer)
  const dispute = await object(learner, 'cell:mediation')
  const answer = '核'.repeat(1000)
  await settleDispute(officer, { dispute, outcome: 'upheld', observations: [wrong.id], answer })
  expect(await observationsIn(learner)).toEqual([4])
  const last = (await happen.eventsOf(learner.person.id)).at(-1)
  expect(JSON.parse(last?.payload ?? '')).toMatchObject({
    ...{ corrects: wrong.id, correctedBy: officer.person.id, reason: `${'核'.repeat(498)}……` },
  })
  expect((await disputesOf(learner.person.id))[0]?.answer).toBe(answer)
})

test('two officers, a double click or the same again: one answer counts', async () => {
  const learner = await cadre()
  const { id } = await visit(learner, 60, 95)
  const dispute = await object(learner, `time:${id}`)
  const sent = await Promise.allSettled([
    settle(officer, dispute, 'upheld', '1'),
    settle(officer, dispute, 'upheld', '1'),
    settle(ofCounty, dispute, 'declined'),
  ])
  expect(sent.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
  await expect(settle(ofCounty, dispute, 'upheld')).rejects.toMatchObject({
    kind: 'already-done',
    message: '这条异议已经答复过，没有再改。',
  })
  expect(await progressOf(learner)).toMatchObject({ seconds: 120 })
  expect((await kindsOf(learner)).filter((kind) => kind === 'dispute-settled')).toHaveLength(1)
})

test('an officer answers within his units only, and never his own objection', async () => {
  const notFound = { kind: 'not-yours', message: '没有找到这条异议。' }
  const elsewhere = await cadre(county.shuikou)
  const { id } = await visit(elsewhere, 60, 95)
  const dispute = await object(elsewhere, `time:${id}`)
  await expect(settle(officer, dispute, 'upheld')).rejects.toMatchObject(notFound)
  await expect(settle(elsewhere, dispute, 'upheld')).rejects.toMatchObject(notFound)
  await expect(settle(county.system, dispute, 'upheld')).rejects.toMatchObject(notFound)
  await expect(settle(officer, v7(), 'upheld')).rejects.toMatchObject(notFound)

  const self: Session = { ...(await cadre()), grants: officer.grants }
  const own = await visit(self, 60, 95)
  const ownDispute = await object(self, `time:${own.id}`)
  await expect(settle(self, ownDispute, 'upheld')).rejects.toMatchObject({
    kind: 'invalid',
    message: '自己的异议不能自己答复。',
    hint: '请另一位培训管理员答复。',
  })
  const asked = await answer(self, items[0] as Item, false)
  const question = await object(self, `answer:${asked.id}`)
  const seen = (await openDisputes(self, 1)).rows.filter(({ own }) => own)
  expect(seen.map(({ dispute, key }) => [dispute.id, key])).toEqual([
    [ownDispute, null],
    [question, null],
  ])
  await settle(ofCounty, question, 'declined')
  await settle(ofCounty, ownDispute, 'upheld')
  await settle(ofCounty, dispute, 'declined')
})

test('an officer answers for who held the last post in his units, also after it has ended', async () => {
  const left = await cadre()
  const { id } = await visit(left, 60, 95)
  const dispute = await object(left, `time:${id}`)
  await write((tx) =>
    tx.update(assignment).set({ toOn: '2026-02-28' }).where(eq(assignment.personId, left.person.id)),
  )
  await settle(officer, dispute, 'declined')
  expect(await disputesOf(left.person.id)).toMatchObject([{ outcome: 'declined' }])
})

test('what was put right meanwhile can be answered, but not be put right twice', async () => {
  const learner = await cadre()
  const wrong = await answer(learner, items[0] as Item, false)
  const dispute = await object(learner, `answer:${wrong.id}`)
  await record(happen.corrected({ person: learner.person.id, corrects: wrong.id }))
  await expect(settle(officer, dispute, 'upheld')).rejects.toMatchObject({
    kind: 'closed',
    message: '这条答题记录已经更正过，不用再改。',
  })
  await settle(officer, dispute, 'declined')
})

test('an answer that had full points already is not graded anew', async () => {
  const { person } = await cadre()
  const [item] = items as [Item]
  const right = happen.answered({
    ...{ person: person.id, lesson: null, edition: null, mode: 'test' as const },
    ...graded(item, rightAnswer(item)),
  })
  await record(right)
  await fileDispute(person.id, { about: `answer:${right.id}`, reason: 'same' })
  const dispute = (await disputesOf(person.id))[0]?.id ?? ''
  await expect(settle(officer, dispute, 'upheld')).rejects.toMatchObject({
    kind: 'closed',
    message: '这道题当时就得了满分，不用再改。',
  })
  await settle(officer, dispute, 'declined')
})

test('time is given back for a lesson that was withdrawn meanwhile, and finishes nothing', async () => {
  const learner = await cadre()
  const { id } = await visit(learner, 60, 1200)
  const dispute = await object(learner, `time:${id}`)
  await withdraw(lesson.id, null)
  await settle(officer, dispute, 'upheld')
  await showAgain(lesson.id)
  expect(await progressOf(learner)).toMatchObject({ seconds: 1260, completedAt: null })
})

test('every answer is in the audit log, by ids', async () => {
  const learner = await cadre()
  const { id } = await visit(learner, 60, 95)
  const dispute = await object(learner, `time:${id}`)
  await settle(officer, dispute, 'upheld')
  const lines = await read.select().from(audit).where(eq(audit.target, learner.person.id))
  expect(lines).toMatchObject([
    { actorId: officer.person.id, act: 'dispute-settled', detail: { dispute, outcome: 'upheld' } },
  ])
})

test('the officer has the open ones of his units, the oldest first, with the facts and the key', async () => {
  const [first, second, elsewhere] = [await cadre(), await cadre(), await cadre(county.shuikou)]
  const before = await openDisputeCount(officer)
  const item = items.find(({ kind }) => kind === 'single') as Item
  const wrong = await answer(first, item, false)
  const one = await object(first, `answer:${wrong.id}`)
  clock.advance(60)
  const seen = await visit(second, 300, 95)
  const two = await object(second, `time:${seen.id}`)
  await object(elsewhere, `time:${(await visit(elsewhere, 60, 95)).id}`)
  expect(await openDisputeCount(officer)).toBe(before + 2)
  const { rows } = await openDisputes(officer, 1)
  const [asked, refused] = rows.slice(-2)
  expect([asked?.dispute.id, refused?.dispute.id]).toEqual([one, two])
  expect(asked).toMatchObject({
    name: first.person.name,
    held: [{ unit: '云岭村' }],
    facts: { kind: 'answer', title: item.stem, corrected: false },
    key: { rationale: item.rationale, passage: item.passage },
  })
  expect(refused).toMatchObject({
    facts: { kind: 'time', refused: { left: 95 } },
    day: [{ from: Date.parse(clock.iso) - 300_000, to: Date.parse(clock.iso), own: true }],
    key: null,
  })
  // The learner sees the same facts without the key.
  const facts = await factsAbout(first.person.id, `answer:${wrong.id}`, 'person')
  expect(JSON.stringify(facts)).not.toContain(item.rationale)
  // An item of a watched paper is told to the officer alone.
  await keepSecure(item)
  const kept = JSON.stringify(await factsAbout(first.person.id, `answer:${wrong.id}`, 'person'))
  expect(kept).toContain('监考卷里的一道题')
  expect(kept).not.toContain(item.stem)
  expect(await factsAbout(first.person.id, `answer:${wrong.id}`, 'officer')).toMatchObject({
    title: item.stem,
  })
  // That the officer was shown it is written down, as in the bank; of open items it is not.
  const shown = async () => (await read.select().from(audit).where(eq(audit.target, item.id))).length
  expect(await shown()).toBe(0)
  await openDisputes(officer, 1)
  expect(await shown()).toBeGreaterThan(0)
  await settle(officer, one, 'declined')
  await settle(officer, two, 'declined')
  expect(await openDisputeCount(officer)).toBe(before)
  const done = await answeredDisputes(officer, 1)
  expect(done.rows.find(({ id }) => id === two)).toMatchObject({
    name: second.person.name,
    changed: '没有成立，记录不变。',
    by: officer.person.name,
  })
})
