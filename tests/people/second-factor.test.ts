// The second factor, from setting it up to losing the phone.
import { beforeAll, expect, test } from 'vitest'
import { answerAuth } from '#people/auth.server.ts'
import {
  beginSecondFactor,
  confirmSecondFactor,
  renewBackupCodes,
  secondFactorOf,
  stopSecondFactor,
} from '#people/second-factor.server.ts'
import { sessionOf } from '#people/session.server.ts'
import { giveSecondFactor, signInByForm } from '#people/sign-in.server.ts'
import { theProcess } from '#people/audit.server.ts'
import { makeSlip, useSlip } from '#people/slip.server.ts'
import { freshDatabase } from '../support/database.ts'
import { authenticatorCode } from '../support/authenticator.ts'
import { addUnits, addUser, Browser, cheapHashes, refusal, signInForm } from './house.ts'

freshDatabase()
const password = '清风徐来水波不兴'
const desk = new Browser()
const phone = new Browser()
let id = ''
let key = ''
let backupCodes: string[] = []

beforeAll(async () => {
  cheapHashes()
  await addUnits({ county: '/county/' })
  id = await addUser({ number: 'admin-1', name: '安全', password, roles: [['security-admin', 'county']] })
})

const enter = (browser: Browser) => signInByForm(null, signInForm('admin-1', password), browser.visit)
const give = (browser: Browser, code: string) => giveSecondFactor(null, { code, back: null }, browser.visit)
const me = (browser: Browser) => sessionOf(browser.cookie)

test('an administrator sets it up with the password, a QR code, and a first code', async () => {
  await enter(phone)
  await enter(desk)
  expect(await secondFactorOf(id)).toBe('off')
  expect(await refusal(beginSecondFactor(await me(desk), { current: 'wrong-one' }, desk.visit))).toEqual({
    kind: 'invalid',
    message: '现在的密码不对。',
    hint: '请再填一次。',
  })
  const begun = await beginSecondFactor(await me(desk), { current: password }, desk.visit)
  expect(begun.uri).toMatch(
    /^otpauth:\/\/totp\/%E5%BB%89%E5%AD%A6:admin-1\?secret=[A-Z2-7]+&issuer=%E5%BB%89%E5%AD%A6$/,
  )
  expect(begun.backupCodes).toHaveLength(10)
  expect(begun.backupCodes.join('')).toMatch(/^[0-9A-HJKMNP-TV-Z-]+$/)
  expect(await secondFactorOf(id)).toBe('begun')
  ;({ key, backupCodes } = begun)
})

test('it is not on before a code proved it', async () => {
  const wrong = await refusal(confirmSecondFactor(await me(desk), { code: '000000' }, desk.visit))
  expect(wrong.message).toBe('验证码不对，或者已经过期。')
  expect(await secondFactorOf(id)).toBe('begun')
  await confirmSecondFactor(await me(desk), { code: ` ${authenticatorCode(key)} ` }, desk.visit)
  expect(await secondFactorOf(id)).toBe('on')
})

test('this browser stays signed in and has given it; other devices, which have not, are signed out', async () => {
  expect((await me(desk))?.secondFactor).toBe(true)
  expect(await me(phone)).toBeNull()
})

test('the password alone is only half a sign-in', async () => {
  expect(
    await signInByForm(null, { ...signInForm('admin-1', password), back: '/admin/people' }, phone.visit),
  ).toEqual({
    next: '/sign-in/second?back=%2Fadmin%2Fpeople',
  })
  expect(await me(phone)).toBeNull()
  expect(phone.cookie).not.toContain('session_token')
  expect(await refusal(give(phone, '000000'))).toMatchObject({ kind: 'invalid' })
  expect(await give(phone, authenticatorCode(key))).toEqual({ next: '/me' })
  expect((await me(phone))?.secondFactor).toBe(true)
})

test('no device is trusted to leave it out next time', async () => {
  const request = async () => {
    const browser = new Browser()
    await enter(browser)
    const body = { code: authenticatorCode(key), trustDevice: true }
    const answer = await answerAuth(
      browser.request('/api/auth/two-factor/verify-totp', body),
      browser.address,
    )
    expect(answer.status).toBe(200)
    expect(answer.headers.getSetCookie().join()).not.toContain('trust')
  }
  await request()
})

test('a backup code works once', async () => {
  const lost = new Browser()
  await enter(lost)
  expect(await give(lost, backupCodes[0]?.toLowerCase().replaceAll('-', ' ') as string)).toEqual({
    next: '/me',
  })
  expect((await me(lost))?.secondFactor).toBe(true)
  await enter(lost)
  expect(await refusal(give(lost, backupCodes[0] as string))).toMatchObject({ kind: 'invalid' })
})

test('new backup codes replace the old', async () => {
  const { backupCodes: fresh } = await renewBackupCodes(await me(desk), { current: password }, desk.visit)
  expect(fresh).toHaveLength(10)
  const browser = new Browser()
  await enter(browser)
  expect(await refusal(give(browser, backupCodes[1] as string))).toMatchObject({ kind: 'invalid' })
  expect(await give(browser, fresh[1] as string)).toEqual({ next: '/me' })
})

test('ten wrong codes lock it, however often the right password is given in between', async () => {
  const guesser = new Browser()
  let wrong = 0
  for (let i = 0; i < 10; i++) {
    await enter(guesser).catch(() => undefined)
    wrong += (await refusal(give(guesser, '111111'))).kind === 'invalid' ? 1 : 0
  }
  expect(wrong).toBe(10)
  await enter(guesser).catch(() => undefined)
  expect((await refusal(give(guesser, authenticatorCode(key)))).kind).toBe('too-many')
})

test('who loses the phone too gets a new link from the server, and sets everything anew', async () => {
  await useSlip(await makeSlip(id, theProcess), password, null, '192.0.2.1')
  expect(await secondFactorOf(id)).toBe('off')
  expect(await me(desk)).toBeNull()
  expect(await enter(desk)).toEqual({ next: '/me' })
  expect((await me(desk))?.secondFactor).toBe(false)
})

test('it can be stopped with the password, and the session then no longer counts as having given it', async () => {
  const begun = await beginSecondFactor(await me(desk), { current: password }, desk.visit)
  await confirmSecondFactor(await me(desk), { code: authenticatorCode(begun.key) }, desk.visit)
  expect((await me(desk))?.secondFactor).toBe(true)
  await stopSecondFactor(await me(desk), { current: password }, desk.visit)
  expect(await secondFactorOf(id)).toBe('off')
  expect((await me(desk))?.secondFactor).toBe(false)
})
