import { expect, test } from 'vitest'
import { inventAdministrators, inventGrants } from '#demo/accounts.ts'
import { daysOf, demoYear } from '#demo/calendar.ts'
import { buildCounty } from '#demo/county.ts'
import { heldOn, inventPeople } from '#demo/people.ts'
import { checkName, checkNumber } from '#people/roster/newcomer.ts'
import { checkUnitName, kindOf } from '#people/roster/unit.ts'

const year = demoYear('2026-11-22')
const county = buildCounty(0)
const people = inventPeople(county, year)
const admins = inventAdministrators(year)

test('the county has three townships and twelve villages that the roster would take as they are', () => {
  expect(county.townships).toHaveLength(3)
  expect(county.townships.flatMap(({ villages }) => villages)).toHaveLength(12)
  for (const { name, kind } of county.units) expect([checkUnitName(name), kindOf(name)]).toEqual([null, kind])
})

test('about 120 people of eight posts live there, each with a name and number of their own', () => {
  const all = [...people, ...admins]
  expect(all).toHaveLength(120)
  expect(new Set(all.map(({ name }) => name)).size).toBe(120)
  expect(new Set(all.flatMap(({ id, number }) => [id, number])).size).toBe(240)
  expect(new Set(people.flatMap(({ assignments }) => assignments.map(({ post }) => post))).size).toBe(8)
  for (const { name, number } of all) expect([checkName(name), checkNumber(number)]).toEqual([null, null])
})

test('ten hold two posts at once, five changed theirs in the year, two have left', () => {
  expect(people.filter((one) => heldOn(one, year.lastOn).length > 1)).toHaveLength(10)
  const left = people.filter(({ closedOn }) => closedOn !== null)
  expect(left).toHaveLength(2)
  const changed = people.filter(({ assignments }) => assignments.some(({ toOn }) => toOn !== null))
  expect(changed.filter((one) => !left.includes(one))).toHaveLength(5)
})

test('nobody has two main posts on one day, and no village two secretaries', () => {
  for (const on of daysOf(year)) {
    const held = people.flatMap((person) => heldOn(person, on).map((one) => ({ ...one, person: person.id })))
    const mains = held.filter(({ main }) => main).map(({ person }) => person)
    expect(new Set(mains).size).toBe(mains.length)
    const heads = held
      .filter(({ post }) => /^village-/.test(post))
      .map(({ post, unit }) => `${post} ${unit.id}`)
    expect(new Set(heads).size).toBe(heads.length)
  }
})

test('the learner leads party branch and committee at once, and every role of the demo is held by its account', () => {
  const numberOf = new Map([...people, ...admins].map(({ id, number }) => [id, number]))
  const learner = people.find(({ number }) => number === 'learner')
  expect(learner?.assignments.map(({ post, unit }) => `${unit.name} ${post}`)).toEqual([
    '云岭村 village-secretary',
    '云岭村 village-director',
  ])
  const held = inventGrants(county, people, admins).map(
    ({ personId, role, unit }) => `${numberOf.get(personId)} ${role} ${unit.name}`,
  )
  expect(held).toEqual(
    expect.arrayContaining([
      'learner learner 云岭村',
      'trainer trainer 青溪县',
      'reviewer reviewer 青溪县',
      'publisher publisher 青溪县',
      'officer officer 白石镇',
      'officer2 officer 青溪县',
      'reader reader 青溪县',
      'admin system-admin 青溪县',
      'security security-admin 青溪县',
      'audit audit-admin 青溪县',
    ]),
  )
})
