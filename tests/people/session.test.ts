// Whose request it is: changes of person, rights, posts and sessions hold at the very next request.
import { eq } from 'drizzle-orm'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { setClock } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import { write } from '#db/database.server.ts'
import { assignment, grant, person, session } from '#db/schema/people.ts'
import { forgetEverybody, forgetPerson, sessionOf } from '#people/session.server.ts'
import { isAdministrator, requireSession, roles } from '#people/session.ts'
import { signInByForm } from '#people/sign-in.server.ts'
import { freshDatabase } from '../support/database.ts'
import { addUnits, addUser, Browser, cheapHashes, refusal, signInForm } from './house.ts'

freshDatabase()
const password = '清风徐来水波不兴'
const browser = new Browser()
let id = ''

beforeAll(async () => {
  cheapHashes()
  await addUnits({ county: '/county/', east: '/county/east/', west: '/county/west/' })
  id = await addUser({ number: 'A001', name: '李青', password, unit: 'east' })
})
afterEach(() => setClock(() => new Date()))

const signIn = () => signInByForm(null, signInForm('A001', password), browser.visit)
const change = async (job: Parameters<typeof write>[0]) => {
  await write(job)
  forgetPerson(id)
}

test('a session that was looked up once is found in memory', async () => {
  await signIn()
  const first = await sessionOf(browser.cookie)
  expect(await sessionOf(browser.cookie)).toBe(first)
})

test('a role given or taken holds at the next request', async () => {
  const given = {
    personId: id,
    role: 'officer',
    unitId: 'east',
    grantedBy: 'test',
    grantedAt: '2026-01-01T00:00:00.000Z',
  }
  await change((tx) => tx.insert(grant).values(given))
  expect((await sessionOf(browser.cookie))?.grants).toEqual([
    { role: 'officer', unitId: 'east', path: '/county/east/' },
  ])
  await change((tx) => tx.delete(grant).where(eq(grant.personId, id)))
  expect((await sessionOf(browser.cookie))?.grants).toEqual([])
})

test('a role that this version does not know gives no right', async () => {
  const odd = {
    personId: id,
    role: 'emperor',
    unitId: 'east',
    grantedBy: 'test',
    grantedAt: '2026-01-01T00:00:00.000Z',
  }
  await change((tx) => tx.insert(grant).values(odd))
  expect((await sessionOf(browser.cookie))?.grants).toEqual([])
  await change((tx) => tx.delete(grant).where(eq(grant.personId, id)))
})

test('posts begin and end at midnight in Shanghai, without anybody saying so', async () => {
  const weekLong = new Browser()
  await signInByForm(null, signInForm('A001', password, true), weekLong.visit)
  const day = 86_400_000
  const on = dayOf(new Date(Date.now() + 2 * day).toISOString())
  const midnight = Date.parse(`${on}T00:00:00+08:00`)
  const post = {
    id: 'later',
    personId: id,
    unitId: 'west',
    post: 'grid-worker',
    fromOn: on,
    toOn: on,
    main: false,
  }
  await change((tx) => tx.insert(assignment).values(post))
  const pathsAt = async (at: number) => {
    setClock(() => new Date(at))
    return (await sessionOf(weekLong.cookie))?.unitPaths.toSorted()
  }
  expect(await pathsAt(midnight - 1000)).toEqual(['/county/east/'])
  expect(await pathsAt(midnight)).toEqual(['/county/east/', '/county/west/'])
  expect(await pathsAt(midnight + day)).toEqual(['/county/east/'])
})

test('a session ends when its time is over, also in memory', async () => {
  await signIn()
  expect(await sessionOf(browser.cookie)).not.toBeNull()
  setClock(() => new Date(Date.now() + 25 * 3_600_000))
  expect(await sessionOf(browser.cookie)).toBeNull()
})

test('what was read before a change is not kept after it', async () => {
  forgetEverybody()
  const reading = sessionOf(browser.cookie)
  forgetPerson('somebody')
  const first = await reading
  expect(await sessionOf(browser.cookie)).not.toBe(first)
})

test('sessions deleted behind our back are gone once everybody is forgotten, as after restoring a backup', async () => {
  expect(await sessionOf(browser.cookie)).not.toBeNull()
  await write((tx) => tx.delete(session))
  forgetEverybody()
  expect(await sessionOf(browser.cookie)).toBeNull()
})

test('a closed account is out at the next request', async () => {
  await signIn()
  expect(await sessionOf(browser.cookie)).not.toBeNull()
  await change((tx) =>
    tx.update(person).set({ closedAt: '2026-11-01T00:00:00.000Z' }).where(eq(person.id, id)),
  )
  expect(await sessionOf(browser.cookie)).toBeNull()
})

test('a cookie that we did not sign is no session', async () => {
  for (const cookie of [
    undefined,
    null,
    '',
    'lianxue.session_token=',
    'lianxue.session_token=%E0%A4%A',
    'lianxue.session_token=abc',
    'lianxue.session_token=.abc',
    `lianxue.session_token=${'x'.repeat(32)}.${'A'.repeat(43)}=`,
    browser.cookie.replace('lianxue.', 'better-auth.'),
  ]) {
    expect(await sessionOf(cookie)).toBeNull()
  }
})

test('whoever is not signed in is asked to', async () => {
  const asked = async () => requireSession(null)
  expect(await refusal(asked())).toEqual({ kind: 'signed-out', message: '请先登录。', hint: '' })
})

test('the administrators are three', () => {
  expect(roles.filter(isAdministrator)).toEqual(['system-admin', 'security-admin', 'audit-admin'])
})
