// What changes around a test while somebody takes it: the test is withdrawn, a question reworded, the person erased.
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { handIn, handInOverdue } from '#assessment/attempt/hand-in.server.ts'
import { entranceOf, testsOf } from '#assessment/attempt/overview.server.ts'
import { paperOf } from '#assessment/attempt/paper.server.ts'
import { outcomeOf } from '#assessment/attempt/results.server.ts'
import { forgetBank } from '#assessment/bank/bank.server.ts'
import { read, write } from '#db/database.server.ts'
import { assessment, attempt, attemptItem, bankItem } from '#db/schema/assessment.ts'
import { item as itemTable } from '#db/schema/library.ts'
import { theProcess } from '#people/audit.server.ts'
import { erasePerson } from '#people/erase.server.ts'
import { record } from '#record/record.server.ts'
import { verifyChain } from '#record/root.server.ts'
import { addPerson, refusal } from '../../people/house.ts'
import * as happen from '../../record/happenings.ts'
import { addTest, assessmentWorld, attemptOf, begin, Device, itemOf, paper, rowsOf } from './world.ts'

assessmentWorld()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')
beforeAll(async () => void (await addTest(paper)))

test('a test that is withdrawn meanwhile is taken to its end, and not begun by others', async () => {
  await addTest({ ...paper, id: 'asm-leaving' })
  const person = happen.somebody()
  const id = await begin(person, 'asm-leaving')
  await write((tx) =>
    tx.update(assessment).set({ withdrawnAt: clock.iso }).where(eq(assessment.id, 'asm-leaving')),
  )
  expect(await begin(person, 'asm-leaving')).toBe(id)
  expect((await paperOf(person, 'asm-leaving'))?.questions).toHaveLength(8)
  expect((await entranceOf(person, 'asm-leaving'))?.running).toMatchObject({ id })
  await new Device(person, id).answerAll()
  await handIn(person, id)
  expect((await outcomeOf(person, 'asm-leaving'))?.attempt.result.score).toMatchObject({ earned: 8 })
  expect((await refusal(begin(person, 'asm-leaving'))).kind).toBe('closed')
  expect((await testsOf(person)).taken).toHaveLength(1)
})

test('a question that is reworded meanwhile is graded as it was asked', async () => {
  const person = happen.somebody()
  const id = await begin(person)
  const [row] = await rowsOf(id)
  const asked = await itemOf(row!)
  await write(async (tx) => {
    const body = { ...asked, revision: 2, key: 'b', stem: '改过的题' }
    const stored = { id: asked.id, revision: 2, indicator: asked.indicator, lessonId: null, hash: 'h', body }
    await tx.insert(itemTable).values({ ...stored, createdAt: clock.iso })
    await tx.update(bankItem).set({ revision: 2 }).where(eq(bankItem.id, asked.id))
  })
  forgetBank()
  expect((await paperOf(person, paper.id))?.questions[0]?.stem).toBe(asked.stem)
  await new Device(person, id).save(asked.id, [['choice', 'a']])
  await handIn(person, id)
  expect((await rowsOf(id))[0]).toMatchObject({ earned: 1, itemRevision: 1, withdrawn: false })
  const [first] = await happen.eventsOf(person)
  expect(JSON.parse(first?.payload ?? '')).toMatchObject({ item: asked.id, itemRevision: 1, earned: 1 })
})

test('what was practised within half a year is review in a test, and the other way round', async () => {
  const person = happen.somebody()
  const id = await begin(person)
  const [row] = await rowsOf(id)
  const { indicator } = await itemOf(row!)
  const practised = () =>
    record(
      happen.answered({
        person,
        item: row?.itemId ?? '',
        indicator,
        mode: 'practice',
        lesson: null,
        edition: null,
      }),
    )
  await practised()
  clock.advance(60)
  await new Device(person, id).answerAll()
  await handIn(person, id)
  clock.advance(60)
  await practised()
  const evidence = (await happen.derivedOf(person)).evidence as { item: string; body: { kind: string } }[]
  expect(evidence).toHaveLength(8)
  expect(evidence.filter(({ item }) => item === row?.itemId)).toMatchObject([{ body: { kind: 'practice' } }])
})

test('who is erased in the middle leaves nothing, and holds up nobody whose time is over', async () => {
  const [gone, other] = [await addPerson({ number: 'G1' }), happen.somebody()]
  const before = await begin(gone)
  await new Device(gone, before).answerAll()
  await handIn(gone, before)
  const [running, others] = [await begin(gone), await begin(other)]
  await new Device(gone, running).answerAll()
  await erasePerson(gone, theProcess)
  clock.advance(3600)
  await handInOverdue()
  expect((await attemptOf(other, others)).handedBy).toBe('time')
  expect(await read.select().from(attempt).where(eq(attempt.personId, gone))).toEqual([])
  expect(await read.select().from(attemptItem).where(eq(attemptItem.personId, gone))).toEqual([])
  expect((await refusal(new Device(gone, running).save('itm-x', []))).kind).toBe('not-found')
  expect(await verifyChain(gone)).toMatchObject({ length: 9, brokenAt: null })
})
