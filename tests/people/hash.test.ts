// Slow hashes take their turn: two at once, the others wait, hundreds more are asked to come back.
import { expect, test } from 'vitest'
import { hashPin, hashSecret, setSlowHash, verifyPin, verifySecret } from '#people/hash.server.ts'
import { refusal } from './house.ts'

test('the real hash knows its password and no other', async () => {
  const hash = await hashSecret('清风徐来水波不兴')
  expect(await verifySecret({ hash, password: '清风徐来水波不兴' })).toBe(true)
  expect(await verifySecret({ hash, password: '清风徐来水波不兴 ' })).toBe(false)
})

test('a PIN cannot be found by hashing a million numbers without the site’s secret', async () => {
  const hash = await hashPin('937164')
  expect(await verifyPin('937164', hash)).toBe(true)
  expect(await verifySecret({ hash, password: '937164' })).toBe(false)
})

test('no more than two are worked on at once, in the order in which they came', async () => {
  let atOnce = 0
  let most = 0
  const done: string[] = []
  setSlowHash({
    hash: async (secret) => {
      most = Math.max(most, ++atOnce)
      await new Promise((resolve) => setTimeout(resolve, 2))
      atOnce--
      done.push(secret)
      return secret
    },
    verify: () => Promise.reject(new Error('broken')),
  })
  const all = Array.from({ length: 60 }, (_, i) => hashSecret(String(i)))
  expect(await Promise.all(all)).toHaveLength(60)
  expect(most).toBe(2)
  expect(done.map(Number)).toEqual(Array.from({ length: 60 }, (_, i) => i))
})

test('one that fails gives its place to the next', async () => {
  const failing = Array.from({ length: 5 }, () => verifySecret({ hash: '', password: '' }))
  expect((await Promise.allSettled(failing)).map(({ status }) => status)).toEqual(Array(5).fill('rejected'))
  expect(await hashSecret('next')).toBe('next')
})

test('when hundreds wait already, one is asked to come back', async () => {
  let open = () => {}
  const gate = new Promise<void>((resolve) => (open = resolve))
  setSlowHash({ hash: async (secret) => (await gate, secret), verify: async () => true })
  const all = Array.from({ length: 602 }, () => hashSecret('x'))
  expect(await refusal(hashSecret('too late'))).toEqual({
    kind: 'busy',
    message: '现在登录的人太多。',
    hint: '请过一分钟再试。',
  })
  open()
  await Promise.all(all)
})
