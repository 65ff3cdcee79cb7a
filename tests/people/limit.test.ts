import { afterEach, expect, test } from 'vitest'
import { setClock } from '#clock.server.ts'
import { read, write } from '#db/database.server.ts'
import { limit } from '#db/schema/people.ts'
import { addressGroup, forgetOldTries, forgive, isSpent, take } from '#people/limit.server.ts'
import { freshDatabase } from '../support/database.ts'

freshDatabase()
const three = { name: 'test', tries: 3, minutes: 10 }
const start = Date.parse('2026-11-20T00:00:00.000Z')
const at = (minutes: number) => setClock(() => new Date(start + minutes * 60_000))

afterEach(async () => {
  setClock(() => new Date())
  await write((tx) => tx.delete(limit))
})

test('so many tries in a window that begins with the first of them; waiting does not begin anew', async () => {
  at(0)
  for (let i = 0; i < 3; i++) expect(await take(three, 'a')).toBeNull()
  at(9)
  expect(await take(three, 'a')).toEqual(new Date(start + 10 * 60_000))
  expect(await take(three, 'b')).toBeNull()
  at(10)
  expect(await take(three, 'a')).toBeNull()
})

test('tries at the same moment are all counted', async () => {
  const taken = await Promise.all(Array.from({ length: 50 }, () => take(three, 'a')))
  expect(taken.filter((until) => until === null)).toHaveLength(3)
})

test('looking whether a try is left takes none', async () => {
  at(0)
  for (let i = 0; i < 3; i++) {
    expect(await isSpent(three, 'a')).toBe(false)
    await take(three, 'a')
  }
  expect(await isSpent(three, 'a')).toBe(true)
  expect(await isSpent(three, 'b')).toBe(false)
  at(10)
  expect(await isSpent(three, 'a')).toBe(false)
})

test('what is forgiven is as if it had not been tried', async () => {
  for (let i = 0; i < 4; i++) await take(three, 'a')
  await forgive(three, 'a')
  expect(await take(three, 'a')).toBeNull()
})

test('counts are deleted after a day', async () => {
  at(0)
  await take(three, 'a')
  at(24 * 60)
  await take(three, 'b')
  await write((tx) => forgetOldTries(tx, new Date(start + 24 * 3_600_000 + 1)))
  expect(await read.select().from(limit)).toHaveLength(1)
})

test('an IPv6 customer is one address, an IPv4 address stays itself', () => {
  expect(addressGroup('192.0.2.1')).toBe('192.0.2.1')
  expect(addressGroup('::ffff:192.0.2.1')).toBe('192.0.2.1')
  expect(addressGroup('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2')
  expect(addressGroup('2001:0DB8:1:2::1')).toBe('2001:db8:1:2')
  expect(addressGroup('2001:db8::1')).toBe('2001:db8:0:0')
  expect(addressGroup('::1')).toBe('0:0:0:0')
  expect(addressGroup('fe80::1%eth0')).toBe('fe80:0:0:0')
})
