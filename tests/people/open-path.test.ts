// Which of better-auth's addresses exist here.
import { beforeAll, expect, test } from 'vitest'
import { answerAuth } from '#people/auth.server.ts'
import { isOpenAuthPath } from '#people/open-path.ts'
import { sessionOf, tokenOf } from '#people/session.server.ts'
import { signInByForm } from '#people/sign-in.server.ts'
import { freshDatabase } from '../support/database.ts'
import { addUser, Browser, cheapHashes, signInForm } from './house.ts'

freshDatabase()
const password = '清风徐来水波不兴'
const browser = new Browser()

beforeAll(async () => {
  cheapHashes()
  await addUser({ number: 'A001', name: '李青', password })
  await signInByForm(null, signInForm('A001', password), browser.visit)
})

const ask = (path: string, body?: unknown, headers = {}) =>
  answerAuth(browser.request(path, body, headers), '192.0.2.1')

const closed = [
  'sign-up/email',
  'sign-in/email',
  'sign-in/social',
  'callback/google',
  'update-user',
  'update-session',
  'delete-user',
  'delete-user/callback',
  'change-email',
  'set-password',
  'verify-password',
  'request-password-reset',
  'reset-password',
  'reset-password/token',
  'send-verification-email',
  'verify-email',
  'list-sessions',
  'revoke-session',
  'revoke-sessions',
  'revoke-other-sessions',
  'link-social',
  'list-accounts',
  'unlink-account',
  'refresh-token',
  'get-access-token',
  'account-info',
  'is-username-available',
  'two-factor/send-otp',
  'two-factor/verify-otp',
  'two-factor/view-backup-codes',
  'two-factor/generate-totp',
  'device/code',
  'device/token',
  'ok',
  'error',
  '',
  'get-session/',
  'Get-Session',
  'sign-in/../update-user',
  'sign-out/x',
  'sign-in%2fusername',
  '/get-session',
]

test.each(closed)('/api/auth/%s does not exist, signed in or not', async (path) => {
  for (const asking of [browser, new Browser()]) {
    for (const body of [
      undefined,
      { name: '别人', email: 'a@example.com', password, newPassword: password },
    ]) {
      const answer = await answerAuth(asking.request(`/api/auth/${path}`, body), '192.0.2.1')
      expect(answer.status).toBe(404)
      expect(await answer.text()).toBe('')
    }
  }
})

test('every address that better-auth has is open on purpose or closed', async () => {
  const { auth } = await import('#people/auth.server.ts')
  const paths = Object.values(auth().api).map((endpoint) => (endpoint as { path?: string }).path)
  const open = paths.filter((path) => path && isOpenAuthPath(`/api/auth${path}`)).sort()
  expect(open).toEqual([
    '/change-password',
    '/get-session',
    '/sign-in/username',
    '/sign-out',
    '/two-factor/disable',
    '/two-factor/enable',
    '/two-factor/generate-backup-codes',
    '/two-factor/get-totp-uri',
    '/two-factor/verify-backup-code',
    '/two-factor/verify-totp',
  ])
})

test('a learner cannot rename himself', async () => {
  expect((await ask('/api/auth/update-user', { name: '县长' })).status).toBe(404)
  expect((await sessionOf(browser.cookie))?.person.name).toBe('李青')
})

test('a token in a header is no session', async () => {
  const token = tokenOf(browser.cookie) as string
  const bare = new Browser().request('/api/auth/get-session', undefined, { authorization: `Bearer ${token}` })
  expect(await (await answerAuth(bare, '192.0.2.1')).json()).toBeNull()
  expect(await sessionOf(`lianxue.session_token=${token}`)).toBeNull()
  expect(await sessionOf(`lianxue.session_token=${token}.${'A'.repeat(43)}=`)).toBeNull()
})

test('no answer tells a script the session token', async () => {
  const token = tokenOf(browser.cookie) as string
  const session = await (await ask('/api/auth/get-session')).text()
  expect(session).toContain('"userId"')
  expect(session).not.toContain(token)
  const signedIn = await ask('/api/auth/sign-in/username', { username: 'a001', password })
  expect(signedIn.status).toBe(200)
  expect(signedIn.headers.getSetCookie().join()).toMatch(/lianxue\.session_token=.+; HttpOnly; SameSite=Lax/)
  const set = decodeURIComponent(signedIn.headers.getSetCookie()[0]?.split(/[=;]/)[1] ?? '')
  expect(await signedIn.text()).not.toContain(set.slice(0, set.lastIndexOf('.')))
})

test('a password changed by /api/auth is held to the same rules, and signs other devices out', async () => {
  const other = new Browser()
  await signInByForm(null, signInForm('A001', password), other.visit)
  const weak = await ask('/api/auth/change-password', { currentPassword: password, newPassword: 'a001a001' })
  expect(weak.status).toBe(400)
  expect(await weak.text()).toContain('密码里不要写自己的账号')
  const changed = await ask('/api/auth/change-password', {
    currentPassword: password,
    newPassword: '荷风送香气' + '竹露',
  })
  expect(changed.status).toBe(400)
  const good = await ask('/api/auth/change-password', {
    currentPassword: password,
    newPassword: '荷风送香气竹露滴清响',
  })
  expect(good.status).toBe(200)
  expect(await sessionOf(other.cookie)).toBeNull()
})
