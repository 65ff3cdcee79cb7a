import { beforeAll, expect, test } from 'vitest'
import { read, write } from '#db/database.server.ts'
import { setLogin } from '#people/login.server.ts'
import { closeAccount } from '#people/roster/account.server.ts'
import { addPerson } from '#people/roster/add-person.server.ts'
import { assign } from '#people/roster/assign.server.ts'
import { countPeople, listPeople } from '#people/roster/people.server.ts'
import { printSlips } from '#people/roster/print-slips.server.ts'
import { scopeOf } from '#people/roster/scope.ts'
import { listUnits } from '#people/roster/units.server.ts'
import { freshDatabase } from '../../support/database.ts'
import { plantCounty, posts } from './county.ts'

freshDatabase()

let place: Awaited<ReturnType<typeof plantCounty>>
const ids: Record<string, string> = {}

beforeAll(async () => {
  place = await plantCounty()
  const people = [
    ['B001', '王春梅', place.yunling],
    ['B002', '李_强', place.yunling],
    ['H001', '王建国', place.shuikou],
  ] as const
  for (const [number, name, { id: unitId }] of people) {
    const form = { number, name, unitId, post: 'grid-worker', fromOn: '2024-01-01', main: true }
    ids[number] = (await addPerson(place.system, form, posts)).id
  }
  const wanted = { unitId: place.baishi.id, post: 'village-director', fromOn: '2025-01-01', main: false }
  await assign(place.system, { personId: ids['H001'] ?? '', ...wanted, endFormer: false }, posts)
})

const numbers = async (admin: typeof place.system, filter: Partial<Parameters<typeof listPeople>[1]> = {}) =>
  (await listPeople(admin, { page: 1, ...filter })).people.map((one) => one.number)

test('the county sees everybody, a township those who work there', async () => {
  expect(await numbers(place.system)).toEqual([
    'B001',
    'B002',
    'H001',
    'admin-audit',
    'admin-security',
    'admin-system',
    'baishi-security',
    'baishi-system',
  ])
  expect(await numbers(place.baishiSystem)).toEqual([
    'B001',
    'B002',
    'H001',
    'baishi-security',
    'baishi-system',
  ])
  expect(await countPeople(place.baishiSystem)).toBe(5)
  expect(await numbers(place.audit)).toEqual([])
})

test('people are found by part of a name or number, and by unit with all below', async () => {
  expect(await numbers(place.system, { search: '王' })).toEqual(['B001', 'H001'])
  expect(await numbers(place.system, { search: 'b00' })).toEqual(['B001', 'B002'])
  expect(await numbers(place.system, { search: '_' })).toEqual(['B002'])
  expect(await numbers(place.system, { search: '%' })).toEqual([])
  expect(await numbers(place.system, { unitPath: place.heshan.path })).toEqual(['H001'])
  expect(await numbers(place.system, { unitPath: place.baishi.path, search: '王' })).toEqual(['B001', 'H001'])
  expect(await numbers(place.baishiSystem, { unitPath: place.heshan.path })).toEqual(['H001'])
})

test('posts stand main one first', async () => {
  const { people } = await listPeople(place.system, { page: 1, search: 'H001' })
  expect(people[0]?.posts).toEqual([
    { unit: '水口村', post: 'grid-worker', main: true },
    { unit: '白石镇', post: 'village-director', main: false },
  ])
})

test('the list says whose account was never used, is open, is closed, and how the last slip stands', async () => {
  await write((tx) => setLogin(tx, ids['B001'] ?? '', 'B001', 'hash'))
  await printSlips(place.system, [ids['B002'] ?? ''])
  const { people } = await listPeople(place.system, { page: 1, search: 'B00' })
  expect(people).toMatchObject([
    { number: 'B001', state: 'open', slip: null },
    { number: 'B002', state: 'unused', slip: { state: 'waiting' } },
  ])
  await closeAccount(place.system, ids['B002'] ?? '')
  expect(await numbers(place.system, { state: 'closed' })).toEqual(['B002'])
  expect(await numbers(place.system, { state: 'open' })).toEqual(['B001'])
  expect(await numbers(place.baishiSystem, { state: 'unused', search: 'H00' })).toEqual(['H001'])
})

test('the tree shows a township its own units and the way up to the root', async () => {
  const tree = await listUnits(read, scopeOf(place.baishiSystem, 'system-admin'))
  expect(tree.map((one) => [one.names, one.depth, one.mine])).toEqual([
    ['青溪县', 0, false],
    ['青溪县/白石镇', 1, true],
    ['青溪县/白石镇/云岭村', 2, true],
  ])
  expect(await listUnits(read, [])).toEqual([])
})
