import { expect, test } from 'vitest'
import { answersFor, homesOf, inScope, placesOf, scopeOf } from '#people/roster/scope.ts'
import type { Role, Session } from '#people/session.ts'

const session = (...grants: [Role, string][]): Session => ({
  ...{
    id: 's',
    person: { id: 'p', number: 'n', name: '张三' },
    unitPaths: [],
    secondFactor: true,
    noticeVersion: null,
  },
  grants: grants.map(([role, path]) => ({ role, unitId: path, path })),
})

test('a scope is the units of one role, and a unit below another adds nothing', () => {
  const who = session(['system-admin', '/c/t1/'], ['system-admin', '/c/t1/v/'], ['trainer', '/c/'])
  expect(scopeOf(who, 'system-admin')).toEqual(['/c/t1/'])
  expect(scopeOf(who, 'audit-admin')).toEqual([])
  expect(inScope(['/c/t1/'], '/c/t1/v/')).toBe(true)
  expect(inScope(['/c/t1/'], '/c/t10/')).toBe(false)
  expect(inScope(['/c/t1/'], '/c/')).toBe(false)
})

test('a person belongs where he works, then where he worked last, then where his roles are', () => {
  const old = { path: '/c/old/', toOn: '2025-01-01', main: true }
  const last = { path: '/c/last/', toOn: '2026-01-01', main: false }
  expect(placesOf([old, last, { path: '/c/now/', toOn: null, main: true }], [], '2026-06-01')).toEqual([
    '/c/now/',
  ])
  expect(placesOf([old, { path: '/c/today/', toOn: '2026-06-01', main: false }], [], '2026-06-01')).toEqual([
    '/c/today/',
  ])
  expect(placesOf([old, last], ['/c/'], '2026-06-01')).toEqual(['/c/last/'])
  expect(placesOf([], ['/c/'], '2026-06-01')).toEqual(['/c/'])
})

test('a person without any place is the business of the root alone', () => {
  expect(answersFor(['/c/'], [])).toBe(true)
  expect(answersFor(['/c/t1/'], [])).toBe(false)
})

test('the account belongs where the main post is, or wherever there is a post if none is main', () => {
  const side = { path: '/c/side/', toOn: null, main: false }
  expect(homesOf([side, { path: '/c/main/', toOn: null, main: true }], [], '2026-06-01')).toEqual([
    '/c/main/',
  ])
  expect(homesOf([side, { path: '/c/main/', toOn: '2026-01-01', main: true }], [], '2026-06-01')).toEqual([
    '/c/side/',
  ])
})
