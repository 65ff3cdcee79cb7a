import { expect, test } from 'vitest'
import { demoYear } from '#demo/calendar.ts'
import { buildCounty } from '#demo/county.ts'
import { inventPeople } from '#demo/people.ts'
import { planHomeTests, planSittings } from '#demo/test-plan.ts'
import { writers } from '#demo/written.ts'

const year = demoYear('2026-11-22')
const people = inventPeople(buildCounty(0), year)
const home = planHomeTests(people, year)
const sittings = planSittings(people, year)
const all = [...home, ...sittings.flatMap(({ tests }) => tests)]

test('the same tests are planned every time, each with an id of its own', () => {
  expect(planHomeTests(people, year)).toEqual(home)
  expect(planSittings(people, year)).toEqual(sittings)
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
})

test('some hundred tests are taken, by nobody who had left, and none takes longer than it may', () => {
  expect(all.length).toBeGreaterThan(150)
  for (const { startAt, endAt, person, code } of all) {
    expect(person.closedOn === null || new Date(endAt).toISOString() < person.closedOn).toBe(true)
    expect(endAt - startAt).toBeLessThan((code === null ? 30 : 60) * 60_000)
  }
})

test('the accounts that are printed have taken nothing, but for one test of the learner', () => {
  const printed = all.filter(({ person }) => !/^QX/.test(person.number))
  expect(printed.map(({ person, assessment }) => [person.number, assessment])).toEqual([
    ['learner', 'asm-research'],
  ])
})

test('two sittings were held and closed after the last had handed in; the one of short answers is open', () => {
  const [spring, autumn, written] = sittings
  for (const sitting of [spring, autumn]) {
    const ends = sitting?.tests.map(({ endAt }) => endAt) ?? []
    expect(ends.length).toBeGreaterThan(25)
    expect(sitting?.closeAt).toBeGreaterThan(Math.max(...ends))
  }
  expect(written).toMatchObject({ assessment: 'asm-demo-jianda', closeAt: null })
  expect(written?.tests).toHaveLength(writers)
})
