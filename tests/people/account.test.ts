// What people change about their own sign-in.
import { afterEach, beforeAll, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import { read, write } from '#db/database.server.ts'
import { limit, person } from '#db/schema/people.ts'
import { acceptNotice, changePassword, checkPin, setPin } from '#people/account.server.ts'
import { changePasswordForm } from '#people/account.ts'
import { noticeVersion } from '#people/notice.ts'
import { sessionOf } from '#people/session.server.ts'
import { signInByForm } from '#people/sign-in.server.ts'
import { freshDatabase } from '../support/database.ts'
import { addUser, Browser, cheapHashes, refusal, signInForm } from './house.ts'

freshDatabase()
const old = '清风徐来水波不兴'
const fresh = '荷风送香气竹露滴清响'
const browser = new Browser()
let id = ''

beforeAll(async () => {
  cheapHashes()
  id = await addUser({ number: 'A0280416', password: old })
  await signInByForm(null, signInForm('A0280416', old), browser.visit)
})
afterEach(() => write((tx) => tx.delete(limit)))

const me = () => sessionOf(browser.cookie)
const form = (current: string, password: string) => ({ current, password, again: password })

test('a password is changed with the present one; this device stays, the others are out', async () => {
  const other = new Browser()
  await signInByForm(null, signInForm('A0280416', old), other.visit)
  const wrong = await refusal(changePassword(await me(), form('not-this-one', fresh), browser.visit))
  expect(wrong).toMatchObject({ kind: 'invalid', message: '现在的密码不对。' })
  expect(await changePassword(await me(), form(old, fresh), browser.visit)).toEqual({ changed: 'password' })
  expect((await me())?.person.id).toBe(id)
  expect(await sessionOf(other.cookie)).toBeNull()
  expect(await refusal(signInByForm(null, signInForm('A0280416', old), other.visit))).toMatchObject({
    kind: 'invalid',
  })
  expect(await signInByForm(null, signInForm('A0280416', fresh), other.visit)).toEqual({ next: '/me' })
})

test('a weak new password is refused with what is wrong with it', async () => {
  const said = async (password: string) =>
    (await refusal(changePassword(await me(), form(fresh, password), browser.visit))).message
  expect(await said('xA0280416x')).toBe('密码里不要写自己的账号，别人最先试的就是它。请换一个。')
  expect(await said('88888888')).toBe('这个密码太常见，容易被猜中。请换一个。')
})

test('guessing the password of an open session is limited like signing in', async () => {
  for (let i = 0; i < 10; i++)
    await refusal(changePassword(await me(), form(`wrong-${i}`, old), browser.visit))
  expect(await refusal(changePassword(await me(), form(fresh, old), browser.visit))).toMatchObject({
    kind: 'too-many',
  })
  expect(await refusal(setPin(await me(), { pin: '937164', proof: fresh }))).toMatchObject({
    kind: 'too-many',
  })
})

test('a PIN is set with the password and is nobody else to know', async () => {
  expect(await checkPin(id, '937164')).toBe(false)
  expect(await refusal(setPin(await me(), { pin: '937164', proof: 'not-this-one' }))).toMatchObject({
    kind: 'invalid',
  })
  expect((await refusal(setPin(await me(), { pin: '280416', proof: fresh }))).message).toBe(
    'PIN不要用账号的末六位。请换一个。',
  )
  expect(await setPin(await me(), { pin: '937164', proof: fresh })).toEqual({ changed: 'pin' })
  expect(await checkPin(id, '937164')).toBe('now')
})

test('having read the notice is kept with version and time, and holds at the next request', async () => {
  expect((await me())?.noticeVersion).toBeNull()
  expect(await refusal(acceptNotice(await me(), { version: '1999-01', back: null }))).toMatchObject({
    message: '个人信息说明刚刚有了新版本。',
  })
  expect(await acceptNotice(await me(), { version: noticeVersion, back: '/me/record' })).toEqual({
    next: '/me/record',
  })
  expect((await me())?.noticeVersion).toBe(noticeVersion)
  const [kept] = await read.select().from(person).where(eq(person.id, id))
  expect(kept?.noticeAt).toMatch(/Z$/)
})

test('two different new passwords are noticed before anything is changed', () => {
  const parsed = changePasswordForm.safeParse({ current: old, password: fresh, again: old })
  expect(parsed.error?.issues).toMatchObject([
    { path: ['again'], message: '两次填的新密码不一样，请再填一次。' },
  ])
})
