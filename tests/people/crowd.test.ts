// Many sign in while others are written down: nobody is turned away and no acknowledged row is lost.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { closeDatabase, openDatabase, write } from '#db/database.server.ts'
import { feedback } from '#db/schema/people.ts'
import { setSlowHash } from '#people/hash.server.ts'
import { sessionOf } from '#people/session.server.ts'
import { signInByForm, signOut, waitedFor } from '#people/sign-in.server.ts'
import { freshDatabase } from '../support/database.ts'
import { addUser, Browser, signInForm } from './house.ts'

const place = freshDatabase()
const password = '清风徐来水波不兴'

const cheap = (secret: string) => createHash('sha256').update(secret).digest('hex')
/** One in twenty has the real hash. */
setSlowHash({
  hash: (secret) => (made++ % 20 === 0 ? hashPassword(secret) : Promise.resolve(cheap(secret))),
  verify: async (given) =>
    given.hash.includes(':') ? verifyPassword(given) : cheap(given.password) === given.hash,
})
let made = 0

/** Signs in, and waits where it is led to wait. */
async function enter(browser: Browser, number: string): Promise<string> {
  const { next } = await signInByForm(null, signInForm(number, password), browser.visit)
  while (next === '/sign-in/wait') {
    await new Promise((resolve) => setTimeout(resolve, 50))
    const waited = await waitedFor(browser.visit)
    if (!waited) throw new Error('It was forgotten.')
    if ('next' in waited) return waited.next
  }
  return next
}

test('two hundred sign in while others write, and a fresh connection finds every row', async () => {
  for (let i = 0; i < 200; i++) await addUser({ number: `H${i}`, password })
  let writing = true
  let acknowledged = 0
  const at = '2026-11-20T00:00:00.000Z'
  const ingest = async () => {
    while (writing) {
      await write((tx) => tx.insert(feedback).values({ id: v7(), personId: null, page: '/', text: 'x', at }))
      acknowledged++
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  const writers = Array.from({ length: 8 }, ingest)
  const browsers = Array.from({ length: 200 }, (_, i) => new Browser(`198.51.100.${i % 7}`))
  const entered = browsers.map((browser, i) => enter(browser, `H${i}`))
  expect((await Promise.all(entered)).every((next) => next === '/me')).toBe(true)
  for (const browser of browsers.slice(0, 20)) await signOut(null, {}, browser.visit)
  writing = false
  await Promise.all(writers)
  for (const [i, browser] of browsers.entries()) {
    expect((await sessionOf(browser.cookie))?.person.number ?? null).toBe(i < 20 ? null : `H${i}`)
  }
  await closeDatabase()
  const fresh = createClient({ url: `file:${join(place.dataDir, 'lianxue.db')}` })
  const count = async (table: string) =>
    Number((await fresh.execute(`select count(*) from ${table}`)).rows[0]?.[0])
  const counted = { sessions: await count('session'), rows: await count('feedback') }
  fresh.close()
  await openDatabase(place.dataDir)
  expect(acknowledged).toBeGreaterThan(100)
  expect(counted).toEqual({ sessions: 180, rows: acknowledged })
}, 60_000)
