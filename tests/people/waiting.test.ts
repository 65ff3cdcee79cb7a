// Signing in while hundreds do: whoever has to wait sees the place, and is let in by the browser that asked and no other.
import { beforeAll, expect, test } from 'vitest'
import { setSlowHash } from '#people/hash.server.ts'
import { sessionOf } from '#people/session.server.ts'
import { signInByForm, waitedFor } from '#people/sign-in.server.ts'
import { freshDatabase } from '../support/database.ts'
import { addUser, Browser, refusal, signInForm } from './house.ts'

freshDatabase()
const password = '清风徐来水波不兴'
/** Hashes that are checked when the test says so, in order. */
const held: (() => void)[] = []
setSlowHash({
  hash: async (secret) => secret,
  verify: async ({ hash, password: given }) => {
    await new Promise<void>((go) => held.push(go))
    return hash === given
  },
})
const check = async (count: number) => {
  for (let i = 0; i < count; i++) {
    held.shift()?.()
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

beforeAll(async () => {
  for (let i = 0; i < 8; i++) await addUser({ number: `W${i}`, password })
})

test('those behind see how many are before them, fewer each time, and are in when it is their turn', async () => {
  const browsers = Array.from({ length: 8 }, () => new Browser())
  // The one after the other, so that their order is known.
  const entered: Promise<{ next: string }>[] = []
  for (const [i, browser] of browsers.entries()) {
    const given = i === 6 ? 'not-the-one' : password
    entered.push(signInByForm(null, signInForm(`W${i}`, given), browser.visit))
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  expect((await Promise.all(entered)).map(({ next }) => next)).toEqual(Array(8).fill('/sign-in/wait'))
  const look = (i: number) => waitedFor((browsers[i] as Browser).visit)
  const aheadOf = async (i: number) => ((await look(i)) as { ahead: number }).ahead
  expect([await aheadOf(0), await aheadOf(3), await aheadOf(7)]).toEqual([0, 1, 5])
  await check(3)
  expect(await aheadOf(7)).toBe(2)
  expect(await look(0)).toEqual({ next: '/me' })
  expect((await sessionOf(browsers[0]?.cookie ?? ''))?.person.number).toBe('W0')
  // Fetched once; and another browser never had it.
  expect(await look(0)).toBeNull()
  expect(await waitedFor(new Browser().visit)).toBeNull()
  await check(5)
  expect(await refusal(look(6) as Promise<unknown>)).toMatchObject({
    kind: 'invalid',
    message: '账号或密码不对。',
  })
  expect(await look(6)).toBeNull()
  expect(await look(7)).toEqual({ next: '/me' })
})

test('the word by which a browser fetches it is for the server alone, and cannot be guessed', async () => {
  const browser = new Browser()
  const entering = signInByForm(null, signInForm('W1', password), browser.visit)
  await entering
  const cookie = browser.set.at(-1)
  expect(cookie).toMatchObject({ name: 'lianxue.waiting', options: { httpOnly: true, path: '/sign-in' } })
  expect(cookie?.value).toMatch(/^[\w-]{32}$/)
  await check(1)
})
