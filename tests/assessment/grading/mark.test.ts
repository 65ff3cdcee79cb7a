// Two graders, blind to the name and to each other; what they agree on comes into the record, what they do not is settled.
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { handIn } from '#assessment/attempt/hand-in.server.ts'
import { gradingDesk } from '#assessment/grading/desk.server.ts'
import { giveMark, reviseMark } from '#assessment/grading/mark.server.ts'
import { read, write } from '#db/database.server.ts'
import { shortAnswerMark } from '#db/schema/assessment.ts'
import { audit } from '#db/schema/people.ts'
import type { Session } from '#people/session.ts'
import { WrongField } from '#people/roster/wrong-field.ts'
import { addPerson, addUnits, refusal } from '../../people/house.ts'
import * as happen from '../../record/happenings.ts'
import {
  addTest,
  assessmentWorld,
  attemptOf,
  begin,
  Device,
  paper,
  retire,
  shortAnswer,
  single,
} from '../attempt/world.ts'

assessmentWorld([shortAnswer({ id: 'itm-short' }), single({ id: 'itm-one', indicator: 'powers' })])
happen.stoppedClock('2026-03-10T02:00:00.000Z')
const graders: Session[] = []
const [first, second, third] = [0, 1, 2].map((i) => () => graders[i] as Session) as [
  () => Session,
  () => Session,
  () => Session,
]
let stranger: Session

const paths: Record<string, string> = { county: '/county/', town: '/county/town/', other: '/county/other/' }
async function trainer(number: string, unit: string): Promise<Session> {
  const id = await addPerson({ number, name: `教员${number}`, unit: 'town', roles: [['trainer', unit]] })
  const grants = [{ role: 'trainer' as const, unitId: unit, path: paths[unit] ?? '' }]
  const rest = { unitPaths: [], secondFactor: false, noticeVersion: null }
  return { id: `session-${id}`, person: { id, number, name: `教员${number}` }, grants, ...rest }
}

beforeAll(async () => {
  await addTest({
    ...paper,
    cells: [
      { indicator: 'openness', kind: 'short-answer', count: 1 },
      { indicator: 'powers', count: 1 },
    ],
  })
  await addUnits(paths)
  for (const number of ['T1', 'T2', 'T3']) graders.push(await trainer(number, 'county'))
  stranger = await trainer('T4', 'other')
})

let people = 0
/** Somebody of the town who handed in a short answer. */
async function handed(text = '大家看得见，才好监督。', who?: string) {
  const number = `L${(people += 1)}`
  const person = who ?? (await addPerson({ number, name: `密名${number}`, unit: 'town' }))
  const attempt = await begin(person)
  await new Device(person, attempt).save('itm-short', [['text', text]])
  await handIn(person, attempt)
  return { person, attempt }
}

function formOf(attempt: string, points: [number, number], more: Record<string, string> = {}): FormData {
  const form = new FormData()
  const fields = {
    attempt,
    item: 'itm-short',
    'points-r1': String(points[0]),
    'points-r2': String(points[1]),
  }
  for (const [name, value] of Object.entries({ ...fields, ...more })) form.set(name, value)
  return form
}
const give = (by: Session, attempt: string, points: [number, number], more?: Record<string, string>) =>
  giveMark(by, formOf(attempt, points, more))
const listed = async (by: Session, attempt: string) => {
  const { toGrade, disagreements } = await gradingDesk(by)
  return {
    toGrade: toGrade.some((one) => one.attempt === attempt),
    apart: disagreements.find((one) => one.attempt === attempt) ?? null,
  }
}
const gradedOf = async (person: string, attempt: string) => (await attemptOf(person, attempt)).result

test('two who agree: their points come into the record and the result, once, and the answer leaves the list', async () => {
  const { person, attempt } = await handed()
  expect(await give(first(), attempt, [2, 1])).toBe('waiting')
  expect(await gradedOf(person, attempt)).toMatchObject({ waiting: 1 })
  expect(await give(second(), attempt, [1, 2])).toBe('stored')
  expect(await gradedOf(person, attempt)).toMatchObject({ waiting: 0, score: { earned: 0.75, possible: 2 } })
  const events = (await happen.eventsOf(person)).map(({ payload }) => JSON.parse(payload ?? '{}') as object)
  expect(events.at(-1)).toMatchObject({ item: 'itm-short', earned: 3, possible: 4 })
  for (const by of graders) expect(await listed(by, attempt)).toEqual({ toGrade: false, apart: null })
  expect((await refusal(give(third(), attempt, [0, 0], { settles: 'yes' }))).kind).toBe('not-yours')
})

test('the second sees neither the name nor what the first gave; the list of the first does not show it again', async () => {
  const { attempt } = await handed('看得见。')
  await give(first(), attempt, [2, 2], { remark: '密评' })
  const desk = JSON.stringify(await gradingDesk(second()))
  expect(desk).toContain('看得见。')
  expect(desk).not.toMatch(/密名|密评|T1/)
  expect(await listed(first(), attempt)).toEqual({ toGrade: false, apart: null })
  expect((await gradingDesk(first())).given).toBeGreaterThan(0)
  expect((await refusal(give(first(), attempt, [0, 0]))).kind).toBe('already-done')
  await give(second(), attempt, [2, 2])
})

test('two who disagree see each other’s points; a third who gives a reason settles it', async () => {
  const { person, attempt } = await handed()
  await give(first(), attempt, [2, 2], { remark: '都说到了' })
  expect(await give(second(), attempt, [0, 0])).toBe('disagreed')
  expect(await gradedOf(person, attempt)).toMatchObject({ waiting: 1 })
  for (const by of [first(), second(), third()])
    expect((await listed(by, attempt)).apart?.marks.map(({ total }) => total)).toEqual([4, 0])
  expect((await listed(first(), attempt)).apart?.own).toBe(true)
  // A third whose page was older is told, and nothing of it is kept.
  expect((await refusal(give(third(), attempt, [1, 1]))).kind).toBe('already-done')
  await expect(give(third(), attempt, [1, 0], { settles: 'yes' })).rejects.toThrow(WrongField)
  expect(await give(third(), attempt, [1, 0], { settles: 'yes', remark: '只说到一条' })).toBe('stored')
  expect(await gradedOf(person, attempt)).toMatchObject({ waiting: 0, score: { earned: 0.25 } })
  const rows = await read.select().from(shortAnswerMark).where(eq(shortAnswerMark.attemptId, attempt))
  expect(rows.filter(({ settles }) => settles)).toMatchObject([
    { graderId: third().person.id, remark: '只说到一条' },
  ])
})

test('or one of the two revises his own with a reason, and the earlier points stay in the audit log', async () => {
  const { person, attempt } = await handed()
  expect((await refusal(reviseMark(first(), formOf(attempt, [1, 1])))).kind).toBe('already-done')
  await give(first(), attempt, [2, 2])
  expect((await refusal(reviseMark(first(), formOf(attempt, [1, 1], { remark: '再看' })))).kind).toBe(
    'already-done',
  )
  await give(second(), attempt, [0, 1])
  await expect(reviseMark(first(), formOf(attempt, [0, 1]))).rejects.toThrow(WrongField)
  expect((await refusal(reviseMark(third(), formOf(attempt, [0, 1], { remark: '我来' })))).kind).toBe(
    'already-done',
  )
  expect(await reviseMark(first(), formOf(attempt, [0, 1], { remark: '第一条其实没说' }))).toBe('stored')
  expect(await gradedOf(person, attempt)).toMatchObject({ waiting: 0, score: { earned: 0.25 } })
  const acts = await read.select().from(audit).where(eq(audit.act, 'mark-revised'))
  expect(acts).toMatchObject([
    { actorId: first().person.id, target: 'itm-short', detail: { attempt, before: { r1: 2, r2: 2 } } },
  ])
})

test('nobody grades his own answer, nor one of people of other units', async () => {
  const mine = await handed('我自己写的。', first().person.id)
  expect((await listed(first(), mine.attempt)).toGrade).toBe(false)
  expect((await refusal(give(first(), mine.attempt, [2, 2]))).kind).toBe('not-yours')
  const { attempt } = await handed()
  expect((await gradingDesk(stranger)).toGrade).toEqual([])
  expect((await refusal(give(stranger, attempt, [2, 2]))).kind).toBe('not-yours')
  for (const one of [mine.attempt, attempt]) {
    await give(second(), one, [1, 1])
    await give(third(), one, [1, 1])
  }
})

test('each criterion is given whole points within its own; what is missing is named', async () => {
  const { attempt } = await handed()
  for (const [bad, field] of [
    [{ 'points-r1': '3' }, 'points-r1'],
    [{ 'points-r2': '-1' }, 'points-r2'],
    [{ 'points-r2': '0.5' }, 'points-r2'],
    [{ 'points-r1': '' }, 'points-r1'],
    [{ remark: '字'.repeat(501) }, 'remark'],
  ] as const)
    await expect(give(first(), attempt, [1, 1], bad)).rejects.toMatchObject({ field })
  expect(await read.select().from(shortAnswerMark).where(eq(shortAnswerMark.attemptId, attempt))).toEqual([])
  await give(first(), attempt, [1, 1])
  await give(second(), attempt, [1, 1])
})

test('two at the same moment count as two; a third at that moment settles nothing', async () => {
  const { person, attempt } = await handed()
  const all = await Promise.allSettled(graders.map((by) => give(by, attempt, [2, 0])))
  expect(all.filter(({ status }) => status === 'rejected')).toHaveLength(1)
  expect(await gradedOf(person, attempt)).toMatchObject({ waiting: 0, score: { earned: 0.5 } })
  expect(
    await read.select().from(shortAnswerMark).where(eq(shortAnswerMark.attemptId, attempt)),
  ).toHaveLength(2)
})

test('a process that ended between the second mark and the record: the next look brings it in', async () => {
  const { person, attempt } = await handed()
  await give(first(), attempt, [1, 1])
  const row = { attemptId: attempt, itemId: 'itm-short', personId: person, graderId: second().person.id }
  await write((tx) =>
    tx
      .insert(shortAnswerMark)
      .values({ ...row, points: { r1: 1, r2: 1 }, remark: '', at: '2026-03-10T02:00:00.000Z' }),
  )
  await gradingDesk(third())
  expect(await gradedOf(person, attempt)).toMatchObject({ waiting: 0, score: { earned: 0.5 } })
})

test('an answer to a withdrawn question is not graded any more, and nobody waits for it', async () => {
  const { person, attempt } = await handed()
  expect(await gradedOf(person, attempt)).toMatchObject({ waiting: 1, withdrawn: 0 })
  await retire('itm-short')
  expect((await listed(first(), attempt)).toGrade).toBe(false)
  expect((await refusal(give(first(), attempt, [1, 1]))).kind).toBe('not-yours')
  expect(await gradedOf(person, attempt)).toMatchObject({
    ...{ waiting: 0, withdrawn: 1, score: { earned: 0, possible: 1 } },
  })
})
