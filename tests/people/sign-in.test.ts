// Signing in, with the real database and the real password hash.
import { eq } from 'drizzle-orm'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { write } from '#db/database.server.ts'
import { person } from '#db/schema/people.ts'
import { settings, useSettings } from '#env.ts'
import { forgetPerson, sessionOf } from '#people/session.server.ts'
import { signInByForm, signOut } from '#people/sign-in.server.ts'
import { freshDatabase } from '../support/database.ts'
import { addUnits, addUser, Browser, refusal, signInForm } from './house.ts'

freshDatabase()
const password = '清风徐来水波不兴'
const before = settings
let id = ''

beforeAll(async () => {
  await addUnits({ county: '/county/', village: '/county/village/' })
  id = await addUser({
    number: 'A001',
    name: '李青',
    password,
    unit: 'village',
    roles: [['officer', 'county']],
  })
})
afterEach(() => void useSettings(before))

const enter = (browser: Browser, number = 'A001', given = password, remember = false) =>
  signInByForm(null, signInForm(number, given, remember), browser.visit)

test('a person signs in with number and password, and is who they are', async () => {
  const browser = new Browser()
  expect(await enter(browser, ' Ａ００1')).toEqual({ next: '/me' })
  expect(await sessionOf(browser.cookie)).toMatchObject({
    person: { id, number: 'A001', name: '李青' },
    grants: [{ role: 'officer', unitId: 'county', path: '/county/' }],
    unitPaths: ['/county/village/'],
    secondFactor: false,
    noticeVersion: null,
  })
})

test('after signing in a person returns to where they came from, if it is on this site', async () => {
  const back = (path: string) =>
    signInByForm(null, { ...signInForm('A001', password), back: path }, new Browser().visit)
  expect(await back('/courses/jiafeng?page=2')).toEqual({ next: '/courses/jiafeng?page=2' })
  expect(await back('//evil.example/')).toEqual({ next: '/me' })
})

test('an unknown number and a wrong password are told the same', async () => {
  const wrong = await refusal(enter(new Browser(), 'A001', 'not-the-one'))
  const unknown = await refusal(enter(new Browser(), 'nobody', 'not-the-one'))
  const odd = await refusal(enter(new Browser(), '没有\u0000这个', 'not-the-one'))
  expect(unknown).toEqual(wrong)
  expect(odd).toEqual(wrong)
  expect(wrong).toEqual({
    kind: 'invalid',
    message: '账号或密码不对。',
    hint: '请再试一次；忘了密码，请管理员打印一张口令条。',
  })
})

test('after signing out the copied cookie is worth nothing', async () => {
  const browser = new Browser()
  await enter(browser)
  const copied = browser.cookie
  expect(await sessionOf(copied)).not.toBeNull()
  expect(await signOut(null, {}, browser.visit)).toEqual({ next: '/' })
  expect(await sessionOf(copied)).toBeNull()
  expect(browser.cookie).toBe('')
})

test('the cookie is out of reach of scripts and of other sites, and goes by https only where the site does', async () => {
  const plain = new Browser()
  await enter(plain)
  const [cookie] = plain.set.filter(({ name }) => name === 'lianxue.session_token')
  expect(cookie?.options).toMatchObject({ httpOnly: true, sameSite: 'lax', secure: false, path: '/' })
  useSettings({ ...before, origin: 'https://lianxue.example.gov.cn' })
  const safe = new Browser()
  await enter(safe)
  const [secured] = safe.set.filter(({ name }) => name === '__Secure-lianxue.session_token')
  expect(secured?.options).toMatchObject({ httpOnly: true, sameSite: 'lax', secure: true, path: '/' })
  expect(await sessionOf(safe.cookie)).not.toBeNull()
})

test('a session ends with the browser, unless the person chose to stay for a week', async () => {
  const lifeOf = async (remember: boolean) => {
    const browser = new Browser()
    await enter(browser, 'A001', password, remember)
    return browser.set.find(({ name }) => name.endsWith('session_token'))?.options['maxAge']
  }
  expect(await lifeOf(false)).toBeUndefined()
  expect(await lifeOf(true)).toBe(7 * 24 * 3600)
})

test('a closed account cannot sign in, and its sessions are over', async () => {
  const browser = new Browser()
  await enter(browser)
  await write((tx) =>
    tx.update(person).set({ closedAt: '2026-11-01T00:00:00.000Z' }).where(eq(person.id, id)),
  )
  forgetPerson(id)
  expect(await sessionOf(browser.cookie)).toBeNull()
  expect(await refusal(enter(new Browser()))).toMatchObject({ kind: 'invalid', message: '账号或密码不对。' })
})
