// How often one may try to sign in: enough for every honest mistake and for a whole hall, too little to guess.
import { afterEach, beforeAll, expect, test } from 'vitest'
import { setClock } from '#clock.server.ts'
import { closeDatabase, openDatabase, read, write } from '#db/database.server.ts'
import { limit } from '#db/schema/people.ts'
import { answerAuth } from '#people/auth.server.ts'
import { perAddress } from '#people/limit.server.ts'
import { signInByForm } from '#people/sign-in.server.ts'
import { makeSlip, useSlip } from '#people/slip.server.ts'
import { freshDatabase } from '../support/database.ts'
import { addUser, Browser, cheapHashes, refusal, signInForm } from './house.ts'

const place = freshDatabase()
const password = '清风徐来水波不兴'
let id = ''

beforeAll(async () => {
  cheapHashes()
  id = await addUser({ number: 'A001', password })
})
afterEach(async () => {
  setClock(() => new Date())
  await write((tx) => tx.delete(limit))
})

const enter = (browser: Browser, number = 'A001', given = password) =>
  signInByForm(null, signInForm(number, given), browser.visit)

const lock = async () => {
  for (let i = 0; i < 10; i++) await refusal(enter(new Browser(), 'A001', `wrong-${i}`))
}

test('after ten wrong passwords nobody gets in for a quarter of an hour, and is told when and what helps', async () => {
  const start = new Date('2026-11-20T06:20:00.000Z')
  setClock(() => start)
  await lock()
  expect(await refusal(enter(new Browser()))).toEqual({
    kind: 'too-many',
    message: '密码错了太多次。',
    hint: '请在14:35以后再试。着急的话，请管理员打印一张口令条，用它重新设置后马上就能登录。',
  })
  setClock(() => new Date(start.getTime() + 15 * 60_000))
  expect(await enter(new Browser())).toEqual({ next: '/me' })
})

test('a number that nobody has is locked in the same way, so a lock tells nothing', async () => {
  for (let i = 0; i < 10; i++) await refusal(enter(new Browser(), 'ghost', `wrong-${i}`))
  expect(await refusal(enter(new Browser(), 'ghost'))).toMatchObject({ kind: 'too-many' })
})

test('twenty guesses at the same moment are not more than ten', async () => {
  const guesses = Array.from({ length: 20 }, (_, i) => refusal(enter(new Browser(), 'A001', `wrong-${i}`)))
  const kinds = (await Promise.all(guesses)).map(({ kind }) => kind)
  expect(kinds.filter((kind) => kind === 'invalid')).toHaveLength(10)
  expect(kinds.filter((kind) => kind === 'too-many')).toHaveLength(10)
})

test('who gets it right has used up nothing', async () => {
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 9; i++) await refusal(enter(new Browser(), 'A001', `wrong-${i}`))
    expect(await enter(new Browser())).toEqual({ next: '/me' })
  }
})

test('a lock outlives a restart', async () => {
  await lock()
  await closeDatabase()
  await openDatabase(place.dataDir)
  expect(await refusal(enter(new Browser()))).toMatchObject({ kind: 'too-many' })
})

test('a slip opens a locked account at once', async () => {
  await lock()
  await useSlip(await makeSlip(id, 'test'), '荷风送香气竹露滴清响', null, '192.0.2.7')
  expect(await enter(new Browser(), 'A001', '荷风送香气竹露滴清响')).toEqual({ next: '/me' })
  await useSlip(await makeSlip(id, 'test'), password, null, '192.0.2.7')
})

test('the same limit holds for /api/auth', async () => {
  await lock()
  const request = new Browser().request('/api/auth/sign-in/username', { username: 'a001', password })
  expect((await answerAuth(request, '192.0.2.1')).status).toBe(429)
})

test('thirty learners of one hall sign in within a minute, and nobody is asked to wait', async () => {
  const hall = '198.51.100.20'
  for (let i = 0; i < 30; i++) await addUser({ number: `H${i}`, password })
  const all = Array.from({ length: 30 }, (_, i) => enter(new Browser(hall), `H${i}`))
  expect(await Promise.all(all)).toEqual(Array.from({ length: 30 }, () => ({ next: '/me' })))
})

test('six hundred tries in five minutes from one address are enough for a hall and too few for a machine', async () => {
  const machine = new Browser('203.0.113.9')
  for (let i = 0; i < perAddress.tries; i++) await refusal(enter(machine, `guess-${i}`, 'wrong-password'))
  expect(await refusal(enter(machine))).toMatchObject({ kind: 'too-many', message: '这里的登录次数太多。' })
  expect(await enter(new Browser('203.0.113.10'))).toEqual({ next: '/me' })
})

test('a forged X-Forwarded-For does not make another address of the same one', async () => {
  for (let i = 0; i < perAddress.tries; i++)
    await refusal(enter(new Browser('203.0.113.9'), `guess-${i}`, 'wrong-password'))
  const forged = { 'x-forwarded-for': '192.0.2.200', 'x-lianxue-address': '192.0.2.201' }
  const request = new Browser().request('/api/auth/sign-in/username', { username: 'a001', password }, forged)
  expect((await answerAuth(request, '203.0.113.9')).status).toBe(429)
})

test('the counts name neither numbers nor addresses', async () => {
  await refusal(enter(new Browser(), 'A001', 'wrong-password'))
  const keys = (await read.select().from(limit)).map(({ key }) => key)
  expect(keys).toHaveLength(2)
  expect(keys.join()).not.toMatch(/a001|192\.0\.2/i)
})
