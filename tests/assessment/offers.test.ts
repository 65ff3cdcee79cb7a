// What is on offer to somebody now: practice, and the tests that may be begun, with how likely each item is asked.
import { beforeAll, expect, test } from 'vitest'
import { handIn } from '#assessment/attempt/hand-in.server.ts'
import { offersTo } from '#assessment/offers.server.ts'
import { write } from '#db/database.server.ts'
import { assessment } from '#db/schema/assessment.ts'
import { eq } from 'drizzle-orm'
import * as happen from '../record/happenings.ts'
import {
  adaptive,
  addItems,
  addTest,
  areas,
  assessmentWorld,
  begin,
  order,
  paper,
  plainBank,
  shortAnswer,
} from './attempt/world.ts'

assessmentWorld([
  ...plainBank(),
  order({ id: 'itm-order', indicator: 'openness' }),
  shortAnswer({ id: 'itm-short', indicator: 'openness' }),
])
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')
beforeAll(async () => {
  await addItems(plainBank('itm-sec-'), { secure: true })
  await addTest({ ...paper, attempts: { most: 2, waitDays: 7 } })
  await addTest(adaptive)
  await addTest({ ...paper, id: 'asm-watched', supervised: true, answers: 'none' })
})

const offers = async (person: string, met: string[] = []) => {
  const all = await offersTo(person, new Set(met))
  return { all, tests: all.filter(({ sort }) => sort === 'test').map(({ id }) => id) }
}
const sum = (asks: { chance: number }[]) => asks.reduce((total, { chance }) => total + chance, 0)

test('practice is of the open bank, five at a time, without what people must grade', async () => {
  const { all } = await offers(happen.somebody(), ['itm-openness-easy-1'])
  const practice = all.filter(({ sort }) => sort === 'practice')
  expect(practice.map(({ id }) => id).sort()).toEqual([...areas].sort())
  for (const { asks } of practice) expect(sum(asks)).toBeCloseTo(5, 9)
  const openness = practice.find(({ id }) => id === 'openness')
  expect(openness).toMatchObject({ href: '/practice/openness', title: '练习：公开' })
  expect(openness?.asks.map(({ id }) => id)).not.toContain('itm-short')
  // Six were never met, and so the one that was is not asked.
  expect(openness?.asks.map(({ id }) => id)).not.toContain('itm-openness-easy-1')
  expect(openness?.asks.every(({ kind, id }) => kind === 'practice' && !id.startsWith('itm-sec-'))).toBe(true)
})

test('a test asks as many as its paper has, and an adaptive one as many as it may', async () => {
  const { all, tests } = await offers(happen.somebody())
  expect(tests).toEqual(['asm-adaptive', 'asm-paper'])
  expect(sum(all.find(({ id }) => id === 'asm-paper')?.asks ?? [])).toBeCloseTo(8, 9)
  const { asks = [], minutes, size } = all.find(({ id }) => id === 'asm-adaptive') ?? {}
  expect(sum(asks)).toBeCloseTo(8, 9)
  expect([minutes, size]).toEqual([null, '最多8道题，不限时间'])
  expect(new Set(asks.map(({ kind }) => kind))).toEqual(new Set(['unsupervised-test']))
})

test('a test that runs, rests, was taken often enough or was withdrawn is not on offer', async () => {
  clock.set('2026-04-01T02:00:00.000Z')
  const person = happen.somebody()
  const attempt = await begin(person)
  expect((await offers(person)).tests).toEqual(['asm-adaptive'])
  await handIn(person, attempt)
  expect((await offers(person)).tests).toEqual(['asm-adaptive'])
  clock.advance(7 * 86_400)
  expect((await offers(person)).tests).toContain('asm-paper')
  await begin(person)
  // Its time runs out, and nobody looks.
  clock.advance(8 * 86_400)
  expect((await offers(person)).tests).toEqual(['asm-adaptive'])
  clock.set('2027-01-02T02:00:00.000Z')
  expect((await offers(person)).tests).toContain('asm-paper')
  await write((tx) =>
    tx.update(assessment).set({ withdrawnAt: clock.iso }).where(eq(assessment.id, 'asm-adaptive')),
  )
  expect((await offers(person)).tests).toEqual(['asm-paper'])
})

test('what somebody is being tested on is not to be practised meanwhile', async () => {
  const person = happen.somebody()
  const { all } = await offers(person)
  await begin(person)
  const after = (await offers(person)).all
  const asksOf = (found: typeof all) =>
    found.filter(({ sort }) => sort === 'practice').flatMap(({ asks }) => asks)
  expect(asksOf(after).length).toBe(asksOf(all).length - 8)
})

test('a paper that the bank cannot fill is of no use', async () => {
  await addTest({ ...paper, id: 'asm-short', cells: [{ indicator: 'openness', kind: 'scenario', count: 1 }] })
  const { all } = await offers(happen.somebody())
  expect(all.find(({ id }) => id === 'asm-short')?.asks).toEqual([])
})
