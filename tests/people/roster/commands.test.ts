import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { read, write } from '#db/database.server.ts'
import { account, assignment, audit, grant, login, person, session, slip, unit } from '#db/schema/people.ts'
import { setLogin } from '#people/login.server.ts'
import { closeAccount, reopenAccount } from '#people/roster/account.server.ts'
import { addPerson, correctName } from '#people/roster/add-person.server.ts'
import { addUnit } from '#people/roster/add-unit.server.ts'
import { assign, endAssignment } from '#people/roster/assign.server.ts'
import { today } from '#people/roster/find.server.ts'
import { grantRole, revokeRole } from '#people/roster/grant.server.ts'
import { listAudit } from '#people/roster/list-audit.server.ts'
import { printSlips } from '#people/roster/print-slips.server.ts'
import { bearerOf } from '#people/slip.server.ts'
import { freshDatabase } from '../../support/database.ts'
import { plantCounty, plantPerson, posts } from './county.ts'

freshDatabase()

let place: Awaited<ReturnType<typeof plantCounty>>
beforeAll(async () => {
  place = await plantCounty()
})

let count = 0
/** Adds a person to a unit by the county's administrator. */
function newcomer(unitId: string, more: Partial<Parameters<typeof addPerson>[1]> = {}) {
  const number = `QX${String(++count).padStart(4, '0')}`
  const form = {
    number,
    name: '张三',
    unitId,
    post: 'grid-worker',
    fromOn: '2024-01-01',
    main: true,
    ...more,
  }
  return addPerson(place.system, form, posts)
}

const acts = async (target: string) => {
  const rows = await read.select().from(audit).where(eq(audit.target, target)).orderBy(audit.id)
  return rows.map((row) => row.act)
}
const held = (personId: string) =>
  read.select().from(assignment).where(eq(assignment.personId, personId)).orderBy(assignment.fromOn)

test('a new unit stands below its parent, once under each name', async () => {
  const made = await addUnit(place.system, { parentId: place.baishi.id, name: '石门村', kind: 'village' })
  const [row] = await read.select().from(unit).where(eq(unit.id, made.id))
  expect(row).toMatchObject({
    parentId: place.baishi.id,
    path: `${place.baishi.path}${made.id}/`,
    kind: 'village',
  })
  expect(await acts(made.id)).toEqual(['unit-added'])
  const again = addUnit(place.system, { parentId: place.baishi.id, name: '石门村', kind: 'village' })
  await expect(again).rejects.toMatchObject({ field: 'name', message: '白石镇下面已有“石门村”。' })
  await addUnit(place.system, { parentId: place.heshan.id, name: '石门村', kind: 'village' })
})

test('a new person has a first assignment, and no login before the first slip', async () => {
  const { id } = await newcomer(place.yunling.id)
  expect(await held(id)).toMatchObject([
    { unitId: place.yunling.id, post: 'grid-worker', fromOn: '2024-01-01', main: true, toOn: null },
  ])
  expect(await acts(id)).toEqual(['person-added'])
  expect(await read.select().from(login).where(eq(login.id, id))).toEqual([])
})

test('a number in use is refused beside its field, also in other letters', async () => {
  await newcomer(place.yunling.id, { number: 'SAME01' })
  await expect(newcomer(place.heshan.id, { number: 'same01' })).rejects.toMatchObject({
    field: 'number',
    message: '工号same01已有人使用。',
  })
  await expect(newcomer(place.heshan.id, { post: 'emperor' })).rejects.toMatchObject({ field: 'post' })
})

test('a refused command leaves nothing behind, not even a line in the log', async () => {
  const before = await read.$count(audit)
  await expect(newcomer(place.yunling.id, { number: 'SAME01' })).rejects.toThrow()
  expect(await read.$count(audit)).toBe(before)
})

test('an administrator of a township acts there only; the rest of the county does not exist', async () => {
  const here = await newcomer(place.yunling.id)
  const there = await newcomer(place.shuikou.id)
  const admin = place.baishiSystem
  const wanted = { unitId: place.shuikou.id, post: 'grid-worker', fromOn: '2025-01-01', main: false }
  const missing = { kind: 'not-yours', status: 404 }
  const form = { number: 'NEW001', name: '李四', ...wanted, main: true }
  await expect(addPerson(admin, form, posts)).rejects.toMatchObject({
    ...missing,
    message: '没有找到这个单位。',
  })
  await expect(
    addUnit(admin, { parentId: place.county.id, name: '新镇', kind: 'township' }),
  ).rejects.toMatchObject(missing)
  await expect(
    assign(admin, { personId: here.id, ...wanted, endFormer: false }, posts),
  ).rejects.toMatchObject(missing)
  await expect(closeAccount(admin, there.id)).rejects.toMatchObject({
    ...missing,
    message: '没有找到这个人。',
  })
  await expect(correctName(admin, there.id, '李四')).rejects.toMatchObject(missing)
  await expect(printSlips(admin, [here.id, there.id])).rejects.toMatchObject(missing)
  const [theirs] = await held(there.id)
  await expect(endAssignment(admin, { assignmentId: theirs?.id ?? '', toOn: today() })).rejects.toMatchObject(
    missing,
  )
  await expect(endAssignment(admin, { assignmentId: 'nonsense', toOn: today() })).rejects.toMatchObject(
    missing,
  )
  expect(await acts(there.id)).toEqual(['person-added'])
})

test('each of the three administrators can do only his part', async () => {
  const { id } = await newcomer(place.yunling.id)
  const asked = { personId: id, role: 'trainer', over: place.yunling.id } as const
  await expect(grantRole(place.system, asked)).rejects.toMatchObject({ kind: 'not-yours' })
  await expect(revokeRole(place.audit, asked)).rejects.toMatchObject({ kind: 'not-yours' })
  await expect(closeAccount(place.security, id)).rejects.toMatchObject({ kind: 'not-yours' })
  await expect(printSlips(place.audit, [id])).rejects.toMatchObject({ kind: 'not-yours' })
  expect((await listAudit(place.system, { page: 1 })).rows).toEqual([])
})

test('a promotion is a new main post and the end of the old one', async () => {
  const { id } = await newcomer(place.yunling.id)
  const wanted = { unitId: place.baishi.id, post: 'village-secretary', fromOn: '2026-03-01', main: true }
  const clash = assign(place.system, { personId: id, ...wanted, endFormer: false }, posts)
  await expect(clash).rejects.toMatchObject({
    field: 'main',
    message: '从2024-01-01起他的主职是“网格员”，一天只能有一个主职。',
  })
  await assign(place.system, { personId: id, ...wanted, endFormer: true }, posts)
  expect(await held(id)).toMatchObject([{ toOn: '2026-02-28' }, { toOn: null, post: 'village-secretary' }])
  expect(await acts(id)).toEqual(['person-added', 'assignment-ended', 'assignment-added'])
  const again = assign(place.system, { personId: id, ...wanted, endFormer: true }, posts)
  await expect(again).rejects.toMatchObject({ field: 'post', message: '他从2026-03-01起已有这个任职。' })
})

test('an assignment ends on a day, not before it began, and once', async () => {
  const { id } = await newcomer(place.yunling.id)
  const [one] = await held(id)
  const end = (on: string) => endAssignment(place.baishiSystem, { assignmentId: one?.id ?? '', toOn: on })
  await expect(end('2023-12-31')).rejects.toMatchObject({
    field: 'toOn',
    message: '结束日期早于任职日期2024-01-01。',
  })
  await end('2024-06-30')
  expect(await held(id)).toMatchObject([{ toOn: '2024-06-30' }])
  await expect(end('2024-07-31')).rejects.toThrow('这个任职已到2024-06-30止。')
})

test('closing an account ends sessions, assignments, roles and slips at once, and keeps the person', async () => {
  const { id } = await newcomer(place.yunling.id, { main: true })
  const later = { unitId: place.heshan.id, post: 'grid-worker', fromOn: '2099-01-01', main: false }
  await assign(place.system, { personId: id, ...later, endFormer: false }, posts)
  await grantRole(place.security, { personId: id, role: 'trainer', over: place.baishi.id })
  await write((tx) => setLogin(tx, id, `QX${count}`, 'hash'))
  const times = { expiresAt: new Date(), createdAt: new Date(), updatedAt: new Date() }
  await write((tx) => tx.insert(session).values({ id: 's1', token: 't1', userId: id, ...times }))
  const [code] = await printSlips(place.system, [id])
  await closeAccount(place.system, id)
  expect(await read.select().from(session).where(eq(session.userId, id))).toEqual([])
  expect(await read.select().from(account).where(eq(account.userId, id))).toEqual([])
  expect(await read.select().from(grant).where(eq(grant.personId, id))).toEqual([])
  expect(await read.select().from(slip).where(eq(slip.personId, id))).toEqual([])
  expect(await held(id)).toMatchObject([{ fromOn: '2024-01-01', toOn: today() }])
  expect((await read.select().from(person).where(eq(person.id, id)))[0]?.closedAt).toMatch(/Z$/)
  await expect(bearerOf(code?.code ?? '', '10.0.0.1')).rejects.toMatchObject({ kind: 'closed' })
  await expect(closeAccount(place.system, id)).rejects.toThrow('这个账号已经停用。')
  await expect(printSlips(place.system, [id])).rejects.toThrow('张三的账号已停用。')
})

test('who has a side post here is seen here, but his account belongs to the unit of the main post', async () => {
  const { id } = await newcomer(place.shuikou.id)
  await expect(correctName(place.baishiSystem, id, '李四')).rejects.toThrow('没有找到这个人。')
  const side = { unitId: place.yunling.id, post: 'grid-worker', fromOn: '2025-01-01', main: false }
  await assign(place.system, { personId: id, ...side, endFormer: false }, posts)
  const elsewhere = '张三的主职不在你管理的范围。'
  await expect(correctName(place.baishiSystem, id, '李四')).rejects.toThrow(elsewhere)
  await expect(closeAccount(place.baishiSystem, id)).rejects.toThrow(elsewhere)
  await expect(printSlips(place.baishiSystem, [id])).rejects.toThrow(elsewhere)
  const main = { ...side, unitId: place.baishi.id, main: true }
  const move = assign(place.baishiSystem, { personId: id, ...main, endFormer: true }, posts)
  await expect(move).rejects.toMatchObject({ field: 'main' })
})

test('a closed account may be opened again by the administrator of its last unit', async () => {
  const { id } = await newcomer(place.yunling.id)
  await closeAccount(place.baishiSystem, id)
  const wanted = { unitId: place.baishi.id, post: 'grid-worker', fromOn: '2026-03-01', main: false }
  await expect(assign(place.system, { personId: id, ...wanted, endFormer: false }, posts)).rejects.toThrow(
    '这个账号已停用，不能加任职。',
  )
  await reopenAccount(place.baishiSystem, id)
  await expect(reopenAccount(place.baishiSystem, id)).rejects.toThrow('这个账号正在使用，不用恢复。')
  expect(await acts(id)).toEqual(['person-added', 'account-closed', 'account-reopened'])
})

test('an administrator is neither closed nor given a slip by another', async () => {
  const id = place.security.person.id
  const why = '先由安全管理员收回他的管理员角色。'
  await expect(closeAccount(place.system, id)).rejects.toMatchObject({ kind: 'invalid', hint: why })
  await expect(printSlips(place.system, [id])).rejects.toMatchObject({ kind: 'invalid', hint: why })
  await expect(closeAccount(place.system, place.system.person.id)).rejects.toMatchObject({ hint: why })
})

test('a wrong name is put right', async () => {
  const { id } = await newcomer(place.yunling.id)
  await correctName(place.baishiSystem, id, '张珊')
  expect((await read.select().from(person).where(eq(person.id, id)))[0]?.name).toBe('张珊')
})

test('roles are given and taken back by the rules of three administrators', async () => {
  const { id } = await newcomer(place.yunling.id)
  const asked = { personId: id, role: 'trainer', over: place.baishi.id } as const
  await grantRole(place.baishiSecurity, asked)
  await expect(grantRole(place.baishiSecurity, asked)).rejects.toMatchObject({
    field: 'role',
    message: '他在白石镇已有角色“教员”。',
  })
  await expect(grantRole(place.baishiSecurity, { ...asked, over: place.county.id })).rejects.toMatchObject({
    kind: 'not-yours',
  })
  await revokeRole(place.security, asked)
  await expect(revokeRole(place.security, asked)).rejects.toThrow('这个角色已经收回。')
  expect(await acts(id)).toEqual(['person-added', 'role-granted', 'role-revoked'])
  const self = { personId: place.security.person.id, role: 'trainer', over: place.county.id } as const
  await expect(grantRole(place.security, self)).rejects.toMatchObject({ field: 'role' })
  const both = { personId: place.system.person.id, role: 'audit-admin', over: place.county.id } as const
  await expect(grantRole(place.security, both)).rejects.toThrow('他已是系统管理员。')
  const last = { personId: place.audit.person.id, role: 'audit-admin', over: place.county.id } as const
  await expect(revokeRole(place.security, last)).rejects.toThrow('他是这里最后一位审计管理员。')
})

test('a slip carries number, name and the address of the site, and works once until another is printed', async () => {
  const { id } = await newcomer(place.yunling.id)
  const [first] = await printSlips(place.baishiSystem, [id, id])
  expect(first).toMatchObject({ number: `QX${String(count).padStart(4, '0')}`, name: '张三' })
  expect(first?.address).toBe(`http://localhost:4321/slip/${first?.code}`)
  expect((await bearerOf(first?.code ?? '', '10.0.0.2')).person.id).toBe(id)
  const [second] = await printSlips(place.baishiSystem, [id])
  await expect(bearerOf(first?.code ?? '', '10.0.0.2')).rejects.toMatchObject({ kind: 'closed' })
  expect((await bearerOf(second?.code ?? '', '10.0.0.2')).person.id).toBe(id)
  await expect(printSlips(place.system, [])).rejects.toThrow('还没有选人。')
})

test('the audit administrator sees what happened in his units, by whom, when, and what', async () => {
  const auditor = await plantPerson('heshan-audit', ['audit-admin', place.heshan])
  const { id } = await newcomer(place.shuikou.id, { number: 'AUDIT1', name: '王五' })
  await newcomer(place.yunling.id)
  const { rows } = await listAudit(auditor, { page: 1 })
  expect(rows[0]).toMatchObject({
    act: 'person-added',
    actor: 'admin-system的姓名 admin-system',
    target: '王五 AUDIT1',
  })
  const whole = (await listAudit(place.audit, { page: 1 })).rows
  expect(whole.length).toBeGreaterThan(rows.length)
  const found = await listAudit(place.audit, {
    who: 'AUDIT1',
    act: 'person-added',
    fromOn: today(),
    toOn: today(),
    page: 1,
  })
  expect(found.rows.map((row) => row.says)).toEqual(['水口村，grid-worker，主职，从2024-01-01起'])
  expect((await listAudit(place.audit, { toOn: '2020-01-01', page: 1 })).rows).toEqual([])
  expect(JSON.stringify(await read.select().from(audit).where(eq(audit.target, id)))).not.toContain('王五')
})

test('who becomes an administrator cannot be impersonated with a slip that was printed before', async () => {
  const { id } = await newcomer(place.yunling.id)
  await printSlips(place.system, [id])
  const unused = () => read.select().from(slip).where(eq(slip.personId, id))
  await grantRole(place.security, { personId: id, role: 'trainer', over: place.county.id })
  expect(await unused()).toHaveLength(1)
  await grantRole(place.security, { personId: id, role: 'audit-admin', over: place.county.id })
  expect(await unused()).toHaveLength(0)
})
