import { expect, test } from 'vitest'
import { refuseGrant, refuseRevoke } from '#people/roster/check-grant.ts'

const asked = { actorId: 'boss', personId: 'p1', role: 'system-admin', path: '/c/t/' } as const

test('nobody gives a role to himself', () => {
  expect(refuseGrant({ ...asked, personId: 'boss', role: 'trainer' }, [])).toBe(
    '不能给自己授予角色。请另一位安全管理员来办。',
  )
})

test('the three administrators are three people', () => {
  const held = [{ personId: 'p1', role: 'audit-admin', path: '/c/' }] as const
  expect(refuseGrant(asked, [...held])).toBe(
    '他已是审计管理员。三类管理员要由三个人分别担任，请另选一人，或先收回原来的角色。',
  )
  expect(refuseGrant({ ...asked, role: 'trainer' }, [...held])).toBeNull()
  expect(refuseGrant({ ...asked, role: 'audit-admin' }, [...held])).toBeNull()
})

test('the last administrator of a kind stays', () => {
  const only = { personId: 'p1', role: 'system-admin', path: '/c/t/' } as const
  expect(refuseRevoke(asked, [only])).toBe('他是这里最后一位系统管理员。先授予另一个人，再收回他的。')
  expect(refuseRevoke(asked, [only, { ...only, personId: 'p2' }])).toBeNull()
  expect(refuseRevoke(asked, [only, { ...only, personId: 'p2', path: '/c/' }])).toBeNull()
  expect(refuseRevoke(asked, [only, { ...only, personId: 'p2', path: '/c/t/v/' }])).not.toBeNull()
  expect(refuseRevoke(asked, [only, { ...only, path: '/c/' }])).toBeNull()
  expect(refuseRevoke({ ...asked, role: 'trainer' }, [])).toBeNull()
})
