// The table put to use: who asks, about whom, with the real database.
import { afterEach, beforeAll, expect, test } from 'vitest'
import { setClock } from '#clock.server.ts'
import { write } from '#db/database.server.ts'
import { assignment } from '#db/schema/people.ts'
import { settings, useSettings } from '#env.ts'
import { house, knownAt, refusalOf, verdictOf } from '#people/door.server.ts'
import { noticeInForce, noticeVersion } from '#people/notice.ts'
import { needOf, type Place, type Verdict } from '#people/permission.ts'
import type { Role, Session } from '#people/session.ts'
import { freshDatabase } from '../support/database.ts'
import { addPerson, addUnits } from './house.ts'

freshDatabase()
const before = settings
let learner = ''

beforeAll(async () => {
  await addUnits({
    county: '/county/',
    east: '/county/east/',
    village: '/county/east/village/',
    west: '/county/west/',
  })
  learner = await addPerson({ number: 'A001', unit: 'village' })
  const former = {
    id: 'former',
    personId: learner,
    unitId: 'west',
    post: 'grid-worker',
    fromOn: '2025-01-01',
    toOn: '2025-12-31',
    main: true,
  }
  await write((tx) => tx.insert(assignment).values(former))
})
afterEach(() => {
  setClock(() => new Date())
  useSettings(before)
})

const officerOver = (path: string, role: Role = 'officer'): Session => ({
  id: 'x',
  person: { id: 'me', number: 'B001', name: '王和' },
  grants: [{ role, unitId: path, path }],
  unitPaths: [],
  secondFactor: false,
  noticeVersion,
})

const at = (path: string) => verdictOf(officerOver(path), needOf('GET', `/people/${learner}`) as Place)

test('an officer opens the page of who holds a post in his units today', async () => {
  expect(await at('/county/')).toBe('open')
  expect(await at('/county/east/')).toBe('open')
  expect(await at('/county/east/village/')).toBe('open')
  expect(await at('/county/west/')).toBe('hidden')
})

test('with the post goes the sight: the former unit saw him until the day he left', async () => {
  setClock(() => new Date('2025-12-31T15:59:59.000Z'))
  expect(await at('/county/west/')).toBe('open')
  expect(await at('/county/east/')).toBe('hidden')
  setClock(() => new Date('2025-12-31T16:00:00.000Z'))
  expect(await at('/county/west/')).toBe('hidden')
})

test('nobody sees a person who does not exist, and both answers are the same', async () => {
  const place = needOf('GET', '/people/nobody') as Place
  expect(await verdictOf(officerOver('/county/'), place)).toBe('hidden')
})

test('a unit in the address decides by its path', async () => {
  const place = (unit: string): Place => ({ pattern: '/units/[id]', need: 'officer', unit })
  expect(await verdictOf(officerOver('/county/east/'), place('village'))).toBe('open')
  expect(await verdictOf(officerOver('/county/east/'), place('west'))).toBe('hidden')
  expect(await verdictOf(officerOver('/county/east/'), place('nowhere'))).toBe('hidden')
})

test('an administrator opens in the roster whom he answers for, those who left included', async () => {
  const admin = (path: string) => ({ ...officerOver(path, 'system-admin'), secondFactor: true })
  const place = (id: string) => needOf('GET', `/admin/people/${id}`) as Place
  expect(await verdictOf(admin('/county/east/'), place(learner))).toBe('open')
  expect(await verdictOf(admin('/county/west/'), place(learner))).toBe('hidden')
  const gone = await addPerson({ number: 'C001' })
  const left = {
    personId: gone,
    unitId: 'west',
    post: 'grid-worker',
    fromOn: '2025-01-01',
    toOn: '2025-12-31',
    main: true,
  }
  await write((tx) => tx.insert(assignment).values({ id: 'left', ...left }))
  expect(await verdictOf(admin('/county/west/'), place(gone))).toBe('open')
  const nobodys = await addPerson({ number: 'C002' })
  expect(await verdictOf(admin('/county/'), place(nobodys))).toBe('open')
  expect(await verdictOf(admin('/county/west/'), place(nobodys))).toBe('hidden')
})

test('the demo asks no second factor of its administrators', async () => {
  const place = needOf('GET', '/admin/people') as Place
  expect(await verdictOf(officerOver('/county/', 'system-admin'), place)).toBe('second-factor-missing')
  useSettings({ ...before, demo: true })
  expect(house().demo).toBe(true)
  expect(await verdictOf(officerOver('/county/', 'system-admin'), place)).toBe('open')
})

test('before the notice is read a person is a visitor like any other, where visitors are let in', () => {
  const places = (...needs: Place['need'][]) => needs.map((need) => ({ pattern: '/', need }))
  const known = officerOver('/county/')
  const newcomer = { ...known, noticeVersion: null }
  expect(knownAt(places('anyone', 'visitor'), newcomer)).toBeNull()
  expect(knownAt(places('anyone', 'visitor'), known)).toBe(known)
  expect(knownAt(places('newcomer'), newcomer)).toBe(newcomer)
  expect(knownAt(places('visitor', 'newcomer'), newcomer)).toBe(newcomer)
  expect(knownAt(places('visitor'), null)).toBeNull()
})

test('each verdict is said in words, with what to do', () => {
  const said = (verdict: Verdict) => {
    const refusal = refusalOf(verdict)
    return refusal && [refusal.status, `${refusal.message}${refusal.hint}`]
  }
  expect(said('open')).toBeNull()
  expect(said('signed-out')).toEqual([401, '还没有登录，或登录已经过期。请重新登录，再做一次。'])
  expect(said('notice-unread')).toEqual([410, '还没有看过个人信息说明。请先打开“我的”，看一看说明。'])
  expect(said('second-factor-missing')).toEqual([
    410,
    '管理员要先设好第二道验证。请到“账号”里设置，再重新登录。',
  ])
  expect(said('hidden')).toEqual([404, '没有这个页面。请检查网址，或从首页进入。'])
})

test('where records begin to go to another system, whoever had read the notice is asked to read it again', async () => {
  const xapi = {
    endpoint: 'https://lrs.example.gov.cn/xapi',
    user: 'a',
    password: 'b',
    recipient: '市委组织部',
  }
  useSettings({ ...before, xapi })
  expect(await at('/county/')).toBe('notice-unread')
  const again = { ...officerOver('/county/'), noticeVersion: noticeInForce() }
  expect(await verdictOf(again, needOf('GET', `/people/${learner}`) as Place)).toBe('open')
  useSettings({ ...before, xapi: { ...xapi, endpoint: 'https://other.example.gov.cn/xapi' } })
  expect(await verdictOf(again, needOf('GET', `/people/${learner}`) as Place)).toBe('notice-unread')
})
