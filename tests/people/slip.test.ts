// Slips: once, within a week, by whoever holds the paper, and never for another administrator.
import { afterEach, beforeAll, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import { setClock } from '#clock.server.ts'
import { read, write } from '#db/database.server.ts'
import { account, audit, person, pin, slip } from '#db/schema/people.ts'
import { checkPin } from '#people/account.server.ts'
import { theProcess } from '#people/audit.server.ts'
import { sessionOf } from '#people/session.server.ts'
import { signInByForm } from '#people/sign-in.server.ts'
import { bearerOf, makeSlip, useSlip, useSlipByForm } from '#people/slip.server.ts'
import { slipForm } from '#people/slip.ts'
import { freshDatabase } from '../support/database.ts'
import { addPerson, addUnits, Browser, refusal, signInForm } from './house.ts'

freshDatabase()
const first = '清风徐来水波不兴'
const second = '荷风送香气竹露滴清响'
const here = '192.0.2.1'
let id = ''

beforeAll(async () => {
  await addUnits({ county: '/county/' })
  id = await addPerson({ number: 'A001', name: '李青', unit: 'county' })
})
afterEach(() => setClock(() => new Date()))

const form = (code: string, password: string, pin: string | null = null) => ({
  code,
  password,
  again: password,
  pin,
})

test('a person without a login sets password and PIN with a slip and is signed in', async () => {
  const code = await makeSlip(id, 'boss')
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
  expect((await bearerOf(code, here)).person).toEqual({ id, number: 'A001', name: '李青' })
  const browser = new Browser()
  expect(
    await useSlipByForm(null, form(code.toLowerCase().replaceAll('-', ' '), first, '280416'), browser.visit),
  ).toEqual({ next: '/me' })
  expect((await sessionOf(browser.cookie))?.person.id).toBe(id)
  expect(await signInByForm(null, signInForm('A001', first), new Browser().visit)).toEqual({ next: '/me' })
  expect(await checkPin(id, '280416')).toBe('now')
  expect(await checkPin(id, '280417')).toBe(false)
})

test('password and PIN are kept as slow hashes only, and of the slip only its hash', async () => {
  const code = await makeSlip(id, 'boss')
  const [login] = await read.select().from(account).where(eq(account.userId, id))
  const [kept] = await read.select().from(pin).where(eq(pin.personId, id))
  expect(login?.password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/)
  expect(kept?.hash).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/)
  expect(JSON.stringify(await read.select().from(slip))).not.toContain(code)
})

test('a slip works once, also when it is used twice at the same moment', async () => {
  const code = await makeSlip(id, 'boss')
  const uses = await Promise.allSettled([useSlip(code, second, null, here), useSlip(code, first, null, here)])
  expect(uses.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(await refusal(useSlip(code, second, null, here))).toEqual({
    kind: 'closed',
    message: '这张口令条不对、已经用过，或者过了七天。',
    hint: '请对照口令条再填一次，或请管理员重新打印一张。',
  })
})

test('a slip works for seven days', async () => {
  const code = await makeSlip(id, 'boss')
  const after = (days: number, seconds: number) =>
    setClock(() => new Date(Date.now() + days * 86_400_000 + seconds * 1000))
  after(7, -60)
  expect((await bearerOf(code, here)).code).toBe(code)
  after(7, 60)
  expect(await refusal(bearerOf(code, here))).toMatchObject({ kind: 'closed' })
})

test('a new slip makes the one before it worthless', async () => {
  const lost = await makeSlip(id, 'boss')
  const code = await makeSlip(id, 'boss')
  expect(await refusal(useSlip(lost, first, null, here))).toMatchObject({ kind: 'closed' })
  expect(await useSlip(code, first, null, here)).toEqual({ number: 'A001', administrator: false })
})

test('using a slip ends every session, and the old password is worth nothing', async () => {
  const browser = new Browser()
  await signInByForm(null, signInForm('A001', first), browser.visit)
  await useSlip(await makeSlip(id, 'boss'), second, null, here)
  expect(await sessionOf(browser.cookie)).toBeNull()
  expect(await refusal(signInByForm(null, signInForm('A001', first), browser.visit))).toMatchObject({
    kind: 'invalid',
  })
  expect(await checkPin(id, '280416'), 'a PIN that was not set anew stays').toBe('now')
})

test('a weak password or PIN is refused and uses nothing up', async () => {
  const code = await makeSlip(id, 'boss')
  expect((await refusal(useSlip(code, '12345678', null, here))).message).toBe(
    '这个密码太常见，容易被猜中。请换一个。',
  )
  expect((await refusal(useSlip(code, first, '123456', here))).message).toBe(
    '这个PIN太容易猜中。请不要用重复或连着的数字。',
  )
  expect(await useSlip(code, first, null, here)).toMatchObject({ number: 'A001' })
})

test('an administrator goes on to the second factor', async () => {
  const admin = await addPerson({ number: 'root-1', roles: [['audit-admin', 'county']] })
  const code = await makeSlip(admin, theProcess)
  expect(await useSlipByForm(null, form(code, first), new Browser().visit)).toEqual({
    next: '/account/second-factor',
  })
})

test('no administrator prints a slip for an administrator, so that one cannot become another', async () => {
  const admin = await addPerson({ number: 'root-2', roles: [['security-admin', 'county']] })
  expect(await refusal(makeSlip(admin, id))).toEqual({
    kind: 'not-yours',
    message: '管理员的口令条不能由另一位管理员打印。',
    hint: '请在服务器上运行 npm run admin:create。',
  })
})

test('there is no slip for a closed account, and one printed before is worth nothing', async () => {
  const leaver = await addPerson({ number: 'B002' })
  const code = await makeSlip(leaver, 'boss')
  await write((tx) =>
    tx.update(person).set({ closedAt: '2026-11-01T00:00:00.000Z' }).where(eq(person.id, leaver)),
  )
  expect(await refusal(makeSlip(leaver, 'boss'))).toMatchObject({
    kind: 'closed',
    message: '这个账号已经停用。',
  })
  expect(await refusal(useSlip(code, first, null, here))).toMatchObject({ kind: 'closed' })
  expect(await refusal(makeSlip('nobody', 'boss'))).toMatchObject({ kind: 'not-found' })
})

test('making and using a slip stand in the audit log, without code or name', async () => {
  const lines = await read.select().from(audit).where(eq(audit.target, id))
  expect(new Set(lines.map(({ act }) => act))).toEqual(new Set(['slip-made', 'slip-used']))
  expect(JSON.stringify(lines)).not.toMatch(/李青|A001/)
})

test('the form says what is missing', () => {
  const said = (given: object) => slipForm.safeParse(given).error?.issues.map(({ message }) => message)
  expect(said({ code: null, password: null, again: null, pin: null })).toEqual([
    '请填写口令条上的口令。',
    '请填写新密码。',
    '请把新密码再填一次。',
  ])
  expect(said({ code: 'X', password: first, again: second, pin: null })).toEqual([
    '两次填的密码不一样，请再填一次。',
  ])
})
